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

mod cases;
mod changes;
mod cli;
mod data;
mod dates;
mod desk;
mod determinism;
mod durability;
mod golden;
mod inputs;
mod properties;
mod tidy;
mod wording;
mod world;
