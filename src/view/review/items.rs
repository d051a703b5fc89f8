//! The items of the queue, by what they are about, with the weights that rank them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Matter, Shown};
use crate::model::entity::{EntityKind, Who};
use crate::model::history::Hand;
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::party::PartyRole;
use crate::model::question::Question;
use crate::model::source::Language;
use crate::model::subject::SubjectKind;
use crate::model::text::Evidence;
use crate::view::agenda::{first_asked, is_overdue};
use crate::view::annotation::outlet_name;
use crate::view::{calendar, proposals, words};

/// A decision that counts no longer comes before everything the program proposes.
const ORPHAN: u32 = 1000;
/// Two accounts that cannot both hold.
const CONTRADICTION: u32 = 600;
/// A question the program would close: a false close is worse than a late one.
const CLOSING: u32 = 550;
/// Words that came after an editor's decision.
const AFTERWARDS: u32 = 520;
/// A question whose day has passed.
const OVERDUE: u32 = 400;
/// A question whose day comes within [`SOON_DAYS`].
const SOON: u32 = 350;
/// An incident nobody has reviewed.
const PROPOSED: u32 = 300;
/// A party nobody has entered.
const NAME: u32 = 200;
/// For each independent report behind an item, up to [`ROOTS_MAX`].
const EACH_ROOT: u32 = 15;
const ROOTS_MAX: usize = 6;
/// For an incident that is going on.
const LIVE: u32 = 20;
/// Days within which a due day is near.
const SOON_DAYS: i64 = 14;

/// An item about an incident or a part of it.
fn item(incident: &Incident, matter: Matter, base: u32, id: String, title: String) -> Item {
    let going_on = incident.status.is_live();
    let roots = incident.roots().min(ROOTS_MAX) as u32;
    Item {
        weight: base + EACH_ROOT * roots + if going_on { LIVE } else { 0 },
        matter,
        id,
        title,
        note: String::new(),
        incident: Some(incident.id.address()),
        incident_title: Some(incident.title.clone()),
        path: Some(incident.id.path()),
        name: None,
        evidence: Vec::new(),
    }
}

pub(super) fn orphans(kb: &KnowledgeBase) -> Vec<Item> {
    let made = kb.judged.orphans.iter().filter_map(|orphan| {
        let judgement = kb.judged.ledger.get(&orphan.judgement)?;
        let near = match &orphan.nearest {
            Some((id, line)) => format!("; likest on record is “{line}” ({id})"),
            None => "; nothing on record is like it".into(),
        };
        let quotes = orphan.subject.quotes.iter().map(|quote| Shown {
            label: "was found by",
            outlet: String::new(),
            published: String::new(),
            url: quote.url.clone(),
            words: quote.words.clone(),
            sentence: String::new(),
        });
        Some(Item {
            weight: ORPHAN,
            matter: Matter::Orphan,
            id: judgement.id.to_string(),
            title: orphan.subject.title.clone(),
            note: format!(
                "{} on {}: {} ({}){near}",
                judgement.by,
                judgement.on.day,
                judgement.verdict.word(),
                judgement.why
            ),
            incident: None,
            incident_title: None,
            path: None,
            name: None,
            evidence: quotes.collect(),
        })
    });
    made.collect()
}

pub(super) fn proposed(
    kb: &KnowledgeBase,
    incident: &Incident,
    taken: &BTreeSet<String>,
) -> Option<Item> {
    if !incident.is_proposed() {
        return None;
    }
    let id = incident.id.address();
    let mut made = item(incident, Matter::Proposed, PROPOSED, id, incident.title.clone());
    let parties: Vec<String> = incident
        .parties
        .iter()
        .filter(|party| party.role < PartyRole::Observer)
        .map(|party| format!("{} ({})", party.who.name, party.role.word()))
        .collect();
    let articles = words::counted(incident.articles.len(), "article", "articles");
    let roots = words::counted(incident.roots(), "independent report", "independent reports");
    made.note = format!(
        "{}; since {}; {articles}, {roots}; {}",
        incident.types.join(", "),
        calendar::date(&Language::En, incident.opened),
        parties.join(", ")
    );
    made.name = Some(proposals::name(incident, taken));
    made.evidence = incident
        .articles
        .iter()
        .filter_map(|id| {
            let reading = kb.readings.get(id)?;
            let lead = reading.sentences.iter().find(|s| s.start() >= reading.title_end());
            let article = &reading.article;
            Some(Shown {
                label: "article",
                outlet: outlet_name(article).to_string(),
                published: article.day().to_string(),
                url: article.url.clone(),
                words: article.title().unwrap_or("(no headline)").to_string(),
                sentence: lead.map(|s| reading.words(*s).to_string()).unwrap_or_default(),
            })
        })
        .collect();
    Some(made)
}

pub(super) fn contradictions<'a>(
    kb: &'a KnowledgeBase,
    incident: &'a Incident,
) -> impl Iterator<Item = Item> + 'a {
    incident.contradictions.iter().filter_map(move |pair| {
        let id = kb.contradiction_id(pair).to_string();
        if !kb.judged.about(SubjectKind::Contradiction, &id).is_empty() {
            return None;
        }
        let title = pair.topic.clone();
        let mut made = item(incident, Matter::Contradiction, CONTRADICTION, id, title);
        made.note = format!("found by {}", pair.rule);
        made.evidence = [("one account", pair.a), ("the other", pair.b)]
            .into_iter()
            .filter_map(|(l, e)| shown(kb, l, e))
            .collect();
        Some(made)
    })
}

pub(super) fn question(
    kb: &KnowledgeBase,
    incident: &Incident,
    question: &Question,
) -> Option<Item> {
    let id = question.id.to_string();
    let last = question.state.steps().last();
    let by_editor = last.is_some_and(|step| step.by == Hand::Editor);
    let judged = !kb.judged.about(SubjectKind::Question, &id).is_empty();
    let due = question.due.and_then(|due| due.last());
    let near =
        due.map(|due| (due - kb.today).num_days()).filter(|days| (0..=SOON_DAYS).contains(days));
    let later = last.filter(|_| by_editor).map(|step| {
        let came = question.answers.iter().filter(|answer| {
            let reading = kb.readings.get(&answer.evidence.capture);
            !step.because.contains(&answer.evidence)
                && reading.is_some_and(|reading| reading.article.day() > step.on)
        });
        came.count()
    });
    let state = words::question_state(question.state.now()).to_lowercase();
    let (matter, base, note) = match last {
        Some(_) if later.is_some_and(|count| count > 0) => (
            Matter::Afterwards,
            AFTERWARDS,
            format!("an editor set it to “{state}” before these words came"),
        ),
        _ if judged || by_editor => return None,
        Some(step) if !step.to.is_live() => (
            Matter::Closing,
            CLOSING,
            format!("the program would set it to “{state}” on {}", step.on),
        ),
        _ if is_overdue(question, kb.today) => {
            let day = due.map(|due| due.to_string()).unwrap_or_default();
            (Matter::Overdue, OVERDUE, format!("due {day}"))
        }
        _ => {
            let days = near?;
            (Matter::Soon, SOON, format!("due in {}", words::counted(days as usize, "day", "days")))
        }
    };
    let mut made = item(incident, matter, base, id, question.text.clone());
    let asked = first_asked(kb, incident, question);
    let asked = asked.map(|day| format!("asked {day}; ")).unwrap_or_default();
    made.note = format!("{asked}{note}");
    made.path = Some(format!("{}#q-{}", incident.id.path(), question.id.short()));
    let raised = question.raised.iter().filter_map(|place| shown(kb, "asked", *place));
    let answers = question.answers.iter();
    let answers = answers.filter_map(|answer| shown(kb, "bears on it", answer.evidence));
    made.evidence = raised.chain(answers).collect();
    Some(made)
}

/// Parties of incidents that no row of the registry knows, with the passages that name them.
pub(super) fn names(kb: &KnowledgeBase) -> Vec<Item> {
    let mut unknown: BTreeMap<String, (Who, &Incident, usize)> = BTreeMap::new();
    for incident in &kb.incidents {
        for party in incident.parties.iter().filter(|party| {
            party.who.id.is_none()
                && party.role < PartyRole::Observer
                && matches!(
                    party.who.kind,
                    EntityKind::Organization | EntityKind::Government | EntityKind::Product
                )
        }) {
            let key = party.who.key();
            unknown.entry(key).or_insert((party.who.clone(), incident, 0)).2 += 1;
        }
    }
    let mut items = Vec::new();
    for (who, incident, incidents) in unknown.into_values() {
        let mut made = item(incident, Matter::Name, NAME, who.name.clone(), who.name.clone());
        made.weight += EACH_ROOT * (incidents.saturating_sub(1).min(ROOTS_MAX) as u32);
        made.note = format!(
            "{}, a party of {}",
            who.kind.word(),
            words::counted(incidents, "incident", "incidents")
        );
        made.evidence = incident
            .articles
            .iter()
            .filter_map(|id| {
                let reading = kb.readings.get(id)?;
                let named =
                    |m: &&crate::model::entity::Mention| reading.name_text(m.name) == who.name;
                let mention = reading.mentions.iter().find(named)?;
                let span = reading.sentence_of(mention.span);
                shown(kb, "named", Evidence { capture: *id, span })
            })
            .collect();
        items.push(made);
    }
    items
}

fn shown(kb: &KnowledgeBase, label: &'static str, place: Evidence) -> Option<Shown> {
    let reading = kb.readings.get(&place.capture)?;
    let words = reading.words(place.span);
    let sentence = reading.words(reading.sentence_of(place.span));
    Some(Shown {
        label,
        outlet: outlet_name(&reading.article).to_string(),
        published: reading.article.day().to_string(),
        url: reading.article.url.clone(),
        words: words.to_string(),
        sentence: if sentence == words { String::new() } else { sentence.to_string() },
    })
}
