//! Counts over time as columns.

use super::{Caption, Size, axis, escape, opened};

/// A column, made of parts one on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The span of time, in words.
    pub label: String,
    /// What stands beneath it; nothing for most.
    pub tick: String,
    /// The counts, from the bottom up.
    pub parts: Vec<usize>,
    /// Whether what it counts lies anywhere in a wider span than its neighbours.
    pub vague: bool,
}

const HEIGHT: f64 = 132.0;
const FOOT: f64 = 20.0;
const HEAD: f64 = 14.0;

/// Draws columns; parts take the classes `part-0`, `part-1` and so on, whose tones are those of a name.
pub fn bars(bars: &[Bar], tones: &str, caption: Caption<'_>) -> String {
    let most = bars.iter().map(|bar| bar.parts.iter().sum::<usize>()).max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let mut svg = opened(caption, &format!("bars {tones}"), Size::Wide(HEIGHT));
    let floor = HEIGHT - FOOT;
    let unit = (floor - HEAD) / most as f64;
    let step = 100.0 / bars.len() as f64;
    let top = floor - unit * most as f64;
    svg.push_str(&format!(
        "<line class=\"tick\" x1=\"0\" x2=\"100%\" y1=\"{top:.1}\" y2=\"{top:.1}\"/>\
         <text class=\"year\" x=\"0\" y=\"{:.1}\">{most}</text>\
         <line class=\"floor\" x1=\"0\" x2=\"100%\" y1=\"{floor}\" y2=\"{floor}\"/>",
        top - 3.0
    ));
    let ticks: Vec<&str> =
        bars.iter().map(|bar| bar.tick.as_str()).filter(|tick| !tick.is_empty()).collect();
    let mut spare = axis::spare(&ticks).into_iter();
    for (at, bar) in bars.iter().enumerate() {
        let x = step * at as f64;
        let mut y = floor;
        let class = if bar.vague { " class=\"vague\"" } else { "" };
        svg.push_str(&format!("<g{class}><title>{}</title>", escape(&bar.label)));
        for (part, count) in bar.parts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let height = unit * *count as f64;
            y -= height;
            svg.push_str(&format!(
                "<rect class=\"part part-{part}\" x=\"{:.2}%\" y=\"{y:.1}\" width=\"{:.2}%\" height=\"{height:.1}\"/>",
                x + step * 0.12,
                (step * 0.76).max(0.15)
            ));
        }
        svg.push_str("</g>");
        let spare = !bar.tick.is_empty() && spare.next().unwrap_or_default();
        if !bar.tick.is_empty() && axis::has_room(x, &bar.tick) {
            svg.push_str(&format!(
                "<text class=\"year{}\" x=\"{:.2}%\" y=\"{:.0}\">{}</text>",
                if spare { " spare" } else { "" },
                x + step * 0.12,
                HEIGHT - 5.0,
                escape(&bar.tick)
            ));
        }
    }
    svg.push_str("</svg>");
    svg
}
