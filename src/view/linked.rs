//! What a page says to search engines: schema.org in JSON-LD.
//!
//! What holds: the text is safe inside a `script` element; a claim is printed with its speaker, where it has a
//! name, and the article it stands in; what somebody denies is not told as a claim of theirs; no address is told
//! where that of the site is not known.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::annotation::outlet_name;
use super::index::last_known;
use super::line::{self, Link};
use super::place::Place;
use super::quoted::Quoted;
use super::site::Site;
use crate::model::claim::{Claim, Speaker, Stance};
use crate::model::entity::EntityKind;
use crate::model::incident::Incident;
use crate::model::reading::Reading;
use crate::model::source::CaptureId;

/// Most claims and articles of an incident in its structured data.
const CLAIMS_MAX: usize = 12;
const ARTICLES_MAX: usize = 24;

/// The structured data of a page, for a `script` element.
pub fn linked(
    site: &Site<'_>,
    place: &Place<'_>,
    title: &str,
    trail: &[Link],
    quoted: &Quoted<'_>,
) -> String {
    let mut graph = vec![breadcrumbs(site, place, title, trail)];
    match place {
        Place::Incident(incident) => graph.push(event(site, place, incident, quoted)),
        Place::Home | Place::Data => graph.push(dataset(site)),
        _ => {}
    }
    let mut document = json!({ "@context": "https://schema.org", "@graph": graph });
    settle(&mut document);
    // No “</script>”, and nothing that opens a comment.
    document.to_string().replace('<', "\\u003c").replace('>', "\\u003e")
}

/// Leaves out what is not known.
fn settle(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(settle),
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(settle);
        }
        _ => {}
    }
}

/// An address of the site; nothing where its own is not known.
fn url(site: &Site<'_>, path: &str) -> Option<String> {
    let base = &site.look.base_url;
    (!base.is_empty()).then(|| format!("{base}{path}"))
}

fn breadcrumbs(site: &Site<'_>, place: &Place<'_>, title: &str, trail: &[Link]) -> Value {
    let tree = if site.words.is_chinese() { "zh/" } else { "" };
    let above = trail
        .iter()
        .map(|link| (link.name.as_str(), format!("{tree}{}", link.href.as_deref().unwrap_or(""))));
    let here = std::iter::once((title, site.path(place)));
    let items: Vec<Value> = above
        .chain(here)
        .enumerate()
        .map(|(at, (name, path))| {
            json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": url(site, &path) })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

fn event(site: &Site<'_>, place: &Place<'_>, incident: &Incident, quoted: &Quoted<'_>) -> Value {
    let first = incident.opened.first().or(incident.opened.last());
    let parties: Vec<Value> = incident
        .parties
        .iter()
        .map(|party| json!({ "@type": kind(party.who.kind), "name": party.who.name }))
        .collect();
    let readings = incident.sources().filter_map(|id| site.kb.reading(id));
    let articles: Vec<Value> = readings.take(ARTICLES_MAX).map(article).collect();
    let told = told(site, incident).into_iter().take(CLAIMS_MAX);
    let claims: Vec<Value> = told.map(|(reading, it)| claim(site, reading, it, quoted)).collect();
    json!({
        "@type": "WebPage",
        "url": url(site, &site.path(place)),
        "name": site.words.title(incident),
        "inLanguage": site.words.tag(),
        "dateModified": last_known(site.kb, incident).to_string(),
        "isPartOf": { "@type": "Dataset", "name": site.look.title, "url": url(site, "") },
        "mainEntity": {
            "@type": "Event",
            "name": site.words.title(incident),
            "startDate": first.map(|day| day.to_string()),
            "about": parties,
        },
        "citation": articles,
        "hasPart": claims,
    })
}

/// What is claimed of an incident, the first of each article, then the second of each, and so on.
fn told<'k>(site: &'k Site<'_>, incident: &'k Incident) -> Vec<(&'k Reading, &'k Claim)> {
    let claimed = |stance| matches!(stance, Stance::Alleges | Stance::Asserts | Stance::Confirms);
    let positions = incident.positions.iter().filter(|position| claimed(position.stance));
    let tellings = positions.filter_map(|position| position.tellings.first());
    let mut turns: BTreeMap<CaptureId, usize> = BTreeMap::new();
    let mut told: Vec<_> = tellings
        .filter_map(|(capture, id)| {
            let turn = turns.entry(*capture).or_default();
            *turn += 1;
            Some((*turn, site.kb.claim(*capture, *id)?))
        })
        .collect();
    told.sort_by_key(|(turn, _)| *turn);
    told.into_iter().map(|(_, claim)| claim).collect()
}

fn claim(site: &Site<'_>, reading: &Reading, claim: &Claim, quoted: &Quoted<'_>) -> Value {
    let line = line::claim(site, reading, claim);
    // Who speaks without a name is nobody's author, and a document is no house.
    let author = match claim.speaker {
        Speaker::Named(name) => reading.name(name).map(|name| kind(name.kind)),
        Speaker::Outlet(_) | Speaker::Here => Some("Organization"),
        Speaker::Document(..) | Speaker::Anonymous(..) => None,
    };
    json!({
        "@type": "Claim",
        "@id": format!("#{}", line.anchor),
        "text": quoted.words(&line.quote),
        "author": author.map(|kind| json!({ "@type": kind, "name": line.speaker.name })),
        "appearance": { "@id": reading.article.url },
    })
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "Organization",
        EntityKind::Government => "GovernmentOrganization",
        EntityKind::Person => "Person",
        EntityKind::Product => "SoftwareApplication",
        EntityKind::Place => "Place",
        EntityKind::Legal => "Legislation",
    }
}

fn article(reading: &Reading) -> Value {
    let article = &reading.article;
    json!({
        "@type": "NewsArticle",
        "@id": article.url,
        "url": article.url,
        "headline": line::clipped(article.title().unwrap_or("")),
        "datePublished": article.published_day().map(|day| day.to_string()),
        "inLanguage": article.language.code(),
        "publisher": { "@type": "Organization", "name": outlet_name(article) },
    })
}

fn dataset(site: &Site<'_>) -> Value {
    let file = |name: &str, media: &str| {
        let address = url(site, &format!("data/{name}"))?;
        Some(json!({ "@type": "DataDownload", "encodingFormat": media, "contentUrl": address }))
    };
    json!({
        "@type": "Dataset",
        "name": site.look.title,
        "description": site.words.say("Disputes and incidents between AI vendors, their rivals, customers and regulators: who says what, on what basis, in which words."),
        "url": url(site, ""),
        "inLanguage": ["en", "zh-Hans"],
        "dateModified": site.today().to_string(),
        "isAccessibleForFree": true,
        "creator": { "@type": "Organization", "name": site.look.title },
        "distribution": url(site, "").map(|_| {
            [file("record.json", "application/json"), file("claims.csv", "text/csv")]
        }),
    })
}
