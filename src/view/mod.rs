//! Pages, records and exports as plain values: what readers and other programs get to see.
//!
//! In: readings, the knowledge base. Out: JSON values and, for the site, paths to bytes. Pure. What
//! holds: nothing here decides what is true; every phrase for dates and stances comes from `words`.

pub mod agenda;
pub mod annotation;
pub mod article;
pub mod assets;
mod beside;
pub mod calendar;
pub mod card;
pub mod citation;
pub mod diff;
pub mod directory;
mod docs;
mod downloads;
mod entered;
mod excerpt;
pub mod explain;
pub mod export;
pub mod exposure;
pub mod feed;
mod fragment;
mod gathered;
mod grounds;
pub mod index;
pub mod judgements;
pub mod line;
mod linked;
pub mod moved;
mod named;
pub mod news;
mod pages;
pub mod pair;
pub mod picture;
pub mod place;
pub mod proposals;
mod quoted;
pub mod review;
pub mod seals;
mod shards;
mod signposts;
pub mod site;
pub mod tables;
pub mod wording;
pub mod words;

pub use docs::{Documents, Filed, Filing, Loose};
pub use pages::{LIVE, Phrases, TYPED, no_results, results};
pub use shards::{Shard, Shards, shards};
