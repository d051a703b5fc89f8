//! The attitude of a statement: the cue's own, changed by what the statement says of whom.
//!
//! In: the cue's stance, the speaker and the content. Out: stance and target. A plain "said" about
//! another party's conduct is an allegation; about the speaker's own plan an announcement; "it did
//! nothing of the kind" a denial.

use std::ops::Range;

use super::scan::Scan;
use super::voice::maker;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::{EntityKind, EntityRole, NameIx};
use crate::rules::Whose;

/// Whom a statement speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Speaker,
    Other(NameIx),
    Nobody,
}

/// Settles stance and target of a statement.
pub(super) fn settle(
    scan: &Scan<'_>,
    cue: Stance,
    speaker: Speaker,
    content: Range<usize>,
) -> (Stance, Option<NameIx>) {
    let about = about(scan, speaker, &content);
    let other = other_party(scan, speaker, &content);
    if !matches!(cue, Stance::Asserts | Stance::Confirms | Stance::Announces) {
        let target = matches!(cue, Stance::Alleges | Stance::Denies | Stance::Demands);
        return (cue, other.filter(|_| target));
    }
    if cue != Stance::Asserts {
        return (cue, None);
    }
    let shifts =
        scan.rules.lexicon.shifts.all(&scan.tokens, &scan.rules.vocabulary, content.clone());
    let mut stance = None;
    for (row, _) in &shifts {
        let fits = match row.meaning.whose {
            Whose::Any => true,
            Whose::Own => about == About::Speaker,
            Whose::Other => about != About::Speaker,
        };
        if fits && stance.is_none_or(|found| rank(row.meaning.to) < rank(found)) {
            stance = Some(row.meaning.to);
        }
    }
    let party = matches!(speaker, Speaker::Named(_) | Speaker::Anonymous(..));
    let conduct = matches!(about, About::Other(name) if is_party(scan, name));
    let stance = match stance {
        // Speaking of what another did is an accusation, unless it only looks ahead.
        None if party && conduct && is_conduct(scan, &content) => Stance::Alleges,
        Some(Stance::Predicts) if matches!(speaker, Speaker::Document(..)) => Stance::Asserts,
        Some(stance) => stance,
        None => Stance::Asserts,
    };
    let target = match (stance, about) {
        (Stance::Alleges, About::Other(name)) => Some(house_of(scan, name)),
        (Stance::Alleges | Stance::Denies | Stance::Demands, _) => other,
        _ => None,
    };
    (stance, target)
}

/// Where several rows match, the stronger attitude wins.
fn rank(stance: Stance) -> u8 {
    match stance {
        Stance::Denies => 0,
        Stance::Confirms => 1,
        Stance::Announces => 2,
        Stance::Demands => 3,
        _ => 4,
    }
}

/// The subject of the content: the speaker, another name, or nobody named.
fn about(scan: &Scan<'_>, speaker: Speaker, content: &Range<usize>) -> About {
    let c = scan.classes();
    let own = own_name(speaker);
    for index in content.clone().take(8) {
        if let Some(mention) = scan.mention_over(index) {
            let possessive = scan.says(scan.tokens_of(mention).end, "'s");
            let house = house_of(scan, mention.name);
            if Some(house) == own || Some(mention.name) == own {
                return About::Speaker;
            }
            if possessive || scan.kind(mention.name) == EntityKind::Place {
                // "Anthropic's conduct" speaks of Anthropic; a place is nobody.
                if scan.kind(mention.name) == EntityKind::Place {
                    continue;
                }
            }
            return About::Other(mention.name);
        }
        let letters = scan.letters(index).to_lowercase();
        if matches!(letters.as_str(), "we" | "our" | "i" | "my" | "us") {
            return About::Speaker;
        }
        if scan.is(index, c.it)
            || scan.is(index, c.he)
            || scan.is(index, c.they)
            || matches!(letters.as_str(), "its" | "his" | "her" | "their")
        {
            return About::Speaker;
        }
        let company =
            scan.is(index, c.company) && index > content.start && scan.is(index - 1, c.article);
        if company
            && matches!(letters.as_str(), "company" | "firm" | "group")
            && matches!(speaker, Speaker::Named(_))
        {
            return About::Speaker;
        }
        if scan.is(index, c.verb) || scan.is(index, c.aux) || scan.is(index, c.modal) {
            break;
        }
    }
    // "the feature was “an experiment we launched”": the speaker speaks of itself.
    let own_words = content.clone().any(|i| matches!(scan.letters(i), "we" | "our" | "We" | "Our"));
    if own_words {
        return About::Speaker;
    }
    About::Nobody
}

fn own_name(speaker: Speaker) -> Option<NameIx> {
    match speaker {
        Speaker::Named(name) | Speaker::Outlet(name) => Some(name),
        Speaker::Document(_, house) | Speaker::Anonymous(_, house) => house,
        Speaker::Here => None,
    }
}

/// The first party in the content that is not the speaker.
fn other_party(scan: &Scan<'_>, speaker: Speaker, content: &Range<usize>) -> Option<NameIx> {
    let own = own_name(speaker);
    let span = scan.span(content.clone());
    scan.mentions_in(span)
        .iter()
        .map(|mention| house_of(scan, mention.name))
        .find(|name| Some(*name) != own && is_party(scan, *name))
}

/// A product stands for its maker where the text names it.
fn house_of(scan: &Scan<'_>, name: NameIx) -> NameIx {
    match scan.kind(name) {
        EntityKind::Product => maker(scan, name).unwrap_or(name),
        _ => name,
    }
}

/// Organisations that can be accused: not outlets, platforms, courts.
fn is_party(scan: &Scan<'_>, name: NameIx) -> bool {
    let entity = scan
        .names
        .get(name.0 as usize)
        .and_then(|name| name.id.as_ref())
        .and_then(|id| scan.rules.registry.get(id));
    let reports = entity.is_some_and(|e| {
        e.is(EntityRole::Outlet) || e.is(EntityRole::Agency) || e.is(EntityRole::Court)
    });
    matches!(scan.kind(name), EntityKind::Organization) && !reports
}

/// Whether the content tells of something done, not of something being so or to come.
fn is_conduct(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let c = scan.classes();
    content.clone().any(|index| {
        let letters = scan.letters(index);
        scan.is(index, c.verb) && (letters.ends_with("ed") || letters.ends_with("ing"))
            || matches!(
                letters,
                "had"
                    | "has"
                    | "gave"
                    | "given"
                    | "took"
                    | "taken"
                    | "made"
                    | "cut"
                    | "kept"
                    | "hid"
                    | "built"
            )
    })
}

/// Whether a registry entry is a platform that only carries what others say.
pub(super) fn is_platform(scan: &Scan<'_>, name: NameIx) -> bool {
    scan.names
        .get(name.0 as usize)
        .and_then(|name| name.id.as_ref())
        .and_then(|id| scan.rules.registry.get(id))
        .is_some_and(|entity| entity.is(EntityRole::Platform))
}
