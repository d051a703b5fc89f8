//! The attitude of a statement: the cue's own, changed by what the statement says of whom.
//!
//! In: the cue's stance, the speaker and the content. Out: stance and target. A plain "said" about
//! another party's conduct is an allegation; about the speaker's own plan an announcement; "it did
//! nothing of the kind" a denial.

use std::ops::Range;

use super::about::{About, about, house_of, own_names};
use super::attribution::{Context, Statement};
use super::clause::is_verb;
use super::court;
use super::finite::is_finite_verb;
use super::noun::NounPhrase;
use super::scan::Scan;
use super::voice;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::{EntityKind, EntityRole, NameIx};
use crate::model::text::Span;
use crate::rules::{Shape, Whose};

/// Settles stance and target of a statement.
pub(super) fn settle(
    cx: &Context<'_>,
    cue: Stance,
    speaker: Speaker,
    content: Range<usize>,
) -> (Stance, Option<NameIx>) {
    let scan = cx.scan;
    let own = own_names(cx, speaker);
    let about = about(cx, speaker, &own, &content);
    let other = other_party(scan, &own, &content);
    // "Claimed to have taken it apart": what somebody says of itself accuses nobody.
    if cue == Stance::Alleges && scan.says(content.start, "to") && other.is_none() {
        return (Stance::Asserts, None);
    }
    if !matches!(cue, Stance::Asserts | Stance::Confirms | Stance::Announces) {
        let target = matches!(cue, Stance::Alleges | Stance::Denies | Stance::Demands);
        let accused = || referred(cx, &own, &content).filter(|_| cue == Stance::Alleges);
        return (cue, other.filter(|_| target).or_else(accused));
    }
    if cue != Stance::Asserts {
        return (cue, None);
    }
    // Rows may lie inside each other ("was cutting off"): each place is asked anew.
    let table = &scan.rules.lexicon.shifts;
    let shifts = content
        .clone()
        .filter_map(|at| table.at(&scan.tokens, &scan.rules.vocabulary, at, content.end));
    let mut stance = None;
    let mut plain = content.start;
    for (row, hit) in shifts {
        let to = row.meaning.to;
        // What a row says means nothing more, no row inside it changes.
        if hit.range.start < plain {
            continue;
        }
        if to == Stance::Asserts {
            plain = hit.range.end;
            continue;
        }
        // What a relative clause denies is not what the speaker denies, what may come in one no forecast.
        let relative = |i: &usize| scan.is(*i, scan.classes().relative);
        let nested = match to {
            Stance::Denies => {
                (content.start..hit.range.start).any(|i| relative(&i))
                    || is_conditional(scan, content.start..hit.range.start)
            }
            Stance::Confirms => is_conditional(scan, content.start..hit.range.start),
            // "It shows every firm what it should do" asks nothing of anybody.
            Stance::Demands => {
                let asks = |i: &usize| scan.is(*i, scan.classes().interrogative);
                let at = (content.start..hit.range.start).rev().find(asks);
                at.is_some_and(|at| (content.start..at).any(|i| is_verb(scan, i)))
            }
            // What a court finds may come is what it finds.
            Stance::Predicts if court::judges(cx, speaker) => true,
            Stance::Predicts => {
                let at = (content.start..hit.range.start).rev().find(relative);
                at.is_some_and(|at| {
                    (content.start..at).any(|i| is_verb(scan, i))
                        && !(at + 1..hit.range.start).any(|i| is_verb(scan, i))
                })
            }
            _ => false,
        };
        // "Nothing goes out": who speaks of nobody else answers for itself.
        let alone = about == About::Nobody
            && (other.is_none() || to == Stance::Confirms)
            && !own.is_empty()
            && !speaks_of_them(cx, content.start)
            && matches!(to, Stance::Denies | Stance::Confirms);
        // What a house's own paper says will be, or has its people do, the house has decided.
        let own_paper = matches!(speaker, Speaker::Document(_, Some(_)));
        let paper = own_paper && to == Stance::Announces;
        let staff = |i: usize| scan.is(i, scan.classes().own_people);
        let fits = match row.meaning.whose {
            Whose::Any => true,
            Whose::Court => court::judges(cx, speaker),
            Whose::Own => {
                about == About::Speaker
                    || alone
                    || paper && about == About::Nobody
                    || own_clause(cx, speaker, &own, content.start..hit.range.start)
            }
            Whose::Other => about != About::Speaker,
            Whose::Rival => about != About::Speaker && (own_paper || has_interest(cx, speaker)),
            Whose::Staff => paper && (content.start..hit.range.start).any(staff),
        };
        let accuses = to != Stance::Alleges
            || !matches!(speaker, Speaker::Outlet(_) | Speaker::Here)
                && !court::judges(cx, speaker)
                && (other.is_some()
                    || matches!(about, About::Other(_))
                    || about == About::Nobody && has_interest(cx, speaker));
        if fits && accuses && !nested && stance.is_none_or(|found| rank(to) < rank(found)) {
            stance = Some(to);
        }
    }
    let conduct = matches!(about, About::Other(name) if is_party(scan, house_of(scan, name)))
        && !looks_ahead(scan, &content);
    let stance = match stance {
        // Speaking of what another did is an accusation, unless it only looks ahead.
        None if has_interest(cx, speaker)
            && conduct
            && (is_conduct(scan, &content) || is_past(scan, &content)) =>
        {
            Stance::Alleges
        }
        Some(Stance::Predicts) if matches!(speaker, Speaker::Document(..)) => Stance::Asserts,
        Some(stance) => stance,
        None if pleads(cx, speaker) && about != About::Speaker => Stance::Alleges,
        None => cue,
    };
    let target = match (stance, about) {
        (Stance::Alleges, About::Other(name)) => Some(house_of(scan, name)),
        (Stance::Alleges | Stance::Denies | Stance::Demands, _) => other,
        _ => None,
    };
    (stance, target)
}

/// Whether the clause that words end in, not the first of its statement, speaks of the speaker's own house.
fn own_clause(cx: &Context<'_>, speaker: Speaker, own: &[NameIx], before: Range<usize>) -> bool {
    let scan = cx.scan;
    let ends = |at: &usize| scan.is_break(*at) || scan.is_quote(*at);
    let Some(mark) = before.clone().rev().find(ends) else { return false };
    let clause = mark + 1..before.end;
    !clause.is_empty() && about(cx, speaker, own, &clause) == About::Speaker
}

/// Whether the first verb of a statement is of what is to come: "it would open its records".
fn looks_ahead(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let c = scan.classes();
    let turn = content.clone().find(|at| scan.is(*at, c.modal) || is_finite_verb(scan, *at));
    turn.is_some_and(|at| {
        matches!(scan.letters(at), "will" | "would" | "shall") && !scan.is(at + 1, c.not)
    })
}

/// Whether words stand in a clause that only says if, why or although: "if it does not, they will".
pub(super) fn is_conditional(scan: &Scan<'_>, before: Range<usize>) -> bool {
    let near = before.rev().take_while(|at| !scan.is_break(*at));
    near.into_iter().any(|at| scan.is(at, scan.classes().conditional))
}

/// "They never asked": what is quoted of "them" is said of others.
fn speaks_of_them(cx: &Context<'_>, at: usize) -> bool {
    let (scan, c) = (cx.scan, cx.scan.classes());
    (scan.is(at, c.he) || scan.is(at, c.they)) && cx.quotes.around(at).is_some()
}

/// "Accused Orison of …", 认定某某未……: who stands between the cue and the content. Behind another cue it is
/// whom the speaker told.
pub(super) fn accused(scan: &Scan<'_>, statement: &Statement) -> Option<NameIx> {
    let content = statement.content.start;
    let han = scan.at(content).shape == Shape::Han;
    let prefixed = scan.is_comma(content.wrapping_sub(1));
    if prefixed || !han && statement.stance != Stance::Alleges {
        return None;
    }
    let between = scan.span(statement.cue.end..content.max(statement.cue.end));
    let mut names = scan.mentions_in(between).iter().map(|mention| mention.name);
    names.find(|name| Speaker::Named(*name) != statement.speaker)
}

/// Whether the speaker is itself a party: an organisation, somebody of one, or a complaint.
fn has_interest(cx: &Context<'_>, speaker: Speaker) -> bool {
    match speaker {
        Speaker::Named(name) => {
            (cx.scan.kind(name) != EntityKind::Person || cx.coref.house(name).is_some())
                && !court::judges(cx, speaker)
        }
        Speaker::Document(span, _) => {
            let c = cx.scan.classes();
            cx.scan.tokens.inside(span).any(|i| cx.scan.is(i, c.complaint))
        }
        Speaker::Anonymous(..) | Speaker::Outlet(_) | Speaker::Here => false,
    }
}

/// Whether it is a text of a party in court: what it says of another is an allegation.
pub(super) fn pleads(cx: &Context<'_>, speaker: Speaker) -> bool {
    let Speaker::Document(span, _) = speaker else { return false };
    let pleading = cx.scan.classes().pleading;
    cx.scan.tokens.inside(span).any(|i| cx.scan.is(i, pleading))
}

/// Where several rows match, the stronger attitude wins.
fn rank(stance: Stance) -> u8 {
    match stance {
        Stance::Denies => 0,
        Stance::Confirms => 1,
        Stance::Alleges => 2,
        Stance::Announces => 3,
        Stance::Demands => 4,
        _ => 5,
    }
}

/// The first party in the content that is not the speaker.
fn other_party(scan: &Scan<'_>, own: &[NameIx], content: &Range<usize>) -> Option<NameIx> {
    let span = scan.span(content.clone());
    scan.mentions_in(span)
        .iter()
        .map(|mention| house_of(scan, mention.name))
        .find(|name| !own.contains(name) && is_party(scan, *name))
}

/// The party that a pronoun opens the content for: "alleged that it hid marks in prompts".
fn referred(cx: &Context<'_>, own: &[NameIx], content: &Range<usize>) -> Option<NameIx> {
    let (scan, c) = (cx.scan, cx.scan.classes());
    let at = content.start + usize::from(scan.says(content.start, "that"));
    let third = scan.is(at, c.it) || scan.is(at, c.they);
    if !third || cx.quotes.around(at).is_some() || !content.contains(&at) {
        return None;
    }
    let accused = |name: NameIx| {
        Some(house_of(scan, name)).filter(|name| !own.contains(name) && is_party(scan, *name))
    };
    let phrase = NounPhrase { tokens: at..at + 1, beside: None };
    let meant = match voice::of(scan, cx.coref, &phrase).as_slice() {
        [Speaker::Named(name)] => accused(*name),
        _ => None,
    };
    // "It" may also be the product spoken of last, where no house is meant.
    let product = || {
        let block = scan.blocks.iter().find(|block| block.span.holds(scan.span(at..at + 1)))?;
        let before = Span::new(block.span.start(), scan.at(at).start());
        let mentions = scan.mentions_in(before).iter().rev();
        let product = mentions
            .map(|mention| mention.name)
            .find(|name| scan.kind(*name) == EntityKind::Product && !is_platform(scan, *name));
        accused(product?)
    };
    meant.or_else(product)
}

/// Organisations that can be accused: not outlets, platforms, courts.
pub(super) fn is_party(scan: &Scan<'_>, name: NameIx) -> bool {
    let entity = scan
        .names
        .get(name.0 as usize)
        .and_then(|name| name.id.as_ref())
        .and_then(|id| scan.rules.registry.get(id));
    let court = entity.is_some_and(|entity| entity.is(EntityRole::Court));
    matches!(scan.kind(name), EntityKind::Organization) && !court && !scan.reports(name)
}

/// Whether the content tells of something done, in forms that tell it surely, not of something being so or to
/// come.
fn is_conduct(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let c = scan.classes();
    content.clone().any(|index| {
        let letters = scan.letters(index);
        scan.is(index, c.han_done)
            || scan.is(index, c.verb) && (letters.ends_with("ed") || letters.ends_with("ing"))
    })
}

/// Whether a statement has the past form of a verb: "sold", "kept", "had", "would not sell", no plain form and no
/// present one.
pub(super) fn is_past(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let c = scan.classes();
    content.clone().any(|index| {
        let letters = scan.letters(index);
        let verb = scan.is(index, c.verb) || is_finite_verb(scan, index);
        let present = letters.ends_with('s') && letters != "has" || scan.is(index, c.base_verb);
        let being =
            scan.is(index, c.modal) || scan.is(index, c.aux) && !matches!(letters, "had" | "has");
        let refused = letters == "would" && scan.is(index + 1, c.not);
        verb && !present && !being || refused
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
