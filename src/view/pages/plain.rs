//! Pages of prose: what this is and how it works, and the page for what is not there.

use askama::Template;

use super::{Frame, rendered};
use crate::view::site::Site;

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    frame: Frame,
    types: Vec<(String, String)>,
    articles: usize,
    entered: usize,
}

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    frame: Frame,
}

/// Renders the page about the site and its method.
pub fn about(site: &Site<'_>) -> String {
    let page = AboutPage {
        frame: Frame::new(
            site,
            "about/",
            "About and method",
            "How this record is made, what its words mean, and how to check it.",
            "about",
        ),
        types: site.rules.types.iter().map(|t| (t.name.clone(), t.note.clone())).collect(),
        articles: site.kb.readings.len(),
        entered: site.kb.incidents.iter().filter(|i| i.editor.is_some()).count(),
    };
    rendered(&page)
}

/// Renders the page for addresses that lead nowhere.
pub fn missing(site: &Site<'_>) -> String {
    let page =
        MissingPage { frame: Frame::new(site, "", "Not found", "There is no such page.", "") };
    rendered(&page)
}
