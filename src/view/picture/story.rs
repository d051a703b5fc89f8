//! What happened in one incident, on one axis: a day is a dot, a month a bar of a month.

use chrono::NaiveDate;

use super::axis::{self, Axis, is_day};
use super::{Caption, Size, escape, opened};
use crate::model::edtf::Edtf;
use crate::view::wording::Wording;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub date: Edtf,
    /// What, in a line.
    pub title: String,
    /// Anchor of its line on the page.
    pub anchor: String,
    /// Whether it lies ahead.
    pub ahead: bool,
    /// The day by which it was told as done.
    pub by: Option<NaiveDate>,
    /// The day it could first be known, as data writes it.
    pub known: String,
}

/// Width of a dot, in percent of a phone's screen: what does not touch there touches nowhere.
const DOT: f64 = 2.9;
const LEVEL: f64 = 14.0;
const TOP: f64 = 26.0;
/// Most marks above one another; what comes later lies on the last level.
const LEVELS_MAX: usize = 7;

/// Draws moments on one axis, beside or above one another; nothing for fewer than two days.
pub fn story(moments: &[Moment], words: &Wording<'_>, caption: Caption<'_>) -> String {
    let told = |m: &Moment| m.date.last().map(|last| m.by.map_or(last, |by| last.min(by)));
    let days = || moments.iter().flat_map(|m| [m.date.first(), told(m)]).flatten();
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return String::new() };
    if moments.len() < 2 || first == last {
        return String::new();
    }
    let axis = Axis::around(first, last, 0.0, 100.0 - DOT);
    // Where each level is taken up to.
    let mut taken: Vec<f64> = Vec::new();
    let placed: Vec<(usize, f64, f64, &Moment)> = moments
        .iter()
        .map(|moment| {
            let (start, end) = axis.extent(moment.date);
            let end = moment.by.map_or(end, |by| end.min(axis.after(by)));
            let end = if is_day(moment.date) { start + DOT } else { end.max(start + DOT) };
            let free = taken.iter().position(|upto| *upto + DOT / 5.0 <= start);
            let level = free.unwrap_or(taken.len()).min(LEVELS_MAX - 1);
            match taken.get_mut(level) {
                Some(upto) => *upto = upto.max(end),
                None => taken.push(end),
            }
            (level, start, end, moment)
        })
        .collect();
    let height = TOP + LEVEL * taken.len() as f64 + 8.0;
    let mut svg = opened(caption, "story", Size::Wide(height));
    svg.push_str(&axis::drawn(axis.ticks(words), TOP - 7.0, height - 2.0));
    for (level, start, end, moment) in placed {
        let y = height - 8.0 - LEVEL * level as f64 - LEVEL / 2.0;
        svg.push_str(&drawn(moment, (start, end), y, words));
    }
    svg.push_str("</svg>");
    svg
}

/// A day is a dot, anything wider a bar of its width.
fn drawn(moment: &Moment, (start, end): (f64, f64), y: f64, words: &Wording<'_>) -> String {
    let ahead = match (moment.ahead, moment.date.approximate) {
        (true, _) => " closed",
        (false, true) => " about",
        (false, false) => "",
    };
    let shape = if is_day(moment.date) {
        format!(
            "<circle class=\"mark{ahead}\" cx=\"{:.2}%\" cy=\"{y:.1}\" r=\"5\"/>",
            start + DOT / 2.0
        )
    } else {
        format!(
            "<rect class=\"mark wide{ahead}\" x=\"{start:.2}%\" y=\"{:.1}\" width=\"{:.2}%\" height=\"8\" rx=\"4\"/>",
            y - 4.0,
            end - start
        )
    };
    format!(
        "<a href=\"#{}\" data-known=\"{}\">{shape}<title>{}</title></a>",
        escape(&moment.anchor),
        escape(&moment.known),
        escape(format!("{}: {}", words.date(moment.date), moment.title))
    )
}
