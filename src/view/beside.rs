//! The same facts as a page, as JSON beside it.

use serde_json::{Value, json};

use super::export::shape::ClaimOut;
use super::export::{claim_out, incident_out};
use super::exposure::exposure;
use super::news::{self, News};
use super::pages::FILES;
use super::place::{Place, dispute_path, incident_path};
use super::site::Site;
use crate::model::incident::Incident;

fn changes<'n>(site: &Site<'_>, news: impl Iterator<Item = &'n News>) -> Vec<Value> {
    let change = |news: &News| json!({ "day": news.day.to_string(), "sort": news.sort.name(), "title": news.title, "url": link(site, &news.path) });
    news.map(change).collect()
}

/// The JSON of a page; nothing for the page of lost addresses, and for those of [`super::downloads::boards`].
pub fn beside(site: &Site<'_>, place: &Place<'_>) -> Option<Value> {
    let members = |places: &mut dyn Iterator<Item = usize>| -> Vec<Value> {
        places.filter_map(|at| site.at(at)).map(|incident| brief(site, incident)).collect()
    };
    let mut body = match place {
        Place::Incident(incident) => whole(site, incident),
        Place::Home => json!({
            "as_of": site.today().to_string(),
            "incidents": site.kb.incidents.len(),
            "disputes": site.kb.disputes.len(),
            "articles": site.kb.readings.len(),
            "latest": members(&mut (0..12)),
        }),
        Place::Timeline => json!({ "years": site.index.years.iter().map(|(year, list)| {
            json!({ "year": year, "incidents": list.len(), "url": link(site, &Place::Year(*year).path()) })
        }).collect::<Vec<_>>(), "latest": members(&mut (0..150)) }),
        Place::Year(year) => {
            let list = site.index.years.get(year).map_or(&[][..], Vec::as_slice);
            json!({ "incidents": members(&mut list.iter().copied()) })
        }
        Place::Types => json!({ "types": site.index.types.iter().map(|(id, list)| {
            json!({ "id": id, "name": site.type_name(id), "incidents": list.len(), "url": link(site, &Place::Type(id).path()) })
        }).collect::<Vec<_>>() }),
        Place::Type(id) => {
            let list = site.index.types.get(id).map_or(&[][..], Vec::as_slice);
            json!({ "id": id, "incidents": members(&mut list.iter().copied()) })
        }
        Place::Disputes => json!({ "disputes": site.kb.disputes.iter().map(|dispute| {
            json!({ "id": dispute.id.as_str(), "title": dispute.title, "incidents": dispute.incidents.len(), "url": link(site, &dispute_path(dispute)) })
        }).collect::<Vec<_>>() }),
        Place::Dispute(dispute) => json!({
            "id": dispute.id.as_str(),
            "parties": dispute.parties.iter().map(|who| who.name.as_str()).collect::<Vec<_>>(),
            "incidents": members(&mut dispute.incidents.iter().filter_map(|id| site.index.place_of(id))),
        }),
        Place::Vendors => json!({ "vendors": site.index.vendors(site.kb).map(|id| {
            json!({ "id": id.as_str(), "incidents": site.index.parts_of(id).len(), "url": link(site, &Place::Vendor(id).path()) })
        }).collect::<Vec<_>>() }),
        Place::Vendor(id) => {
            let parts = site.incidents_of(id);
            let dimensions = exposure(id, &parts, site.weights(), site.today());
            let name = site.kb.entities.get(id).map(|entity| entity.name.as_str());
            json!({
                "id": id.as_str(),
                "name": name,
                "exposure": dimensions.iter().map(|dimension| json!({
                    "dimension": dimension.name,
                    "acting": dimension.counts[0],
                    "against": dimension.counts[1],
                    "affected": dimension.counts[2],
                    "indicator": dimension.indicator.map(|[value, low, high]| {
                        json!({ "value": rounded(value), "low": rounded(low), "high": rounded(high) })
                    }),
                })).collect::<Vec<_>>(),
                "incidents": parts.iter().map(|(role, incident)| {
                    let mut value = brief(site, incident);
                    if let Some(object) = value.as_object_mut() {
                        object.insert("role".into(), role.word().into());
                    }
                    value
                }).collect::<Vec<_>>(),
            })
        }
        Place::Products => names(
            site,
            "products",
            site.index
                .products
                .iter()
                .map(|(a, n)| (n.name, Place::Product(a).path(), n.incidents.len())),
        ),
        Place::People => names(
            site,
            "people",
            site.index
                .people
                .iter()
                .map(|(a, n)| (n.name, Place::Person(a).path(), n.incidents.len())),
        ),
        Place::Outlets => names(
            site,
            "outlets",
            site.index
                .outlets
                .iter()
                .map(|(a, o)| (o.name, Place::Outlet(a).path(), o.articles.len())),
        ),
        Place::Product(address) | Place::Person(address) => {
            let list = match place {
                Place::Product(_) => &site.index.products,
                _ => &site.index.people,
            };
            let named = list.get(*address)?;
            json!({ "name": named.name, "incidents": members(&mut named.incidents.iter().copied()) })
        }
        Place::Outlet(address) => {
            let outlet = site.index.outlets.get(*address)?;
            let article = |id| {
                site.kb.readings.get(id).map(|reading| {
                let article = &reading.article;
                json!({ "url": article.url, "title": article.title(), "published": article.published_day().map(|day| day.to_string()) })
            })
            };
            json!({
                "name": outlet.name,
                "articles": outlet.articles.iter().filter_map(article).collect::<Vec<_>>(),
                "named_by": outlet.named_by.iter().filter_map(|(id, _)| article(id)).collect::<Vec<_>>(),
            })
        }
        Place::Changes => {
            let newest = news::of_all(site).into_iter().take(500);
            json!({ "as_of": site.today().to_string(), "changes": changes(site, newest) })
        }
        Place::Month(year, month) => {
            json!({ "changes": changes(site, news::of_month(site, (*year, *month)).into_iter()) })
        }
        Place::Data => {
            json!({ "files": FILES.map(|(name, _)| link(site, &format!("data/{name}"))) })
        }
        Place::About => json!({ "measures": site.measures().iter().map(|measure| {
            json!({ "what": measure.what, "value": measure.value, "how": measure.how })
        }).collect::<Vec<_>>() }),
        Place::Search => json!({ "index": link(site, "search/data/root.js") }),
        // All that is on these boards is laid together of what was filed of each incident.
        Place::Questions | Place::Contradictions | Place::Missing => return None,
    };
    headed(site, place, &mut body);
    Some(body)
}

/// Puts the address and the title of a page in its JSON.
pub(super) fn headed(site: &Site<'_>, place: &Place<'_>, body: &mut Value) {
    let title = place.name(&site.words);
    if let Some(object) = body.as_object_mut() {
        object.insert("url".into(), link(site, &place.path()).into());
        if !title.is_empty() {
            object.entry("title").or_insert(title.into());
        }
    }
}

/// Rounded as it stands on the page.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn link(site: &Site<'_>, path: &str) -> String {
    format!("{}{path}", site.look.base_url)
}

fn brief(site: &Site<'_>, incident: &Incident) -> Value {
    json!({
        "id": incident.id.address(),
        "title": incident.title,
        "opened": incident.opened.to_string(),
        "status": incident.status.word(),
        "types": incident.types,
        "roots": incident.roots(),
        "proposed": incident.is_proposed(),
        "url": link(site, &incident_path(incident)),
    })
}

/// An incident with everything said in it.
fn whole(site: &Site<'_>, incident: &Incident) -> Value {
    let mut value = serde_json::to_value(incident_out(site.kb, incident)).unwrap_or_default();
    let ended = site.kb.lives.ended_in(&incident.articles);
    let claims: Vec<ClaimOut<'_>> = incident
        .claims
        .iter()
        .filter_map(|(capture, id)| site.kb.claim(*capture, *id))
        .map(|(reading, claim)| claim_out(reading, claim, None, site.kb.lives.of(reading, claim)))
        .chain(ended.map(|(ended, reading, claim)| claim_out(reading, claim, None, ended.life)))
        .collect();
    if let Some(object) = value.as_object_mut() {
        object.insert("claims".into(), serde_json::to_value(claims).unwrap_or_default());
    }
    value
}

fn names<'n>(
    site: &Site<'_>,
    list: &str,
    rows: impl Iterator<Item = (&'n str, String, usize)>,
) -> Value {
    let rows: Vec<Value> = rows
        .map(
            |(name, path, count)| json!({ "name": name, "count": count, "url": link(site, &path) }),
        )
        .collect();
    json!({ list: rows })
}
