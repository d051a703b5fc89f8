//! Any text as a query: it is understood or told with a place inside it, and what is understood reads back as
//! it is printed.

#![no_main]
#![allow(dead_code, unused_imports, missing_docs, reason = "the room is compiled without its callers")]

#[path = "../../src/model/mod.rs"]
mod model;

use libfuzzer_sys::fuzz_target;

use crate::model::query::Request;

fuzz_target!(|input: &str| {
    match Request::parse(input) {
        Ok(request) => {
            let printed = request.to_string();
            assert_eq!(Request::parse(&printed).as_ref(), Ok(&request), "{input:?} printed {printed:?}");
        }
        Err(error) => {
            assert!((1..=input.chars().count() + 1).contains(&error.at), "{input:?}: {error:?}");
        }
    }
});
