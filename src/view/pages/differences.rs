//! Every pair of accounts that cannot both hold.

use askama::Template;

use super::frame::Frame;
use super::parts::{Opposed, opposed};
use super::rendered;
use crate::view::place::Place;
use crate::view::site::Site;

#[derive(Template)]
#[template(path = "contradictions.html")]
struct ContradictionsPage<'a> {
    frame: Frame<'a>,
    pairs: Vec<Opposed>,
}

/// Most pairs on the page; the rest stands on the pages of the incidents.
const PAIRS_MAX: usize = 200;

/// Renders the page of contradictions.
pub fn contradictions(site: &Site<'_>) -> String {
    let place = Place::Contradictions;
    let title = place.name(&site.words);
    let description =
        site.words.say("Accounts that cannot both hold, side by side, each in its own words.");
    let pairs = site.kb.incidents.iter().flat_map(|incident| {
        incident.contradictions.iter().filter_map(move |pair| opposed(site, incident, pair))
    });
    let page = ContradictionsPage {
        frame: Frame::new(site, &place, &title, description),
        pairs: pairs.take(PAIRS_MAX).collect(),
    };
    rendered(&page)
}
