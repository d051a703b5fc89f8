//! Pictures as inline SVG, drawn from the same numbers as the tables beneath them.

use chrono::{Datelike, NaiveDate};

use super::words;
use crate::model::edtf::{Edtf, Precision};

/// A row of marks on a common axis of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What stands at its left.
    pub label: String,
    /// Path the label leads to, from the root of the site.
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
    /// Path it leads to, from the root of the site.
    pub href: String,
    /// Whether it is over.
    pub closed: bool,
}

const LABEL: f64 = 260.0;
const WIDTH: f64 = 1120.0;
const ROW: f64 = 26.0;
const TOP: f64 = 30.0;

/// Draws lanes over time; `root` leads from the page to the root of the site.
pub fn lanes(
    lanes: &[Lane],
    today: NaiveDate,
    root: &str,
    title: &str,
    description: &str,
) -> String {
    let dates = || lanes.iter().flat_map(|lane| &lane.marks);
    let first = dates().map(|mark| mark.date.sort_day()).min().unwrap_or(today);
    let from = NaiveDate::from_ymd_opt(first.year(), 1, 1).unwrap_or(first);
    let last = dates().filter_map(|mark| mark.date.last()).max().unwrap_or(today).max(today);
    let to = NaiveDate::from_ymd_opt(last.year() + 1, 1, 1).unwrap_or(last);
    let days = (to - from).num_days().max(1) as f64;
    let x =
        |day: NaiveDate| LABEL + ((day - from).num_days() as f64 / days) * (WIDTH - LABEL - 16.0);
    let height = TOP + ROW * lanes.len() as f64 + 14.0;
    let mut svg = String::new();
    svg.push_str(&format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-labelledby=\"ct cd\">\
         <title id=\"ct\">{}</title><desc id=\"cd\">{}</desc>",
        escape(title),
        escape(description)
    ));
    for year in from.year()..to.year() {
        let Some(start) = NaiveDate::from_ymd_opt(year, 1, 1) else { continue };
        let at = x(start);
        svg.push_str(&format!(
            "<line class=\"tick\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{:.0}\" y2=\"{:.0}\"/>\
             <text class=\"year\" x=\"{:.1}\" y=\"18\">{year}</text>",
            TOP - 6.0,
            height - 8.0,
            at + 5.0
        ));
    }
    let now = x(today);
    svg.push_str(&format!(
        "<line class=\"now\" x1=\"{now:.1}\" x2=\"{now:.1}\" y1=\"{:.0}\" y2=\"{:.0}\"/>",
        TOP - 6.0,
        height - 8.0
    ));
    for (row, lane) in lanes.iter().enumerate() {
        let y = TOP + ROW * row as f64 + ROW / 2.0;
        svg.push_str(&format!(
            "<line class=\"lane\" x1=\"{LABEL}\" x2=\"{:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <a href=\"{root}{}\"><text class=\"label\" x=\"{:.0}\" y=\"{:.1}\">{}</text></a>",
            WIDTH - 16.0,
            escape(&lane.href),
            LABEL - 14.0,
            y + 4.5,
            escape(&shortened(&lane.label, 34))
        ));
        for mark in &lane.marks {
            svg.push_str(&drawn(mark, y, &x, root));
        }
    }
    svg.push_str("</svg>");
    svg
}

/// A day is a dot, anything wider a bar of its width.
fn drawn(mark: &Mark, y: f64, x: &impl Fn(NaiveDate) -> f64, root: &str) -> String {
    let class = if mark.closed { "mark closed" } else { "mark" };
    let title = format!("{}: {}", words::date(mark.date), mark.title);
    let start = x(mark.date.sort_day());
    let end = mark.date.last().map_or(start + 12.0, x);
    let shape = if mark.date.precision() == Precision::Day {
        format!("<circle class=\"{class}\" cx=\"{start:.1}\" cy=\"{y:.1}\" r=\"5\"/>")
    } else {
        format!(
            "<rect class=\"{class} wide\" x=\"{start:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"8\" rx=\"4\"/>",
            y - 4.0,
            (end - start).max(10.0)
        )
    };
    format!("<a href=\"{root}{}\">{shape}<title>{}</title></a>", escape(&mark.href), escape(&title))
}

fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_string();
    }
    let head: String = text.chars().take(chars_max - 1).collect();
    format!("{}…", head.trim_end())
}

/// Text safe inside SVG and attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
