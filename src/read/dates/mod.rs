//! Expressions of calendar time: found, resolved, with the reason for every value.
//!
//! In: the tokens of an article and the day of publication. Out: spans with EDTF values. What holds:
//! normalising is a function of text and anchor; no value is guessed without its basis; names,
//! durations and recurring times are no dates. Not here: what happened then (`events.rs`).

mod fields;
mod resolve;

use std::ops::Range;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use self::fields::Fields;
use self::resolve::{Anchors, Rests, Tense, anchor_day, resolve};
use super::scan::{Scan, Sentence};
use crate::model::article::{Published, PublishedBasis};
use crate::model::date::{Anchor, Basis, DateExpr, EventRole};
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::finding::Finding;
use crate::model::text::Span;
use crate::rules::{DateForm, DateRule, Match, Ruled, Rules, Shape, Tokens};

/// Finds and resolves all expressions of headline and main text, in order.
pub(super) fn find(
    scan: &Scan<'_>,
    published: Option<&Published>,
    fetched: DateTime<Utc>,
    findings: &mut Vec<Finding>,
) -> Vec<DateExpr> {
    let known = published.filter(|p| p.basis != PublishedBasis::FetchedBound);
    let base = published.map_or(fetched.date_naive(), |p| p.day);
    let anchor = if known.is_some() { Anchor::Published } else { Anchor::Captured };
    let mut finder = Finder { scan, base, anchor, last: None, value: None, exprs: Vec::new() };
    let mut block = usize::MAX;
    for sentence in &scan.sentences {
        if sentence.block != block {
            block = sentence.block;
            finder.last = finder.last.filter(|last| last.age < KEPT_PARAGRAPHS).map(Last::older);
            finder.value = finder.value.filter(|_| finder.last.is_some());
        }
        finder.sentence(sentence, findings);
    }
    finder.exprs
}

/// Paragraphs after which a date no longer anchors what follows.
const KEPT_PARAGRAPHS: u8 = 2;

/// The last day named, where, and how many paragraphs ago.
#[derive(Debug, Clone, Copy)]
struct Last {
    day: NaiveDate,
    span: Span,
    age: u8,
}

impl Last {
    fn older(self) -> Self {
        Self { age: self.age + 1, ..self }
    }
}

struct Finder<'a> {
    scan: &'a Scan<'a>,
    base: NaiveDate,
    anchor: Anchor,
    last: Option<Last>,
    /// The last value named, of any precision.
    value: Option<Edtf>,
    exprs: Vec<DateExpr>,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: &Sentence, findings: &mut Vec<Finding>) {
        let scan = self.scan;
        let table = &scan.rules.lexicon.dates;
        let mut year = None;
        for (row, hit) in hits(scan, sentence) {
            if row.meaning.form == DateForm::None || !self.is_printed_as_date(&hit) {
                continue;
            }
            let it = table.capture(&hit, "it").unwrap_or(hit.range.clone());
            if self.is_part_of_name(it.clone()) {
                continue;
            }
            let fields = Fields::of(scan, row.meaning.shift, &hit);
            let tense = tense(scan, sentence, &it);
            let anchors = Anchors {
                base: self.base,
                text: self.last.map(|last| last.day),
                value: self.value,
                year: year.filter(|_| fields.year.is_none() && tense != Tense::Future),
                tense,
            };
            let Some((value, rests)) = resolve(row.meaning.form, &fields, &anchors) else {
                continue;
            };
            if let (Some(weekday), Extent::At(Point::Day(day)), Some(_)) =
                (fields.weekday, value.extent, fields.day)
                && day.weekday().number_from_monday() != weekday
            {
                let message = format!(
                    "“{}” names another day of the week than {day} has; check the source",
                    scan.words(it.clone())
                );
                findings
                    .push(Finding::warning("weekday-mismatch", message).on(scan.span(it.clone())));
            }
            if fields.year.is_some() {
                year = fields.year;
            }
            self.push(row, it, value, rests);
        }
    }

    fn push(&mut self, row: &Ruled<DateRule>, it: Range<usize>, value: Edtf, rests: Rests) {
        let scan = self.scan;
        let (range, modifier) = modified(scan, it);
        let span = scan.span(range);
        let mut value = value;
        if modifier.is_some_and(|(_, vague)| vague) {
            value = value.about();
        }
        let basis = match (rests, self.last) {
            (Rests::Words, _) => Basis::Stated,
            (Rests::Text, Some(last)) => Basis::Anchored(Anchor::Text(last.span)),
            (Rests::Text | Rests::Base, _) => Basis::Anchored(self.anchor),
        };
        if let Some(day) = anchor_day(value) {
            self.last = Some(Last { day, span, age: 0 });
        }
        self.value = Some(value);
        self.exprs.push(DateExpr {
            span,
            value,
            modifier: modifier.map(|(modifier, _)| modifier),
            basis,
            rule: row.id.clone(),
        });
    }

    /// Months and weekdays are printed with a capital; "may" and "march" are mostly verbs.
    fn is_printed_as_date(&self, hit: &Match) -> bool {
        let classes = self.scan.classes();
        hit.range.clone().all(|index| {
            let named = self.scan.is(index, classes.month) || self.scan.is(index, classes.weekday);
            !named || self.scan.at(index).shape != Shape::Lower
        })
    }

    fn is_part_of_name(&self, it: Range<usize>) -> bool {
        it.clone().any(|index| {
            self.scan.mention_over(index).is_some_and(|mention| {
                let span = self.scan.span(it.clone());
                !span.holds(mention.span) || mention.span == span
            })
        })
    }
}

/// Matches from left to right. Where a row only looks at the words before an expression, a
/// longer expression that begins there wins.
fn hits<'a>(scan: &Scan<'a>, sentence: &Sentence) -> Vec<(&'a Ruled<DateRule>, Match)> {
    let table = &scan.rules.lexicon.dates;
    let end = sentence.tokens.end;
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < end {
        let Some((row, hit)) = table.at(&scan.tokens, &scan.rules.vocabulary, at, end) else {
            at += 1;
            continue;
        };
        let it = table.capture(&hit, "it").map_or(at, |it| it.start);
        let inner = (it > at)
            .then(|| table.at(&scan.tokens, &scan.rules.vocabulary, it, end))
            .flatten()
            .filter(|(_, inner)| inner.range.end > hit.range.end);
        let (row, hit) = inner.unwrap_or((row, hit));
        at = hit.range.end.max(at + 1);
        found.push((row, hit));
    }
    found
}

/// Whether the words before an expression look ahead or back.
fn tense(scan: &Scan<'_>, sentence: &Sentence, it: &Range<usize>) -> Tense {
    let clause = clause_around(scan, sentence, it.start);
    let roles = &scan.rules.lexicon.event_roles;
    let hits = roles.all(&scan.tokens, &scan.rules.vocabulary, clause.clone());
    let ahead = hits.iter().any(|(row, hit)| {
        let near = hit.range.end <= it.start || hit.range.start >= it.end;
        near && matches!(
            row.meaning,
            EventRole::Planned | EventRole::Effective | EventRole::Deadline
        )
    });
    if ahead {
        return Tense::Future;
    }
    let past = clause.into_iter().any(|index| {
        let letters = scan.letters(index);
        matches!(letters, "was" | "were" | "had" | "did" | "了" | "曾")
            || scan.is(index, scan.classes().verb) && letters.ends_with("ed")
    });
    if past { Tense::Past } else { Tense::Unmarked }
}

/// The tokens from the last comma, semicolon or conjunction before an index to the next after it.
fn clause_around(scan: &Scan<'_>, sentence: &Sentence, index: usize) -> Range<usize> {
    let cuts = |i: usize| {
        let letters = scan.letters(i);
        matches!(letters, "," | "，" | ";" | "；" | ":" | "：" | "。" | "that")
            || scan.is(i, scan.classes().quote)
    };
    let range = sentence.tokens.clone();
    let from = (range.start..index).rev().find(|i| cuts(*i)).map_or(range.start, |i| i + 1);
    let to = (index..range.end).find(|i| cuts(*i)).unwrap_or(range.end);
    from..to
}

/// Takes in "early", "the end of", 初 beside an expression.
fn modified(
    scan: &Scan<'_>,
    it: Range<usize>,
) -> (Range<usize>, Option<(crate::model::date::Modifier, bool)>) {
    let table = &scan.rules.lexicon.modifiers;
    let vocabulary = &scan.rules.vocabulary;
    for back in (1..=4).rev() {
        let Some(from) = it.start.checked_sub(back) else { continue };
        if let Some((row, hit)) = table.at(&scan.tokens, vocabulary, from, it.start)
            && hit.range.end == it.start
            && !row.meaning.after
        {
            return (from..it.end, Some((row.meaning.modifier, row.meaning.vague)));
        }
    }
    if let Some((row, hit)) = table.at(&scan.tokens, vocabulary, it.end, it.end + 4)
        && row.meaning.after
        && scan.at(it.end).shape == Shape::Han
    {
        return (it.start..hit.range.end, Some((row.meaning.modifier, row.meaning.vague)));
    }
    (it, None)
}

/// The day a line near the headline gives, and whether it was counted from the capture.
pub(super) fn day_of_line(
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
        names: Vec::new(),
        mentions: Vec::new(),
    };
    let all = 0..scan.tokens.len();
    let table = &rules.lexicon.dates;
    let anchors = Anchors {
        base: fetched.date_naive(),
        text: None,
        value: None,
        year: None,
        tense: Tense::Past,
    };
    for (row, hit) in table.all(&scan.tokens, &rules.vocabulary, all.clone()) {
        if row.meaning.form != DateForm::Day {
            continue;
        }
        let fields = Fields::of(&scan, None, &hit);
        if fields.month.is_none() {
            continue;
        }
        if let Some((value, rests)) = resolve(row.meaning.form, &fields, &anchors)
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
