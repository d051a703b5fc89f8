//! A common axis of time: days to units of the picture, with the ticks that suit its length.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::escape;
use crate::model::edtf::{Edtf, Precision};
use crate::view::calendar;
use crate::view::wording::Wording;

/// Labels above which every other is left out where there is little room.
const LABELS_NARROW: usize = 7;
/// What a letter takes on a phone, in percent of the picture; a Chinese character takes two.
const LETTER: f64 = 2.05;

/// Days between two ends, laid over a width.
pub(super) struct Axis {
    from: NaiveDate,
    to: NaiveDate,
    left: f64,
    width: f64,
}

/// A line with what stands beside it.
pub(super) struct Tick {
    pub(super) x: f64,
    pub(super) label: String,
}

impl Axis {
    /// An axis of whole years.
    pub(super) fn of_years(first: NaiveDate, last: NaiveDate, left: f64, width: f64) -> Self {
        let from = NaiveDate::from_ymd_opt(first.year(), 1, 1).unwrap_or(first);
        let to = NaiveDate::from_ymd_opt(last.year() + 1, 1, 1).unwrap_or(last);
        Self { from, to, left, width }
    }

    /// An axis that holds the days with some room at both ends.
    pub(super) fn around(first: NaiveDate, last: NaiveDate, left: f64, width: f64) -> Self {
        let room = ((last - first).num_days() / 20).clamp(1, 60).unsigned_abs();
        let from = first.checked_sub_days(Days::new(room)).unwrap_or(first);
        let to = last.checked_add_days(Days::new(room + 1)).unwrap_or(last);
        Self { from, to, left, width }
    }

    /// Where a day begins.
    pub(super) fn x(&self, day: NaiveDate) -> f64 {
        let all = (self.to - self.from).num_days().max(1) as f64;
        let at = (day.clamp(self.from, self.to) - self.from).num_days() as f64;
        self.left + at / all * self.width
    }

    /// Beginning and end of a date on the axis; as wide as the date is known.
    pub(super) fn extent(&self, date: Edtf) -> (f64, f64) {
        let first = date.first().or(date.last()).unwrap_or(self.from);
        let last = date.last().or(date.first()).unwrap_or(self.to);
        (self.x(first), self.after(last))
    }

    /// Where a day ends.
    pub(super) fn after(&self, day: NaiveDate) -> f64 {
        self.x(day.checked_add_days(Days::new(1)).unwrap_or(day))
    }

    /// Ticks at years, months or days, never so many that they touch.
    pub(super) fn ticks(&self, words: &Wording<'_>) -> Vec<Tick> {
        let days = (self.to - self.from).num_days();
        let (step, by_days) = match days {
            0..=45 => (1 + days.unsigned_abs() / 9, true),
            46..=400 => (1 + days.unsigned_abs() / 300, false),
            401..=1200 => (3, false),
            _ => (12 * (1 + days.unsigned_abs() / 6000), false),
        };
        let mut ticks = Vec::new();
        let start = if by_days { Some(self.from) } else { self.from.with_day(1) };
        let mut day = start.unwrap_or(self.from);
        if !by_days && step > 1 {
            day = NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day);
        }
        while day <= self.to && ticks.len() < 60 {
            if day >= self.from {
                ticks.push(Tick { x: self.x(day), label: label(words, day, step, by_days) });
            }
            let next = if by_days {
                day.checked_add_days(Days::new(step))
            } else {
                day.checked_add_months(Months::new(u32::try_from(step).unwrap_or(12)))
            };
            let Some(next) = next else { break };
            day = next;
        }
        ticks
    }
}

/// Draws ticks of an axis in percent, from one height to another, with their labels above.
pub(super) fn drawn(ticks: Vec<Tick>, top: f64, bottom: f64) -> String {
    let labels: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
    let spare = spare(&labels);
    let mut svg = String::new();
    for (Tick { x, label }, spare) in ticks.iter().zip(spare) {
        svg.push_str(&format!(
            "<line class=\"tick\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{top}\" y2=\"{bottom}\"/>"
        ));
        if has_room(*x, label) {
            svg.push_str(&format!(
                "<text class=\"year{}\" x=\"{x:.2}%\" y=\"{}\">{}</text>",
                if spare { " spare" } else { "" },
                top - 6.0,
                escape(label)
            ));
        }
    }
    svg
}

/// Whether a label that begins there ends within the picture, on a phone too.
pub(super) fn has_room(x: f64, label: &str) -> bool {
    let letters: usize = label.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    x + letters as f64 * LETTER <= 100.0
}

/// Which labels can be left out where there is little room: every other of many, but no year among months.
pub(super) fn spare(labels: &[&str]) -> Vec<bool> {
    let year = |label: &&str| label.chars().take_while(char::is_ascii_digit).count() == 4;
    let kept = labels.iter().position(year).unwrap_or(0) % 2;
    let many = labels.len() > LABELS_NARROW;
    (0..labels.len()).map(|at| many && at % 2 != kept).collect()
}

fn label(words: &Wording<'_>, day: NaiveDate, step: u64, by_days: bool) -> String {
    let month = calendar::month_short(words.language, day.month());
    match (by_days, words.is_chinese()) {
        (true, true) => format!("{month}{}日", day.day()),
        (true, false) => format!("{} {month}", day.day()),
        (false, chinese) if step >= 12 || day.month() == 1 => {
            if chinese {
                format!("{}年", day.year())
            } else {
                day.year().to_string()
            }
        }
        (false, _) => month,
    }
}

/// Whether a date is drawn as a dot.
pub(super) fn is_day(date: Edtf) -> bool {
    date.precision() == Precision::Day && date.first() == date.last()
}
