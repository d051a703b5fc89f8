//! Articles, claims, lines of the timeline and accounts that differ, of one incident.

use std::collections::{BTreeMap, BTreeSet};

use super::{Scope, article_ids, day_of, differs, moved};
use crate::model::change::{Change, Difference, News};
use crate::model::history::Hand;
use crate::model::incident::Contradiction;
use crate::model::reading::Reading;
use crate::model::source::ArticleId;
use crate::model::standing::{Account, Outcome};
use crate::model::subject::SubjectKind;
use crate::model::text::Evidence;

/// Articles that joined the incident, and articles whose page says something else now.
pub(super) fn articles(scope: &Scope<'_>, found: &mut Vec<Change>) {
    let members = scope.before.map(|i| article_ids(scope.from, i).collect());
    let members: BTreeSet<ArticleId> = members.unwrap_or_default();
    let before = scope.before.iter().flat_map(|i| &i.articles);
    let captured: BTreeMap<ArticleId, &Reading> =
        before.filter_map(|id| scope.from.reading(*id)).map(|r| (r.article.id, r)).collect();
    let headline = |r: &Reading| r.article.title().unwrap_or(&r.article.url).to_string();
    for reading in scope.incident.articles.iter().filter_map(|id| scope.to.readings.get(id)) {
        let article = &reading.article;
        let old = captured.get(&article.id).filter(|old| old.article.capture != article.capture);
        let home = scope.earlier.home(article.id).filter(|_| !members.contains(&article.id));
        let (news, day, differences): (News, _, Vec<Difference>) = match (home, old) {
            (Some(home), _) => {
                (News::Updated, article.day(), moved(home, scope).into_iter().collect())
            }
            (None, Some(old)) => {
                let captures =
                    differs("capture", old.article.capture.short(), article.capture.short());
                let titles = differs("title", headline(old), headline(reading));
                let differences = titles.into_iter().chain(captures).collect();
                (News::Updated, article.fetched.date_naive(), differences)
            }
            (None, None) if members.contains(&article.id) => continue,
            (None, None) => (News::New, article.day(), Vec::new()),
        };
        let made = scope.change(SubjectKind::Article, news, day, article.capture.to_string());
        found.push(Change { title: headline(reading), differences, ..made });
    }
}

/// Claims that nobody made on record before.
pub(super) fn claims(scope: &Scope<'_>, found: &mut Vec<Change>) {
    for (capture, id) in &scope.incident.claims {
        if scope.earlier.claims.contains(id) {
            continue;
        }
        let Some((reading, claim)) = scope.to.claim(*capture, *id) else { continue };
        let day = reading.article.day();
        let made = scope.change(SubjectKind::Claim, News::New, day, id.to_string());
        let evidence = Evidence { capture: *capture, span: claim.content };
        let title = reading.words(claim.content).to_string();
        found.push(Change { title, evidence: Some(evidence), ..made });
    }
}

/// Claims that articles no longer make, and that the earlier state did not know to have ended.
pub(super) fn ended(scope: &Scope<'_>, found: &mut Vec<Change>) {
    let lives = &scope.from.lives;
    for (ended, reading, claim) in scope.to.lives.ended_in(&scope.incident.articles) {
        // What stood on record before is told as gone, whatever took it away.
        if lives.find(ended.claim).is_some() || scope.earlier.claims.contains(&ended.claim) {
            continue;
        }
        let Some(day) = ended.life.ended.map(|at| at.date_naive()) else { continue };
        let made = scope.change(SubjectKind::Claim, News::Gone, day, ended.claim.to_string());
        found.push(Change { title: reading.words(claim.content).to_string(), ..made });
    }
}

/// Lines of the timeline.
pub(super) fn entries(scope: &Scope<'_>, found: &mut Vec<Change>) {
    let lines = &scope.incident.timeline;
    for (id, entry) in scope.to.entry_ids(scope.incident).into_iter().zip(lines) {
        let made = |news, day| Change {
            title: entry.summary.clone(),
            evidence: entry.evidence.first().copied(),
            by: entry.by,
            ..scope.change(SubjectKind::Entry, news, day, id.to_string())
        };
        let Some((home, old)) = scope.earlier.entry(scope.to, id, entry) else {
            found.push(made(News::New, entry.known_at));
            continue;
        };
        let differences: Vec<Difference> = [
            moved(home, scope),
            differs("date", old.date.to_string(), entry.date.to_string()),
            differs("role", old.role.word().into(), entry.role.word().into()),
            differs("summary", old.summary.clone(), entry.summary.clone()),
            differs("roots", old.roots.to_string(), entry.roots.to_string()),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !differences.is_empty() {
            let last = entry.evidence.iter().filter_map(|e| day_of(scope.to, *e)).max();
            let day = last.unwrap_or(scope.to.today);
            found.push(Change { differences, ..made(News::Updated, day) });
        }
    }
}

/// Accounts that differ and did not before, and those that stand otherwise to each other now.
pub(super) fn contradictions(scope: &Scope<'_>, found: &mut Vec<Change>) {
    for pair in &scope.incident.contradictions {
        let id = scope.to.contradiction_id(pair);
        let (old, now) = (scope.earlier.contradictions.get(&id), &pair.standing);
        // Two accounts differ from the day the second of them could be read.
        let began = [pair.a, pair.b].iter().filter_map(|side| day_of(scope.to, *side)).max();
        let began = began.unwrap_or(scope.to.today);
        let made = |news, day| Change {
            title: pair.topic.clone(),
            evidence: Some(pair.a),
            ..scope.change(SubjectKind::Contradiction, news, day, id.to_string())
        };
        if old.is_none() {
            found.push(made(News::New, began));
        }
        let settled = now.because.and_then(|words| day_of(scope.to, words));
        let moved = match old {
            Some(_) if now.hand == Hand::Editor => Some(scope.to.today),
            Some(_) => Some(settled.unwrap_or_else(|| scope.last_arrival())),
            // What was settled from its first day never stood otherwise.
            None => settled.filter(|day| *day > began),
        };
        // The two may have changed places: who holds is told by the words that do.
        let holds = |of: &Contradiction| match of.standing.holds {
            None => String::new(),
            Some(account) => {
                let words = if account == Account::A { of.a } else { of.b };
                let here = if words == pair.b { Account::B } else { Account::A };
                here.word().to_string()
            }
        };
        let before = old.map_or(Outcome::Open, |old| old.standing.outcome);
        let differences: Vec<Difference> = [
            differs("state", before.word().into(), now.outcome.word().into()),
            differs("holds", old.map(|old| holds(old)).unwrap_or_default(), holds(pair)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(day) = moved.filter(|_| !differences.is_empty()) {
            let evidence = now.because.or(Some(pair.a));
            let by = now.hand;
            found.push(Change { differences, evidence, by, ..made(News::Updated, day) });
        }
    }
}
