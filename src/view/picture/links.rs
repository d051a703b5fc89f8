//! Two columns of names and the lines between them: who quarrels with whom, who has it from whom.

use super::{Caption, Size, escape, opened, shortened};

/// A name in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What is printed.
    pub label: String,
    /// Where it leads, from the page; nothing where it has no page.
    pub href: Option<String>,
}

/// A line from a name on the left to one on the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Place in the left column.
    pub from: usize,
    /// Place in the right column.
    pub to: usize,
    /// How many times.
    pub weight: usize,
    /// Whether it stands for a copy.
    pub dashed: bool,
    /// What it says when pointed at.
    pub title: String,
}

const WIDTH: f64 = 760.0;
const ROW: f64 = 24.0;
const TOP: f64 = 34.0;
const COLUMN: f64 = 250.0;

/// Draws two columns under their headings.
pub fn links(
    headings: [&str; 2],
    left: &[Node],
    right: &[Node],
    edges: &[Edge],
    caption: Caption<'_>,
) -> String {
    let rows = left.len().max(right.len());
    let height = TOP + ROW * rows as f64 + 6.0;
    // The shorter column stands in the middle of the longer one.
    let top = |count: usize| TOP + ROW * (rows - count) as f64 / 2.0;
    let y = |count: usize, at: usize| top(count) + ROW * at as f64 + ROW / 2.0;
    let mut svg = opened(caption, "links", Size::Scaled(WIDTH, height));
    let [a, b] = headings;
    svg.push_str(&format!(
        "<text class=\"column left\" x=\"{:.0}\" y=\"14\">{}</text><text class=\"column right\" x=\"{:.0}\" y=\"14\">{}</text>",
        COLUMN,
        escape(a),
        WIDTH - COLUMN,
        escape(b)
    ));
    let most = edges.iter().map(|edge| edge.weight).max().unwrap_or(1).max(1) as f64;
    for edge in edges {
        let (from, to) = (y(left.len(), edge.from), y(right.len(), edge.to));
        let (x, end) = (COLUMN + 12.0, WIDTH - COLUMN - 12.0);
        let middle = f64::midpoint(x, end);
        let width =
            if most > 1.0 { 1.0 + 6.0 * (edge.weight as f64 - 1.0) / (most - 1.0) } else { 1.5 };
        let class = if edge.dashed { "edge copy" } else { "edge" };
        svg.push_str(&format!(
            "<path class=\"{class}\" stroke-width=\"{width:.1}\" d=\"M{x:.1} {from:.1}C{middle:.1} {from:.1} {middle:.1} {to:.1} {end:.1} {to:.1}\"><title>{}</title></path>",
            escape(&edge.title)
        ));
    }
    let sides = [
        (left, "left", COLUMN, COLUMN + 8.0),
        (right, "right", WIDTH - COLUMN, WIDTH - COLUMN - 8.0),
    ];
    for (nodes, side, x, dot) in sides {
        for (at, node) in nodes.iter().enumerate() {
            let y = y(nodes.len(), at);
            let text = format!(
                "<circle class=\"end\" cx=\"{dot:.0}\" cy=\"{y:.1}\" r=\"3\"/><text class=\"name {side}\" x=\"{x:.0}\" y=\"{:.1}\">{}</text>",
                y + 4.5,
                escape(shortened(&node.label, 34))
            );
            match &node.href {
                Some(href) => svg.push_str(&format!("<a href=\"{}\">{text}</a>", escape(href))),
                None => svg.push_str(&text),
            }
        }
    }
    svg.push_str("</svg>");
    svg
}
