//! Pages, records and exports as plain values: what readers and other programs get to see.
//!
//! In: readings, the knowledge base. Out: JSON values and, for the site, paths to bytes. Pure. What
//! holds: nothing here decides what is true; every phrase for dates and stances comes from `words`.

pub mod annotation;
pub mod article;
pub mod chart;
pub mod diff;
mod docs;
pub mod explain;
pub mod export;
pub mod line;
mod pages;
mod shards;
pub mod site;
pub mod tables;
pub mod words;

pub use docs::{Documents, search_docs};
pub use pages::{LIVE, TYPED, no_results, results};
pub use shards::shards;
