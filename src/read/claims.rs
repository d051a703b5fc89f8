//! The claims of an article: statements, silences and the outlet's own forecasts, in order.
//!
//! In: everything found so far. Out: claims with speaker, stance, target, channel and the exact
//! words. What holds: every claim's content is a slice of the main text; advice to readers and lists
//! of sources give none.

use std::collections::HashMap;
use std::ops::Range;

use super::attribution::{self, Context, Statement, trim};
use super::content::is_finite_verb;
use super::noun::{self, NounPhrase};
use super::scan::{Scan, Sentence};
use super::{han, stance, via, voice};
use crate::model::article::{Article, BlockKind, Section};
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::id::Key;
use crate::model::rule::RuleId;
use crate::model::text::Span;
use crate::rules::Shape;

/// Who still speaks when a sentence ends.
struct Speaking {
    block: usize,
    speaker: Speaker,
    source: Option<Range<usize>>,
    /// What follows is all theirs: "She wrote:", or a quotation that no mark has closed.
    open: bool,
}

/// Finds all claims of an article.
pub(super) fn find(cx: &Context<'_>, article: &Article) -> Vec<Claim> {
    let scan = cx.scan;
    let mut claims: Vec<Claim> = Vec::new();
    let mut speaking: Option<Speaking> = None;
    for sentence in &scan.sentences {
        let kind = scan.kind_of(sentence);
        let skipped = matches!(sentence.section, Section::Advice | Section::Sources)
            || matches!(kind, BlockKind::Title | BlockKind::Heading);
        if skipped {
            speaking = None;
            continue;
        }
        let silences = silences(cx, sentence);
        let taken: Vec<Range<usize>> = silences.iter().map(|s| s.cue.clone()).collect();
        let statements = if sentence.han {
            han::find(cx, sentence, &taken)
        } else {
            attribution::find(cx, sentence, &taken)
        };
        let mut here: Vec<Claim> = Vec::new();
        for statement in &silences {
            here.push(claim(cx, article, sentence, statement, false));
        }
        for statement in &statements {
            here.push(claim(cx, article, sentence, statement, true));
        }
        if let Some(voice) = &speaking
            && here.is_empty()
            && let Some(statement) = continuation(cx, sentence, voice, kind)
        {
            here.push(claim(cx, article, sentence, &statement, true));
        }
        let continued = here.first().is_some_and(|c| c.rule.as_str() == CONTINUED);
        if here.is_empty()
            && let Some(statement) = forecast(cx, sentence)
        {
            here.push(claim(cx, article, sentence, &statement, false));
        }
        let open = leaves_open(cx, sentence);
        speaking = match (statements.last(), speaking) {
            (Some(last), _) if cx.quotes.touch(scan, sentence.span) || open => Some(Speaking {
                block: sentence.block,
                speaker: last.speaker,
                source: last.source.clone(),
                open,
            }),
            (None, Some(voice)) if continued => {
                Some(Speaking { block: sentence.block, open: voice.open && open, ..voice })
            }
            (None, _) if open => attribution::announced(cx, sentence)
                .map(|(speaker, source)| Speaking { block: sentence.block, speaker, source, open }),
            (None, Some(voice)) if voice.block == sentence.block => Some(voice),
            _ => None,
        };
        claims.extend(here);
    }
    claims.extend(credited(cx, article, &claims));
    unique(&mut claims);
    number(&mut claims, article);
    claims
}

/// Quotations that stand as blocks of their own, with the speaker's name in the block below:
/// “P.” / Ann Ruo, founder of Orison.
fn credited(cx: &Context<'_>, article: &Article, claims: &[Claim]) -> Vec<Claim> {
    let scan = cx.scan;
    let mut found = Vec::new();
    for (index, quoted) in scan.sentences.iter().enumerate() {
        let last = scan.sentences.get(index + 1).is_none_or(|next| next.block != quoted.block);
        let Some(credit) = scan.sentences.get(index + 1).filter(|_| last) else { continue };
        let first =
            scan.sentences.iter().take(index + 1).rev().take_while(|s| s.block == quoted.block);
        let Some(first) = first.last() else { continue };
        let range = first.tokens.start..quoted.tokens.end;
        let whole = cx
            .quotes
            .around(range.start + 1)
            .is_some_and(|quote| quote.start <= range.start + 1 && quote.end + 2 >= range.end);
        let text = scan.span(range.clone());
        if !whole || claims.iter().any(|claim| claim.content.meets(text)) {
            continue;
        }
        let dash =
            usize::from(matches!(scan.letters(credit.tokens.start), "—" | "–" | "―" | "-" | "--"));
        let start = credit.tokens.start + dash;
        let named = scan.mention_over(start).filter(|m| {
            let tokens = scan.tokens_of(m);
            let set_off = scan.is_comma(tokens.end) || tokens.end >= credit.tokens.end;
            tokens.start == start && set_off && scan.kind(m.name) == EntityKind::Person
        });
        let Some(mention) = named.filter(|_| credit.tokens.len() <= 40) else { continue };
        let statement = Statement {
            speaker: Speaker::Named(mention.name),
            source: Some(scan.tokens_of(mention)),
            stance: Stance::Asserts,
            content: trim(scan, range.clone()),
            cue: range.start..range.start,
            rule: RuleId::new("construction", "credited"),
        };
        found.push(claim(cx, article, first, &statement, true));
    }
    found
}

/// Rule of what a speaker goes on saying in sentences of their own.
const CONTINUED: &str = "construction/continued";

/// Whether a sentence ends in a colon, or inside a quotation that its block does not close.
fn leaves_open(cx: &Context<'_>, sentence: &Sentence) -> bool {
    let scan = cx.scan;
    let last = sentence.tokens.end.saturating_sub(1);
    let next = sentence.tokens.end;
    let ends_block = scan.is_break(next) || next >= scan.tokens.len();
    ends_block
        && (matches!(scan.letters(last), ":" | "：")
            || cx.quotes.around(last).is_some_and(|quote| quote.end == next))
}

fn claim(
    cx: &Context<'_>,
    article: &Article,
    sentence: &Sentence,
    statement: &Statement,
    settle: bool,
) -> Claim {
    let scan = cx.scan;
    let content = scan.span(statement.content.clone());
    let (stance, target) = if settle {
        stance::settle(cx, statement.stance, statement.speaker, statement.content.clone())
    } else {
        (statement.stance, None)
    };
    // "accused Alibaba of …": the accused stands between cue and content.
    let between = scan.span(statement.cue.end..statement.content.start.max(statement.cue.end));
    let accused = (stance == Stance::Alleges)
        .then(|| {
            scan.mentions_in(between)
                .iter()
                .map(|m| m.name)
                .find(|n| Speaker::Named(*n) != statement.speaker)
        })
        .flatten();
    let hedges = scan
        .rules
        .lexicon
        .hedges
        .all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone())
        .into_iter()
        .map(|(_, hit)| scan.span(hit.range))
        .collect();
    Claim {
        id: Key::of(&[article.url.as_str()]),
        speaker: statement.speaker,
        source: statement.source.clone().map(|range| scan.span(range)),
        stance,
        target: accused.or(target),
        content,
        cue: (!statement.cue.is_empty()).then(|| scan.span(statement.cue.clone())),
        via: via::find(scan, &sentence.tokens, &statement.content, statement.speaker),
        quoted: cx.quotes.touch(scan, content),
        hedges,
        sentence: sentence.span,
        rule: statement.rule.clone(),
    }
}

/// Who did not answer, with the clause that says so.
fn silences(cx: &Context<'_>, sentence: &Sentence) -> Vec<Statement> {
    let scan = cx.scan;
    let table = &scan.rules.lexicon.silences;
    let mut found = Vec::new();
    for (row, hit) in table.all(&scan.tokens, &scan.rules.vocabulary, sentence.tokens.clone()) {
        if cx.quotes.around(hit.range.start).is_some() {
            continue;
        }
        let clause = clause_of(scan, sentence, &hit.range);
        let (speakers, source) = if sentence.han {
            (han_speakers(cx, sentence, &hit.range), None)
        } else {
            silent_speakers(cx, sentence, &hit.range)
        };
        for speaker in speakers {
            found.push(Statement {
                speaker,
                source: source.clone(),
                stance: row.meaning,
                content: clause.clone(),
                cue: hit.range.clone(),
                rule: row.id.clone(),
            });
        }
    }
    found
}

/// The speakers, and the words that name them.
fn silent_speakers(
    cx: &Context<'_>,
    sentence: &Sentence,
    cue: &Range<usize>,
) -> (Vec<Speaker>, Option<Range<usize>>) {
    let scan = cx.scan;
    let first = scan.letters(cue.start).to_lowercase();
    if matches!(first.as_str(), "neither" | "none") {
        let phrase = NounPhrase { tokens: cue.start..cue.end, beside: None };
        let named = scan.mentions_in(scan.span(phrase.tokens.clone()));
        let parties: Vec<Speaker> = named
            .iter()
            .filter(|m| scan.kind(m.name).can_act())
            .map(|m| voice::named(scan, m.name))
            .collect();
        let parties = if parties.len() >= 2 { parties } else { both_sides(cx, cue.start) };
        return (parties, Some(cue.clone()));
    }
    match noun::before(scan, cx.quotes, cue.start, sentence.tokens.start) {
        Some(phrase) => {
            let words = scan.words(phrase.tokens.clone()).to_lowercase();
            let source = Some(phrase.tokens.clone());
            if words.starts_with("neither") || words == "both sides" || words == "both companies" {
                return (both_sides(cx, cue.start), source);
            }
            let speakers = voice::of(scan, cx.coref, &phrase);
            let silent = |s: &Speaker| !matches!(s, Speaker::Document(..));
            (speakers.into_iter().filter(silent).collect(), source)
        }
        None => (Vec::new(), None),
    }
}

fn han_speakers(cx: &Context<'_>, sentence: &Sentence, cue: &Range<usize>) -> Vec<Speaker> {
    let scan = cx.scan;
    let clause = han_clause_of(scan, sentence, cue);
    let acting = |range: Range<usize>| -> Vec<NameIx> {
        scan.mentions_in(scan.span(range))
            .iter()
            .filter(|m| {
                let before = scan.tokens_of(m).start.wrapping_sub(1);
                scan.kind(m.name).can_act() && !scan.is(before, scan.classes().han_coverb)
            })
            .map(|m| m.name)
            .collect()
    };
    let here = acting(clause.start..cue.start.max(clause.start));
    let earlier = acting(sentence.tokens.start..clause.start.max(sentence.tokens.start));
    match here.first().or(earlier.first()) {
        None => {
            let house = cx.coref.nearest(scan, super::coref::Wanted::House, cue.start);
            house.map(|name| voice::named(scan, name)).into_iter().collect()
        }
        Some(name) => {
            // X及其母公司Y, X和Y: both are silent.
            let span = scan.span(clause.start..cue.start.max(clause.start));
            let pair = scan.mentions_in(span).windows(2).find(|pair| {
                let [first, second] = pair else { return false };
                let between = scan.tokens_of(first).end..scan.tokens_of(second).start;
                first.name == *name
                    && between.len() <= 6
                    && matches!(scan.letters(between.start), "及" | "和" | "与" | "、")
                    && scan.kind(second.name).can_act()
            });
            let second = pair.and_then(|pair| pair.get(1)).map(|m| m.name);
            std::iter::once(*name).chain(second).map(|name| voice::named(scan, name)).collect()
        }
    }
}

/// "Neither side": the two organisations the text speaks of most before this point.
fn both_sides(cx: &Context<'_>, at: usize) -> Vec<Speaker> {
    let scan = cx.scan;
    let limit = scan.at(at).start();
    let mut seen: Vec<NameIx> = Vec::new();
    for mention in scan.mentions.iter().rev().filter(|m| m.span.start() < limit) {
        let organisation = scan.kind(mention.name) == EntityKind::Organization
            && matches!(voice::named(scan, mention.name), Speaker::Named(_))
            && !stance::is_platform(scan, mention.name);
        if organisation && !seen.contains(&mention.name) {
            seen.push(mention.name);
        }
        if seen.len() == 2 {
            break;
        }
    }
    seen.into_iter().rev().map(Speaker::Named).collect()
}

/// The clause of a Chinese sentence around a range: from clause mark to clause mark, where it is long
/// enough to say something.
fn han_clause_of(scan: &Scan<'_>, sentence: &Sentence, hit: &Range<usize>) -> Range<usize> {
    let range = &sentence.tokens;
    let joint = |i: &usize| matches!(scan.letters(*i), "，" | "；" | "：" | "," | ";");
    let mut from = (range.start..hit.start).rev().find(joint).map_or(range.start, |i| i + 1);
    if scan.is(from, scan.classes().conj) || matches!(scan.letters(from), "但" | "并" | "而") {
        from += 1;
    }
    let to = (hit.end..range.end).find(joint).unwrap_or(range.end);
    trim(scan, from.min(hit.start)..to)
}

/// The clause around a range: a sentence, or its part up to a joint that begins another clause.
pub(super) fn clause_of(scan: &Scan<'_>, sentence: &Sentence, hit: &Range<usize>) -> Range<usize> {
    if sentence.han {
        return han_clause_of(scan, sentence, hit);
    }
    let c = scan.classes();
    let range = &sentence.tokens;
    let joint = |i: usize| {
        let letters = scan.letters(i);
        let opens = matches!(
            letters,
            "while"
                | "but"
                | "although"
                | "though"
                | "whereas"
                | "because"
                | "which"
                | "who"
                | "-"
                | "—"
                | "–"
                | ";"
                | "；"
        );
        let and = letters == "and"
            && (scan.is_comma(i.wrapping_sub(1)) || clause_follows(scan, i + 1, range.end));
        let dash = letters == "-" && !scan.at(i).spaced;
        opens && !dash || and
    };
    let mut from = range.start;
    for i in (range.start..hit.start).rev() {
        if joint(i) && has_verb(scan, range.start..i)
            || scan.says(i, "while")
            || scan.says(i, "although")
        {
            from = i + 1;
            break;
        }
    }
    let mut to = range.end;
    for i in hit.end..range.end {
        if joint(i) && has_verb(scan, i..range.end) {
            to = i;
            break;
        }
    }
    // A leading subordinate clause ends at the comma before the main one: "While X has not answered
    // and Y has not either, Z …".
    let leading = scan.is(range.start, c.sub);
    if leading
        && let Some(comma) =
            (hit.end..to).find(|i| scan.is_comma(*i) && clause_follows(scan, i + 1, range.end))
    {
        to = comma;
    }
    if from == range.start && leading {
        from += 1;
    }
    trim(scan, from..to)
}

fn has_verb(scan: &Scan<'_>, range: Range<usize>) -> bool {
    range.into_iter().any(|i| is_finite_verb(scan, i))
}

fn clause_follows(scan: &Scan<'_>, from: usize, end: usize) -> bool {
    let c = scan.classes();
    let opens = scan.is(from, c.det)
        || scan.is(from, c.it)
        || scan.is(from, c.he)
        || scan.is(from, c.they)
        || scan.mention_over(from).is_some();
    opens && (from + 1..end.min(from + 8)).any(|i| is_finite_verb(scan, i))
}

/// A sentence that is one quotation, after an attributed one in its paragraph or the one before.
fn continuation(
    cx: &Context<'_>,
    sentence: &Sentence,
    voice: &Speaking,
    kind: BlockKind,
) -> Option<Statement> {
    let scan = cx.scan;
    let range = sentence.tokens.clone();
    let near = voice.block == sentence.block || voice.open && sentence.block <= voice.block + 1;
    if !near {
        return None;
    }
    let whole = kind == BlockKind::Quote && voice.open;
    let quote = cx.quotes.within(&range, 3).into_iter().next();
    let content = match quote {
        _ if whole => range.clone(),
        Some(quote) => {
            let opens = quote.start <= range.start + 1;
            let closes = quote.end + 2 >= range.end;
            if !(opens && closes) {
                return None;
            }
            quote.start.max(range.start)..quote.end.min(range.end)
        }
        None => return None,
    };
    Some(Statement {
        speaker: voice.speaker,
        source: voice.source.clone(),
        stance: Stance::Asserts,
        content: trim(scan, content),
        cue: range.start..range.start,
        rule: RuleId::new("construction", "continued"),
    })
}

/// A forecast in the outlet's own voice.
fn forecast(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let range = sentence.tokens.clone();
    let asks = scan.letters(range.end.saturating_sub(1)) == "?"
        || matches!(sentence.section, Section::Questions | Section::Watch | Section::Caveats)
        || scan.says(range.start, "whether");
    if asks || sentence.han {
        return None;
    }
    let modal = range.clone().find(|i| {
        matches!(scan.letters(*i), "could" | "may" | "might" | "will" | "would")
            && scan.at(*i).shape == Shape::Lower
            && cx.quotes.around(*i).is_none()
    })?;
    // The modal must be the sentence's own first verb, not one inside a relative clause.
    let first = range.clone().take_while(|i| *i < modal).any(|i| is_finite_verb(scan, i));
    // "may have": a guess about the past, no forecast.
    let guess =
        matches!(scan.letters(modal), "may" | "might" | "could") && scan.says(modal + 1, "have");
    let dated = range.clone().any(|i| scan.is(i, c.month) && scan.at(i).is_capital());
    (!guess && !dated && !first).then(|| Statement {
        speaker: Speaker::Here,
        source: None,
        stance: Stance::Predicts,
        content: trim(scan, range.clone()),
        cue: modal..modal + 1,
        rule: RuleId::new("construction", "own-forecast"),
    })
}

/// The same words said by the same speaker are one claim; the first rule wins.
fn unique(claims: &mut Vec<Claim>) {
    let mut seen: Vec<(Span, Speaker)> = Vec::new();
    claims.retain(|claim| {
        let doubled = seen.iter().any(|(span, speaker)| {
            *speaker == claim.speaker && span.meets(claim.content) && {
                let shared =
                    span.end().min(claim.content.end()) - span.start().max(claim.content.start());
                shared * 10 >= span.len().min(claim.content.len()) * 8
            }
        });
        if !doubled {
            seen.push((claim.content, claim.speaker));
        }
        !doubled
    });
    claims.sort_by_key(|claim| (claim.content.start(), claim.content.end()));
}

/// Ids from article, sentence and cue as printed, with a number where a sentence has the cue twice.
fn number(claims: &mut [Claim], article: &Article) {
    let mut used: HashMap<String, usize> = HashMap::new();
    for claim in claims {
        let sentence: String = article
            .words(claim.sentence)
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let cue = claim.cue.map_or("", |cue| article.words(cue)).to_lowercase();
        let base = format!("{sentence}\n{cue}");
        let ordinal = used.entry(base).or_default();
        *ordinal += 1;
        claim.id = Key::of(&["claim", &article.url, &sentence, &cue, &ordinal.to_string()]);
    }
}
