//! A line of time with what lies on it, for cards: shapes to be drawn in any colours.
//!
//! What holds: a day is a dot, a wider date as wide as it is known; where too much lies on one another,
//! columns count it by the day it is sorted by.

use serde::Serialize;

use super::axis::{Axis, Tick, is_day};
use crate::model::edtf::Edtf;
use crate::view::wording::Wording;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// When.
    pub date: Edtf,
    /// Whether it is over, or lies ahead.
    pub hollow: bool,
}

/// A rectangle with round corners; a dot where they are as round as it is high.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its left side.
    pub x: String,
    /// Its upper side.
    pub y: String,
    /// How wide it is.
    pub width: String,
    /// How high.
    pub height: String,
    /// Of its corners.
    pub radius: String,
    /// Which of the classes it is: dot, hollow, wide, column.
    pub class: &'static str,
}

/// What is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Strip {
    /// What happened.
    pub shapes: Vec<Shape>,
    /// Where on the line a label stands, and the label.
    pub ticks: Vec<(String, String)>,
}

/// Where a strip lies: its line from left to right, and the line's height from above.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    /// Where the line begins.
    pub left: f64,
    /// How long it is.
    pub width: f64,
    /// How far down it lies.
    pub floor: f64,
}

const DOT: f64 = 19.0;
const BAR: f64 = 13.0;
const LEVEL: f64 = 23.0;
const LEVELS_MAX: usize = 4;
const COLUMN: f64 = 24.0;
/// Between the beginnings of two labels.
const APART: f64 = 118.0;

/// Lays out what happened on a line.
pub fn strip(spots: &[Spot], words: &Wording<'_>, ground: Ground) -> Strip {
    let days = || spots.iter().flat_map(|s| [s.date.first(), s.date.last()]).flatten();
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Strip::default() };
    let axis = Axis::around(first, last, ground.left, ground.width);
    let mut ticks: Vec<Tick> = Vec::new();
    for tick in axis.ticks(words) {
        let free = ticks.last().is_none_or(|before| before.x + APART <= tick.x);
        if free && tick.x + APART * 0.7 <= ground.left + ground.width {
            ticks.push(tick);
        }
    }
    let shapes = stacked(spots, &axis, ground).unwrap_or_else(|| columns(spots, &axis, ground));
    Strip { shapes, ticks: ticks.into_iter().map(|t| (units(t.x), t.label)).collect() }
}

fn units(value: f64) -> String {
    format!("{value:.1}")
}

/// One shape each, beside or above one another; nothing where that takes too many levels.
fn stacked(spots: &[Spot], axis: &Axis, ground: Ground) -> Option<Vec<Shape>> {
    let mut sorted: Vec<&Spot> = spots.iter().collect();
    sorted.sort_by_key(|spot| spot.date.sort_day());
    // Where each level is taken up to.
    let mut taken: Vec<f64> = Vec::new();
    let mut shapes = Vec::with_capacity(sorted.len());
    for spot in sorted {
        let (start, end) = axis.extent(spot.date);
        let dot = is_day(spot.date);
        let (wide, high) = if dot { (DOT, DOT) } else { ((end - start).max(DOT), BAR) };
        let left = start.min(ground.left + ground.width - wide);
        let level = taken.iter().position(|upto| upto + 4.0 <= left).unwrap_or(taken.len());
        if level >= LEVELS_MAX {
            return None;
        }
        match taken.get_mut(level) {
            Some(upto) => *upto = left + wide,
            None => taken.push(left + wide),
        }
        let middle = ground.floor - 18.0 - LEVEL * level as f64;
        shapes.push(Shape {
            x: units(left),
            y: units(middle - high / 2.0),
            width: units(wide),
            height: units(high),
            radius: units(high / 2.0),
            class: match (spot.hollow, dot) {
                (true, _) => "hollow",
                (false, true) => "dot",
                (false, false) => "wide",
            },
        });
    }
    Some(shapes)
}

/// How many lie on each stretch of the line.
fn columns(spots: &[Spot], axis: &Axis, ground: Ground) -> Vec<Shape> {
    let mut counts = vec![0_usize; (ground.width / COLUMN).ceil() as usize];
    for spot in spots {
        let at = (axis.x(spot.date.sort_day()) - ground.left) / COLUMN;
        if let Some(count) = counts.get_mut(at as usize) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let unit = (LEVEL * LEVELS_MAX as f64 / most).min(LEVEL);
    let column = |(at, count): (usize, usize)| {
        let height = (unit * count as f64).max(3.0);
        Shape {
            x: units(ground.left + COLUMN * at as f64 + 3.0),
            y: units(ground.floor - 2.0 - height),
            width: units(COLUMN - 6.0),
            height: units(height),
            radius: "1".into(),
            class: "column",
        }
    };
    counts.into_iter().enumerate().filter(|(_, count)| *count > 0).map(column).collect()
}
