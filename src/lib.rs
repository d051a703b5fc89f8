#![doc = include_str!("../README.md")]

// Floor 0 and 1: the nouns, and the rules parsed from `data/`.
pub mod model;
pub mod rules;

// Floor 2, pure: one article, all articles, pages. No IO, no clock.
pub mod corpus;
pub mod frontier;
pub mod read;
pub mod view;

// Floor 2, shell: does IO and knows no rules.
#[allow(clippy::disallowed_methods, reason = "talks to the network, which has a clock")]
pub mod crawl;
pub mod mcp;
#[allow(clippy::disallowed_methods, reason = "writes the site")]
pub mod publish;
#[allow(clippy::disallowed_methods, reason = "builds and swaps the index")]
pub mod search;
#[allow(clippy::disallowed_methods, reason = "reads pages, and times requests")]
pub mod serve;
#[allow(clippy::disallowed_methods, reason = "holds the archive")]
pub mod store;

// Floor 3 and 4: where the two halves meet, and the words typed at a terminal.
#[allow(clippy::disallowed_methods, reason = "settings and the clock are read here, once")]
pub mod cli;
pub mod pipeline;
