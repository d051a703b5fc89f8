#![doc = include_str!("../README.md")]

pub mod cli;
pub mod corpus;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod rules;
pub mod store;
pub mod view;
