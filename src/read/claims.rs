//! The claims of an article: statements, silences and the outlet's own forecasts, in order.
//!
//! In: everything found so far. Out: claims with speaker, stance, target, channel and the exact
//! words. What holds: every claim's content is a slice of the main text; advice to readers and lists
//! of sources give none.

use std::collections::HashMap;
use std::ops::Range;

use super::attribution::{self, Context, Statement, trim};
use super::finite::is_finite_verb;
use super::present::is_many;
use super::scan::{Scan, Sentence};
use super::silence::silences;
use super::{credited, han, han_pronouns, labels, pressed, quarrel, relayed, stance, via};
use crate::model::article::{Article, BlockKind, Section};
use crate::model::claim::{Act, Claim, Speaker, Stance};
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
pub(super) fn find(cx: &Context<'_>, article: &Article, acts: &[Act]) -> Vec<Claim> {
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
        if let Some(line) = cx.interview.line(sentence) {
            speaking = None;
            let statement = labels::answered(cx, sentence, line);
            claims.extend(statement.map(|s| claim(cx, article, sentence, &s, true)));
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
    let credits = credited::find(cx, &claims);
    claims.extend(credits.iter().map(|(at, statement)| claim(cx, article, at, statement, true)));
    unique(&mut claims);
    han_pronouns::resume(scan, &mut claims);
    quarrel::settle(cx, acts, &mut claims);
    pressed::press(scan, &mut claims);
    relayed::relay(scan, &mut claims);
    number(&mut claims, article);
    claims
}

/// Fewest words that say something by themselves.
const WORDS_MIN: usize = 3;

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
    let accused = stance::accused(scan, statement).filter(|_| stance == Stance::Alleges);
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
        several: match statement.speaker {
            Speaker::Document(words, _) | Speaker::Anonymous(words, _) => {
                is_many(scan, &scan.tokens.inside(words))
            }
            Speaker::Named(_) | Speaker::Outlet(_) | Speaker::Here => false,
        },
        source: statement.source.clone().map(|range| scan.span(range)),
        stance,
        target: accused.or(target),
        content,
        told: told(scan, sentence, statement, stance),
        cue: (!statement.cue.is_empty()).then(|| scan.span(statement.cue.clone())),
        via: via::find(scan, &sentence.tokens, &statement.content, statement.speaker),
        quoted: cx.quotes.touch(scan, content),
        hedges,
        sentence: sentence.span,
        rule: statement.rule.clone(),
    }
}

/// The words of a statement, from its speaker and its cue on where they are no clause by themselves: nobody
/// understands "employees to stop using it", and everybody an accusation of "copying its model".
fn told(scan: &Scan<'_>, sentence: &Sentence, statement: &Statement, stance: Stance) -> Span {
    let content = scan.span(statement.content.clone());
    let words = statement.content.clone().filter(|at| scan.at(*at).is_wordlike()).count();
    let han = scan.at(statement.content.start).shape == Shape::Han;
    // A clause has a subject before its verb and something behind it.
    let inside = statement.content.start + 1..statement.content.end.saturating_sub(1);
    let finite = |at: &usize| {
        inside.contains(at) && is_finite_verb(scan, *at) && !scan.letters(*at).ends_with("ing")
    };
    let infinite = |at: &usize| {
        scan.says(*at, "to") && !scan.is(at + 1, scan.classes().det)
            || scan.says(*at, "as") && inside.contains(at) && !scan.says(at - 1, "such")
    };
    let turn = statement.content.clone().find(|at| finite(at) || infinite(at));
    let clause = han || turn.is_some_and(|at| finite(&at));
    let deed = stance == Stance::Alleges && !scan.says(statement.content.start, "to");
    if words >= WORDS_MIN && (clause || deed) {
        return content;
    }
    let cue = scan.span(statement.cue.clone());
    let source = statement.source.clone().map(|source| scan.span(source));
    let named = [Some(cue).filter(|cue| !cue.is_empty()), source].into_iter().flatten();
    named.filter(|span| sentence.span.holds(*span)).fold(content, Span::join)
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

/// "Expect the lender to appeal."
fn expected(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let range = sentence.tokens.clone();
    let next = range.start + 1;
    let opens = scan.says(range.start, "expect")
        && (scan.is(next, c.det)
            || scan.is(next, c.pronoun)
            || scan.mention_over(next).is_some()
            || scan.at(next).shape == Shape::Lower && !scan.is(next, c.prep));
    let end = (next..range.end).find(|i| scan.letters(*i) == ";").unwrap_or(range.end);
    opens.then(|| Statement {
        speaker: Speaker::Here,
        source: None,
        stance: Stance::Predicts,
        content: trim(scan, range.start..end),
        cue: range.start..next,
        rule: RuleId::new("construction", "own-forecast"),
    })
}

/// A forecast in the outlet's own voice.
fn forecast(cx: &Context<'_>, sentence: &Sentence) -> Option<Statement> {
    let scan = cx.scan;
    let c = scan.classes();
    let range = sentence.tokens.clone();
    let asks = scan.letters(range.end.saturating_sub(1)) == "?"
        || matches!(sentence.section, Section::Questions | Section::Watch | Section::Caveats)
        || scan.is(range.start, c.interrogative);
    if asks || sentence.han {
        return None;
    }
    if let Some(statement) = expected(cx, sentence) {
        return Some(statement);
    }
    let modal = range.clone().find(|i| {
        matches!(scan.letters(*i), "could" | "may" | "might" | "will" | "would")
            && scan.at(*i).shape == Shape::Lower
            && cx.quotes.around(*i).is_none()
    })?;
    // The modal must be the sentence's own first verb or stand beside it ("is no rule but could become
    // one"), not inside a relative clause.
    let beside = scan.is(modal.wrapping_sub(1), c.conj);
    let first = !beside && range.clone().take_while(|i| *i < modal).any(|i| tells(scan, i));
    // "may have": a guess about the past, no forecast.
    let guess =
        matches!(scan.letters(modal), "may" | "might" | "could") && scan.says(modal + 1, "have");
    let dated = range.clone().any(|i| scan.is(i, c.month) && scan.at(i).is_capital());
    // "could not be verified": what was not possible is no forecast.
    let unable = scan.says(modal, "could")
        && matches!(scan.letters(modal + 1), "not" | "hardly" | "scarcely" | "barely");
    (!guess && !unable && !dated && !first).then(|| Statement {
        speaker: Speaker::Here,
        source: None,
        stance: Stance::Predicts,
        content: trim(scan, range.clone()),
        cue: modal..modal + 1,
        rule: RuleId::new("construction", "own-forecast"),
    })
}

/// Whether a word before a modal is a verb of its own, not "the support of", "moving teams", "tools
/// like these".
fn tells(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    is_finite_verb(scan, index)
        && !scan.letters(index).ends_with("ing")
        && !scan.is(index, c.prep)
        && !scan.says(index + 1, "of")
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
