//! From pieces to values, sentence by sentence, with what was named before.

use chrono::{Datelike, NaiveDate};

use super::fields::Unit;
use super::happening::{self, Pending};
use super::memory::{Memory, Near, Resolved, resolve_all};
use super::phrase::{self, Phrase, Piece};
use super::resolve::{Anchors, Rests, Tense, anchor_day};
use super::{Times, modify, other, tense, timex};
use crate::model::date::{Anchor, Basis, DateExpr, TimeKind};
use crate::model::edtf::{Edtf, Extent, Point, week_of};
use crate::model::finding::Finding;
use crate::read::scan::{Scan, Sentence};
use crate::rules::{DateForm, Shape};

/// The state between sentences.
pub(super) struct Finder<'a> {
    scan: &'a Scan<'a>,
    anchor: Anchor,
    memory: Memory<'a>,
    pending: Vec<Pending>,
    out: Times,
}

impl<'a> Finder<'a> {
    pub(super) fn new(scan: &'a Scan<'a>, base: NaiveDate, anchor: Anchor, history: bool) -> Self {
        Self {
            scan,
            anchor,
            memory: Memory::new(scan, base, history),
            pending: Vec::new(),
            out: Times::default(),
        }
    }

    /// All expressions; those counted from a happening are settled last.
    pub(super) fn finish(mut self) -> Times {
        happening::settle(self.scan, &mut self.out.dates, &self.pending);
        self.out
    }

    pub(super) fn sentence(
        &mut self,
        sentence: &Sentence,
        pieces: Vec<Piece>,
        findings: &mut Vec<Finding>,
    ) {
        self.memory.enter(sentence);
        if pieces.is_empty() {
            return;
        }
        self.memory.turn();
        let phrases = phrase::join(self.scan, pieces, sentence.han);
        let spoken = self.memory.spoken(sentence, &phrases);
        let mut near =
            Near { year: None, floor: sentence.tokens.start, spoken, day: None, shared: None };
        let mut phrases = phrases.into_iter().peekable();
        while let Some(phrase) = phrases.next() {
            let to = phrases.next_if(|next| {
                is_han(self.scan, sentence)
                    && phrase::is_range(self.scan, &phrase.range, &next.range)
            });
            let stated = phrase.stated_year();
            let shared = phrases.peek().and_then(|next| self.shared_year(&phrase, next));
            near.shared = shared.filter(|_| stated.is_none());
            let end = to.as_ref().map_or(phrase.range.end, |to| to.range.end);
            let value = match to {
                Some(to) => self.range(sentence, phrase, to, near, findings),
                None => self.phrase(sentence, phrase, near, findings),
            };
            near.year = stated.or(near.year);
            near.floor = end;
            if let Some(day) = value.and_then(anchor_day) {
                near.day = Some((end, day));
            }
        }
    }

    fn phrase(
        &mut self,
        sentence: &Sentence,
        phrase: Phrase,
        near: Near,
        findings: &mut Vec<Finding>,
    ) -> Option<Edtf> {
        let widest = phrase.widest()?;
        if phrase.names_no_day()
            || widest.is_length()
            || widest.is_vague()
            || self.compares(&phrase)
        {
            let told = self.memory.last.filter(|_| self.memory.history).map(|last| last.day);
            let day = near.day.map(|(_, day)| day).or(told).unwrap_or(self.memory.base);
            self.out.others.extend(other::of(self.scan, &phrase, widest, self.memory.base, day));
            return None;
        }
        let anchors = self.memory.anchors(sentence, &phrase, near);
        // "in two weeks" is a time only where the sentence looks ahead; else a length.
        if widest.form == DateForm::Ahead && widest.dependent && anchors.tense != Tense::Future {
            self.out.others.extend(other::of(
                self.scan,
                &phrase,
                widest,
                self.memory.base,
                self.memory.base,
            ));
            return None;
        }
        if widest.is_dependent() && widest.form != DateForm::Ahead {
            let length = widest.as_length(sentence.han);
            let other = length.and_then(|l| {
                other::of(self.scan, &phrase, &l, self.memory.base, self.memory.base)
            });
            self.out.others.extend(other);
            return None;
        }
        let mut resolved = resolve_all(&phrase, &anchors)?;
        if let Some(word) = widest.fields.event {
            // "on Friday, two days before the deadline": the same day, said twice.
            match near.day {
                Some((end, day)) if self.scan.is_comma(end) && end + 1 == phrase.range.start => {
                    resolved.value = Edtf::day(day);
                }
                _ => self.wait(&phrase, word),
            }
        }
        self.check_weekday(&phrase, resolved.value, findings);
        self.push(sentence, &phrase, resolved, near);
        Some(resolved.value)
    }

    /// "56% more than a year before": a length, no date.
    fn compares(&self, phrase: &Phrase) -> bool {
        let counted = phrase
            .widest()
            .is_some_and(|piece| matches!(piece.form, DateForm::Earlier | DateForm::Later));
        let before = phrase.range.start.checked_sub(1);
        counted && before.is_some_and(|before| self.scan.letters(before) == "than")
    }

    fn wait(&mut self, phrase: &Phrase, word: (usize, usize)) {
        let Some(piece) = phrase.widest() else { return };
        let sign = if piece.form == DateForm::Earlier { -1 } else { 1 };
        let count = match (piece.form, piece.fields.count) {
            (DateForm::Same, _) => Some(0),
            (_, Some(amount)) => amount.whole(),
            (_, None) => Some(1),
        };
        if let Some(count) = count.and_then(|count| i32::try_from(count).ok()) {
            self.pending.push(Pending {
                index: self.out.dates.len(),
                word: word.0..word.1,
                unit: piece.fields.unit.unwrap_or(Unit::Day),
                count: sign * count,
            });
        }
    }

    /// 8月11日至22日: one interval; what its end leaves open its start says.
    fn range(
        &mut self,
        sentence: &Sentence,
        mut from: Phrase,
        to: Phrase,
        near: Near,
        findings: &mut Vec<Finding>,
    ) -> Option<Edtf> {
        let first = resolve_all(&from, &self.memory.anchors(sentence, &from, near));
        let last = first.as_ref().and_then(|first| {
            let now =
                to.widest().is_some_and(|piece| piece.value.as_deref() == Some("PRESENT_REF"));
            if now {
                return Some(Edtf::day(self.memory.base));
            }
            if to.names_no_day() {
                return Some(first.value);
            }
            let start = first.value.first()?;
            let named =
                to.pieces.iter().any(|p| p.fields.year.is_some() || p.fields.shift.is_some());
            let anchors = Anchors {
                text: Some(start),
                year: (!named).then_some(start.year()),
                ..self.memory.anchors(sentence, &to, near)
            };
            let last = resolve_all(&to, &anchors)?;
            // 10月至5月: the end lies in the next year.
            if !named && last.value.last()? < start {
                let anchors = Anchors { year: Some(start.year() + 1), ..anchors };
                return resolve_all(&to, &anchors).map(|last| last.value);
            }
            Some(last.value)
        });
        let value = match (first, last) {
            (Some(first), Some(last)) if first.value.last() <= last.last() => {
                first.value.until(last)
            }
            _ => None,
        };
        match (first, value) {
            (Some(first), Some(value)) => {
                from.range.end = to.range.end;
                self.push(sentence, &from, Resolved { value, closed: true, ..first }, near);
                Some(value)
            }
            _ => {
                let floor = from.range.end;
                self.phrase(sentence, from, near, findings);
                self.phrase(sentence, to, Near { floor, ..near }, findings)
            }
        }
    }

    /// "between March and June 2025": the year stands behind the second month only.
    fn shared_year(&self, phrase: &Phrase, next: &Phrase) -> Option<i32> {
        let gap = phrase.range.end..next.range.start;
        let bound = gap.len() == 1
            && matches!(
                self.scan.letters(gap.start),
                "and" | "or" | "to" | "-" | "–" | "through" | "until" | ","
            );
        let month = phrase.widest()?.fields.month?;
        let year = next.stated_year().filter(|_| bound)?;
        let next_month = next.widest()?.fields.month?;
        Some(if month <= next_month { year } else { year - 1 })
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

    fn push(&mut self, sentence: &Sentence, phrase: &Phrase, resolved: Resolved, near: Near) {
        let Some(narrowest) = phrase.narrowest() else { return };
        let scan = self.scan;
        let mut modified = modify::modified(scan, phrase.range.clone(), near.floor);
        if resolved.closed {
            modified.side = None;
        }
        let span = scan.span(modified.range.clone());
        let mut value = resolved.value;
        if modified.vague {
            value = value.about();
        }
        let from = near.spoken.filter(|_| resolved.rests == Rests::Text).or(self.memory.last);
        let basis = match (resolved.rests, from) {
            (Rests::Words, _) => Basis::Stated,
            (Rests::Text, Some(last)) => Basis::Anchored(Anchor::Text(last.span)),
            (Rests::Text | Rests::Base, _) => Basis::Anchored(self.anchor),
        };
        // Weeks are counted roughly: the week is meant, not the day.
        let week = phrase.counts_weeks().then(|| value.first().map(week_of)).flatten();
        let meant = week.unwrap_or(value);
        let clock = other::clock_of(phrase);
        let kind = if clock.is_empty() { TimeKind::Date } else { TimeKind::Time };
        self.memory.remember(phrase, value, resolved.rests, span);
        self.out.dates.push(DateExpr {
            span,
            value,
            kind,
            timex: timex::of(meant) + &clock,
            days: modified.days(meant, self.memory.base, sentence.han),
            modifier: modified.shown(),
            basis,
            role: tense::role(scan, sentence, &modified.range, modified.side),
            rule: narrowest.rule.clone(),
        });
    }
}

/// Whether a sentence is Chinese, or has no letters at all.
fn is_han(scan: &Scan<'_>, sentence: &Sentence) -> bool {
    sentence.han
        || sentence
            .tokens
            .clone()
            .all(|i| matches!(scan.at(i).shape, Shape::Number | Shape::Punct | Shape::Han))
}
