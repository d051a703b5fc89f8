//! The one integration binary. `BLESS=1` writes today's answers into cases and worlds.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod again;
mod cards;
mod cases;
mod changes;
mod cli;
mod crawl;
mod crawl_rules;
mod crawl_safety;
mod data;
mod dates;
mod desk;
mod determinism;
mod durability;
mod frontier;
mod golden;
mod incremental;
mod inputs;
mod judged;
mod properties;
mod queries;
mod quotations;
mod relevance;
mod search;
mod sources;
mod tidy;
mod versions;
mod web;
mod wording;
mod world;
