//! From a row to a typed judgement.

use super::row::{JudgementRow, PartyRow, QuoteRow, SubjectRow};
use crate::model::editor::EnteredParty;
use crate::model::incident::{DisputeId, IncidentId, Status};
use crate::model::judgement::{Judgement, JudgementId, Made, Naming, Quote, Subject, Verdict};
use crate::model::party::PartyRole;
use crate::model::question::QuestionState;
use crate::model::standing::Outcome;
use crate::model::subject::SubjectKind;

/// Makes a judgement of a row, or says what is wrong with it.
pub(super) fn judgement(
    row: JudgementRow,
    place: &str,
    types: &[String],
) -> Result<Judgement, String> {
    let id = JudgementId::parse(&row.id)
        .ok_or_else(|| format!("“{}” is no id; use small letters, digits and hyphens", row.id))?;
    let on = Made::parse(&row.on).ok_or_else(|| {
        format!("“{}” is no day; write 2026-11-21 or 2026-11-21T10:15:30+01:00", row.on)
    })?;
    for (key, text) in [("by", &row.by), ("why", &row.why)] {
        if text.trim().is_empty() {
            return Err(format!("`{key}` is missing; a judgement is signed and reasoned"));
        }
    }
    let (by, why) = (row.by.clone(), row.why.clone());
    Ok(Judgement { id, place: place.into(), by, on, why, verdict: verdict(row, types)? })
}

fn verdict(mut row: JudgementRow, types: &[String]) -> Result<Verdict, String> {
    let word = std::mem::take(&mut row.verdict);
    let mut about: Vec<Subject> = row.about.drain(..).map(subject).collect::<Result<_, _>>()?;
    let mut one = |kinds: &[SubjectKind]| match about.pop() {
        Some(of) if about.is_empty() && (kinds.is_empty() || kinds.contains(&of.kind)) => Ok(of),
        Some(of) if about.is_empty() => {
            Err(format!("{word} is not said of a {}; correct `kind` or `verdict`", of.kind.word()))
        }
        _ => Err(format!("{word} needs one [[judgement.about]]")),
    };
    const WHOLE: [SubjectKind; 2] = [SubjectKind::Incident, SubjectKind::Dispute];
    let made = match word.as_str() {
        "mint" => {
            let of = one(&WHOLE)?;
            let name = row.name.take().ok_or("mint needs a `name`")?;
            let sound = IncidentId::parse(&name).is_some() && !name.starts_with("p-");
            if !sound {
                return Err(format!(
                    "“{name}” is no name; use small letters, digits and hyphens, and do not begin with p-"
                ));
            }
            let naming = naming(&mut row, types)?;
            Verdict::Mint { of, name, naming }
        }
        "merge" => {
            let into = subject(row.into.take().ok_or("merge needs [judgement.into]")?)?;
            let sound = |s: &Subject| s.kind == into.kind && s.id != into.id;
            if about.is_empty() || !WHOLE.contains(&into.kind) || !about.iter().all(sound) {
                return Err(
                    "merge needs [[judgement.about]]: other incidents, or other disputes".into()
                );
            }
            Verdict::Merge { from: std::mem::take(&mut about), into }
        }
        "split" => {
            let of = one(&[SubjectKind::Incident])?;
            let articles = std::mem::take(&mut row.articles);
            if articles.is_empty() {
                return Err("split needs `articles`: the addresses that leave".into());
            }
            Verdict::Split { of, articles }
        }
        "answer" => {
            let of = one(&[SubjectKind::Question])?;
            let state = state(row.state.take())?.ok_or("answer needs a `state`")?;
            let evidence = row.evidence.drain(..).map(quote).collect();
            Verdict::Answer { of, state, evidence }
        }
        "settle" => {
            let of = one(&[SubjectKind::Contradiction])?;
            let word = row.state.take().ok_or("settle needs a `state`")?;
            let words: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.word()).collect();
            let outcome = Outcome::from_word(&word).ok_or_else(|| {
                format!(
                    "“{word}” is no state of a contradiction; write one of {}",
                    words.join(", ")
                )
            })?;
            let evidence: Vec<Quote> = row.evidence.drain(..).map(quote).collect();
            if outcome == Outcome::Resolved && evidence.is_empty() {
                return Err("resolved needs `evidence`: the words of the account that holds".into());
            }
            Verdict::Settle { of, outcome, evidence }
        }
        "reject" => Verdict::Reject { of: one(&[])? },
        "confirm" => Verdict::Confirm { of: one(&[])?, state: state(row.state.take())? },
        "undo" => {
            let text = row.undoes.take().ok_or("undo needs `undoes`: the id of a judgement")?;
            let judgement =
                JudgementId::parse(&text).ok_or_else(|| format!("“{text}” is no id"))?;
            Verdict::Undo { judgement }
        }
        other => {
            return Err(format!(
                "“{other}” is no verdict; write mint, merge, split, answer, settle, reject, confirm or undo"
            ));
        }
    };
    let left = [
        ("undoes", row.undoes.is_some()),
        ("name", row.name.is_some()),
        ("title", row.title.is_some()),
        ("title-zh", row.title_zh.is_some()),
        ("types", !row.types.is_empty()),
        ("status", row.status.is_some()),
        ("dispute", row.dispute.is_some()),
        ("articles", !row.articles.is_empty()),
        ("state", row.state.is_some()),
        ("parties", !row.parties.is_empty()),
        ("evidence", !row.evidence.is_empty()),
        ("about", !about.is_empty()),
        ("into", row.into.is_some()),
    ];
    match left.iter().find(|(_, left)| *left) {
        Some((key, _)) => {
            Err(format!("`{key}` says nothing in a judgement of “{word}”; remove it"))
        }
        None => Ok(made),
    }
}

fn naming(row: &mut JudgementRow, types: &[String]) -> Result<Naming, String> {
    if let Some(unknown) = row.types.iter().find(|kind| !types.contains(kind)) {
        return Err(format!("“{unknown}” is no type; write one of {}", types.join(", ")));
    }
    let mut parties = Vec::new();
    for PartyRow { name, role } in row.parties.drain(..) {
        let role = PartyRole::from_word(&role).ok_or_else(|| {
            format!(
                "“{role}” is no role; write initiator, respondent, authority, affected or observer"
            )
        })?;
        parties.push(EnteredParty { name, role });
    }
    let status = match row.status.take() {
        None => None,
        Some(word) => {
            let known = Status::WORDS.iter().find(|(known, _)| *known == word);
            let known = known.ok_or_else(|| {
                format!("“{word}” is no status; write open, resolved, settled or escalating")
            })?;
            Some(known.1)
        }
    };
    let dispute = match row.dispute.take() {
        None => None,
        Some(text) => {
            Some(DisputeId::parse(&text).ok_or_else(|| format!("“{text}” is no id of a dispute"))?)
        }
    };
    Ok(Naming {
        title: row.title.take(),
        title_zh: row.title_zh.take(),
        types: std::mem::take(&mut row.types),
        parties,
        status,
        dispute,
    })
}

fn state(word: Option<String>) -> Result<Option<QuestionState>, String> {
    let Some(word) = word else { return Ok(None) };
    let words: Vec<&str> = QuestionState::ALL.iter().map(|state| state.word()).collect();
    QuestionState::from_word(&word)
        .map(Some)
        .ok_or_else(|| format!("“{word}” is no state; write one of {}", words.join(", ")))
}

fn subject(row: SubjectRow) -> Result<Subject, String> {
    let words: Vec<&str> = SubjectKind::ALL.iter().map(|kind| kind.word()).collect();
    let kind = SubjectKind::from_word(&row.kind)
        .ok_or_else(|| format!("“{}” is no kind; write one of {}", row.kind, words.join(", ")))?;
    let quotes = row.quotes.into_iter().map(quote).collect();
    Ok(Subject { kind, id: row.id, title: row.title, quotes })
}

fn quote(row: QuoteRow) -> Quote {
    Quote { url: row.url, words: row.words }
}
