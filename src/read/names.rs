//! Names nobody has entered: found by capitals, typed by the words around them.
//!
//! In: tokens, sentences and the known mentions. Out: further names with mentions. What holds: an
//! ordinary word at the start of a sentence is no name; a short form ("Orison", "Renholt") belongs to
//! the full one; headlines in title case give no names of their own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidates::{Candidate, NAME_TOKENS_MAX, in_chinese, runs};
use super::confirmed::confirmed;
use super::groups::Groups;
use super::han_grams::Grams;
use super::mention::mark;
use super::scan::{Scan, Sentence};
use crate::model::article::BlockKind;
use crate::model::entity::{EntityKind, Mention, Name, NameIx};
use crate::model::rule::RuleId;
use crate::model::text::Span;
use crate::rules::{Shape, WordId};

/// Fewest verbs and small words with a capital that make a sentence a headline.
const TITLED_MIN: usize = 2;
/// Fewest words in capitals of a sentence that is shouted.
const SHOUTED_MIN: usize = 5;

/// Finds unknown names and adds them to the scan.
pub(super) fn find(scan: &mut Scan<'_>) {
    let grams = Grams::of(scan);
    let candidates: Vec<Candidate> = scan
        .sentences
        .iter()
        .filter(|s| s.han || !is_headline(scan.kind_of(s)) && !is_loud(scan, s))
        .flat_map(|sentence| match sentence.han {
            true => in_chinese(scan, &grams, sentence),
            false => runs(scan, sentence),
        })
        .collect();
    let kept = confirmed(scan, candidates);
    let mut groups = Groups::new(scan, &kept);
    let acronyms = acronyms(scan, &kept);
    groups.mark_repeated(scan);
    groups.join_short_forms(scan);
    groups.agree_in_lists(scan);
    let mut added: Vec<Mention> = Vec::new();
    let mut by_letters: BTreeMap<String, NameIx> = BTreeMap::new();
    for group in &groups.list {
        let index = NameIx(scan.names.len() as u32);
        let existing = group.known;
        let target = existing.unwrap_or(index);
        if existing.is_none() {
            let kind = group.evidence.kind();
            scan.names.push(Name {
                name: group.letters.clone(),
                kind,
                id: None,
                owner: group.evidence.owner(scan),
                house: None,
                reports: false,
                rule: RuleId::new("construction", "capitals"),
            });
        }
        for span in &group.spans {
            added.push(Mention { span: *span, name: target });
        }
        for letters in &group.forms {
            by_letters.insert(letters.clone(), target);
        }
        // 槐汀 stands for 槐汀集团; and characters that are a name once are one everywhere.
        let han = |letters: &&String| letters.chars().all(|c| !c.is_ascii()) && !letters.is_empty();
        let whole = Some(&group.letters).filter(han);
        let forms = group.short.iter().chain(&group.han).chain(whole);
        for (at, letters) in forms.flat_map(|letters| scan.body.match_indices(letters.as_str())) {
            let span = Span::new(at, at + letters.len());
            if scan.sentence_at(at).is_some() {
                added.push(Mention { span, name: target });
            }
        }
    }
    for (letters, full) in acronyms {
        if let Some(index) = by_letters.get(&full.to_lowercase()).copied() {
            by_letters.insert(letters.to_lowercase(), index);
            let spans = groups_spans(scan, &letters);
            added.extend(spans.into_iter().map(|span| Mention { span, name: index }));
        }
    }
    for (letters, index) in short_forms(scan) {
        by_letters.entry(letters).or_insert(index);
    }
    headlines(scan, &by_letters, &mut added);
    merge(scan, added);
}

/// Adds mentions, keeping order and dropping what overlaps a longer one.
fn merge(scan: &mut Scan<'_>, added: Vec<Mention>) {
    let mut all = std::mem::take(&mut scan.mentions);
    all.extend(added);
    all.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    let mut end = 0;
    all.retain(|mention| {
        let keep = mention.span.start() >= end;
        if keep {
            end = mention.span.end();
        }
        keep
    });
    scan.mentions = all.clone();
    for mention in &all {
        mark(scan, mention);
    }
}

/// "Harnvik Data Conduct Board (HDCB)": the short form and the full one.
fn acronyms(scan: &Scan<'_>, candidates: &[Candidate]) -> Vec<(String, String)> {
    candidates
        .iter()
        .filter_map(|candidate| {
            let open = candidate.tokens.end;
            let short = scan.letters(open + 1);
            let fits = scan.letters(open) == "("
                && scan.letters(open + 2) == ")"
                && scan.at(open + 1).shape == Shape::Upper
                && short.len() >= 2;
            fits.then(|| (short.to_string(), candidate.span.of(scan.body).to_string()))
        })
        .collect()
}

fn groups_spans(scan: &Scan<'_>, letters: &str) -> Vec<Span> {
    (0..scan.tokens.len())
        .filter(|i| scan.letters(*i) == letters && scan.mention_over(*i).is_none())
        .map(|i| scan.at(i).span())
        .collect()
}

/// What headlines call a house or a person of the text: "Veltrane" of "Veltrane Systems", "Renholt" of
/// "Ada Renholt"; no ordinary word.
fn short_forms(scan: &Scan<'_>) -> Vec<(String, NameIx)> {
    let vocabulary = &scan.rules.vocabulary;
    let c = scan.classes();
    let is = |word: &str, class| vocabulary.is(vocabulary.find(&word.to_lowercase()), class);
    let form = |name: &Name| {
        let words: Vec<&str> = name.name.split(' ').collect();
        let (first, last) = (*words.first()?, *words.last()?);
        let short = match name.kind {
            EntityKind::Person if words.len() <= 3 => last,
            EntityKind::Organization if is(last, c.org_suffix) || is(last, c.thing) => first,
            _ => return None,
        };
        let unknown = vocabulary.find(&short.to_lowercase()) == WordId::UNKNOWN
            || is(short, c.given_name) && !is(short, c.common);
        let plain = words.len() > 1 && short.chars().count() > 3 && short.is_ascii();
        (unknown && plain).then(|| short.to_lowercase())
    };
    let forms = scan.names.iter().enumerate();
    forms.filter_map(|(index, name)| Some((form(name)?, NameIx(index as u32)))).collect()
}

/// Lines in which every word may have a capital.
fn is_headline(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Title | BlockKind::Heading)
}

/// "ALL OF THIS IS WRONG", "Farwire — Board Bans Staff From Using Tools Over Worries": a sentence in capitals,
/// or a headline in a list, gives no names of its own.
fn is_loud(scan: &Scan<'_>, sentence: &Sentence) -> bool {
    let c = scan.classes();
    let words = || sentence.tokens.clone().filter(|i| scan.at(*i).is_wordlike());
    let loud = words().filter(|i| scan.at(*i).shape == Shape::Upper).count();
    let shouted = loud >= SHOUTED_MIN && loud * 3 > words().count() * 2;
    let capital = |i: &usize| scan.at(*i).is_capital();
    let small = |i: &usize| scan.is(*i, c.prep) || scan.is(*i, c.aux) || scan.is(*i, c.verb);
    let titled = words().skip(1).filter(|i| capital(i) && small(i)).count() >= TITLED_MIN;
    shouted || titled && words().filter(capital).count() * 4 > words().count() * 3
}

/// In headlines only names count that the text bears out.
fn headlines(scan: &Scan<'_>, names: &BTreeMap<String, NameIx>, added: &mut Vec<Mention>) {
    for block in scan.blocks.iter().filter(|block| is_headline(block.kind)) {
        headline(scan, scan.tokens.inside(block.span), names, added);
    }
    let told = scan.sentences.iter().filter(|s| !s.han && !is_headline(scan.kind_of(s)));
    for sentence in told.filter(|sentence| is_loud(scan, sentence)) {
        headline(scan, sentence.tokens.clone(), names, added);
    }
}

fn headline(
    scan: &Scan<'_>,
    range: Range<usize>,
    names: &BTreeMap<String, NameIx>,
    added: &mut Vec<Mention>,
) {
    let found = |from: usize, to: usize| names.get(&scan.words(from..to).to_lowercase()).copied();
    let mut at = range.start;
    while at < range.end {
        // "Tessarind T380": what a house makes takes in the house.
        let house = scan.mention_over(at).filter(|m| m.span.start() == scan.at(at).start());
        let behind = house.map_or(at, |mention| scan.tokens_of(mention).end);
        let ends = (behind + 1..=range.end.min(behind + NAME_TOKENS_MAX)).rev();
        let longest = ends.into_iter().find_map(|to| {
            let tail = || {
                let name = found(behind, to).filter(|_| house.is_some())?;
                let coded = scan.words(behind..to).bytes().any(|b| b.is_ascii_digit());
                (coded && scan.kind(name) == EntityKind::Product).then_some(name)
            };
            Some((to, found(at, to).or_else(tail)?))
        });
        match longest {
            Some((to, name))
                if scan.at(at).is_capital()
                    && (house.is_some() || scan.mention_over(at).is_none()) =>
            {
                added.push(Mention { span: scan.span(at..to), name });
                at = to;
            }
            _ => at += 1,
        }
    }
}
