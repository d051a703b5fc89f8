//! What changed between two days, as lines and as JSON.

use std::fmt::Write;

use serde::Serialize;

use super::annotation::{outlet_name, speaker};
use super::words;
use crate::model::change::{Change, News};
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;

/// Changes between two days, new apart from updated.
#[derive(Debug, Serialize)]
pub struct Diff {
    from: String,
    to: String,
    new: Vec<ChangeOut>,
    updated: Vec<ChangeOut>,
    gone: Vec<ChangeOut>,
}

#[derive(Debug, Serialize)]
struct ChangeOut {
    known: String,
    kind: &'static str,
    id: String,
    incident: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<DifferenceOut>,
    by: &'static str,
    address: String,
}

#[derive(Debug, Serialize)]
struct SourceOut {
    url: String,
    outlet: String,
    evidence: String,
}

#[derive(Debug, Serialize)]
struct DifferenceOut {
    what: &'static str,
    from: String,
    to: String,
}

/// Makes the published form of what changed between two records.
pub fn diff(from: &KnowledgeBase, to: &KnowledgeBase, changes: &[Change]) -> Diff {
    let of = |news: News| {
        let kb = if news == News::Gone { from } else { to };
        let list = changes.iter().filter(|change| change.news == news);
        list.map(|change| change_out(kb, change)).collect()
    };
    Diff {
        from: from.today.to_string(),
        to: to.today.to_string(),
        new: of(News::New),
        updated: of(News::Updated),
        gone: of(News::Gone),
    }
}

/// The words of a change: of a claim with its speaker, as no claim is printed without one. `kb` is the
/// record that holds what changed: of what is gone, the earlier one.
pub fn title(kb: &KnowledgeBase, change: &Change) -> String {
    let claim = change.evidence.filter(|_| change.kind == SubjectKind::Claim).and_then(|place| {
        let reading = kb.readings.get(&place.capture)?;
        let claim = reading.claims.iter().find(|claim| claim.id.to_string() == change.id)?;
        let (name, _) = speaker(reading, claim.speaker);
        Some(format!("{name} {}: {}", words::attitude(claim), change.title))
    });
    claim.unwrap_or_else(|| change.title.clone())
}

fn change_out(kb: &KnowledgeBase, change: &Change) -> ChangeOut {
    let source = change.evidence.and_then(|place| {
        let reading = kb.readings.get(&place.capture)?;
        Some(SourceOut {
            url: reading.article.url.clone(),
            outlet: outlet_name(&reading.article).to_string(),
            evidence: reading.words(place.span).to_string(),
        })
    });
    ChangeOut {
        known: change.known.to_string(),
        kind: change.kind.word(),
        id: change.id.clone(),
        incident: change.incident.as_ref().map(|id| id.address()),
        title: title(kb, change),
        source,
        differences: change
            .differences
            .iter()
            .map(|d| DifferenceOut { what: d.what, from: d.from.clone(), to: d.to.clone() })
            .collect(),
        by: super::export::hand(change.by),
        address: change.address.clone(),
    }
}

impl Diff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.updated.is_empty() && self.gone.is_empty()
    }

    /// Lines for people: what is new, then what is updated, then what is gone, each by day.
    pub fn text(&self) -> String {
        let mut text = format!(
            "from {} to {}: {} new, {} updated, {} gone\n",
            self.from,
            self.to,
            self.new.len(),
            self.updated.len(),
            self.gone.len()
        );
        for (heading, list) in
            [("New", &self.new), ("Updated", &self.updated), ("Gone", &self.gone)]
        {
            if !list.is_empty() {
                let _ = writeln!(text, "\n{heading}");
            }
            for change in list {
                let title = change.title.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "{}  {:<13} {title}", change.known, change.kind);
                for d in &change.differences {
                    let _ = match (d.from.as_str(), d.to.as_str()) {
                        ("", to) => writeln!(text, "{:26}{}: {to}", "", d.what),
                        (from, "") => writeln!(text, "{:26}{}: {from} → nothing", "", d.what),
                        (from, to) => writeln!(text, "{:26}{}: {from} → {to}", "", d.what),
                    };
                }
                let _ = writeln!(text, "{:26}{}", "", change.address);
            }
        }
        text
    }
}
