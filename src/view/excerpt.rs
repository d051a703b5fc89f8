//! What the page of one incident may know of the record: the incident, its articles, decisions on it,
//! who in it has a page, and outlines of the incidents beside it.
//!
//! In: the record. Out: for an incident a small record of the same form, and a digest of it. What
//! holds: the page is rendered from the excerpt alone, so that where the digest is the same, the page
//! is. Not here: what all pages share, which is digested once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::directory::Directory;
use super::index::{Index, known_day};
use super::seals::{Seal, Sealed, Seals};
use crate::model::incident::{Derivation, Incident};
use crate::model::judgement::{Judged, JudgementId, Ledger, Verdict};
use crate::model::kb::KnowledgeBase;
use crate::model::life::{Ended, Lives};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::text::Evidence;

type Readings = BTreeMap<CaptureId, Arc<Reading>>;

/// A part of the record.
#[derive(Debug)]
pub struct Excerpt {
    /// The part, as a record.
    pub kb: KnowledgeBase,
    /// Who in it has a page.
    pub directory: Directory,
    /// Digests of its articles and incidents, and of the incidents before and after.
    sealed: Vec<Seal>,
    beside: Vec<Seal>,
}

/// What excerpts of a record are cut with.
#[derive(Debug)]
pub struct Excerpts<'a> {
    kb: &'a KnowledgeBase,
    index: &'a Index<'a>,
    directory: &'a Directory,
    seals: &'a Seals,
}

impl<'a> Excerpts<'a> {
    /// Prepares to cut a record.
    pub fn new(
        kb: &'a KnowledgeBase,
        index: &'a Index<'a>,
        directory: &'a Directory,
        seals: &'a Seals,
    ) -> Self {
        Self { kb, index, directory, seals }
    }

    /// The excerpt for an incident's page.
    pub fn of(&self, incident: &Incident) -> Excerpt {
        let here = self.index.place_of(&incident.id).unwrap_or_default();
        let dispute = incident.dispute.as_ref().and_then(|id| self.index.disputes.get(id.as_str()));
        let members = dispute.into_iter().flat_map(|dispute| &dispute.incidents);
        let mut places: BTreeSet<usize> =
            members.filter_map(|id| self.index.place_of(id)).collect();
        places.insert(here);
        let tied = incident.relations.iter().map(|relation| &relation.other);
        places.extend(tied.filter_map(|id| self.index.place_of(id)));
        let mut incidents: BTreeMap<usize, Arc<Incident>> = BTreeMap::new();
        let (mut sealed, mut beside) = (Vec::new(), Vec::new());
        for place in places {
            let Some((incident, known)) = self.sealed(place) else { continue };
            let (part, seal) = match place == here {
                true => (incident.clone(), known.whole),
                false => (known.outline, known.outlined),
            };
            incidents.insert(place, part);
            sealed.push(seal);
        }
        for place in [Some(here + 1), here.checked_sub(1)].into_iter().flatten() {
            let Some((_, known)) = self.sealed(place) else { continue };
            incidents.entry(place).or_insert(known.outline);
            beside.push(known.outlined);
        }
        let captures: BTreeSet<CaptureId> = captures(incident).collect();
        let readings: Readings = captures
            .iter()
            .filter_map(|id| Some((*id, self.kb.readings.get(id)?.clone())))
            .collect();
        sealed.extend(readings.values().map(|reading| self.seals.reading(reading)));
        let kb = KnowledgeBase {
            today: turned(self.kb, incident, &captures),
            entities: self.kb.entities.clone(),
            lives: self.lives(incident, &readings),
            readings,
            incidents: incidents.into_values().collect(),
            disputes: dispute.into_iter().map(|dispute| (*dispute).clone()).collect(),
            judged: judged(&self.kb.judged, &incident.id.address()),
        };
        let directory = self.directory.naming(&kb);
        Excerpt { kb, directory, sealed, beside }
    }

    /// An incident, and what is remembered of it.
    fn sealed(&self, place: usize) -> Option<(&Arc<Incident>, Sealed)> {
        let incident = self.kb.incidents.get(place)?;
        Some((incident, self.seals.incident(incident, outlined)))
    }

    fn lives(&self, incident: &Incident, readings: &Readings) -> Lives {
        let lives = &self.kb.lives;
        let ended: BTreeSet<CaptureId> =
            incident.sources().filter(|id| self.index.ended.contains_key(id)).collect();
        // In the order of the whole.
        let ended: Vec<Ended> = match ended.is_empty() {
            true => Vec::new(),
            false => lives.ended.iter().copied().filter(|e| ended.contains(&e.now)).collect(),
        };
        let earlier = ended
            .iter()
            .filter_map(|ended| Some((ended.capture, lives.earlier.get(&ended.capture)?.clone())));
        let claims = readings.values().flat_map(|reading| &reading.claims);
        let since = claims.filter_map(|claim| Some((claim.id, *lives.since.get(&claim.id)?)));
        Lives { earlier: earlier.collect(), since: since.collect(), ended }
    }
}

impl Excerpt {
    /// A digest of everything the page is rendered from beside what all pages share, where that of the
    /// incident itself is known.
    pub fn digest(&self, own: &str) -> Option<String> {
        digest(&(own, known(&self.beside)?))
    }

    /// A digest of all that, save which incidents come before and after it.
    pub fn own_digest(&self) -> Option<String> {
        // Entities are rows of data, which all pages share.
        let KnowledgeBase { today, entities: _, lives, disputes, judged, .. } = &self.kb;
        let judged = match judged.ledger.entries() {
            [] => String::new(),
            _ => format!("{judged:?}"),
        };
        digest(&(today, known(&self.sealed)?, lives, disputes, judged, &self.directory))
    }
}

/// Digests, if all of them are known.
fn known(seals: &[Seal]) -> Option<Vec<&String>> {
    seals.iter().map(Option::as_ref).collect()
}

/// A digest of a value by its serialised form, in hexadecimal digits; nothing where it has none.
pub fn digest(value: &impl Serialize) -> Option<String> {
    struct Hashing(Sha256);
    impl io::Write for Hashing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let Hashing(hasher) = postcard::to_io(value, Hashing(Sha256::new())).ok()?;
    Some(hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// The last day up to today that something of an incident turns on: pages compare days with this one
/// only, so today's page is that of this day, and stays as it is until the next.
fn turned(kb: &KnowledgeBase, incident: &Incident, captures: &BTreeSet<CaptureId>) -> NaiveDate {
    let entries = incident.timeline.iter().flat_map(|e| [e.date.sort_day(), e.known_at]);
    let steps = incident.questions.iter().flat_map(|q| q.state.steps()).map(|step| step.on);
    let due = incident.questions.iter().filter_map(|q| q.due?.last());
    // A question is overdue from the day after.
    let overdue = due.filter_map(|day| day.succ_opt());
    let entered = incident.editor.iter().map(|editor| editor.entered);
    let ended = kb.lives.ended_in(&incident.articles).filter_map(|(ended, ..)| ended.life.ended);
    let ended = ended.map(|at| at.date_naive());
    let known = captures.iter().filter_map(|id| kb.reading(*id)).map(known_day);
    let days = entries.chain(steps).chain(overdue).chain(entered).chain(ended).chain(known);
    days.filter(|day| *day <= kb.today).max().unwrap_or(kb.today)
}

/// Every article whose words an incident may show.
fn captures(incident: &Incident) -> impl Iterator<Item = CaptureId> + '_ {
    let capture = |evidence: &Evidence| evidence.capture;
    let timeline = incident.timeline.iter().flat_map(move |entry| {
        let differing = entry.differing.iter().map(|(_, evidence)| evidence);
        entry.evidence.iter().chain(&entry.words).chain(differing).map(capture)
    });
    let questions = incident.questions.iter().flat_map(move |question| {
        let answers = question.answers.iter().map(|answer| &answer.evidence);
        let steps = question.state.steps().iter().flat_map(|step| &step.because);
        question.raised.iter().chain(answers).chain(steps).map(capture)
    });
    let pairs = incident.contradictions.iter().flat_map(|pair| {
        let because = pair.standing.because.map(|words| words.capture);
        [pair.a.capture, pair.b.capture].into_iter().chain(because)
    });
    let lineage = incident
        .lineage
        .iter()
        .flat_map(|from| [from.capture].into_iter().chain(from.copies).chain(from.translates));
    let tied = incident.relations.iter().map(|relation| relation.words.capture);
    let told = incident.positions.iter().flat_map(|position| &position.tellings);
    let claims = incident.claims.iter().chain(told).map(|(capture, _)| *capture);
    let searched = incident
        .missing
        .iter()
        .flat_map(|missing| missing.searched.iter().copied().chain([missing.words.capture]));
    let articles = incident.articles.iter().copied();
    let passages = incident.passages.iter().map(capture);
    let articles = articles.chain(passages);
    articles
        .chain(claims)
        .chain(timeline)
        .chain(questions)
        .chain(pairs)
        .chain(lineage)
        .chain(tied)
        .chain(searched)
}

fn outlined(incident: &Incident) -> Incident {
    let roots = |from: &Derivation| Derivation {
        capture: from.capture,
        copies: None,
        translates: None,
        named: Vec::new(),
        carriers: Vec::new(),
        roots: from.roots.clone(),
    };
    Incident {
        id: incident.id.clone(),
        title: incident.title.clone(),
        title_zh: incident.title_zh.clone(),
        types: incident.types.clone(),
        status: incident.status,
        opened: incident.opened,
        dispute: incident.dispute.clone(),
        parties: incident.parties.clone(),
        articles: incident.articles.clone(),
        passages: incident.passages.clone(),
        elsewhere: Vec::new(),
        timeline: Vec::new(),
        claims: Vec::new(),
        positions: Vec::new(),
        questions: Vec::new(),
        contradictions: Vec::new(),
        lineage: incident.lineage.iter().map(roots).collect(),
        missing: Vec::new(),
        allusions: Vec::new(),
        relations: Vec::new(),
        editor: None,
        by: incident.by,
    }
}

/// What was decided on an incident, with what undid it and what it undid.
fn judged(judged: &Judged, address: &str) -> Judged {
    let Some(history) = judged.history.get(address) else { return Judged::default() };
    let mut wanted: BTreeSet<&JudgementId> = history.iter().collect();
    loop {
        let known = wanted.len();
        for entry in judged.ledger.entries() {
            if let Verdict::Undo { judgement } = &entry.verdict
                && (wanted.contains(judgement) || wanted.contains(&entry.id))
            {
                wanted.extend([judgement, &entry.id]);
            }
        }
        if wanted.len() == known {
            break;
        }
    }
    let entries = judged.ledger.entries().iter().filter(|entry| wanted.contains(&entry.id));
    Judged {
        ledger: Ledger::of(entries.cloned().collect()),
        history: [(address.to_string(), history.clone())].into(),
        ..Judged::default()
    }
}
