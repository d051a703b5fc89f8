//! Names of two words of which nothing says whether they are people or houses, by how a text goes on to write them.
//!
//! In: all names of a text. Out: a kind. What holds: people are called by their last name sooner or later; what is
//! called by its first word, or written out again and again, is a house.

use std::collections::BTreeSet;

use super::groups::Group;
use super::scan::Scan;
use crate::model::article::BlockKind;
use crate::model::entity::EntityKind;

/// Fewest places of a short form that makes a house of its full name.
const SHORT_LEAST: usize = 2;
/// Fewest paragraphs that write out a name whose last word never stands alone.
const REPEATED_MIN: usize = 3;

/// The kind of a full name: a house where only the first word stands alone elsewhere.
pub(super) fn kind(scan: &Scan<'_>, all: &[Group], group: &Group) -> EntityKind {
    // A house is introduced by its full name; behind its short one, more words name its product.
    let title = scan.blocks.first().filter(|block| block.kind == BlockKind::Title);
    let title_end = title.map_or(0, |block| block.span.end());
    let first_in_text =
        |group: &Group| group.spans.iter().map(|s| s.start()).find(|at| *at >= title_end);
    let introduced = first_in_text(group);
    let alone = |word: Option<&str>| {
        let mut named = all.iter().filter(|group| Some(group.letters.as_str()) == word);
        named.any(|short| {
            let often = short.spans.len() >= SHORT_LEAST;
            often && first_in_text(short).is_none_or(|at| Some(at) > introduced)
        })
    };
    let mut words = group.letters.split(' ');
    let (first, last) = (words.next(), words.next_back());
    let called = |word: Option<&str>| all.iter().any(|g| Some(g.letters.as_str()) == word);
    let house = is_guessed(scan, group) && alone(first) && !called(last);
    if house { EntityKind::Organization } else { group.evidence.kind() }
}

/// Whether a name is written out in paragraph after paragraph, and no word of it ever stands alone.
pub(super) fn is_house(scan: &Scan<'_>, alone: &BTreeSet<String>, group: &Group) -> bool {
    let mut words = group.letters.split(' ');
    let (first, last) = (words.next().unwrap_or(""), words.next_back().unwrap_or(""));
    // "the Renholts"; "Orison Desk" is what Orison makes.
    let family = format!("{last}s");
    let parts = [first, last, family.as_str()];
    let called = || parts.iter().any(|part| alone.contains(*part));
    // "Tom and Ada Renholt"
    let paired = group.spans.iter().any(|span| {
        let at = scan.tokens.index_at(span.start());
        let given = at.checked_sub(2).filter(|i| scan.mention_over(*i).is_none());
        let joined = at.checked_sub(1).is_some_and(|i| scan.is(i, scan.classes().conj));
        joined && given.is_some_and(|i| scan.at(i).is_capital())
    });
    group.letters.is_ascii()
        && is_guessed(scan, group)
        && !paired
        && is_repeated(scan, group)
        && !called()
}

fn is_repeated(scan: &Scan<'_>, group: &Group) -> bool {
    let told = group.spans.iter().filter(|span| {
        scan.sentence_at(span.start()).is_some_and(|s| scan.kind_of(s) == BlockKind::Paragraph)
    });
    let blocks: BTreeSet<usize> =
        told.map(|span| scan.blocks.partition_point(|b| b.span.start() <= span.start())).collect();
    blocks.len() >= REPEATED_MIN
}

/// Whether a name counts as a person for want of any sign, and could be a house.
fn is_guessed(scan: &Scan<'_>, group: &Group) -> bool {
    let person = group.evidence.kind() == EntityKind::Person
        && group.evidence.sure() != Some(EntityKind::Person);
    let at = group.spans.first().map(|span| scan.tokens.index_at(span.start()));
    let c = scan.classes();
    // Yoon Mi-rae is called Yoon; "Doctor Who", "Hiller Feuded" are no names of houses.
    let other = at.is_some_and(|at| {
        [c.family_first, c.title, c.given_name].iter().any(|class| scan.is(at, *class))
            || [c.relative, c.verb].iter().any(|class| scan.is(at + 1, *class))
            || scan.letters(at + 1).ends_with("ed")
    });
    person && !other
}
