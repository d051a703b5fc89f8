//! Names nobody has entered: found by capitals, typed by the words around them.
//!
//! In: tokens, sentences and the known mentions. Out: further names with mentions. What holds: an
//! ordinary word at the start of a sentence is no name; a short form ("Orisan", "Kaplan") belongs to
//! the full one; headlines in title case give no names of their own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::evidence::Evidence;
use super::han_names::{self, Signs};
use super::mention::{mark, with_version};
use super::scan::{Scan, Sentence};
use crate::model::article::BlockKind;
use crate::model::entity::{EntityKind, Mention, Name, NameIx};
use crate::model::rule::RuleId;
use crate::model::text::Span;
use crate::rules::{Shape, WordId};

/// Longest name in tokens.
const NAME_TOKENS_MAX: usize = 9;

/// A run of capitals that may be a name.
#[derive(Debug, Clone)]
struct Candidate {
    tokens: Range<usize>,
    span: Span,
    /// Whether it stands where any word would have a capital.
    initial: bool,
    /// Kinds that Chinese words beside or inside it speak for, with points.
    signs: Vec<(EntityKind, i32)>,
    /// Letters that stand for it elsewhere: 槐汀 of 槐汀集团.
    short: Option<String>,
}

impl Candidate {
    fn new(scan: &Scan<'_>, tokens: Range<usize>, initial: bool) -> Self {
        let span = with_version(scan, scan.span(tokens.clone()));
        Self { tokens, span, initial, signs: Vec::new(), short: None }
    }
}

/// Names of a Chinese sentence, in Latin letters and in characters.
fn in_chinese(scan: &Scan<'_>, sentence: &Sentence) -> Vec<Candidate> {
    let signs = Signs::of(scan, sentence.tokens.clone());
    let mut found: Vec<Candidate> = runs(scan, sentence)
        .into_iter()
        .map(|candidate| {
            let signs = signs.beside(&candidate.tokens).map(|kind| (kind, 5)).collect();
            Candidate { initial: false, signs, ..candidate }
        })
        .filter(|candidate| candidate.span.of(scan.body).chars().count() > 1)
        .collect();
    found.extend(han_names::find(scan, sentence, &signs).into_iter().map(|name| {
        let short = name.short.map(|tokens| scan.words(tokens).to_string());
        Candidate { signs: vec![(name.kind, 9)], short, ..Candidate::new(scan, name.tokens, false) }
    }));
    found
}

/// Finds unknown names and adds them to the scan.
pub(super) fn find(scan: &mut Scan<'_>) {
    let candidates: Vec<Candidate> = scan
        .sentences
        .iter()
        .filter(|s| s.han || scan.kind_of(s) != BlockKind::Title)
        .flat_map(
            |sentence| if sentence.han { in_chinese(scan, sentence) } else { runs(scan, sentence) },
        )
        .collect();
    let kept = confirmed(scan, candidates);
    let mut groups = Groups::new(scan, &kept);
    let acronyms = acronyms(scan, &kept);
    groups.join_short_forms(scan);
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
                rule: RuleId::new("construction", "capitals"),
            });
        }
        for span in &group.spans {
            added.push(Mention { span: *span, name: target });
        }
        for letters in &group.forms {
            by_letters.insert(letters.clone(), target);
        }
        // 槐汀 stands for 槐汀集团.
        for (at, letters) in group.short.iter().flat_map(|short| scan.body.match_indices(short)) {
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
    headline(scan, &by_letters, &mut added);
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

/// Runs of capitals in a sentence, joined by the small words that names hold.
fn runs(scan: &Scan<'_>, sentence: &Sentence) -> Vec<Candidate> {
    let c = scan.classes();
    let end = sentence.tokens.end;
    let mut found = Vec::new();
    let mut at = sentence.tokens.start;
    while at < end {
        if let Some(tokens) = behind_known(scan, at, end) {
            at = tokens.end;
            found.push(Candidate {
                span: scan.span(tokens.clone()),
                ..Candidate::new(scan, tokens, false)
            });
            continue;
        }
        if !begins_name(scan, at) {
            at += 1;
            continue;
        }
        let from = at;
        let mut to = at + 1;
        while to < end && to - from < NAME_TOKENS_MAX {
            let glue = scan.at(to).spaced;
            // "Orison LLC Ann Ruo": a legal form ends a name.
            let formed =
                scan.is(to - 1, c.org_suffix) && scan.is(to - 1, c.abbreviation) && to - from > 1;
            if formed {
                break;
            }
            if is_name_word(scan, to) && (glue || scan.letters(to - 1) == "-") {
                to += 1;
            } else if let Some(next) = joined(scan, from, to, end) {
                to = next;
            } else {
                break;
            }
        }
        let initial = from == sentence.tokens.start
            || scan.is_quote(from - 1)
            || matches!(scan.letters(from - 1), "‘" | "'" | ":" | "•" | "(");
        let mut start = from;
        if initial && to - start > 1 && scan.is(start, c.common) && !scan.is(start, c.given_name) {
            start += 1;
            while start < to && !begins_name(scan, start) {
                start += 1;
            }
        }
        // Offices before a person's name are no part of it: "Deputy Prime Minister Ann Ruo".
        let office = scan.is(to - 1, c.gov_word)
            || scan.is(to - 1, c.org_suffix)
            || scan.is(to - 1, c.law_word)
            || scan.is(to - 1, c.title);
        if let Some(last) = (start..to - 1).rev().find(|i| scan.is(*i, c.title) && !office) {
            start = last + 1;
            while start < to && !begins_name(scan, start) {
                start += 1;
            }
        }
        if start < to {
            found.push(Candidate::new(scan, start..to, initial && start == from));
        }
        at = to;
    }
    found
}

/// "Singapore Harbour Bank", "Orison Group": a known name, and a word of houses behind it.
fn behind_known(scan: &Scan<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let c = scan.classes();
    let mention = scan.mention_over(at).filter(|m| m.span.start() == scan.at(at).start())?;
    let place = match scan.kind(mention.name) {
        EntityKind::Place => true,
        EntityKind::Organization => false,
        _ => return None,
    };
    let known = scan.tokens_of(mention);
    let to = (known.end..end.min(known.end + 5))
        .take_while(|i| is_name_word(scan, *i) && scan.at(*i).spaced)
        .last()?
        + 1;
    let last = to - 1;
    let house = scan.is(last, c.org_suffix) || scan.is(last, c.gov_word) && place;
    house.then_some(known.start..to)
}

fn is_name_word(scan: &Scan<'_>, index: usize) -> bool {
    let token = scan.at(index);
    let c = scan.classes();
    token.is_capital()
        && !scan.is(index, c.month)
        && !scan.is(index, c.weekday)
        && !scan.is(index, c.demonym)
        && !(scan.is(index, c.no_name) && token.shape == Shape::Upper)
        && !is_short_form(scan, index)
        && scan.mention_over(index).is_none()
}

/// "I’d", "Don’t", "9.30am": capitals or mixed letters that name nothing.
fn is_short_form(scan: &Scan<'_>, index: usize) -> bool {
    let letters = scan.letters(index);
    let c = scan.classes();
    if letters.starts_with(|c: char| c.is_ascii_digit()) {
        let ending = letters.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return ending.len() <= 2 && ending.chars().all(|c| c.is_ascii_lowercase());
    }
    match letters.split_once(['\'', '’']) {
        Some((head, tail)) => {
            let word = scan.rules.vocabulary.find(&head.to_lowercase());
            tail == "t"
                || [c.pronoun, c.it, c.he, c.they, c.common]
                    .iter()
                    .any(|class| scan.rules.vocabulary.is(word, *class))
        }
        None => false,
    }
}

fn begins_name(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    is_name_word(scan, index)
        && !scan.is(index, c.pronoun)
        && !scan.is(index, c.no_name)
        && !(scan.is(index, c.det) && scan.at(index).shape == Shape::Title)
}

/// A small word, "&" or hyphen that continues a name, and the capital behind it.
fn joined(scan: &Scan<'_>, from: usize, at: usize, end: usize) -> Option<usize> {
    let c = scan.classes();
    let letters = scan.letters(at);
    let next = at + 1;
    if next >= end {
        return None;
    }
    if letters == "&" && is_name_word(scan, next) {
        return Some(next + 1);
    }
    if matches!(letters, "-" | "·")
        && !scan.at(at).spaced
        && !scan.at(next).spaced
        && is_name_word(scan, next)
    {
        return Some(next + 1);
    }
    if letters == "."
        && !scan.at(at).spaced
        && scan.letters(at - 1).chars().count() == 1
        && is_name_word(scan, next)
    {
        return Some(next + 1);
    }
    // "Roh Tae-sun": a second part in small letters that is no word of the rules.
    if letters == "-"
        && !scan.at(at).spaced
        && !scan.at(next).spaced
        && at - from >= 2
        && scan.at(next).shape == Shape::Lower
        && scan.at(next).word == WordId::UNKNOWN
    {
        return Some(next + 1);
    }
    if matches!(letters, "’" | "'")
        && !scan.at(at).spaced
        && !scan.at(next).spaced
        && is_name_word(scan, next)
    {
        return Some(next + 1);
    }
    if scan.is(at, c.particle) && is_name_word(scan, next) && scan.is(from, c.given_name) {
        return Some(next + 1);
    }
    // "University of Lindqvale", "Office for the Protection of Data".
    let office = (from..at).any(|i| scan.is(i, c.gov_word) || scan.is(i, c.org_suffix));
    if matches!(letters, "of" | "for" | "on") && office {
        let skip = if scan.is(next, c.article) { next + 1 } else { next };
        if skip < end && (is_name_word(scan, skip) || scan.mention_over(skip).is_some()) {
            return Some(skip + 1);
        }
    }
    // Trailing numbers: "Local 9".
    (scan.at(at).shape == Shape::Number
        && scan.at(at).number.is_some_and(|n| n < 1000)
        && at - from >= 2
        && (!scan.at(next).is_wordlike() || scan.is(next, c.verb) || scan.is(next, c.prep)))
    .then_some(next)
}

/// Drops runs that only stand where every word has a capital.
fn confirmed(scan: &Scan<'_>, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let elsewhere: std::collections::HashSet<String> = candidates
        .iter()
        .filter(|c| !c.initial)
        .flat_map(|c| {
            let whole = c.span.of(scan.body).to_string();
            let first = scan.letters(c.tokens.start).to_string();
            [whole, first]
        })
        .collect();
    let c = scan.classes();
    let small: std::collections::HashSet<String> = (0..scan.tokens.len())
        .filter(|i| scan.at(*i).shape == Shape::Lower)
        .map(|i| scan.letters(i).to_string())
        .collect();
    candidates
        .into_iter()
        .filter(|candidate| {
            let letters = candidate.span.of(scan.body);
            let single = candidate.tokens.len() == 1;
            let first = candidate.tokens.start;
            // "Chief Operating Officer": offices alone name nobody.
            if candidate.tokens.clone().all(|i| scan.is(i, c.title) || scan.is(i, c.common)) {
                return false;
            }
            // "Airlines", "Index": one ordinary word that only long names hold.
            if single && (scan.is(first, c.thing) || scan.is(first, c.org_suffix)) {
                return false;
            }
            if !candidate.initial {
                // A lone ordinary word with a capital is a heading word, not a name.
                return !(single && scan.is(first, c.common))
                    && !(single && scan.is(first, c.title))
                    && letters.chars().count() > 1;
            }
            let next = candidate.tokens.end;
            let acts = scan.says(next, "'s") || scan.is(next, c.aux) || scan.is(next, c.verb);
            let ordinary = scan.is(first, c.common)
                || scan.is(first, c.verb)
                || scan.is(first, c.prep)
                || scan.is(first, c.sub);
            if single {
                // An ordinary noun may begin a sentence: a plural, a word that rules mention, or one
                // that the text writes in small letters too.
                let plural = letters.ends_with('s') && !letters.ends_with("ss");
                let known = scan.at(first).word != WordId::UNKNOWN
                    || small.contains(&letters.to_lowercase());
                elsewhere.contains(letters) && !ordinary
                    || acts && !ordinary && !letters.ends_with("ing") && !plural && !known
            } else {
                !scan.is(first, c.prep) && !scan.is(first, c.sub) || elsewhere.contains(letters)
            }
        })
        .collect()
}

/// One name with everything the text says of its kind.
struct Group {
    letters: String,
    forms: Vec<String>,
    spans: Vec<Span>,
    evidence: Evidence,
    known: Option<NameIx>,
    short: Option<String>,
}

struct Groups {
    list: Vec<Group>,
}

impl Groups {
    fn new(scan: &Scan<'_>, candidates: &[Candidate]) -> Self {
        let mut by_letters: BTreeMap<String, usize> = BTreeMap::new();
        let mut list: Vec<Group> = Vec::new();
        for candidate in candidates {
            let letters = candidate.span.of(scan.body);
            let key = letters.to_lowercase();
            let index = *by_letters.entry(key.clone()).or_insert_with(|| {
                list.push(Group {
                    letters: letters.to_string(),
                    forms: vec![key],
                    spans: Vec::new(),
                    evidence: Evidence::default(),
                    known: None,
                    short: None,
                });
                list.len() - 1
            });
            if let Some(group) = list.get_mut(index) {
                group.spans.push(candidate.span);
                group.evidence.take(scan, candidate.span);
                for (kind, points) in &candidate.signs {
                    group.evidence.sign(*kind, *points);
                }
                group.short = group.short.take().or(candidate.short.clone());
            }
        }
        Self { list }
    }

    /// "Orisan" beside "Orisan Labs", "Kaplan" beside "Jared Kaplan": one name.
    fn join_short_forms(&mut self, scan: &Scan<'_>) {
        let full: Vec<(usize, String, EntityKind)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, g)| g.letters.contains(' '))
            .map(|(i, g)| (i, g.letters.clone(), g.evidence.kind()))
            .collect();
        let mut moves: Vec<(usize, usize)> = Vec::new();
        for (index, group) in self.list.iter_mut().enumerate() {
            let short = group.letters.as_str();
            let home = full.iter().find(|(i, letters, kind)| {
                *i != index
                    && letters.len() > short.len()
                    && match kind {
                        EntityKind::Person => {
                            letters.ends_with(short)
                                && letters.as_bytes().get(letters.len() - short.len() - 1)
                                    == Some(&b' ')
                                && !short.contains(' ')
                        }
                        // "Lindqvale" is no short form of the "Lindqvale School Board".
                        EntityKind::Government if group.evidence.is_inside() => false,
                        EntityKind::Organization | EntityKind::Government => {
                            letters.starts_with(short)
                                && letters.as_bytes().get(short.len()) == Some(&b' ')
                        }
                        _ => false,
                    }
            });
            if let Some((home, _, _)) = home {
                moves.push((index, *home));
                continue;
            }
            // "LINDQVALE" beside "Lindqvale".
            let capitals = short.chars().all(|c| !c.is_lowercase());
            let same = capitals.then(|| {
                let folded = short.to_lowercase();
                scan.names.iter().position(|name| name.name.to_lowercase() == folded)
            });
            if let Some(at) = same.flatten() {
                group.known = Some(NameIx(at as u32));
                continue;
            }
            // A surname of a person the registry knows.
            group.known = (!short.contains(' '))
                .then(|| {
                    scan.names.iter().position(|name| {
                        name.kind == EntityKind::Person
                            && name.name.rsplit(' ').next() == Some(short)
                    })
                })
                .flatten()
                .map(|i| NameIx(i as u32));
        }
        for (from, to) in &moves {
            let last = self.list.get(*from).map(|g| g.letters.clone()).unwrap_or_default();
            if let Some(home) = self.list.get_mut(*to) {
                home.evidence.shortened(home.letters.ends_with(&last));
            }
        }
        for (from, to) in moves {
            let (spans, forms, evidence) = match self.list.get_mut(from) {
                Some(group) => (
                    std::mem::take(&mut group.spans),
                    std::mem::take(&mut group.forms),
                    group.evidence,
                ),
                None => continue,
            };
            if let Some(home) = self.list.get_mut(to) {
                home.spans.extend(spans);
                home.forms.extend(forms);
                home.evidence.add(&evidence);
            }
        }
        self.list.retain(|group| !group.spans.is_empty());
    }
}

/// "European Data Protection Board (EDPB)": the short form and the full one.
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

/// In the headline only names count that the text bears out.
fn headline(scan: &Scan<'_>, names: &BTreeMap<String, NameIx>, added: &mut Vec<Mention>) {
    let Some(title) = scan.blocks.first().filter(|b| b.kind == BlockKind::Title) else { return };
    let range = scan.tokens.inside(title.span);
    let mut at = range.start;
    while at < range.end {
        let longest = (at + 1..=range.end.min(at + NAME_TOKENS_MAX)).rev().find_map(|to| {
            let span = scan.span(at..to);
            names.get(&span.of(scan.body).to_lowercase()).map(|index| (to, span, *index))
        });
        match longest {
            Some((to, span, name))
                if scan.at(at).is_capital() && scan.mention_over(at).is_none() =>
            {
                added.push(Mention { span, name });
                at = to;
            }
            _ => at += 1,
        }
    }
}
