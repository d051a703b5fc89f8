//! From what a person types to what is on record: ids, their beginnings, addresses of the site.

use super::incident::Incident;
use super::judgement::{Quote, Subject};
use super::kb::KnowledgeBase;
use super::reading::Reading;
use super::subject::SubjectKind;
use super::text::Evidence;

/// Fewest letters of a computed id that are looked up.
pub const PREFIX_CHARS_MIN: usize = 8;

/// What an id may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Nothing on record.
    Nothing,
    /// One thing.
    One(Subject),
    /// Several things that begin so.
    Several(Vec<Subject>),
}

impl KnowledgeBase {
    /// Looks up an id, the beginning of a computed one, or the end of an address (`#q-3fa9c1d2`,
    /// `incidents/x/`); addresses that are others now lead on.
    pub fn look_up(&self, typed: &str) -> Lookup {
        let typed = typed.trim().trim_end_matches('/');
        let end = typed.rsplit(['/', '#']).next().unwrap_or(typed);
        let heir = |kind| {
            let heir = self.judged.heirs.get(&(kind, end.to_string()));
            heir.map_or(end, String::as_str)
        };
        let address = heir(SubjectKind::Incident);
        if let Some(incident) = self.incidents.iter().find(|i| i.id.address() == address) {
            return Lookup::One(self.incident_subject(incident));
        }
        let name = heir(SubjectKind::Dispute);
        if let Some(dispute) = self.disputes.iter().find(|d| d.id.as_str() == name) {
            return Lookup::One(Subject {
                kind: SubjectKind::Dispute,
                id: dispute.id.to_string(),
                title: dispute.title.clone(),
                quotes: Vec::new(),
            });
        }
        let hex = ["c-", "q-", "e-", "x-"].iter().find_map(|mark| end.strip_prefix(mark));
        let hex = hex.unwrap_or(end);
        if hex.len() < PREFIX_CHARS_MIN || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Lookup::Nothing;
        }
        let mut found = self.beginning_with(&hex.to_ascii_lowercase());
        match found.len() {
            0 => Lookup::Nothing,
            1 => found.pop().map_or(Lookup::Nothing, Lookup::One),
            _ => Lookup::Several(found),
        }
    }

    fn beginning_with(&self, hex: &str) -> Vec<Subject> {
        let mut found = Vec::new();
        let begins = |id: &str| id.starts_with(hex);
        for (capture, reading) in &self.readings {
            if begins(&capture.to_string()) {
                found.push(article_subject(reading));
            }
            for claim in reading.claims.iter().filter(|claim| begins(&claim.id.to_string())) {
                let evidence = Evidence { capture: *capture, span: claim.content };
                let title = reading.words(claim.content).to_string();
                let id = claim.id.to_string();
                found.push(self.subject(SubjectKind::Claim, id, title, &[evidence]));
            }
        }
        for (ended, reading, claim) in self.lives.ended.iter().filter_map(|e| self.lives.told(*e)) {
            if begins(&ended.claim.to_string()) {
                let words = reading.words(claim.content).to_string();
                let quotes = vec![Quote { url: reading.article.url.clone(), words: words.clone() }];
                let (kind, id) = (SubjectKind::Claim, ended.claim.to_string());
                found.push(Subject { kind, id, title: words, quotes });
            }
        }
        for incident in &self.incidents {
            for (id, entry) in self.entry_ids(incident).into_iter().zip(&incident.timeline) {
                if begins(&id.to_string()) {
                    let (id, title) = (id.to_string(), entry.summary.clone());
                    found.push(self.subject(SubjectKind::Entry, id, title, &entry.evidence));
                }
            }
            for question in incident.questions.iter().filter(|q| begins(&q.id.to_string())) {
                let (id, title) = (question.id.to_string(), question.text.clone());
                found.push(self.subject(SubjectKind::Question, id, title, &question.raised));
            }
            for pair in &incident.contradictions {
                let id = self.contradiction_id(pair).to_string();
                if begins(&id) {
                    let (title, sides) = (pair.topic.clone(), [pair.a, pair.b]);
                    found.push(self.subject(SubjectKind::Contradiction, id, title, &sides));
                }
            }
        }
        found
    }

    /// An incident with all its articles, by which it is found again.
    pub fn incident_subject(&self, incident: &Incident) -> Subject {
        let articles = incident.articles.iter().filter_map(|id| self.readings.get(id));
        let quotes = articles.flat_map(|reading| article_subject(reading).quotes).collect();
        let (id, title) = (incident.id.address(), incident.title.clone());
        Subject { kind: SubjectKind::Incident, id, title, quotes }
    }

    /// Something with the words it rests on.
    pub fn subject(
        &self,
        kind: SubjectKind,
        id: String,
        title: String,
        evidence: &[Evidence],
    ) -> Subject {
        let quote = |place: &Evidence| {
            let reading = self.readings.get(&place.capture)?;
            let url = reading.article.url.clone();
            Some(Quote { url, words: reading.words(place.span).to_string() })
        };
        Subject { kind, id, title, quotes: evidence.iter().filter_map(quote).collect() }
    }
}

/// An article, by address and headline.
pub fn article_subject(reading: &Reading) -> Subject {
    let article = &reading.article;
    let title = article.title().unwrap_or(&article.url).to_string();
    Subject {
        kind: SubjectKind::Article,
        id: article.capture.to_string(),
        quotes: vec![Quote { url: article.url.clone(), words: title.clone() }],
        title,
    }
}
