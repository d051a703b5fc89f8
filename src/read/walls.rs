//! What stands between a reader and the text: paywalls and consent dialogs.
//!
//! In: a page, what its blocks are, what it states of itself. Out: at most one finding, and whether
//! what looked like text is a dialog. How much text there is decides: a notice beside a whole article
//! is no wall.

use super::linked::LinkedData;
use super::page::{Page, RawBlock};
use crate::model::article::BlockKind;
use crate::model::finding::Finding;
use crate::rules::{Rules, Tokens, Wall, mark};

/// Most text that a teaser may have, and a consent dialog with all that stands beside it.
const TEASER_EXTENT_MAX: i64 = 2500;
const DIALOG_EXTENT_MAX: i64 = 2500;
/// Longest line that is looked at.
const LINE_EXTENT_MAX: i64 = 400;
/// Blocks behind the text in which a paywall speaks up.
const BEHIND_TEXT: usize = 6;
/// Lines about consent that make a dialog.
const CONSENT_LINES_MIN: usize = 2;

/// What the capture holds in place of the article.
pub(super) fn find(
    page: &Page,
    kinds: &[BlockKind],
    linked: &LinkedData,
    rules: &Rules,
) -> Option<(Wall, Finding)> {
    let is_text = |kind: &BlockKind| kind.is_main() && *kind != BlockKind::Heading;
    let blocks = || page.blocks.iter().zip(kinds);
    let extent: i64 = blocks().filter(|(_, kind)| is_text(kind)).map(|(b, _)| b.extent).sum();
    if extent > TEASER_EXTENT_MAX.max(DIALOG_EXTENT_MAX) {
        return None;
    }
    let speaks = |block: &RawBlock, wall| speaks_for(block, rules) == Some(wall);
    let last = kinds.iter().rposition(is_text);
    if extent <= TEASER_EXTENT_MAX {
        let from = last.unwrap_or(0);
        let near = || page.blocks.iter().skip(from).take(BEHIND_TEXT);
        let marked = near().any(|b| b.near.get(PAYWALL).is_some_and(|near| *near <= NEAR_MAX));
        let said = near().any(|block| speaks(block, Wall::Paywall));
        let open =
            last.and_then(|at| page.blocks.get(at)).is_some_and(|block| breaks_off(&block.text));
        let stated = linked.free == Some(false);
        // One sign may be a notice for readers who have paid; two are a wall.
        let signs = [marked, said, open, stated].into_iter().filter(|sign| *sign).count();
        if said && extent > 0 && signs >= 2 || stated && (open || marked) {
            let message = "only the part before a paywall was captured; capture the page as a \
                           reader who may see it";
            return Some((Wall::Paywall, Finding::warning("paywall-teaser", message)));
        }
    }
    let whole: i64 = page.blocks.iter().map(|block| block.extent).sum();
    if whole > 2 * DIALOG_EXTENT_MAX {
        return None;
    }
    let lines = page.blocks.iter().filter(|block| speaks(block, Wall::Consent));
    let (count, said) = lines.fold((0, 0), |(count, sum), b| (count + 1, sum + b.extent));
    let inside = blocks().filter(|(block, kind)| is_text(kind) && is_consent(block, rules));
    let inside: i64 = inside.map(|(block, _)| block.extent).sum();
    let dialog = extent == 0 && said * 3 > whole || extent > 0 && inside * 2 > extent;
    (count >= CONSENT_LINES_MIN && dialog).then(|| {
        let message = "the capture holds a consent dialog in place of the article; capture the \
                       page again with the question answered";
        (Wall::Consent, Finding::warning("consent-wall", message))
    })
}

/// Elements up to which a name counts for a block.
const NEAR_MAX: u8 = 3;
const PAYWALL: usize = mark::PAYWALL.trailing_zeros() as usize;
const LEGAL: usize = mark::LEGAL.trailing_zeros() as usize;

fn is_consent(block: &RawBlock, rules: &Rules) -> bool {
    block.near.get(LEGAL).is_some_and(|near| *near <= NEAR_MAX)
        || speaks_for(block, rules) == Some(Wall::Consent)
}

/// The wall a line speaks for.
fn speaks_for(block: &RawBlock, rules: &Rules) -> Option<Wall> {
    if block.extent > LINE_EXTENT_MAX {
        return None;
    }
    let tokens = Tokens::of(&block.text, &rules.vocabulary);
    let hits = rules.lexicon.walls.all(&tokens, &rules.vocabulary, 0..tokens.len());
    hits.first().map(|(row, _)| row.meaning)
}

/// A text that ends in the middle.
fn breaks_off(text: &str) -> bool {
    let bare = text.trim_end();
    bare.ends_with(['…', ',', '，', '-', '–']) || bare.ends_with("...") || bare.ends_with("[…]")
}
