#![doc = include_str!("../README.md")]

pub mod cli;
pub mod corpus;
pub mod model;
pub mod pipeline;
pub mod publish;
pub mod read;
pub mod rules;
pub mod search;
pub mod serve;
pub mod store;
pub mod view;
