//! Every pair of accounts that cannot both hold.

use askama::Template;

use super::frame::Frame;
use super::opposed::{Opposed, boxes};
use super::rendered;
use crate::model::standing::Outcome;
use crate::view::place::Place;
use crate::view::site::Site;
use crate::view::words;

#[derive(Template)]
#[template(path = "contradictions.html")]
struct ContradictionsPage<'a> {
    frame: Frame<'a>,
    /// States that some pair has, to choose one of.
    states: Vec<StateLine>,
    pairs: Vec<Opposed>,
}

/// A state and how many pairs are in it.
struct StateLine {
    word: &'static str,
    name: String,
    count: usize,
}

/// Most pairs on the page; the rest stands on the pages of the incidents.
const PAIRS_MAX: usize = 200;

/// Renders the page of contradictions.
pub fn contradictions(site: &Site<'_>) -> String {
    let place = Place::Contradictions;
    let title = place.name(&site.words);
    let description =
        site.words.say("Accounts that cannot both hold, side by side, each in its own words.");
    let pairs = site.kb.incidents.iter().flat_map(|incident| boxes(site, incident));
    let pairs: Vec<Opposed> = pairs.take(PAIRS_MAX).collect();
    let states = Outcome::ALL.into_iter().map(|outcome| StateLine {
        word: outcome.word(),
        name: site.words.say(words::outcome(outcome)).to_string(),
        count: pairs.iter().filter(|pair| pair.class == outcome.word()).count(),
    });
    let page = ContradictionsPage {
        frame: Frame::new(site, &place, &title, description),
        states: states.filter(|state| state.count > 0).collect(),
        pairs,
    };
    rendered(&page)
}
