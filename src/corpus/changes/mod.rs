//! What changed in the record between two states of it.
//!
//! In: two records, the earlier one first; an empty one before the first day. Out: changes, oldest
//! first. What holds: what is new stands apart from what is updated; a thing that got another id, since
//! an older article came in or an editor named it, is the same thing, not a new one; every change has
//! the day it could be known, as the record itself tells it. Not here: words for readers (`view/`).

mod gone;
mod incidents;
mod parts;
mod questions;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::change::{Change, Difference, News};
use crate::model::claim::ClaimId;
use crate::model::history::Hand;
use crate::model::incident::{Contradiction, Entry, Incident, IncidentRef};
use crate::model::kb::KnowledgeBase;
use crate::model::question::{Question, QuestionId};
use crate::model::source::ArticleId;
use crate::model::subject::{ContradictionId, EntryId, SubjectKind};
use crate::model::text::Evidence;

/// Tells what is new, different or gone in `to`, compared with `from`; oldest first.
///
/// Compared with [`KnowledgeBase::empty`] everything is new: the chronicle of a record.
pub fn changes(from: &KnowledgeBase, to: &KnowledgeBase) -> Vec<Change> {
    let (earlier, later) = (State::of(from), State::of(to));
    let pairs = earlier.pairs(to);
    let mut found = Vec::new();
    for incident in &to.incidents {
        let before = pairs.get(&incident.id).and_then(|at| from.incidents.get(*at));
        let before = before.map(AsRef::as_ref);
        let scope = Scope { from, to, earlier: &earlier, before, incident };
        incidents::changes(&scope, &mut found);
        parts::articles(&scope, &mut found);
        parts::claims(&scope, &mut found);
        parts::ended(&scope, &mut found);
        parts::entries(&scope, &mut found);
        questions::changes(&scope, &mut found);
        parts::contradictions(&scope, &mut found);
    }
    incidents::disputes(from, to, &mut found);
    let kept: BTreeSet<usize> = pairs.values().copied().collect();
    for (at, incident) in from.incidents.iter().enumerate() {
        if !kept.contains(&at) {
            incidents::gone(&earlier, incident, &later, &mut found);
        }
        gone::parts(&earlier, incident, &later, &mut found);
    }
    found.sort_by(|a, b| key(a).cmp(&key(b)));
    found.dedup();
    found
}

fn key(change: &Change) -> (NaiveDate, News, &str, SubjectKind, &str) {
    (change.known, change.news, &change.address, change.kind, &change.id)
}

/// What one state of the record holds, by what stays the same between states.
struct State<'a> {
    kb: &'a KnowledgeBase,
    claims: BTreeSet<ClaimId>,
    contradictions: BTreeMap<ContradictionId, &'a Contradiction>,
    /// Of each article its incident, by index.
    homes: BTreeMap<ArticleId, usize>,
    by_ref: BTreeMap<&'a IncidentRef, usize>,
    entries: BTreeMap<EntryId, (&'a Incident, &'a Entry)>,
    told: BTreeMap<(ArticleId, &'a str), (&'a Incident, &'a Entry)>,
    questions: BTreeMap<QuestionId, (&'a Incident, &'a Question)>,
    asked: BTreeMap<(ArticleId, &'a str), (&'a Incident, &'a Question)>,
}

impl<'a> State<'a> {
    fn of(kb: &'a KnowledgeBase) -> Self {
        let mut state = Self {
            kb,
            claims: BTreeSet::new(),
            contradictions: BTreeMap::new(),
            homes: BTreeMap::new(),
            by_ref: BTreeMap::new(),
            entries: BTreeMap::new(),
            told: BTreeMap::new(),
            questions: BTreeMap::new(),
            asked: BTreeMap::new(),
        };
        let homes = kb.homes().into_iter();
        let homes = homes.filter_map(|(id, at)| Some((kb.readings.get(&id)?.article.id, at)));
        state.homes.extend(homes);
        for (at, incident) in kb.incidents.iter().enumerate() {
            state.by_ref.insert(&incident.id, at);
            state.claims.extend(incident.claims.iter().map(|(_, id)| *id));
            let pairs = incident.contradictions.iter();
            state.contradictions.extend(pairs.map(|pair| (kb.contradiction_id(pair), pair)));
            for (id, entry) in kb.entry_ids(incident).into_iter().zip(&incident.timeline) {
                state.entries.insert(id, (incident, entry));
                for words in entry.evidence.iter().filter_map(|e| place(kb, *e)) {
                    state.told.entry(words).or_insert((incident, entry));
                }
            }
            for question in &incident.questions {
                state.questions.insert(question.id, (incident, question));
                for words in question.raised.iter().filter_map(|e| place(kb, *e)) {
                    state.asked.entry(words).or_insert((incident, question));
                }
            }
        }
        state
    }

    /// The line of a timeline that was this one: by its id, else by any of the words that tell it.
    fn entry(
        &self,
        kb: &KnowledgeBase,
        id: EntryId,
        entry: &Entry,
    ) -> Option<(&'a Incident, &'a Entry)> {
        let told = || {
            let words = entry.evidence.iter().filter_map(|e| place(kb, *e));
            words.filter_map(|words| self.told.get(&words)).next()
        };
        self.entries.get(&id).or_else(told).copied()
    }

    /// The question that was this one: by its id, else by any of the words it was asked in.
    fn question(
        &self,
        kb: &KnowledgeBase,
        question: &Question,
    ) -> Option<(&'a Incident, &'a Question)> {
        let asked = || {
            let words = question.raised.iter().filter_map(|e| place(kb, *e));
            words.filter_map(|words| self.asked.get(&words)).next()
        };
        self.questions.get(&question.id).or_else(asked).copied()
    }

    /// The incident an article belongs to.
    fn home(&self, article: ArticleId) -> Option<&'a Incident> {
        self.kb.incidents.get(*self.homes.get(&article)?).map(AsRef::as_ref)
    }

    /// For the incidents of a later state, which of the earlier ones each continues: by its id, else
    /// by most of their articles.
    fn pairs(&self, to: &KnowledgeBase) -> BTreeMap<IncidentRef, usize> {
        let mut pairs: BTreeMap<IncidentRef, usize> = BTreeMap::new();
        for incident in &to.incidents {
            if let Some(at) = self.by_ref.get(&incident.id) {
                pairs.insert(incident.id.clone(), *at);
            }
        }
        let mut taken: BTreeSet<usize> = pairs.values().copied().collect();
        for incident in to.incidents.iter().filter(|i| !self.by_ref.contains_key(&i.id)) {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for at in article_ids(to, incident).filter_map(|id| self.homes.get(&id)) {
                *shared.entry(*at).or_default() += 1;
            }
            let free = shared.into_iter().filter(|(at, _)| !taken.contains(at));
            if let Some((at, _)) = free.max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at))) {
                taken.insert(at);
                pairs.insert(incident.id.clone(), at);
            }
        }
        pairs
    }
}

/// The addresses of the articles that tell of an incident, as ids.
fn article_ids<'a>(
    kb: &'a KnowledgeBase,
    incident: &'a Incident,
) -> impl Iterator<Item = ArticleId> + 'a {
    incident.sources().filter_map(|id| kb.readings.get(&id)).map(|r| r.article.id)
}

/// One incident of the later state and what it was before.
struct Scope<'a> {
    from: &'a KnowledgeBase,
    to: &'a KnowledgeBase,
    earlier: &'a State<'a>,
    before: Option<&'a Incident>,
    incident: &'a Incident,
}

impl Scope<'_> {
    /// A change inside the incident; the rest is filled in by who makes it.
    fn change(&self, kind: SubjectKind, news: News, known: NaiveDate, id: String) -> Change {
        let incident = &self.incident.id;
        let short: String = id.chars().take(8).collect();
        let address = match kind.anchor() {
            "" => incident.path(),
            anchor => format!("{}#{anchor}{short}", incident.path()),
        };
        bare(kind, news, known, id, Some(incident.clone()), address)
    }

    /// The latest day on which an article of the incident came that was not there before, else the
    /// day of the record.
    fn last_arrival(&self) -> NaiveDate {
        let old: BTreeSet<ArticleId> =
            self.before.map(|i| article_ids(self.from, i).collect()).unwrap_or_default();
        let articles = self.incident.sources().filter_map(|id| self.to.readings.get(&id));
        let came = articles.filter(|r| !old.contains(&r.article.id)).map(|r| r.article.day());
        came.max().unwrap_or(self.to.today)
    }
}

/// A change that still lacks its words.
fn bare(
    kind: SubjectKind,
    news: News,
    known: NaiveDate,
    id: String,
    incident: Option<IncidentRef>,
    address: String,
) -> Change {
    Change {
        known,
        news,
        kind,
        id,
        incident,
        title: String::new(),
        differences: Vec::new(),
        evidence: None,
        by: Hand::Machine,
        address,
    }
}

/// That something stands in another incident now.
fn moved(from: &Incident, scope: &Scope<'_>) -> Option<Difference> {
    let stayed = scope.before.is_some_and(|before| before.id == from.id);
    let to = scope.incident.id.address();
    if stayed { None } else { differs("incident", from.id.address(), to) }
}

/// A difference, where there is one.
fn differs(what: &'static str, from: String, to: String) -> Option<Difference> {
    (from != to).then_some(Difference { what, from, to })
}

/// The day the words of evidence were published.
fn day_of(kb: &KnowledgeBase, evidence: Evidence) -> Option<NaiveDate> {
    kb.readings.get(&evidence.capture).map(|reading| reading.article.day())
}

/// Words and the address they stand at: what stays the same when a page is captured again.
fn place(kb: &KnowledgeBase, evidence: Evidence) -> Option<(ArticleId, &str)> {
    let reading = kb.readings.get(&evidence.capture)?;
    Some((reading.article.id, reading.words(evidence.span)))
}
