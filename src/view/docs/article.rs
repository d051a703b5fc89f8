//! Articles, in their incident or alone.

use super::incident::day_of;
use super::keys::{Keys, Names, json};
use crate::model::edtf::Edtf;
use crate::model::entity::Who;
use crate::model::incident::Incident;
use crate::model::query::{DocKind, Field, SearchDoc, Source};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::view::export::article_out;
use crate::view::place::incident_path;

/// Most characters of an article that are searched.
const ARTICLE_CHARS_MAX: usize = 60_000;

/// Who published an article.
pub(super) fn source(reading: &Reading) -> Source {
    let article = &reading.article;
    Source {
        outlet: Some(crate::view::annotation::outlet_name(article).to_string()),
        url: Some(article.url.clone()),
        lang: Some(article.language.code().to_string()),
    }
}

/// The articles of an incident.
pub(super) fn of_incident(
    incident: &Incident,
    articles: &[CaptureId],
    names: &mut Names<'_>,
) -> Vec<SearchDoc> {
    let kb = names.kb;
    let readings = articles.iter().filter_map(|capture| kb.reading(*capture));
    readings.map(|reading| one(Some(incident), reading, names)).collect()
}

/// An article that belongs to no incident.
pub(super) fn of_none(capture: CaptureId, names: &mut Names<'_>) -> Option<SearchDoc> {
    let kb = names.kb;
    kb.reading(capture).map(|reading| one(None, reading, names))
}

fn one(home: Option<&Incident>, reading: &Reading, names: &mut Names<'_>) -> SearchDoc {
    let kb = names.kb;
    let article = &reading.article;
    let mut keys = home.map_or_else(Keys::default, |incident| names.incident(incident));
    keys.word(Field::Kind, DocKind::Article.word());
    names.article(article, &mut keys);
    for name in &reading.names {
        if !name.reports {
            let who = Who { id: name.id.clone(), name: name.name.clone(), kind: name.kind };
            names.party(&who, &mut keys);
        }
    }
    for (kind, _) in &reading.topics {
        keys.word(Field::Type, kind);
    }
    keys.flag("captured", true);
    let derived = home.and_then(|i| i.lineage.iter().find(|d| d.capture == article.capture));
    keys.flag("copied", derived.is_some_and(|d| d.copies.is_some()));
    let day = day_of(kb, article.capture).unwrap_or(kb.today);
    let date = article.published.map(|p| Edtf::day(p.day));
    date.into_iter().for_each(|date| keys.years(date));
    let id = article.capture.to_string();
    SearchDoc {
        kind: DocKind::Article,
        group: home.map_or_else(|| id.clone(), |incident| incident.id.address()),
        title: article.title().unwrap_or("(no headline)").to_string(),
        title_zh: None,
        body: article.text().chars().take(ARTICLE_CHARS_MAX).collect(),
        names: String::new(),
        path: home.map(incident_path).unwrap_or_default(),
        date,
        known: day,
        changed: day,
        gone: None,
        roots: derived.map_or(0, |d| d.roots.len() as u32),
        keys: names.count(keys),
        source: source(reading),
        published: false,
        record: json(&article_out(kb, reading, home)),
        id,
    }
}
