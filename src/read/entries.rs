//! Entries of a live blog: which blocks came out at which time.
//!
//! In: a page taken apart and its typed blocks. Out: entries in the order of the page, none for an
//! article that is no live blog. An entry is an element named after entries that holds both text
//! and a time: of a `<time>`, or printed in a line of its own ("14.05 GMT").

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::blocks::Typed;
use super::page::Page;
use super::published::stamp;
use crate::model::article::{BlockKind, Entry, PublishedBasis};
use crate::model::text::Span;

/// Entries that make a live blog.
const ENTRIES_MIN: usize = 2;
/// Longest line that is a time and little else.
const TIME_EXTENT_MAX: i64 = 40;

/// The entries of a page that came out on a day.
pub(super) fn entries(page: &Page, typed: &Typed, day: Option<NaiveDate>) -> Vec<Entry> {
    let mut times: BTreeMap<usize, NaiveDateTime> = BTreeMap::new();
    let spots = page.spots.iter().filter_map(|spot| {
        let block = page.blocks.get(spot.block).or(page.blocks.last())?;
        Some((block.entry, spot.datetime.as_deref(), spot.text.as_str()))
    });
    let blocks = page.blocks.iter().map(|block| {
        let text = if block.extent <= TIME_EXTENT_MAX { block.text.as_str() } else { "" };
        (block.entry, block.datetime.as_deref(), text)
    });
    for (entry, datetime, text) in spots.chain(blocks).filter(|(entry, ..)| *entry > 0) {
        if let std::collections::btree_map::Entry::Vacant(slot) = times.entry(entry) {
            let stated = datetime.and_then(|text| stamp(text, PublishedBasis::Time)?.moment);
            let shown = || Some(day?.and_time(time_in(text)?));
            if let Some(at) = stated.map(|moment| moment.naive_local()).or_else(shown) {
                slot.insert(at);
            }
        }
    }
    let mut entries: Vec<(usize, Entry)> = Vec::new();
    for (block, raw) in typed.blocks.iter().zip(&typed.raw) {
        let number = raw.and_then(|raw| page.blocks.get(raw)).map_or(0, |raw| raw.entry);
        let Some(at) = times.get(&number).filter(|_| block.kind.is_main()) else { continue };
        match entries.last_mut().filter(|(last, _)| *last == number) {
            Some((_, entry)) => entry.span = Span::new(entry.span.start(), block.span.end()),
            None if block.kind == BlockKind::Title => {}
            None => entries.push((number, Entry { at: *at, span: block.span })),
        }
    }
    if entries.len() < ENTRIES_MIN {
        return Vec::new();
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The time of day a short line begins with: "14.05 GMT", "9:30 pm".
fn time_in(line: &str) -> Option<NaiveTime> {
    let line = line.trim();
    let hours = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(hours..)?;
    let rest = rest.strip_prefix([':', '.', 'h', '：'])?;
    let minutes = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&hours) || minutes != 2 {
        return None;
    }
    let half = rest.get(minutes..)?.trim_start().to_ascii_lowercase();
    let (hour, minute): (u32, u32) =
        (line.get(..hours)?.parse().ok()?, rest.get(..2)?.parse().ok()?);
    let hour = match () {
        () if half.starts_with("pm") || half.starts_with("p.m") => hour % 12 + 12,
        () if half.starts_with("am") || half.starts_with("a.m") => hour % 12,
        () => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read() {
        for (line, time) in [
            ("14.05 GMT", Some("14:05:00")),
            ("9:30 pm", Some("21:30:00")),
            ("12h15", Some("12:15:00")),
            ("25:00", None),
            ("3.5 million", None),
            ("2026.07.03", None),
        ] {
            assert_eq!(time_in(line).map(|t| t.to_string()).as_deref(), time, "{line}");
        }
    }
}
