//! Words set in the one typeface that cards are drawn with: how wide they run, where lines end.
//!
//! What holds: the typeface comes with the program, so lines end at the same place on every machine;
//! no line is wider than it was asked for.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::view::wording::has_han;

/// The typeface; `site/README.md` says how it is made.
pub(super) const TYPEFACE: &[u8] = include_bytes!("../../../site/fonts/casebook-serif.otf");

/// May not begin a line.
const CLOSING: &str = "，。、：；！？）》」』”’…—·％%,.:;!?)]}";
/// May not end a line.
const OPENING: &str = "（《「『“‘([{";

fn typeface() -> Option<&'static FontRef<'static>> {
    static FONT: OnceLock<Option<FontRef<'static>>> = OnceLock::new();
    FONT.get_or_init(|| FontRef::new(TYPEFACE).ok()).as_ref()
}

/// Whether the typeface has every letter of a text.
pub(super) fn is_writable(text: &str) -> bool {
    typeface().is_some_and(|font| {
        let map = font.charmap();
        text.chars().all(|c| map.map(c).is_some())
    })
}

/// Width of a text at a size of one.
pub(super) fn width(text: &str) -> f64 {
    let Some(font) = typeface() else { return 0.0 };
    let metrics = GlyphMetrics::new(font, Size::new(1.0), LocationRef::default());
    let map = font.charmap();
    let advances = text.chars().map(|c| metrics.advance_width(map.map(c).unwrap_or_default()));
    advances.flatten().map(f64::from).sum()
}

/// A piece of text that stays on one line.
struct Piece<'t> {
    text: &'t str,
    width: f64,
}

/// Pieces between which a line may end; a blank belongs to the piece before it.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let alone = |c: char| ('\u{2e80}'..='\u{ffef}').contains(&c);
    let mut cuts = vec![0];
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = before {
            let apart = before == ' ' || alone(before) || alone(c);
            if apart && c != ' ' && !CLOSING.contains(c) && !OPENING.contains(before) {
                cuts.push(at);
            }
        }
        before = Some(c);
    }
    cuts.push(text.len());
    let spans = cuts.windows(2).filter_map(|cut| match cut {
        [from, to] => text.get(*from..*to),
        _ => None,
    });
    spans.map(|text| Piece { text, width: width(text) }).collect()
}

/// Lines no wider than `most`, filled one after the other.
fn filled(pieces: &[Piece<'_>], most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut taken = f64::INFINITY;
    for piece in pieces {
        // A blank at the end of a line takes no room.
        let blank = if piece.text.ends_with(' ') { width(" ") } else { 0.0 };
        if taken + piece.width - blank > most {
            lines.push(String::new());
            taken = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece.text);
        }
        taken += piece.width;
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// A text as few lines as hold it, all about as wide as one another; nothing where a piece of it is
/// wider than a line or more lines are needed.
pub(super) fn balanced(text: &str, most: f64, lines_max: usize) -> Option<Vec<String>> {
    let pieces = pieces(text);
    let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f64::max);
    let lines = filled(&pieces, most);
    if lines.len() > lines_max || widest > most {
        return None;
    }
    // The narrowest column of as many lines, to a hundredth of the width.
    let narrower = (0..100).map(|percent| most * f64::from(percent) / 100.0);
    let columns = narrower.filter(|column| *column >= widest.max(most * 0.6));
    columns
        .map(|column| filled(&pieces, column))
        .find(|other| other.len() <= lines.len())
        .or(Some(lines))
}

/// The beginning of a text that fills lines no wider than `most`, with an ellipsis where it goes on.
pub(super) fn cut(text: &str, most: f64, lines_max: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut taken = 0.0;
    // The typeface sets the one sign in the middle, as Chinese text has it.
    let mark = if has_han(text) { "…" } else { "..." };
    for piece in pieces(text) {
        // What is too wide for a line is cut at any letter.
        let parts: Vec<String> = match piece.width > most {
            true => piece.text.chars().map(String::from).collect(),
            false => vec![piece.text.to_string()],
        };
        for part in parts {
            let wide = width(&part);
            let room = if lines.len() == lines_max { most - width(mark) } else { most };
            if taken + width(part.trim_end()) > room {
                if lines.len() == lines_max {
                    if let Some(line) = lines.last_mut() {
                        line.truncate(line.trim_end_matches([' ', ',', '，', '、']).len());
                        line.push_str(mark);
                    }
                    return lines;
                }
                lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
                lines.push(String::new());
                taken = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(&part);
            }
            taken += wide;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_the_typeface_lacks_are_known() {
        assert!(is_writable("Orison Labs’ “Farwire” – 奥里森实验室：封禁"));
        assert!(!is_writable("Орисон"));
        assert!(!is_writable("🙂"));
    }

    #[test]
    fn lines_are_of_like_width() {
        let text = "Orison Labs bans the products of Veltrane Systems from all its offices";
        let lines = balanced(text, 22.0, 3).unwrap_or_default();
        assert_eq!(lines.join(" "), text);
        let widths: Vec<f64> = lines.iter().map(|line| width(line)).collect();
        assert!(widths.iter().all(|wide| *wide <= 22.0), "{widths:?}");
        assert!(widths.iter().all(|wide| *wide >= 13.0), "{widths:?}");
    }

    #[test]
    fn chinese_lines_begin_with_no_mark() {
        let text = "奥里森实验室、槐汀集团与榆桥财经，就模型蒸馏一事各执一词（下）。";
        for most in 4..20 {
            let Some(lines) = balanced(text, f64::from(most), 12) else { continue };
            assert_eq!(lines.concat(), text);
            for line in lines {
                assert!(!line.starts_with(['、', '，', '。', '）']), "{line}");
                assert!(!line.ends_with('（'), "{line}");
            }
        }
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let lines = cut(&"a very long headline ".repeat(30), 20.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines.last().is_some_and(|line| line.ends_with("...")));
        let lines = cut(&"w".repeat(400), 20.0, 3);
        assert!(lines.len() == 3 && lines.iter().all(|line| width(line) <= 20.0));
        assert_eq!(cut("", 20.0, 3), [""]);
        assert_eq!(cut("short", 20.0, 3), ["short"]);
    }
}
