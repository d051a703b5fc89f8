//! Pieces of a clause put together as one line.

use std::ops::Range;

use super::attribution::trim;
use super::scan::Scan;

/// Fewest words, or Chinese characters, that still say something.
pub(super) const WORDS_MIN: usize = 3;
const HAN_MIN: usize = 8;

/// A range without the ranges that fall away.
pub(super) fn kept(body: &Range<usize>, mut out: Vec<Range<usize>>) -> Vec<Range<usize>> {
    // What begins behind the body takes nothing from it.
    out.retain(|range| range.start < body.end);
    out.sort_by_key(|range| (range.start, range.end));
    let mut pieces = Vec::new();
    let mut at = body.start;
    for range in out {
        if range.start >= at && range.start < body.end {
            pieces.push(at..range.start);
        }
        at = at.max(range.end);
    }
    pieces.push(at.min(body.end)..body.end);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn holds(piece: &Range<usize>, gone: &Range<usize>) -> bool {
    piece.start <= gone.start && gone.end <= piece.end
}

pub(super) fn without(piece: &Range<usize>, gone: &Range<usize>) -> Vec<Range<usize>> {
    [piece.start..piece.end.min(gone.start), piece.start.max(gone.end)..piece.end]
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect()
}

/// The pieces as a line, the name before them, verbs as `told`; `None` where they say too little.
pub(super) fn told(
    scan: &Scan<'_>,
    name: Option<String>,
    pieces: &[Range<usize>],
    told: &[(Range<usize>, String)],
    han: bool,
) -> Option<String> {
    let least = if han { HAN_MIN } else { WORDS_MIN };
    let named = name.as_deref().map_or(0, |name| name.split(' ').count());
    let words: usize =
        named + pieces.iter().flat_map(|p| p.clone()).filter(|i| scan.at(*i).is_wordlike()).count();
    if words < least {
        return None;
    }
    let mut line: Vec<&str> = name.as_deref().into_iter().collect();
    for piece in pieces {
        let mut from = piece.start;
        for (gone, word) in told.iter().filter(|(gone, _)| holds(piece, gone)) {
            line.push(scan.words(from..gone.start));
            line.push(word);
            from = gone.end;
        }
        line.push(scan.words(from..piece.end));
    }
    Some(tidy(scan, &line.join(if han { "" } else { " " })))
}

pub(super) fn plain(scan: &Scan<'_>, clause: &Range<usize>) -> String {
    tidy(scan, scan.words(trim(scan, clause.clone())))
}

/// Spaces and marks that were left alone are put in order; the first letter is a capital.
pub(super) fn tidy(scan: &Scan<'_>, text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = joined.replace(" ,", ",").replace(",,", ",").replace("，，", "，");
    let joined = joined.replace("（）", "").replace("()", "");
    let marks = [' ', ',', ';', ':', '.', '，', '；', '。', '、', '–', '—'];
    let mut rest = joined.trim_matches(marks);
    while let Some((first, more)) = rest.split_once(' ') {
        let word = scan.rules.vocabulary.find(&first.to_lowercase());
        let c = scan.classes();
        let is = |class| scan.rules.vocabulary.is(word, class);
        let joins = is(c.conj) || is(c.sub) && !is(c.relative);
        if !joins || more.len() < 8 {
            break;
        }
        rest = more.trim_start_matches(marks);
    }
    let mut chars = rest.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}
