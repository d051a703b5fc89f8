//! From ids as they were typed to a verdict on what is on record.

use super::checks::{check_name, dispute_id, standing, undone};
use super::{Asked, PipelineError, Signature, refused};
use crate::model::editor::EnteredParty;
use crate::model::judgement::{Naming, Quote, Subject, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::lookup::Lookup;
use crate::model::question::QuestionState;
use crate::model::standing::Outcome;
use crate::model::subject::SubjectKind;
use crate::rules::Rules;

/// Makes the verdict that is asked for, or says why it cannot be made.
pub(super) fn verdict(
    kb: &KnowledgeBase,
    rules: &Rules,
    signed: &Signature,
    asked: &Asked,
) -> Result<Verdict, PipelineError> {
    const WHOLE: [SubjectKind; 2] = [SubjectKind::Incident, SubjectKind::Dispute];
    Ok(match asked {
        Asked::Mint { id, name, title, title_zh, types, parties, status, dispute } => {
            let of = subject_of(kb, id, &WHOLE)?;
            check_name(kb, rules, &of, name)?;
            if let Some(unknown) = types.iter().find(|t| !rules.types.iter().any(|k| k.id == **t)) {
                let known: Vec<&str> = rules.types.iter().map(|kind| kind.id.as_str()).collect();
                return Err(refused(format!(
                    "“{unknown}” is no type; write one of {}",
                    known.join(", ")
                )));
            }
            let dispute = match dispute {
                None => None,
                Some(id) => Some(dispute_id(kb, rules, id)?),
            };
            let parties = parties
                .iter()
                .map(|(name, role)| EnteredParty { name: name.clone(), role: *role })
                .collect();
            let (title, title_zh) = (title.clone(), title_zh.clone());
            let naming =
                Naming { title, title_zh, types: types.clone(), parties, status: *status, dispute };
            Verdict::Mint { of, name: name.clone(), naming }
        }
        Asked::Merge { from, into } => {
            let into = subject_of(kb, into, &WHOLE)?;
            let from: Result<Vec<Subject>, _> =
                from.iter().map(|id| subject_of(kb, id, &[into.kind])).collect();
            let from = from?;
            if from.iter().any(|part| part.id == into.id) {
                return Err(refused(format!("{} cannot be merged into itself", into.id)));
            }
            Verdict::Merge { from, into }
        }
        Asked::Split { id, articles } => {
            let of = subject_of(kb, id, &[SubjectKind::Incident])?;
            let mut urls = Vec::new();
            for typed in articles {
                let mut members = of.quotes.iter().map(|quote| quote.url.clone());
                let url = match members.find(|url| url == typed) {
                    Some(url) => url,
                    None => {
                        let article = subject_of(kb, typed, &[SubjectKind::Article])?;
                        let url = article.quotes.first().map(|quote| quote.url.clone());
                        let member = url.filter(|url| of.quotes.iter().any(|q| q.url == *url));
                        member.ok_or_else(|| {
                            refused(format!("“{typed}” is no article of {}", of.id))
                        })?
                    }
                };
                urls.push(url);
            }
            urls.sort();
            urls.dedup();
            if urls.len() >= of.quotes.len() {
                return Err(refused(format!(
                    "these are all articles of {}; leave at least one in it",
                    of.id
                )));
            }
            Verdict::Split { of, articles: urls }
        }
        Asked::Answer { id, state, claims, quotes } => {
            let of = subject_of(kb, id, &[SubjectKind::Question])?;
            let mut evidence = Vec::new();
            for typed in claims {
                evidence.extend(subject_of(kb, typed, &[SubjectKind::Claim])?.quotes);
            }
            evidence.extend(archived(kb, quotes)?);
            let settles = matches!(
                state,
                QuestionState::Answered | QuestionState::PartlyAnswered | QuestionState::Contested
            );
            if settles && evidence.is_empty() {
                return Err(refused(format!(
                    "“{}” needs words that say so; give --evidence CLAIM, or --url and --words",
                    state.word()
                )));
            }
            Verdict::Answer { of, state: *state, evidence }
        }
        Asked::Settle { id, outcome, holds, quotes } => {
            let of = subject_of(kb, id, &[SubjectKind::Contradiction])?;
            // A contradiction is known by the words of both accounts, in their order.
            let side = holds.and_then(|account| of.quotes.get(account as usize));
            if (*outcome == Outcome::Resolved) != side.is_some() {
                return Err(refused(
                    "give --holds a or --holds b with --state resolved, and with no other state",
                ));
            }
            let mut evidence: Vec<Quote> = side.cloned().into_iter().collect();
            evidence.extend(archived(kb, quotes)?);
            Verdict::Settle { of, outcome: *outcome, evidence }
        }
        Asked::Reject(id) => {
            let of = subject(kb, id)?;
            standing(kb, &of, |verdict| matches!(verdict, Verdict::Confirm { .. }))?;
            Verdict::Reject { of }
        }
        Asked::Confirm(id) => {
            let of = subject(kb, id)?;
            standing(kb, &of, |verdict| matches!(verdict, Verdict::Confirm { .. }))?;
            let mut questions = kb.incidents.iter().flat_map(|incident| &incident.questions);
            let question = questions.find(|question| question.id.to_string() == of.id);
            Verdict::Confirm { of, state: question.map(|question| question.state.now()) }
        }
        Asked::Undo(id) => Verdict::Undo { judgement: undone(rules, signed, id.as_deref())? },
    })
}

/// The one thing that an id means.
fn subject(kb: &KnowledgeBase, typed: &str) -> Result<Subject, PipelineError> {
    match kb.look_up(typed) {
        Lookup::One(subject) => Ok(subject),
        Lookup::Nothing => Err(refused(format!(
            "nothing on record has the id “{typed}”; give at least its first eight letters"
        ))),
        Lookup::Several(list) => {
            let list: Vec<String> = list
                .iter()
                .map(|subject| format!("{} {}", subject.kind.word(), subject.id))
                .collect();
            Err(refused(format!("“{typed}” may be {}; give more letters", list.join(" or "))))
        }
    }
}

fn subject_of(
    kb: &KnowledgeBase,
    typed: &str,
    kinds: &[SubjectKind],
) -> Result<Subject, PipelineError> {
    let found = subject(kb, typed)?;
    if kinds.contains(&found.kind) {
        return Ok(found);
    }
    let with_article = |kind: &SubjectKind| {
        let word = kind.word();
        let vowel = word.starts_with(['a', 'e', 'i', 'o']);
        format!("{} {word}", if vowel { "an" } else { "a" })
    };
    let wanted: Vec<String> = kinds.iter().map(with_article).collect();
    Err(refused(format!(
        "“{typed}” is {}; give the id of {}",
        with_article(&found.kind),
        wanted.join(" or ")
    )))
}

/// Words that stand where they are said to.
fn archived(kb: &KnowledgeBase, quotes: &[Quote]) -> Result<Vec<Quote>, PipelineError> {
    for quote in quotes {
        let stands = kb.readings.values().any(|reading| {
            reading.article.url == quote.url && reading.article.body.contains(&quote.words)
        });
        if !stands || quote.words.trim().is_empty() {
            return Err(refused(format!(
                "the words “{}” do not stand at {}; copy them exactly, from a page of the archive",
                quote.words, quote.url
            )));
        }
    }
    Ok(quotes.to_vec())
}
