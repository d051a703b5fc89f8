//! The house a person speaks from, by the words beside the name: "Orison's chief executive, Ann Ruo", "its founder
//! Ann Ruo", "Ann Ruo, a spokeswoman", "Ann Ruo of the union Harnlag", "Ann Ruo, who heads the office".
//!
//! In: the names of a text and where a person stands. Out: a house, or the phrase that stands for one. What holds:
//! who is called a former one of a house speaks for nobody.

use std::ops::Range;

use super::scan::Scan;
use crate::model::entity::{EntityKind, NameIx};

/// Most tokens of the words for an office: "its head of public policy".
const OFFICE_TOKENS_MAX: usize = 8;
/// Most tokens of an apposition in which a house is looked for.
const BESIDE_TOKENS_MAX: usize = 14;
/// Most tokens between "of" and the house: "of the parents' association Harnlag".
const OF_TOKENS_MAX: usize = 5;

/// What the words beside a person say of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum House {
    /// A name.
    Named(NameIx),
    /// The house spoken of last before a token: "its founder", "a spokeswoman".
    Nearest(usize),
    /// What a phrase stands for: "the company's lawyer", "who heads the office".
    Phrase(Range<usize>),
}

/// The house beside a person.
pub(super) fn house(scan: &Scan<'_>, person: &Range<usize>) -> Option<House> {
    before(scan, person.start).or_else(|| of(scan, person.end)).or_else(|| behind(scan, person.end))
}

/// "Orison's chief executive, Ann Ruo", "its co-founder Ann Ruo", "counsel for Orison, Ann Ruo".
fn before(scan: &Scan<'_>, start: usize) -> Option<House> {
    let c = scan.classes();
    let last = start.checked_sub(1)?;
    // "Veltrane's Ann Ruo"
    if scan.says(last, "'s") {
        return named(scan, last.checked_sub(1)?).map(House::Named);
    }
    let comma = scan.is_comma(last);
    let to = if comma { last } else { start };
    if comma && let Some(house) = named(scan, to.checked_sub(1)?) {
        let from = scan.tokens_of(scan.mention_over(to - 1)?).start;
        let office = from.checked_sub(2).is_some_and(|at| is_office(scan, at));
        let joined = office && scan.says_any(from - 1..from, &["for", "of", "to"]);
        return joined.then_some(House::Named(house));
    }
    let floor = to.saturating_sub(OFFICE_TOKENS_MAX);
    let part = |at: usize| {
        let word = scan.at(at).is_wordlike() && scan.mention_over(at).is_none();
        let opens = [c.det, c.article, c.possessive].iter().any(|class| scan.is(at, *class));
        let verb = scan.is(at, c.verb) && !is_office(scan, at);
        word && !opens && !verb && !scan.says(at, "'s") && !scan.is(at, c.stop)
    };
    let from = (floor..to).rev().take_while(|at| part(*at)).last()?;
    if !is_held(scan, from..to) {
        return None;
    }
    let opener = from.checked_sub(1);
    let opens = |class| opener.is_some_and(|at| scan.is(at, class));
    if let Some(at) = opener.filter(|at| scan.says(*at, "'s")) {
        return owner(scan, at);
    }
    if let Some(house) = opener.and_then(|at| named(scan, at)) {
        let start = scan.tokens_of(scan.mention_over(from - 1)?).start;
        let former = (start.saturating_sub(2)..start).any(|at| scan.is(at, c.former));
        return (!former).then_some(House::Named(house));
    }
    if opens(c.possessive) {
        return opener.filter(|at| scan.says(*at, "its")).map(House::Nearest);
    }
    // "Harnvik council chairman Ann Ruo" has something named before the words, "…,” founder Ann Ruo said" a mark.
    let first = opener.is_none_or(|at| !scan.at(at).is_wordlike());
    let bare = opens(c.article) || first && !comma;
    (bare && is_officer(scan, from..to)).then_some(House::Nearest(from))
}

/// "Ann Ruo of Orison", "Ann Ruo of the union Harnlag", "Ann Ruo, for Orison,".
fn of(scan: &Scan<'_>, end: usize) -> Option<House> {
    let c = scan.classes();
    if scan.is_comma(end) && scan.says(end + 1, "for") {
        let at = end + 2 + usize::from(scan.is(end + 2, c.article));
        let house = named(scan, at)?;
        let closed = scan.is_comma(scan.tokens_of(scan.mention_over(at)?).end);
        return closed.then_some(House::Named(house));
    }
    if !scan.says(end, "of") {
        return None;
    }
    let from = end + 1;
    let stops = |at: usize| {
        scan.is_comma(at) || [c.stop, c.verb, c.relative].iter().any(|class| scan.is(at, *class))
    };
    let mut near = (from..from + OF_TOKENS_MAX).take_while(|at| !stops(*at) && !scan.is_break(*at));
    let house = near.find_map(|at| {
        let house = named(scan, at)?;
        let words = scan.tokens_of(scan.mention_over(at)?);
        let learned = words.into_iter().any(|at| scan.is(at, c.scholarly));
        (!learned).then_some(house)
    });
    house.map(House::Named)
}

/// "Ann Ruo, its head of policy,", "Ann Ruo, who heads the office,", "Ann Ruo, the founder of Orison,".
fn behind(scan: &Scan<'_>, end: usize) -> Option<House> {
    let c = scan.classes();
    if !scan.is_comma(end) {
        return None;
    }
    let from = end + 1;
    let all = from..from + BESIDE_TOKENS_MAX;
    let until = all.into_iter().find(|at| scan.is_comma(*at) || scan.is(*at, c.stop))?;
    let beside = from..until;
    if scan.is(from, c.relative) {
        let leads = scan.is(from + 1, c.leads);
        return leads.then(|| owned(scan, from + 2..beside.end)).flatten();
    }
    if !is_held(scan, beside.clone()) || beside.clone().any(|at| scan.is(at, c.relative)) {
        return None;
    }
    // "Orison's founder", "an Orison engineer", "a lawyer for Orison", "the head of the lab"
    let opens = from + usize::from(scan.is(from, c.det));
    if let Some(house) = named(scan, opens) {
        return Some(House::Named(house));
    }
    let governs = |at: &usize| scan.says_any(*at..*at + 1, &["for", "of", "at"]);
    if let Some(at) = beside.clone().find(|at| governs(at) && is_office_behind(scan, from..*at)) {
        let owned = owned(scan, at + 1..beside.end);
        if owned.is_some() {
            return owned;
        }
    }
    if scan.is(from, c.possessive) {
        return scan.says(from, "its").then_some(House::Nearest(from));
    }
    if let Some(at) = beside.clone().find(|at| scan.says(*at, "'s")) {
        return owner(scan, at);
    }
    let officer = scan.is(from, c.det) && is_officer(scan, from..beside.end.min(from + 4));
    officer.then_some(House::Nearest(end))
}

/// Whether the words before a preposition name an office, and do nothing.
fn is_office_behind(scan: &Scan<'_>, mut words: Range<usize>) -> bool {
    let c = scan.classes();
    let does = words.clone().any(|at| scan.is(at, c.verb) && !is_office(scan, at));
    !does && words.any(|at| is_office(scan, at))
}

/// The house that an "'s" belongs to.
fn owner(scan: &Scan<'_>, at: usize) -> Option<House> {
    let noun = at.checked_sub(1)?;
    if scan.mention_over(noun).is_some() {
        return named(scan, noun).map(House::Named);
    }
    let article =
        (noun.saturating_sub(3)..noun).rev().find(|at| scan.is(*at, scan.classes().article))?;
    Some(House::Phrase(article..noun + 1))
}

/// "the office", "the Council", "Veltrane", "the union Harnlag": the house right there.
fn owned(scan: &Scan<'_>, range: Range<usize>) -> Option<House> {
    let c = scan.classes();
    let near = range.start..range.end.min(range.start + OF_TOKENS_MAX);
    let ends =
        |at: &usize| scan.is(*at, c.prep) || scan.is(*at, c.verb) || !scan.at(*at).is_wordlike();
    let end = near.clone().find(ends).unwrap_or(near.end);
    let phrase = near.start..end;
    if let Some(house) = phrase.clone().find_map(|at| named(scan, at)) {
        return Some(House::Named(house));
    }
    let whole = scan.is(phrase.start, c.article) && phrase.len() > 1;
    whole.then_some(House::Phrase(phrase))
}

/// The organisation or authority named at a token.
fn named(scan: &Scan<'_>, at: usize) -> Option<NameIx> {
    let name = scan.mention_over(at)?.name;
    let house = matches!(scan.kind(name), EntityKind::Organization | EntityKind::Government);
    house.then_some(name)
}

fn is_office(scan: &Scan<'_>, at: usize) -> bool {
    let c = scan.classes();
    [c.title, c.spokes, c.counsel].iter().any(|class| scan.is(at, *class))
}

/// Whether words name an office that somebody holds now.
fn is_held(scan: &Scan<'_>, mut words: Range<usize>) -> bool {
    let former = words.clone().any(|at| scan.is(at, scan.classes().former));
    !former && words.any(|at| is_office(scan, at))
}

/// Whether words name an office that only houses have: "chief executive", "a spokeswoman".
fn is_officer(scan: &Scan<'_>, mut words: Range<usize>) -> bool {
    let c = scan.classes();
    words.any(|at| [c.officer, c.spokes].iter().any(|class| scan.is(at, *class)))
}
