//! Style sheet, scripts and pictures under names that change with their bytes.
//!
//! What holds: the name of an asset holds the beginning of its digest, so a page never meets another
//! version of it than the one it was made with, and a browser may keep it for ever.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Assets whose name has to stay: they are asked for by a fixed address.
const FIXED: [&str; 1] = ["icon.svg"];

/// A file with the name it is published under.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asset {
    path: String,
    integrity: String,
    bytes: Vec<u8>,
}

/// The hand-written files of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    by_name: BTreeMap<String, Asset>,
}

impl Assets {
    /// Names the files by their digests.
    pub fn new(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let by_name = files.iter().map(|(name, bytes)| {
            let digest = Sha256::digest(bytes);
            let short: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
            let path = match name.rsplit_once('.') {
                Some((stem, kind)) if !FIXED.contains(&name.as_str()) => {
                    format!("assets/{stem}.{short}.{kind}")
                }
                _ => format!("assets/{name}"),
            };
            let integrity = format!("sha256-{}", STANDARD.encode(digest));
            (name.clone(), Asset { path, integrity, bytes: bytes.clone() })
        });
        Self { by_name: by_name.collect() }
    }

    /// Path of an asset from the root of the site.
    pub fn path(&self, name: &str) -> &str {
        self.by_name.get(name).map_or("", |asset| &asset.path)
    }

    /// What an asset is made of.
    pub fn bytes(&self, name: &str) -> &[u8] {
        self.by_name.get(name).map_or(&[], |asset| &asset.bytes)
    }

    /// Digest of an asset as Subresource Integrity writes it.
    pub fn integrity(&self, name: &str) -> &str {
        self.by_name.get(name).map_or("", |asset| &asset.integrity)
    }

    /// Digests of all scripts, for a Content-Security-Policy.
    pub fn script_digests(&self) -> impl Iterator<Item = &str> {
        let scripts = self.by_name.iter().filter(|(name, _)| name.ends_with(".js"));
        scripts.map(|(_, asset)| asset.integrity.as_str())
    }

    /// Paths of the assets with their digests.
    pub fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_name.values().map(|asset| (asset.path.as_str(), asset.integrity.as_str()))
    }

    /// The files as they are published.
    pub fn files(&self) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
        self.by_name.values().map(|asset| (asset.path.clone(), asset.bytes.clone()))
    }
}
