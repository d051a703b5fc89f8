//! What was named before an expression: the days and values from which the next ones count.

use chrono::NaiveDate;

use super::phrase::Phrase;
use super::resolve::{Anchors, Rests, Tense, anchor_day, resolve};
use super::tense;
use crate::model::edtf::Edtf;
use crate::model::text::Span;
use crate::read::scan::{Scan, Sentence};
use crate::rules::{DateForm, Shape};

/// Paragraphs after which a date no longer anchors what follows.
const KEPT_PARAGRAPHS: u8 = 4;

/// A day named, where, and how many paragraphs ago.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    pub day: NaiveDate,
    pub span: Span,
    age: u8,
}

impl Last {
    fn older(self) -> Self {
        Self { age: self.age.saturating_add(1), ..self }
    }
}

/// What stands before an expression in its sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    /// The last year stated.
    pub year: Option<i32>,
    /// Where the words of the expression before it end.
    pub floor: usize,
    /// The day the speaker of a quotation spoke.
    pub spoken: Option<Last>,
    /// Where the last day of the sentence ends, and which it is.
    pub day: Option<(usize, NaiveDate)>,
    /// The year that the next expression states for both.
    pub shared: Option<i32>,
}

/// A value with what it rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolved {
    pub value: Edtf,
    pub rests: Rests,
    /// Whether the words name both ends.
    pub closed: bool,
}

/// What the text named so far.
pub(super) struct Memory<'a> {
    scan: &'a Scan<'a>,
    pub base: NaiveDate,
    /// Whether the text's own dates come before the day of publication.
    pub history: bool,
    block: usize,
    /// The last day named.
    pub last: Option<Last>,
    /// The first day of the sentence before: what it is about.
    lead: Option<Last>,
    /// The first day of this sentence.
    first: Option<Last>,
    /// The last value named, of any precision.
    value: Option<Edtf>,
}

impl<'a> Memory<'a> {
    pub(super) fn new(scan: &'a Scan<'a>, base: NaiveDate, history: bool) -> Self {
        Self {
            scan,
            base,
            history,
            block: usize::MAX,
            last: None,
            lead: None,
            first: None,
            value: None,
        }
    }

    /// Begins a sentence; what was named too many paragraphs ago is forgotten.
    pub(super) fn enter(&mut self, sentence: &Sentence) {
        if sentence.block != self.block {
            self.block = sentence.block;
            if !self.history {
                let kept = |last: Option<Last>| {
                    last.filter(|last| last.age < KEPT_PARAGRAPHS).map(Last::older)
                };
                self.last = kept(self.last);
                self.lead = kept(self.lead);
                self.value = self.value.filter(|_| self.last.is_some());
            }
        }
    }

    /// Begins a sentence that has dates.
    pub(super) fn turn(&mut self) {
        self.lead = self.first.take().or(self.lead);
    }

    pub(super) fn anchors(&self, sentence: &Sentence, phrase: &Phrase, near: Near) -> Anchors {
        let tense = tense::tense(self.scan, sentence, &phrase.range);
        let own_year = phrase.pieces.iter().any(|piece| piece.fields.year.is_some());
        let form = phrase.widest().map(|widest| widest.form);
        // What opens a sentence counts from what the sentence before is about.
        let opens = phrase.range.start <= sentence.tokens.start + 1;
        let relative = matches!(form, Some(DateForm::Earlier | DateForm::Later | DateForm::Same));
        let text = if opens && relative { self.lead.or(self.last) } else { self.last };
        let told = self.value.and_then(Edtf::last).filter(|_| {
            let counted = matches!(
                form,
                Some(DateForm::Unit | DateForm::Month | DateForm::Season | DateForm::Quarter)
            );
            self.history && counted
        });
        let spoken = near.spoken.filter(|_| self.is_quoted(sentence, phrase));
        Anchors {
            base: told.or(spoken.map(|spoken| spoken.day)).unwrap_or(self.base),
            counts_from_text: told.is_some() || spoken.is_some(),
            text: text.map(|last| last.day),
            value: self.value,
            year: near.shared.or_else(|| {
                near.year.filter(|_| !own_year && !self.history && tense != Tense::Future)
            }),
            history: self.history,
            tense,
        }
    }

    /// The day outside the quotation marks of a sentence, from which the words inside count.
    pub(super) fn spoken(&self, sentence: &Sentence, phrases: &[Phrase]) -> Option<Last> {
        if !sentence.tokens.clone().any(|i| self.scan.is_quote(i)) {
            return None;
        }
        let near = Near { year: None, floor: 0, spoken: None, day: None, shared: None };
        phrases.iter().filter(|phrase| !self.is_quoted(sentence, phrase)).find_map(|phrase| {
            let day = phrase.widest().is_some_and(|w| {
                matches!(w.form, DateForm::Weekday | DateForm::Day) && w.fields.event.is_none()
            });
            let resolved = resolve_all(phrase, &self.anchors(sentence, phrase, near));
            let day = resolved.filter(|_| day).and_then(|resolved| anchor_day(resolved.value))?;
            (day <= self.base).then(|| Last {
                day,
                span: self.scan.span(phrase.range.clone()),
                age: 0,
            })
        })
    }

    pub(super) fn is_quoted(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        let before = sentence.tokens.start..phrase.range.start;
        let deictic =
            phrase.widest().is_some_and(|w| matches!(w.form, DateForm::DayOffset | DateForm::Unit));
        deictic && before.filter(|i| self.scan.is_quote(*i)).count() % 2 == 1
    }

    /// Notes a value as an anchor of what follows.
    pub(super) fn remember(&mut self, phrase: &Phrase, value: Edtf, rests: Rests, span: Span) {
        let scan = self.scan;
        let dateline = matches!(scan.letters(phrase.range.end), "消" | "讯" | "电")
            && scan.at(phrase.range.end).shape == Shape::Han;
        // A history is not moved to the day of its writing, nor by a year in passing.
        let aside = self.history && (rests == Rests::Base || self.is_year_in_passing(phrase));
        if dateline || aside {
            return;
        }
        if let Some(day) = anchor_day(value) {
            let last = Last { day, span, age: 0 };
            self.last = Some(last);
            self.first = self.first.or(self.last);
        }
        self.value = Some(value);
    }

    /// "the 1972 offensive", "1955-1963": no step of the story.
    pub(super) fn is_year_in_passing(&self, phrase: &Phrase) -> bool {
        let year = phrase.pieces.len() == 1
            && phrase.widest().is_some_and(|piece| piece.form == DateForm::Year);
        let prep = self.scan.classes().prep;
        let before = phrase.range.start.checked_sub(1);
        year && self.value.is_some() && !before.is_some_and(|i| self.scan.is(i, prep))
    }
}

/// Resolves the pieces of a phrase, each within the one before it.
pub(super) fn resolve_all(phrase: &Phrase, anchors: &Anchors) -> Option<Resolved> {
    let mut out: Option<Resolved> = None;
    for piece in &phrase.pieces {
        let within = out.map(|resolved| resolved.value);
        let (value, rests) = resolve(piece.form, &piece.fields, anchors, within)?;
        let rests = match rests {
            Rests::Base if anchors.counts_from_text => Rests::Text,
            rests => rests,
        };
        let rests = out.map_or(rests, |wider| wider.rests.max(rests));
        out = Some(Resolved { value, rests, closed: false });
    }
    out
}
