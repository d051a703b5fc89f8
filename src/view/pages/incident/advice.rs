//! Advice to readers in the articles of an incident, as the outlets' editorial content.

use crate::model::article::{BlockKind, Section};
use crate::model::incident::Incident;
use crate::view::line;
use crate::view::site::Site;

/// Advice to readers, as the outlet's editorial content.
pub struct Advice {
    pub role: String,
    pub action: String,
    pub rationale: String,
    pub source: line::SourceLine,
}

/// Advice sections of the articles: a heading that names a role, an action, a reason.
pub fn advice(site: &Site<'_>, incident: &Incident) -> Vec<Advice> {
    let mut found = Vec::new();
    for capture in &incident.articles {
        let Some(reading) = site.kb.readings.get(capture) else { continue };
        let mut role: Option<String> = None;
        let mut texts: Vec<String> = Vec::new();
        let mut flush = |role: &mut Option<String>, texts: &mut Vec<String>| {
            if let (Some(role), Some(action)) = (role.take(), texts.first()) {
                found.push(Advice {
                    role,
                    action: line::clipped(action),
                    rationale: texts.get(1).map(|t| line::clipped(t)).unwrap_or_default(),
                    source: line::source(site, reading, action),
                });
            }
            texts.clear();
        };
        for block in reading.article.main_blocks() {
            let words = block.span.of(&reading.article.body);
            match (block.section, block.kind) {
                (Section::Advice, BlockKind::Heading) => {
                    flush(&mut role, &mut texts);
                    role = Some(words.to_string());
                }
                (Section::Advice, _) => texts.push(words.to_string()),
                _ => flush(&mut role, &mut texts),
            }
        }
        flush(&mut role, &mut texts);
    }
    found
}
