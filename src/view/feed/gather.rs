//! The feeds of the site: of everything, of a vendor, a dispute, a type, the questions, one question.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{Feed, ITEMS_MAX, Item, atom, json_feed};
use crate::model::incident::Incident;
use crate::model::question::Question;
use crate::view::entered::Entered;
use crate::view::news::{self, News, Sort};
use crate::view::place::{Place, incident_path};
use crate::view::site::Site;

/// Most incidents that an item for many names.
const NAMED_MAX: usize = 12;

/// The feeds that stand beside a page, as files from the root of the site.
pub fn feeds_beside(site: &Site<'_>, place: &Place<'_>) -> Vec<(String, Vec<u8>)> {
    let (title, news) = match place {
        Place::Home => (site.look.title.clone(), news::of_all(site)),
        Place::Questions => {
            let mut all = news::of_all(site);
            all.retain(|news| matches!(news.sort, Sort::Asked | Sort::Moved));
            (place.name(&site.words), all)
        }
        Place::Type(id) => {
            let members = site.index.types.get(id).map_or(&[][..], Vec::as_slice);
            (site.type_name(id), of_several(site, members.iter().copied()))
        }
        Place::Dispute(dispute) => {
            let members = dispute.incidents.iter().filter_map(|id| site.index.place_of(id));
            (site.words.dispute(dispute), of_several(site, members))
        }
        Place::Vendor(id) => {
            let name = site.kb.entities.get(id).map(|entity| site.words.entity(entity).to_string());
            let parts = site.index.parts_of(id).iter().map(|(_, at)| *at);
            (name.unwrap_or_default(), of_several(site, parts))
        }
        _ => return Vec::new(),
    };
    let title = match place {
        Place::Home => title,
        _ => format!("{title} · {}", site.look.title),
    };
    files(site, title, &site.path(place), &site.path(place), &news)
}

/// A feed for each question that is open, beside the incident it belongs to.
pub fn question_feeds(site: &Site<'_>, at: usize, incident: &Incident) -> Vec<(String, Vec<u8>)> {
    let path = incident_path(incident);
    let live: Vec<_> = incident.questions.iter().filter(|q| q.state.now().is_live()).collect();
    if live.is_empty() {
        return Vec::new();
    }
    let all = news::of_incident(site, at);
    let mut out = Vec::new();
    for question in live {
        let anchor = format!("{path}#q-{}", question.id.short());
        let mine: Vec<&News> = all.iter().filter(|news| news.path == anchor).collect();
        let title = crate::view::line::clipped(&question.text);
        out.extend(files(site, title, &anchor, &question_feed(incident, question), &mine));
    }
    out
}

/// Where the feed of a question stands, without `atom.xml` or `feed.json`: files of the incident's folder, as a
/// folder for each would cost as much as its files.
pub fn question_feed(incident: &Incident, question: &Question) -> String {
    format!("{}q-{}.", incident_path(incident), question.id.short())
}

fn of_several<'a>(site: &Site<'a>, places: impl Iterator<Item = usize>) -> Vec<&'a News> {
    news::newest_of(site, places.collect::<BTreeSet<usize>>(), ITEMS_MAX)
}

fn files(
    site: &Site<'_>,
    title: String,
    page: &str,
    stem: &str,
    news: &[&News],
) -> Vec<(String, Vec<u8>)> {
    let base = &site.look.base_url;
    // Without an address of its own the feed leads back to the root of the site by steps.
    let root = match base.is_empty() {
        true => "../".repeat(stem.matches('/').count()),
        false => base.clone(),
    };
    let tree = if site.words.is_chinese() { "zh/" } else { "" };
    let feed = Feed {
        title,
        home: format!("{root}{page}"),
        atom_at: format!("{root}{stem}atom.xml"),
        json_at: format!("{root}{stem}feed.json"),
        language: site.words.tag(),
        author: site.look.title.clone(),
        as_of: site.today(),
        items: items(site, &root, tree, page, news),
    };
    vec![
        (format!("{stem}atom.xml"), atom(&feed).into_bytes()),
        (format!("{stem}feed.json"), json_feed(&feed).into_bytes()),
    ]
}

/// The newest, each by itself; what editors entered on one day is one item, where it is much, so that it drives
/// nothing else out.
fn items(site: &Site<'_>, root: &str, tree: &str, page: &str, news: &[&News]) -> Vec<Item> {
    let entered = Entered::of(site, news);
    let mut told = None;
    let items = news.iter().filter_map(|news| {
        if !entered.holds(news) {
            return Some(item(site, root, tree, news));
        }
        // All of a day come one after another, or with what else became known on it.
        let first = told.replace(news.day) != Some(news.day);
        first.then(|| together(site, (root, tree), page, news.day, entered.on(news.day)))
    });
    items.take(ITEMS_MAX).collect()
}

/// Incidents that editors entered on a day, as one item that leads to where they are listed.
fn together(
    site: &Site<'_>,
    (root, tree): (&str, &str),
    page: &str,
    day: NaiveDate,
    list: &[usize],
) -> Item {
    let named = list.iter().filter_map(|at| site.at(*at)).take(NAMED_MAX);
    let mut named: Vec<String> =
        named.map(|incident| site.words.title(incident).to_string()).collect();
    let over = list.len().saturating_sub(NAMED_MAX);
    named.extend((over > 0).then(|| site.words.count(over, "{n} more incidents")));
    // A list has them itself; of the whole site they stand with what changed.
    let address = match page.strip_prefix(tree).unwrap_or(page) {
        "" => format!("{tree}{}#d{day}", Place::Month(day.year(), day.month()).path()),
        _ => page.to_string(),
    };
    Item {
        key: format!("{page} entered {day}"),
        title: site.words.count(list.len(), "{n} incidents entered by editors"),
        url: format!("{root}{address}"),
        summary: named.join("; "),
        day,
        changed: day,
        tags: Vec::new(),
    }
}

fn item(site: &Site<'_>, root: &str, tree: &str, news: &News) -> Item {
    let incident = site.at(news.incident);
    let name = incident.map(|incident| site.words.title(incident)).unwrap_or_default();
    let sort = site.words.say(news.sort.name());
    let parts = [("x", sort), ("y", news.title.as_str())];
    Item {
        key: format!("{} {} {}", news.path, news.sort.name(), news.day),
        title: site.words.fill("{x}: {y}", &parts),
        url: format!("{root}{tree}{}", news.path),
        summary: match news.sort {
            Sort::Incident => incident
                .and_then(|incident| incident.editor.as_ref())
                .map_or_else(|| name.to_string(), |editor| editor.summary.clone()),
            Sort::Moved | Sort::Differ | Sort::Asked | Sort::Ended | Sort::Entry => {
                name.to_string()
            }
        },
        day: news.day,
        changed: news.day,
        tags: incident
            .iter()
            .flat_map(|incident| &incident.types)
            .map(|id| site.type_name(id))
            .collect(),
    }
}
