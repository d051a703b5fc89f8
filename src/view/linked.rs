//! What a page says to search engines: schema.org in JSON-LD.
//!
//! What holds: the text is safe inside a `script` element; a claim is printed with its speaker and the
//! article it stands in.

use serde_json::{Value, json};

use super::annotation::outlet_name;
use super::index::last_known;
use super::line::{self, Link};
use super::place::Place;
use super::site::Site;
use crate::model::claim::Speaker;
use crate::model::entity::EntityKind;
use crate::model::incident::Incident;
use crate::model::reading::Reading;

/// Most claims and articles of an incident in its structured data.
const CLAIMS_MAX: usize = 12;
const ARTICLES_MAX: usize = 24;

/// The structured data of a page, for a `script` element.
pub fn linked(site: &Site<'_>, place: &Place<'_>, title: &str, trail: &[Link]) -> String {
    let mut graph = vec![breadcrumbs(site, place, title, trail)];
    match place {
        Place::Incident(incident) => graph.push(event(site, place, incident)),
        Place::Home | Place::Data => graph.push(dataset(site)),
        _ => {}
    }
    let document = json!({ "@context": "https://schema.org", "@graph": graph });
    // No “</script>”, and nothing that opens a comment.
    document.to_string().replace('<', "\\u003c").replace('>', "\\u003e")
}

fn url(site: &Site<'_>, path: &str) -> String {
    match site.look.base_url.is_empty() {
        true => format!("/{path}"),
        false => format!("{}{path}", site.look.base_url),
    }
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

fn event(site: &Site<'_>, place: &Place<'_>, incident: &Incident) -> Value {
    let first = incident.opened.first().or(incident.opened.last());
    let parties: Vec<Value> = incident
        .parties
        .iter()
        .map(|party| json!({ "@type": kind(party.who.kind), "name": party.who.name }))
        .collect();
    let readings = incident.sources().filter_map(|id| site.kb.reading(id));
    let articles: Vec<Value> = readings.take(ARTICLES_MAX).map(article).collect();
    let claims: Vec<Value> = incident
        .positions
        .iter()
        .filter_map(|position| position.tellings.first())
        .filter_map(|(capture, id)| site.kb.claim(*capture, *id))
        .take(CLAIMS_MAX)
        .map(|(reading, claim)| {
            let line = line::claim(site, reading, claim);
            let person = match claim.speaker {
                Speaker::Named(name) => reading.name(name).map(|name| kind(name.kind)),
                _ => None,
            };
            json!({
                "@type": "Claim",
                "@id": format!("#{}", line.anchor),
                "text": line.quote.text,
                "author": { "@type": person.unwrap_or("Organization"), "name": line.speaker.name },
                "appearance": { "@id": reading.article.url },
            })
        })
        .collect();
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
        json!({
            "@type": "DataDownload",
            "encodingFormat": media,
            "contentUrl": url(site, &format!("data/{name}")),
        })
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
        "distribution": [file("record.json", "application/json"), file("claims.csv", "text/csv")],
    })
}
