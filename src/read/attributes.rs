//! Attributes by what is taken from them.

use super::references::{self, Place};

/// Whether anything is taken from an attribute of an element.
pub(super) fn is_read(tag: &str, name: &str, value: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    match name.len() {
        2 => is("id"),
        3 => is("rel"),
        4 => {
            is("name")
                || is("role")
                || is("type")
                || is("lang")
                || is("href") && tag.eq_ignore_ascii_case("link")
        }
        5 => {
            is("class")
                || is("style") && value.contains(['d', 'D']) && value.len() >= 12
                || is("title") && may_be_day(value)
                || is("value") && tag.eq_ignore_ascii_case("meta")
        }
        6 => is("hidden"),
        7 => is("content"),
        8 => is("itemprop") || is("property") || is("datetime"),
        10 => is("http-equiv"),
        11 => is("aria-hidden") || is("data-testid"),
        14 => is("data-component"),
        _ => false,
    }
}

/// Whether a title of an element may be its day: short, and not without a year.
pub(super) fn may_be_day(value: &str) -> bool {
    (8..=60).contains(&value.len()) && value.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// Whether an attribute says something of the page, and not of its element.
pub(super) fn is_said(name: &str, value: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    match name.len() {
        3 => is("rel") && value.eq_ignore_ascii_case("canonical"),
        5 => is("value"),
        7 => is("content"),
        8 => is("itemprop") || is("property") || is("datetime"),
        10 => is("http-equiv"),
        _ => false,
    }
}

/// Whether an attribute says that a script is structured data.
pub(super) fn is_data(name: &str, value: &str) -> bool {
    name.eq_ignore_ascii_case("type")
        && references::read(value, Place::Attribute).contains("ld+json")
}
