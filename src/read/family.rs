//! Houses of one family: a group, its cloud, its laboratory.
//!
//! In: a name. Out: the other names of the text that begin like it and go on with nothing but words for a branch.
//! What holds: two houses of a city, or a house and the union of its people, are no family.

use super::scan::Scan;
use crate::model::entity::{EntityKind, NameIx};
use crate::rules::is_han;

/// Characters that Chinese names of one family begin with.
const HAN_STEM: usize = 2;

/// The other houses of the family of a house.
pub(super) fn of<'s>(scan: &'s Scan<'_>, name: NameIx) -> impl Iterator<Item = NameIx> + 's {
    let stem = stem(scan, name);
    let all = (0..scan.names.len()).map(|ix| NameIx(ix as u32));
    all.filter(move |other| *other != name && stem.is_some() && self::stem(scan, *other) == stem)
}

/// What is left of a house's name without the words for a branch.
fn stem<'s>(scan: &'s Scan<'_>, name: NameIx) -> Option<&'s str> {
    let found = scan.names.get(name.0 as usize)?;
    if found.kind != EntityKind::Organization || found.reports {
        return None;
    }
    let name = found.name.as_str();
    let branch = |word: &str| {
        let vocabulary = &scan.rules.vocabulary;
        vocabulary.is(vocabulary.find(&word.to_lowercase()), scan.classes().branch)
    };
    if name.chars().all(is_han) {
        let at = name.char_indices().nth(HAN_STEM).map_or(name.len(), |(at, _)| at);
        let (stem, rest) = name.split_at_checked(at)?;
        return rest.chars().all(|c| branch(c.encode_utf8(&mut [0; 4]))).then_some(stem);
    }
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    rest.split_whitespace().all(branch).then_some(first)
}
