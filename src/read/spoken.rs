//! A saying as a line, where the quotation stands before its speaker: "“We never copied it,” Ada Renholt
//! said on Tuesday" → "Ada Renholt says: “We never copied it”".

use super::scan::{Scan, Sentence};
use crate::model::claim::{Claim, Speaker};
use crate::model::text::Span;

/// Most characters of a quotation in a line.
const QUOTED_CHARS_MAX: usize = 160;

/// The line of a clause whose date is that of a saying, `None` where it tells more than that.
pub(super) fn line(
    scan: &Scan<'_>,
    claims: &[Claim],
    sentence: &Sentence,
    clause: Span,
    date: Span,
) -> Option<String> {
    let said = |claim: &&Claim| {
        let behind = claim.cue.is_some_and(|cue| claim.content.end() <= cue.start());
        let dated = claim.cue.is_some_and(|cue| cue.end() <= date.start() && clause.holds(cue));
        claim.quoted && behind && dated && clause.meets(claim.content)
    };
    let claim = claims.iter().find(said).filter(|_| !sentence.han)?;
    let who = match claim.speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => {
            scan.names.get(name.0 as usize)?.name.clone()
        }
        Speaker::Document(words, _) | Speaker::Anonymous(words, _) => words.of(scan.body).into(),
        Speaker::Here => return None,
    };
    let says = if claim.several { "say" } else { "says" };
    Some(format!("{who} {says}: {}", quotation(claim.content.of(scan.body))))
}

/// The words of a quotation in marks of its own, shortened.
fn quotation(words: &str) -> String {
    let marks = ['“', '”', '"', '‘', '’', ',', ' ', '.'];
    let inner = words.trim_matches(marks);
    // What is quoted in part keeps the marks it has.
    if inner.contains(['“', '”', '"']) {
        return words.trim_matches([',', ' ']).to_string();
    }
    if inner.chars().count() <= QUOTED_CHARS_MAX {
        return format!("“{inner}”");
    }
    let head: String = inner.chars().take(QUOTED_CHARS_MAX).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    format!("“{}…”", whole.trim_end_matches(marks))
}
