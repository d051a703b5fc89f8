//! Rows of marks on a common axis of time.

use chrono::NaiveDate;

use super::axis::{self, Axis, is_day};
use super::{Caption, Size, escape, opened, shortened};
use crate::model::edtf::{Edtf, Extent};
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

/// Where labels end, left of the picture: the style sheet leaves room there, and on a phone moves them above their lanes.
const LABEL: f64 = -14.0;
const ROW: f64 = 32.0;
const TOP: f64 = 24.0;
/// What fades out to the right; the style sheet names it.
const FADING: &str = "<defs><linearGradient id=\"fading\"><stop class=\"fade\" offset=\"0\"/><stop class=\"fade out\" offset=\"1\"/></linearGradient></defs>";
/// Up to so many days an axis begins with what happened first, not with its year.
const BRIEF_DAYS_MAX: i64 = 700;
/// Narrowest bar, in percent.
const BAR_MIN: f64 = 2.0;

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
    let brief = (last - first).num_days() <= BRIEF_DAYS_MAX;
    let axis = if brief { Axis::around } else { Axis::of_years }(first, last, 0.0, 100.0);
    let height = TOP + ROW * lanes.len() as f64 + 4.0;
    let mut svg = opened(caption, "lanes", Size::Wide(height));
    svg.push_str(FADING);
    svg.push_str(&axis::drawn(axis.ticks(words), TOP - 4.0, height));
    svg.push_str(&format!(
        "<line class=\"now\" x1=\"{0:.2}%\" x2=\"{0:.2}%\" y1=\"{1}\" y2=\"{height}\"/>",
        axis.x(today),
        TOP - 4.0,
    ));
    for (row, lane) in lanes.iter().enumerate() {
        let y = TOP + ROW * row as f64 + ROW / 2.0;
        let drawn = |mark| drawn(mark, y, &axis, today, words, home);
        svg.push_str(&format!(
            "<a href=\"{home}{}\"><text class=\"label\" x=\"{LABEL}\" y=\"{}\">{}</text></a>\
             <g class=\"row\"><line class=\"lane\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>{}</g>",
            escape(&lane.href),
            y + 4.5,
            escape(shortened(&lane.label, 34)),
            lane.marks.iter().map(drawn).collect::<String>()
        ));
    }
    svg.push_str("</svg>");
    svg
}

/// A day is a dot, anything wider a bar of its width; what goes on since a day fades out towards today.
fn drawn(
    mark: &Mark,
    y: f64,
    axis: &Axis,
    today: NaiveDate,
    words: &Wording<'_>,
    home: &str,
) -> String {
    let class = if mark.closed { "mark closed" } else { "mark" };
    let title = format!("{}: {}", words.date(mark.date), mark.title);
    let (start, end) = axis.extent(mark.date);
    let since = matches!(mark.date.extent, Extent::Since(_));
    let end = if since { axis.x(today).max(end) } else { end };
    let shape = if is_day(mark.date) && !since {
        format!("<circle class=\"{class}\" cx=\"{start:.2}%\" cy=\"{y}\" r=\"5\"/>")
    } else {
        format!(
            "<rect class=\"{class} wide{}\" x=\"{start:.2}%\" y=\"{}\" width=\"{:.2}%\" height=\"8\" rx=\"4\"/>",
            if since { " since" } else { "" },
            y - 4.0,
            (end - start).max(BAR_MIN)
        )
    };
    format!("<a href=\"{home}{}\">{shape}<title>{}</title></a>", escape(&mark.href), escape(&title))
}
