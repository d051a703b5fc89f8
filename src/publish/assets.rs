//! Style sheet and pictures, inside the binary.

use std::collections::BTreeMap;

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "site/assets/"]
struct Assets;

/// The hand-written files of the site by name.
pub fn assets() -> BTreeMap<String, Vec<u8>> {
    Assets::iter()
        .filter_map(|name| Some((name.to_string(), Assets::get(&name)?.data.into_owned())))
        .collect()
}
