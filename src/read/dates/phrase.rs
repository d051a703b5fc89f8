//! Pieces of time expressions that stand side by side, joined: 去年 + 四季度, "the first week" + "of
//! July", "Friday" + "at 8am".
//!
//! What holds: a piece is completed only by a wider piece beside it, with nothing between them but
//! the words that bind them.

use std::ops::Range;

use super::fields::{Amount, Fields, Unit};
use crate::model::rule::RuleId;
use crate::read::scan::Scan;
use crate::rules::DateForm;

/// How wide a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Clock,
    Part,
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// One piece of an expression.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub range: Range<usize>,
    pub form: DateForm,
    pub fields: Fields,
    /// The value the row itself gives.
    pub value: Option<String>,
    pub rule: RuleId,
    pub dependent: bool,
}

/// Pieces that name one time together, the widest first.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub range: Range<usize>,
    pub pieces: Vec<Piece>,
}

impl Piece {
    /// How wide it is; `None` for what never joins.
    pub(super) fn grain(&self) -> Option<Grain> {
        Some(match self.form {
            DateForm::Clock => Grain::Clock,
            DateForm::DayPart => Grain::Part,
            DateForm::Day
            | DateForm::Days
            | DateForm::Weekday
            | DateForm::DayOffset
            | DateForm::Holiday => Grain::Day,
            DateForm::Weekend | DateForm::WeekNumber => Grain::Week,
            DateForm::Month => Grain::Month,
            DateForm::Quarter | DateForm::Season => Grain::Quarter,
            DateForm::Half => Grain::Half,
            DateForm::Year | DateForm::YearPair => Grain::Year,
            DateForm::Decade => Grain::Decade,
            DateForm::Century => Grain::Century,
            DateForm::Nth if self.fields.weekday.is_some() => Grain::Day,
            DateForm::Same if self.fields.unit.is_none() => Grain::Day,
            DateForm::Unit
            | DateForm::Nth
            | DateForm::Run
            | DateForm::Same
            | DateForm::Ago
            | DateForm::Ahead
            | DateForm::Earlier
            | DateForm::Later => match self.fields.unit? {
                Unit::Second | Unit::Minute | Unit::Hour => return None,
                Unit::Day => Grain::Day,
                Unit::Week => Grain::Week,
                Unit::Month => Grain::Month,
                Unit::Quarter => Grain::Quarter,
                Unit::Year => Grain::Year,
                Unit::Decade => Grain::Decade,
                Unit::Century => Grain::Century,
            },
            DateForm::Span
            | DateForm::Past
            | DateForm::Coming
            | DateForm::Set
            | DateForm::Reference
            | DateForm::Fiscal
            | DateForm::None => return None,
        })
    }

    /// Whether a piece of this width says what this one leaves open.
    fn takes(&self, wider: Grain) -> bool {
        let open = self.fields.year.is_none() && self.fields.shift.is_none();
        match self.form {
            DateForm::Clock => matches!(wider, Grain::Day | Grain::Part),
            DateForm::DayPart => wider == Grain::Day && self.fields.shift.is_none(),
            DateForm::Weekday => wider == Grain::Week && open,
            DateForm::Day | DateForm::Days if self.fields.month.is_none() => wider == Grain::Month,
            DateForm::Day
            | DateForm::Days
            | DateForm::Month
            | DateForm::Quarter
            | DateForm::Half
            | DateForm::Season
            | DateForm::Holiday
            | DateForm::WeekNumber => wider == Grain::Year && open,
            DateForm::Decade => {
                wider == Grain::Century && self.fields.year.is_some_and(|y| y < 100)
            }
            DateForm::Nth | DateForm::Run => self
                .grain()
                .is_some_and(|own| wider > own && (Grain::Week..=Grain::Decade).contains(&wider)),
            _ => false,
        }
    }

    /// Units in the plural without a number: "the last days", "the following weeks".
    pub(super) fn is_length(&self) -> bool {
        let counted = matches!(self.form, DateForm::Unit | DateForm::Earlier | DateForm::Later);
        counted && self.fields.plural && self.fields.count.is_none()
    }

    /// "the first two weeks" of nothing named is a length; 前两天 ends at the anchor, 后两天 begins
    /// there.
    pub(super) fn as_length(&self, han: bool) -> Option<Self> {
        if self.form != DateForm::Run {
            return None;
        }
        let mut length = self.clone();
        length.form = match (han, self.fields.ordinal) {
            (true, Some(ordinal)) if ordinal < 0 => DateForm::Coming,
            (true, _) => DateForm::Past,
            (false, _) => DateForm::Span,
        };
        length.fields.shift = Some(1);
        Some(length)
    }

    /// Whether it counts units without saying how many.
    pub(super) fn is_vague(&self) -> bool {
        match self.form {
            DateForm::Ago | DateForm::Ahead => {
                !matches!(self.fields.count, Some(Amount::Halves(_)))
            }
            DateForm::Earlier | DateForm::Later => self.fields.count == Some(Amount::Vague),
            _ => false,
        }
    }

    /// Whether it means nothing without a wider piece.
    pub(super) fn is_dependent(&self) -> bool {
        self.dependent || matches!(self.form, DateForm::Nth | DateForm::Run)
    }
}

/// Joins the pieces of a sentence, which stand in order.
pub(super) fn join(scan: &Scan<'_>, pieces: Vec<Piece>, han: bool) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let joined = phrases.last_mut().is_some_and(|last| last.take(scan, &piece, han));
        if !joined {
            phrases.push(Phrase { range: piece.range.clone(), pieces: vec![piece] });
        }
    }
    phrases
}

impl Phrase {
    /// The widest piece.
    pub(super) fn widest(&self) -> Option<&Piece> {
        self.pieces.first()
    }

    /// The narrowest piece: what is meant.
    pub(super) fn narrowest(&self) -> Option<&Piece> {
        self.pieces.last()
    }

    /// The year its words give.
    pub(super) fn stated_year(&self) -> Option<i32> {
        self.pieces.iter().find_map(|piece| piece.fields.year)
    }

    /// Whether it is a length, a habit, or a clock time without its day.
    pub(super) fn names_no_day(&self) -> bool {
        self.widest().is_none_or(|widest| match widest.grain() {
            None => true,
            Some(grain) => grain <= Grain::Part && widest.fields.shift.is_none(),
        })
    }

    /// Whether it is counted in weeks from a day.
    pub(super) fn counts_weeks(&self) -> bool {
        self.pieces.iter().any(|piece| {
            matches!(
                piece.form,
                DateForm::Ago | DateForm::Ahead | DateForm::Earlier | DateForm::Later
            ) && piece.fields.unit == Some(Unit::Week)
        })
    }

    fn take(&mut self, scan: &Scan<'_>, next: &Piece, han: bool) -> bool {
        let Some(grain) = next.grain() else { return false };
        let (Some(wide), Some(narrow)) = (self.widest(), self.narrowest()) else { return false };
        let (Some(widest), Some(narrowest)) = (wide.grain(), narrow.grain()) else { return false };
        let gap = self.range.end..next.range.start;
        if gap.len() > 2 || next.range.start < self.range.end {
            return false;
        }
        let words: Vec<&str> = gap.clone().map(|i| scan.letters(i)).collect();
        let bound = gap.clone().all(|i| scan.is(i, scan.classes().date_binder));
        let narrower = next.takes(narrowest)
            && grain < narrowest
            && (han || matches!(narrowest, Grain::Day | Grain::Week | Grain::Part))
            && bound;
        let wider = wide.takes(grain)
            && grain > widest
            && !(han && !words.is_empty() && words != ["的"])
            && bound;
        // A comma binds a weekday or a clock time, not a month and a year of something else.
        let last = wide.form == DateForm::Unit && wide.fields.shift == Some(-1);
        let loose = words.contains(&",") && grain >= Grain::Month;
        // "the last week of July" is a week of July, not the week before this one.
        if last && wide.grain() < Some(grain) && is_of(&words) {
            if let Some(first) = self.pieces.first_mut() {
                first.form = DateForm::Nth;
                first.fields.ordinal = Some(-1);
            }
        } else if loose || !(narrower || wider) {
            return false;
        }
        self.range.end = next.range.end;
        if narrower {
            self.pieces.push(next.clone());
        } else {
            self.pieces.insert(0, next.clone());
        }
        true
    }
}

fn is_of(words: &[&str]) -> bool {
    matches!(words, ["of"] | ["of", "the"])
}

/// Whether the words between two Chinese expressions make them the ends of one interval.
pub(super) fn is_range(scan: &Scan<'_>, from: &Range<usize>, to: &Range<usize>) -> bool {
    let words: Vec<&str> = (from.end..to.start).map(|i| scan.letters(i)).take(4).collect();
    let links = |i: usize| scan.is(from.end + i, scan.classes().date_range);
    match words.as_slice() {
        [_] if links(0) => true,
        ["—", "—"] => true,
        ["起" | "开" | "日" | "号", _] if links(1) => true,
        ["和" | "与"] => {
            let behind = (scan.letters(to.end), scan.letters(to.end + 1));
            matches!(behind, ("之", "间") | ("间", _))
        }
        _ => false,
    }
}
