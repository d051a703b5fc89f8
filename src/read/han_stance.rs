//! The attitude of a Chinese reporting word, by what stands at the head of what it takes.
//!
//! In: the word's own stance, who speaks, the content. Out: the stance that `stance.rs` settles. What
//! holds: an order to one's own people and a deed without a subject are the speaker's own decision.

use std::ops::Range;

use super::attribution::Context;
use super::han_source::behind_time;
use super::scan::Scan;
use crate::model::claim::{Speaker, Stance};
use crate::model::entity::EntityKind;
use crate::rules::{NounMeaning, Whose};

/// The stance of a word with its speakers and its content.
pub(super) fn of(
    cx: &Context<'_>,
    stance: Stance,
    speakers: &[Speaker],
    content: &Range<usize>,
) -> Stance {
    let scan = cx.scan;
    match stance {
        Stance::Demands if orders_staff(scan, content) => Stance::Announces,
        Stance::Asserts if own_deed(scan, speakers, content) => Stance::Announces,
        _ => stance,
    }
}

/// 要求员工……: an order to one's own people makes an own decision known.
fn orders_staff(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let head = content.start..content.end.min(content.start + 6);
    let nouns = &scan.rules.lexicon.nouns;
    nouns
        .all(&scan.tokens, &scan.rules.vocabulary, head)
        .iter()
        .any(|(row, _)| row.meaning == NounMeaning::Staff)
}

/// 已在上月撤下广告: who speaks of a deed and names nobody has done it.
fn own_deed(scan: &Scan<'_>, speakers: &[Speaker], content: &Range<usize>) -> bool {
    let house = |speaker: &Speaker| match speaker {
        Speaker::Named(name) => {
            matches!(scan.kind(*name), EntityKind::Organization | EntityKind::Government)
        }
        _ => false,
    };
    let table = &scan.rules.lexicon.shifts;
    let from = behind_time(scan, content.clone()).start;
    let deed = table.at(&scan.tokens, &scan.rules.vocabulary, from, content.end);
    speakers.iter().all(house)
        && deed.is_some_and(|(row, _)| {
            row.meaning.to == Stance::Announces && row.meaning.whose == Whose::Own
        })
}
