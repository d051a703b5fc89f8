//! Pages of prose: what this is and how it works, what can be taken away, and the page for what is not
//! there.

use askama::Template;

use super::frame::Frame;
use super::rendered;
use crate::view::line::Link;
use crate::view::place::Place;
use crate::view::site::Site;

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage<'a> {
    frame: Frame<'a>,
    standing: String,
    types: Vec<(Link, String)>,
    measures: Vec<Measure>,
}

/// A figure of quality.
pub struct Measure {
    pub what: String,
    pub value: String,
    pub how: String,
}

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage<'a> {
    frame: Frame<'a>,
}

/// Renders the page about the site and its method.
pub fn about(site: &Site<'_>) -> String {
    let description =
        site.words.say("How this record is made, what its words mean, and how to check it.");
    let place = Place::About;
    let entered = site.kb.incidents.iter().filter(|i| i.editor.is_some()).count();
    let standing = [
        site.words.count(site.kb.readings.len(), "{n} captured articles"),
        site.words.count(entered, "{n} incidents entered by editors"),
    ];
    let page = AboutPage {
        frame: Frame::new(site, &place, &place.name(&site.words), description),
        standing: site.words.fill(
            "{x} stand behind these pages. As of {y}.",
            &[("x", &site.words.list(&standing)), ("y", &site.words.day(site.today()))],
        ),
        types: site
            .types()
            .iter()
            .map(|kind| {
                let known = site.index.types.contains_key(kind.id.as_str());
                let href = known.then(|| Place::Type(&kind.id).path());
                let link = Link { name: site.type_name(&kind.id), href };
                (link, site.words.say(&kind.note).to_string())
            })
            .collect(),
        measures: site
            .measures()
            .iter()
            .map(|measure| Measure {
                what: site.words.say(&measure.what).to_string(),
                value: measure.value.clone(),
                how: site.words.say(&measure.how).to_string(),
            })
            .collect(),
    };
    rendered(&page)
}

/// Renders the page for addresses that lead nowhere.
pub fn missing(site: &Site<'_>) -> String {
    let title = Place::Missing.name(&site.words);
    let page = MissingPage { frame: Frame::new(site, &Place::Missing, &title, &title) };
    rendered(&page)
}
