//! Pages, records and exports as plain values: what readers and other programs get to see.
//!
//! In: readings, the knowledge base. Out: JSON values and, for the site, paths to bytes. Pure. What
//! holds: nothing here decides what is true; every phrase for dates and stances comes from `words`.

pub mod annotation;
pub mod export;
pub mod words;
