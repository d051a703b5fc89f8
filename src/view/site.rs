//! The whole site as paths and bytes: a plan of its pages, and each page rendered by itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::assets::Assets;
use super::beside::beside;
use super::citation;
use super::downloads::{downloads, shorten};
use super::feed::{feeds_beside, question_feeds};
use super::index::Index;
use super::pages;
use super::place::Place;
use super::signposts::signposts;
use super::wording::Wording;
use crate::model::entity::EntityId;
use crate::model::incident::{Incident, IncidentRef, PartyRole};
use crate::model::kb::KnowledgeBase;
use crate::model::source::{CaptureId, Language};
use crate::model::tree::Rendered;
use crate::rules::Rules;

/// The languages of the interface; the first one has the root of the site.
pub const LANGUAGES: [Language; 2] = [Language::En, Language::Zh];

/// How the site presents itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Name in the masthead.
    pub title: String,
    /// Address it is published at, ending in `/`; empty where it is not known.
    pub base_url: String,
    /// Where corrections and takedown requests go: an address of mail or of a page; may be empty.
    pub corrections: String,
    /// Version of the program.
    pub version: String,
}

/// What every page may ask.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The record.
    pub kb: &'a KnowledgeBase,
    /// Types and their names.
    pub rules: &'a Rules,
    /// Title and addresses.
    pub look: &'a Look,
    /// Style sheet and scripts.
    pub assets: &'a Assets,
    /// What was found once.
    pub index: &'a Index<'a>,
    /// The language of the page.
    pub words: Wording<'a>,
}

impl<'a> Site<'a> {
    /// The day the record speaks of.
    pub fn today(&self) -> NaiveDate {
        self.kb.today
    }

    /// The name of a type.
    pub fn type_name(&self, id: &str) -> String {
        self.words.type_name(id)
    }

    /// What incidents of a type are about: "the ban".
    pub fn topic(&self, id: &str) -> Option<&'a str> {
        self.rules.types.iter().find(|kind| kind.id == id).map(|kind| kind.topic.as_str())
    }

    /// An incident by its place in the record.
    pub fn at(&self, place: usize) -> Option<&'a Incident> {
        self.kb.incidents.get(place)
    }

    /// An incident by reference.
    pub fn incident(&self, id: &IncidentRef) -> Option<&'a Incident> {
        self.index.place_of(id).and_then(|place| self.at(place))
    }

    /// The incident an article belongs to.
    pub fn incident_of(&self, capture: CaptureId) -> Option<&'a Incident> {
        self.index.home_of(capture).and_then(|place| self.at(place))
    }

    /// The incidents somebody is a party of, by role, newest first.
    pub fn incidents_of(&self, id: &EntityId) -> Vec<(PartyRole, &'a Incident)> {
        let parts = self.index.parts_of(id).iter();
        parts.filter_map(|(role, place)| Some((*role, self.at(*place)?))).collect()
    }

    /// Path of a page from the root of the site.
    pub fn path(&self, place: &Place<'_>) -> String {
        let tree = if self.words.is_chinese() { "zh/" } else { "" };
        format!("{tree}{}", place.path())
    }
}

/// A page in one language.
#[derive(Debug, Clone, Copy)]
pub struct Leaf<'a> {
    /// Which page.
    pub place: Place<'a>,
    /// In which language.
    pub language: &'a Language,
}

/// Everything a site is made from, ready to be rendered page by page.
pub struct Plan<'a> {
    kb: &'a KnowledgeBase,
    rules: &'a Rules,
    look: &'a Look,
    assets: &'a Assets,
    index: &'a Index<'a>,
}

impl<'a> Plan<'a> {
    /// Prepares a site.
    pub fn new(
        kb: &'a KnowledgeBase,
        rules: &'a Rules,
        look: &'a Look,
        assets: &'a Assets,
        index: &'a Index<'a>,
    ) -> Self {
        Self { kb, rules, look, assets, index }
    }

    /// The site in a language.
    pub fn site(&self, language: &'a Language) -> Site<'a> {
        let Plan { kb, rules, look, assets, index } = *self;
        Site { kb, rules, look, assets, index, words: Wording::new(rules, language) }
    }

    /// Every page in every language.
    pub fn leaves(&self) -> Vec<Leaf<'a>> {
        let places = Place::all(self.kb, self.index);
        LANGUAGES
            .iter()
            .flat_map(|language| places.iter().map(move |place| Leaf { place: *place, language }))
            .collect()
    }

    /// One page, with the files beside it.
    pub fn render(&self, leaf: &Leaf<'a>) -> Vec<(String, Vec<u8>)> {
        let site = self.site(leaf.language);
        let path = site.path(&leaf.place);
        let mut files =
            vec![(format!("{path}index.html"), pages::page(&site, &leaf.place).into_bytes())];
        files.extend(feeds_beside(&site, &leaf.place));
        if site.words.is_chinese() {
            return files;
        }
        let json = beside(&site, &leaf.place);
        files.extend(json.map(|mut json| {
            shorten(&mut json);
            (format!("{path}index.json"), json.to_string().into_bytes())
        }));
        if let Place::Incident(incident) = leaf.place {
            let mut put = |name: &str, text: String| {
                files.push((format!("{path}{name}"), text.into_bytes()));
            };
            let references = citation::references(&site, incident);
            put("cite.csl.json", citation::csl(&references));
            put("cite.bib", citation::bibtex(&references));
            put("cite.ris", citation::ris(&references));
            put("embed.html", pages::embed(&site, incident));
            if let Some(oembed) = pages::oembed(&site, incident) {
                put("oembed.json", oembed);
            }
            let at = self.index.place_of(&incident.id).unwrap_or_default();
            files.extend(question_feeds(&site, at, incident));
        }
        files
    }

    /// Files that belong to no page.
    pub fn single_files(&self) -> Rendered {
        let mut files: Rendered = self.assets.files().collect();
        let site = self.site(&Language::En);
        files.insert("404.html".into(), pages::page(&site, &Place::Missing).into_bytes());
        files.extend(signposts(self, &site));
        files.extend(downloads(&site));
        files
    }
}

/// Renders every page; assets are laid beside them.
pub fn site(
    kb: &KnowledgeBase,
    rules: &Rules,
    look: &Look,
    assets: &BTreeMap<String, Vec<u8>>,
) -> Rendered {
    let (assets, index) = (Assets::new(assets), Index::new(kb));
    let plan = Plan::new(kb, rules, look, &assets, &index);
    let mut rendered = plan.single_files();
    for leaf in plan.leaves() {
        rendered.extend(plan.render(&leaf));
    }
    rendered
}
