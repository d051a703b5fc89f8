//! What on record is likest to a subject that is gone.

use crate::corpus::bag::Bag;
use crate::model::judgement::Subject;
use crate::model::kb::KnowledgeBase;
use crate::model::subject::SubjectKind;
use crate::rules::Rules;

/// Likeness from which something is proposed.
const LIKE: f64 = 0.4;

/// The id and line of what is likest, if anything is like it at all.
pub(super) fn nearest(
    kb: &KnowledgeBase,
    subject: &Subject,
    rules: &Rules,
) -> Option<(String, String)> {
    let quoted = subject.quotes.iter().map(|quote| quote.words.as_str());
    let wanted: Vec<Bag> =
        [subject.title.as_str()].into_iter().chain(quoted).map(|w| Bag::of(w, rules)).collect();
    let mut best: Option<(f64, String, String)> = None;
    let mut offer = |id: String, lines: &[&str]| {
        for line in lines {
            let bag = Bag::of(line, rules);
            let likeness = wanted.iter().map(|words| words.dice(&bag)).fold(0.0, f64::max);
            let better = best.as_ref().is_none_or(|(most, known, _)| {
                likeness > *most || likeness == *most && id < *known
            });
            if likeness >= LIKE && better {
                best = Some((likeness, id.clone(), (*line).to_string()));
            }
        }
    };
    let at = |url: &str| subject.quotes.iter().any(|quote| quote.url == url);
    match subject.kind {
        SubjectKind::Claim => {
            for reading in kb.readings.values().filter(|r| at(&r.article.url)) {
                for claim in &reading.claims {
                    offer(claim.id.to_string(), &[reading.words(claim.content)]);
                }
            }
        }
        SubjectKind::Dispute => {
            kb.disputes.iter().for_each(|d| offer(d.id.to_string(), &[&d.title]));
        }
        SubjectKind::Incident => {
            kb.incidents.iter().for_each(|i| offer(i.id.address(), &[&i.title]));
        }
        SubjectKind::Entry => {
            for incident in &kb.incidents {
                for (id, entry) in kb.entry_ids(incident).into_iter().zip(&incident.timeline) {
                    let mut lines = vec![entry.summary.as_str()];
                    lines.extend(entry.evidence.iter().map(|e| kb.words(*e)));
                    offer(id.to_string(), &lines);
                }
            }
        }
        SubjectKind::Question => {
            for question in kb.incidents.iter().flat_map(|i| &i.questions) {
                let lines = [question.text.as_str()].into_iter();
                let lines: Vec<&str> =
                    lines.chain(question.variants.iter().map(String::as_str)).collect();
                offer(question.id.to_string(), &lines);
            }
        }
        SubjectKind::Contradiction => {
            for pair in kb.incidents.iter().flat_map(|i| &i.contradictions) {
                let id = kb.contradiction_id(pair).to_string();
                offer(id, &[kb.words(pair.a), kb.words(pair.b)]);
            }
        }
        SubjectKind::Article => {}
    }
    best.map(|(_, id, line)| (id, line))
}
