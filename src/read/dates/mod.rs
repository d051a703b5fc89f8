//! Expressions of time: found, resolved, with the reason for every value.
//!
//! In: the tokens of an article and the day of publication. Out: spans with EDTF and TIMEX3 values.
//! What holds: normalising is a function of text and anchor; no value is guessed without its basis;
//! names, durations and recurring times are no dates. Not here: what happened then (`events.rs`).

mod fields;
mod holiday;
mod lines;
mod modify;
mod numeric;
mod phrase;
mod pieces;
mod resolve;
mod tense;
mod timex;
mod units;

pub(super) use self::lines::day_of_line;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use self::fields::{Amount, Fields, Unit};
use self::phrase::{Phrase, Piece};
use self::resolve::{Anchors, Rests, anchor_day, resolve};
use super::scan::{Scan, Sentence};
use crate::model::article::{Published, PublishedBasis};
use crate::model::date::{Anchor, Basis, DateExpr, Days, TimeExpr, TimeKind};
use crate::model::edtf::{Edtf, Extent, Point, week_of};
use crate::model::finding::Finding;
use crate::model::rule::RuleId;
use crate::model::text::Span;
use crate::rules::DateForm;

/// Expressions that name days, and those that name none; each in order of the text.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub dates: Vec<DateExpr>,
    pub others: Vec<TimeExpr>,
}

/// Paragraphs after which a date no longer anchors what follows.
const KEPT_PARAGRAPHS: u8 = 2;

/// Finds and resolves all expressions of headline and main text.
pub(super) fn find(
    scan: &Scan<'_>,
    published: Option<&Published>,
    fetched: DateTime<Utc>,
    findings: &mut Vec<Finding>,
) -> Times {
    let known = published.filter(|p| p.basis != PublishedBasis::FetchedBound);
    let base = published.map_or(fetched.date_naive(), |p| p.day);
    let anchor = if known.is_some() { Anchor::Published } else { Anchor::Captured };
    let digits = RuleId::new("date", "digits");
    let pieces: Vec<Vec<Piece>> =
        scan.sentences.iter().map(|sentence| pieces::of(scan, sentence, &digits)).collect();
    let mut finder = Finder {
        scan,
        base,
        anchor,
        history: is_history(&pieces, base),
        last: None,
        value: None,
        out: Times::default(),
    };
    let mut block = usize::MAX;
    for (sentence, pieces) in scan.sentences.iter().zip(pieces) {
        if sentence.block != block {
            block = sentence.block;
            if !finder.history {
                finder.last =
                    finder.last.filter(|last| last.age < KEPT_PARAGRAPHS).map(Last::older);
                finder.value = finder.value.filter(|_| finder.last.is_some());
            }
        }
        if !pieces.is_empty() {
            finder.sentence(sentence, pieces, findings);
        }
    }
    finder.out
}

/// Whether a text tells of years long past, so that its dates complete one another: most of the
/// years it names are before the last one, and it hardly speaks of this week.
fn is_history(pieces: &[Vec<Piece>], base: NaiveDate) -> bool {
    let all = || pieces.iter().flatten();
    let years: Vec<i32> = all().filter_map(|piece| piece.fields.year).collect();
    let old = years.iter().filter(|year| **year < base.year() - 1).count();
    let near = all()
        .filter(|piece| {
            matches!(piece.form, DateForm::Weekday | DateForm::DayOffset | DateForm::Ago)
        })
        .count();
    old >= 6 && old * 4 >= years.len() * 3 && near * 3 < old
}

/// The last day named, where, and how many paragraphs ago.
#[derive(Debug, Clone, Copy)]
struct Last {
    day: NaiveDate,
    span: Span,
    age: u8,
}

impl Last {
    fn older(self) -> Self {
        Self { age: self.age.saturating_add(1), ..self }
    }
}

struct Finder<'a> {
    scan: &'a Scan<'a>,
    base: NaiveDate,
    anchor: Anchor,
    /// Whether the text's own dates come before the day of publication.
    history: bool,
    last: Option<Last>,
    /// The last value named, of any precision.
    value: Option<Edtf>,
    out: Times,
}

/// What stands before an expression in its sentence.
#[derive(Debug, Clone, Copy)]
struct Near {
    /// The last year stated.
    year: Option<i32>,
    /// Where the words of the expression before it end.
    floor: usize,
}

/// A value with what it rests on.
struct Resolved {
    value: Edtf,
    rests: Rests,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: &Sentence, pieces: Vec<Piece>, findings: &mut Vec<Finding>) {
        let mut near = Near { year: None, floor: sentence.tokens.start };
        let mut phrases = phrase::join(self.scan, pieces, sentence.han).into_iter().peekable();
        while let Some(phrase) = phrases.next() {
            let to = phrases.next_if(|next| {
                sentence.han && phrase::is_range(self.scan, &phrase.range, &next.range)
            });
            let stated = phrase.pieces.iter().find_map(|piece| piece.fields.year);
            let end = to.as_ref().map_or(phrase.range.end, |to| to.range.end);
            match to {
                Some(to) => self.range(sentence, phrase, to, near, findings),
                None => self.phrase(sentence, phrase, near, findings),
            }
            near = Near { year: stated.or(near.year), floor: end };
        }
    }

    fn phrase(
        &mut self,
        sentence: &Sentence,
        phrase: Phrase,
        near: Near,
        findings: &mut Vec<Finding>,
    ) {
        let Some(widest) = phrase.widest() else { return };
        if phrase.names_no_day() {
            return self.other(&phrase, widest);
        }
        if widest.is_dependent() {
            return;
        }
        let anchors = self.anchors(sentence, &phrase, near.year);
        let Some(resolved) = resolve_all(&phrase, &anchors) else { return };
        self.check_weekday(&phrase, resolved.value, findings);
        self.push(sentence, &phrase, resolved, near.floor);
    }

    /// 8月11日至22日: one interval; what its end leaves open its start says.
    fn range(
        &mut self,
        sentence: &Sentence,
        mut from: Phrase,
        to: Phrase,
        near: Near,
        findings: &mut Vec<Finding>,
    ) {
        let first = resolve_all(&from, &self.anchors(sentence, &from, near.year));
        let last = first.as_ref().and_then(|first| {
            if to.names_no_day() {
                return Some(first.value);
            }
            let start = first.value.first()?;
            let named =
                to.pieces.iter().any(|p| p.fields.year.is_some() || p.fields.shift.is_some());
            let anchors = Anchors {
                text: Some(start),
                year: (!named).then_some(start.year()),
                ..self.anchors(sentence, &to, None)
            };
            resolve_all(&to, &anchors).map(|last| last.value)
        });
        let value = match (&first, last) {
            (Some(first), Some(last)) if first.value.last() <= last.last() => {
                first.value.until(last)
            }
            _ => None,
        };
        match (first, value) {
            (Some(first), Some(value)) => {
                from.range.end = to.range.end;
                self.push(sentence, &from, Resolved { value, rests: first.rests }, near.floor);
            }
            _ => {
                let floor = from.range.end;
                self.phrase(sentence, from, near, findings);
                self.phrase(sentence, to, Near { floor, ..near }, findings);
            }
        }
    }

    fn anchors(&self, sentence: &Sentence, phrase: &Phrase, year: Option<i32>) -> Anchors {
        let tense = tense::tense(self.scan, sentence, &phrase.range);
        let own_year = phrase.pieces.iter().any(|piece| piece.fields.year.is_some());
        Anchors {
            base: self.base,
            text: self.last.map(|last| last.day),
            value: self.value,
            year: year.filter(|_| !own_year && !self.history && tense != resolve::Tense::Future),
            history: self.history,
            tense,
        }
    }

    fn check_weekday(&self, phrase: &Phrase, value: Edtf, findings: &mut Vec<Finding>) {
        let stated =
            phrase.pieces.iter().find(|p| p.fields.weekday.is_some() && p.fields.day.is_some());
        let weekday = stated.and_then(|piece| piece.fields.weekday);
        if let (Some(weekday), Extent::At(Point::Day(day))) = (weekday, value.extent)
            && day.weekday().number_from_monday() != weekday
        {
            let span = self.scan.span(phrase.range.clone());
            let message = format!(
                "“{}” names another day of the week than {day} has; check the source",
                span.of(self.scan.body)
            );
            findings.push(Finding::warning("weekday-mismatch", message).on(span));
        }
    }

    fn push(&mut self, sentence: &Sentence, phrase: &Phrase, resolved: Resolved, floor: usize) {
        let Some(narrowest) = phrase.narrowest() else { return };
        let scan = self.scan;
        let modified = modify::modified(scan, phrase.range.clone(), floor);
        let span = scan.span(modified.range.clone());
        let mut value = resolved.value;
        if modified.vague {
            value = value.about();
        }
        if phrase.pieces.iter().any(|piece| piece.doubtful) {
            value.uncertain = true;
        }
        let basis = match (resolved.rests, self.last) {
            (Rests::Words, _) => Basis::Stated,
            (Rests::Text, Some(last)) => Basis::Anchored(Anchor::Text(last.span)),
            (Rests::Text | Rests::Base, _) => Basis::Anchored(self.anchor),
        };
        let mut days = modified.days(value, sentence.han);
        let clock = clock_of(phrase);
        let weeks = phrase.pieces.iter().any(|piece| {
            matches!(
                piece.form,
                DateForm::Ago | DateForm::Ahead | DateForm::Earlier | DateForm::Later
            ) && piece.fields.unit == Some(Unit::Week)
        });
        let mut timex = match (weeks, value.first()) {
            // Weeks are counted roughly: the week is meant, not the day.
            (true, Some(first)) => {
                let week = week_of(first);
                days = modified.days(week, sentence.han);
                timex::of(week)
            }
            _ => timex::of(value),
        };
        let kind = if clock.is_empty() { TimeKind::Date } else { TimeKind::Time };
        timex.push_str(&clock);
        let shown = modified.shown();
        if let Some(day) = anchor_day(value) {
            self.last = Some(Last { day, span, age: 0 });
        } else if self.history {
            self.last = self.last.map(|last| Last { span, ..last });
        }
        self.value = Some(value);
        self.out.dates.push(DateExpr {
            span,
            value,
            kind,
            timex,
            days,
            modifier: shown,
            basis,
            role: tense::role(scan, sentence, &modified.range, modified.side),
            rule: narrowest.rule.clone(),
        });
    }

    /// What names no day: lengths, habits, clock times, "now".
    fn other(&mut self, phrase: &Phrase, piece: &Piece) {
        let fields = &piece.fields;
        let (kind, timex) = match piece.form {
            DateForm::Span => (TimeKind::Duration, timex::length(fields)),
            DateForm::Past | DateForm::Coming => (TimeKind::Duration, timex::length(fields)),
            DateForm::Set => {
                (TimeKind::Set, Some(piece.value.clone().unwrap_or_else(|| timex::set(fields))))
            }
            DateForm::Reference | DateForm::Fiscal => (TimeKind::Date, piece.value.clone()),
            DateForm::Clock | DateForm::DayPart => {
                let day = self.last.filter(|_| self.history).map_or(self.base, |last| last.day);
                (TimeKind::Time, Some(format!("{day}{}", clock_of(phrase))))
            }
            // Hours ago: the day of the anchor.
            DateForm::Ago | DateForm::Ahead => (TimeKind::Duration, timex::length(fields)),
            _ => return,
        };
        let Some(timex) = timex else { return };
        let now = timex == "PRESENT_REF";
        self.out.others.push(TimeExpr {
            span: self.scan.span(phrase.range.clone()),
            kind,
            timex,
            days: match now {
                true => Some(Days { first: Some(self.base), last: Some(self.base) }),
                false => reach(piece.form, fields, self.base),
            },
            rule: piece.rule.clone(),
        });
    }
}

/// Resolves the pieces of a phrase, each within the one before it.
fn resolve_all(phrase: &Phrase, anchors: &Anchors) -> Option<Resolved> {
    let mut out: Option<Resolved> = None;
    for piece in &phrase.pieces {
        let within = out.as_ref().map(|resolved| resolved.value);
        let (value, rests) = resolve(piece.form, &piece.fields, anchors, within)?;
        let rests = out.map_or(rests, |wider| wider.rests.max(rests));
        out = Some(Resolved { value, rests });
    }
    out
}

/// The clock time of a phrase: the hour of one piece with the part of the day of another.
fn clock_of(phrase: &Phrase) -> String {
    let mut fields = Fields::default();
    for piece in &phrase.pieces {
        fields.hour = fields.hour.or(piece.fields.hour);
        fields.minute = fields.minute.or(piece.fields.minute);
        fields.afternoon = fields.afternoon.or(piece.fields.afternoon);
        fields.part = fields.part.or(piece.fields.part);
    }
    timex::clock(&fields)
}

/// The days that "the past two weeks", "the next year", a clock time reach over.
fn reach(form: DateForm, fields: &Fields, base: NaiveDate) -> Option<Days> {
    let (first, last) = match form {
        DateForm::Past | DateForm::Coming => {
            let unit = fields.unit?;
            let Some(Amount::Halves(halves)) = fields.count else { return None };
            let back = form == DateForm::Past;
            let far = units::away(base, unit, halves, back)?;
            match (back, unit < Unit::Day) {
                (true, true) => (far, base),
                (true, false) => (far, base.pred_opt()?),
                (false, true) => (base, far),
                // A row with shift 1 begins on the day after the anchor.
                (false, false) if fields.shift == Some(1) => (base.succ_opt()?, far),
                (false, false) => (base, far.pred_opt()?),
            }
        }
        DateForm::Ago | DateForm::Ahead | DateForm::Clock | DateForm::DayPart => (base, base),
        _ => return None,
    };
    (first <= last).then_some(Days { first: Some(first), last: Some(last) })
}
