//! What crosses the wall between core and shell as plain values: texts in, bytes out.

use std::collections::BTreeMap;

/// The text files of a `data/` folder by relative path with forward slashes.
pub type SourceTree = BTreeMap<String, String>;

/// A rendered site: relative path to bytes.
pub type Rendered = BTreeMap<String, Vec<u8>>;
