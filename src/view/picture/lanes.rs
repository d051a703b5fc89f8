//! Rows of marks on a common axis of time.

use chrono::NaiveDate;

use super::axis::{Axis, is_day};
use super::{Caption, escape, opened, shortened};
use crate::model::edtf::Edtf;
use crate::view::wording::Wording;

/// A row of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What stands at its left.
    pub label: String,
    /// Path the label leads to, from the front page of the language.
    pub href: String,
    /// What lies on it.
    pub marks: Vec<Mark>,
}

/// Something that happened, as wide as its date is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub date: Edtf,
    /// What it is called when pointed at.
    pub title: String,
    /// Path it leads to, from the front page of the language.
    pub href: String,
    /// Whether it is over.
    pub closed: bool,
}

const LABEL: f64 = 260.0;
const WIDTH: f64 = 1120.0;
const ROW: f64 = 26.0;
const TOP: f64 = 30.0;

/// Draws lanes over time; `home` leads from the page to the front page of its language.
pub fn lanes(
    lanes: &[Lane],
    today: NaiveDate,
    words: &Wording<'_>,
    home: &str,
    caption: Caption<'_>,
) -> String {
    let dates = || lanes.iter().flat_map(|lane| &lane.marks);
    let first = dates().map(|mark| mark.date.sort_day()).min().unwrap_or(today);
    let last = dates().filter_map(|mark| mark.date.last()).max().unwrap_or(today).max(today);
    let axis = Axis::of_years(first, last, LABEL, WIDTH - LABEL - 16.0);
    let height = TOP + ROW * lanes.len() as f64 + 14.0;
    let mut svg = opened(caption, "lanes", WIDTH, height);
    // The label of the last tick needs room.
    for tick in axis.ticks(words).into_iter().filter(|tick| tick.x < WIDTH - 48.0) {
        svg.push_str(&format!(
            "<line class=\"tick\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{1:.0}\" y2=\"{2:.0}\"/>\
             <text class=\"year\" x=\"{3:.1}\" y=\"18\">{4}</text>",
            tick.x,
            TOP - 6.0,
            height - 8.0,
            tick.x + 5.0,
            escape(&tick.label)
        ));
    }
    svg.push_str(&format!(
        "<line class=\"now\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{1:.0}\" y2=\"{2:.0}\"/>",
        axis.x(today),
        TOP - 6.0,
        height - 8.0
    ));
    for (row, lane) in lanes.iter().enumerate() {
        let y = TOP + ROW * row as f64 + ROW / 2.0;
        svg.push_str(&format!(
            "<line class=\"lane\" x1=\"{LABEL}\" x2=\"{:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <a href=\"{home}{}\"><text class=\"label\" x=\"{:.0}\" y=\"{:.1}\">{}</text></a>",
            WIDTH - 16.0,
            escape(&lane.href),
            LABEL - 14.0,
            y + 4.5,
            escape(shortened(&lane.label, 34))
        ));
        for mark in &lane.marks {
            svg.push_str(&drawn(mark, y, &axis, words, home));
        }
    }
    svg.push_str("</svg>");
    svg
}

/// A day is a dot, anything wider a bar of its width.
fn drawn(mark: &Mark, y: f64, axis: &Axis, words: &Wording<'_>, home: &str) -> String {
    let class = if mark.closed { "mark closed" } else { "mark" };
    let title = format!("{}: {}", words.date(mark.date), mark.title);
    let (start, end) = axis.extent(mark.date);
    let shape = if is_day(mark.date) {
        format!("<circle class=\"{class}\" cx=\"{start:.1}\" cy=\"{y:.1}\" r=\"5\"/>")
    } else {
        format!(
            "<rect class=\"{class} wide\" x=\"{start:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"8\" rx=\"4\"/>",
            y - 4.0,
            (end - start).max(10.0)
        )
    };
    format!("<a href=\"{home}{}\">{shape}<title>{}</title></a>", escape(&mark.href), escape(&title))
}
