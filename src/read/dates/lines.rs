//! The day a line near the headline gives.

use chrono::{DateTime, NaiveDate, Utc};

use super::fields::Fields;
use super::resolve::{Anchors, Rests, Tense, anchor_day, resolve};
use crate::read::scan::Scan;
use crate::rules::{DateForm, Rules, Tokens};

/// The day a line near the headline gives, and whether it was counted from the capture.
pub(in crate::read) fn day_of_line(
    line: &str,
    rules: &Rules,
    fetched: DateTime<Utc>,
) -> Option<(NaiveDate, bool)> {
    let tokens = Tokens::of(line, &rules.vocabulary);
    let scan = Scan {
        rules,
        body: line,
        blocks: &[],
        tokens,
        sentences: Vec::new(),
        nameless: Vec::new(),
        names: Vec::new(),
        mentions: Vec::new(),
    };
    let all = 0..scan.tokens.len();
    let table = &rules.lexicon.dates;
    let anchors = Anchors {
        base: fetched.date_naive(),
        counts_from_text: false,
        text: None,
        value: None,
        year: None,
        history: false,
        tense: Tense::Past,
    };
    for (row, hit) in table.all(&scan.tokens, &rules.vocabulary, all.clone()) {
        if row.meaning.form != DateForm::Day {
            continue;
        }
        let fields = Fields::of(&scan, row, &hit);
        if fields.month.is_none() {
            continue;
        }
        if let Some((value, rests)) = resolve(row.meaning.form, &fields, &anchors, None)
            && let Some(day) = anchor_day(value)
        {
            return Some((day, rests != Rests::Words));
        }
    }
    if let Some(day) = numeric_day(line, fetched.date_naive()) {
        return Some((day, false));
    }
    let stamps = &rules.lexicon.stamps;
    let (row, hit) = stamps.all(&scan.tokens, &rules.vocabulary, all).into_iter().next()?;
    let count = stamps
        .capture(&hit, "n")
        .map_or(Some(1), |range| scan.at(range.start).number)
        .map(i64::from)?;
    let moment = fetched
        .checked_sub_signed(chrono::Duration::hours(count * i64::from(row.meaning.hours)))?;
    Some((moment.date_naive(), true))
}

/// `03/05/2026` and `3.5.2026`: the reading not after the capture, day first where both fit.
fn numeric_day(line: &str, fetched: NaiveDate) -> Option<NaiveDate> {
    let numbers: Vec<&str> = line
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-'))
        .filter(|part| part.len() >= 8)
        .collect();
    for part in numbers {
        let pieces: Vec<&str> = part.split(['/', '.', '-']).collect();
        let [a, b, c] = pieces.as_slice() else { continue };
        let value = |text: &str| text.parse::<u32>().ok();
        let (Some(x), Some(y), Some(z)) = (value(a), value(b), value(c)) else { continue };
        let candidates = if a.len() == 4 {
            [(x, y, z), (x, z, y)]
        } else if c.len() == 4 {
            [(z, y, x), (z, x, y)]
        } else {
            continue;
        };
        let days = candidates
            .iter()
            .filter_map(|(y, m, d)| NaiveDate::from_ymd_opt(i32::try_from(*y).ok()?, *m, *d))
            .filter(|day| *day <= fetched)
            .collect::<Vec<_>>();
        // Two readings: the one nearer to the capture.
        if let Some(day) = days.into_iter().max() {
            return Some(day);
        }
    }
    None
}
