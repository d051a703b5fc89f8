//! The whole site as paths and bytes: a plan of its pages, and each page rendered by itself.
//!
//! What holds: the page of an incident is rendered from its excerpt of the record and from what all
//! pages share, and can reach nothing else; so it is the same where the digest of both is.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::assets::Assets;
use super::beside::beside;
use super::card::Card;
use super::citation;
use super::directory::Directory;
use super::docs::{Filed, Filing};
use super::downloads::{self, shorten};
use super::excerpt::{Excerpt, Excerpts, digest};
use super::feed::{feeds_beside, question_feeds};
use super::gathered::Gathered;
use super::index::Index;
use super::news;
use super::pages;
use super::place::{Leaf, Place};
use super::seals::Seals;
use super::signposts::signposts;
use super::wording::Wording;
use crate::model::entity::EntityId;
use crate::model::incident::{Incident, IncidentRef};
use crate::model::kb::KnowledgeBase;
use crate::model::party::PartyRole;
use crate::model::source::{CaptureId, Language};
use crate::model::tree::Rendered;
use crate::rules::{IncidentType, Measure, Rules, Weight};

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
    /// The record, or an excerpt of it.
    pub kb: &'a KnowledgeBase,
    /// Title and addresses.
    pub look: &'a Look,
    /// Style sheet and scripts.
    pub assets: &'a Assets,
    /// What was found once.
    pub index: &'a Index<'a>,
    /// Who has a page.
    pub directory: &'a Directory,
    /// The language of the page.
    pub words: Wording<'a>,
    rules: &'a Rules,
}

impl<'a> Site<'a> {
    /// Types of incident, in the order of the data.
    pub fn types(&self) -> &'a [IncidentType] {
        &self.rules.types
    }

    /// Weights of the exposure indicator.
    pub fn weights(&self) -> &'a [Weight] {
        &self.rules.presentation.weights
    }

    /// Figures of quality.
    pub fn measures(&self) -> &'a [Measure] {
        &self.rules.presentation.measures
    }

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
        self.types().iter().find(|kind| kind.id == id).map(|kind| kind.topic.as_str())
    }

    /// An incident by its place in the record.
    pub fn at(&self, place: usize) -> Option<&'a Incident> {
        self.kb.incidents.get(place).map(Arc::as_ref)
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

/// A page in every language, with what it is rendered from.
#[derive(Debug)]
pub struct Sheet<'a> {
    place: Place<'a>,
    excerpt: Option<Excerpt>,
    /// Digest of all it is rendered from; nothing for pages that draw on the whole record.
    pub digest: Option<String>,
    /// The same without what is before and after an incident.
    pub own: Option<String>,
}

impl Sheet<'_> {
    /// The incident whose page it is, with what may be known of the record there.
    pub fn incident(&self) -> Option<(&KnowledgeBase, &Incident)> {
        match self.place {
            Place::Incident(incident) => Some((&self.excerpt.as_ref()?.kb, incident)),
            _ => None,
        }
    }
}

/// Everything a site is made from, ready to be rendered page by page.
pub struct Plan<'a> {
    kb: &'a KnowledgeBase,
    rules: &'a Rules,
    look: &'a Look,
    assets: &'a Assets,
    index: &'a Index<'a>,
    directory: &'a Directory,
    seals: &'a Seals,
    excerpts: Excerpts<'a>,
    /// Digest of what all pages share.
    shared: Option<String>,
}

impl<'a> Plan<'a> {
    /// Prepares a site.
    pub fn new(
        kb: &'a KnowledgeBase,
        rules: &'a Rules,
        look: &'a Look,
        assets: &'a Assets,
        index: &'a Index<'a>,
        directory: &'a Directory,
        seals: &'a Seals,
    ) -> Self {
        let Look { title, base_url, corrections, version } = look;
        let assets_named: Vec<_> = assets.named().collect();
        let shared = digest(&(&rules.shown, title, base_url, corrections, version, assets_named));
        let excerpts = Excerpts::new(kb, index, directory, seals);
        Self { kb, rules, look, assets, index, directory, seals, excerpts, shared }
    }

    /// The site in a language.
    pub fn site(&self, language: &'a Language) -> Site<'a> {
        let Plan { kb, rules, look, assets, index, directory, .. } = *self;
        let words = Wording::new(rules, language);
        Site { kb, rules, look, assets, index, directory, words }
    }

    /// The pages of incidents, in the order of the record.
    pub fn incidents(&self) -> Vec<Place<'a>> {
        self.kb.incidents.iter().map(|incident| Place::Incident(incident)).collect()
    }

    /// Every other page.
    pub fn others(&self) -> Vec<Place<'a>> {
        let months = news::by_month(&self.site(&Language::En)).keys();
        let months = months.map(|(year, month)| Place::Month(*year, *month));
        Place::others(self.kb, self.index).into_iter().chain(months).collect()
    }

    /// Every page.
    pub fn places(&self) -> Vec<Place<'a>> {
        self.incidents().into_iter().chain(self.others()).collect()
    }

    /// Every page in every language.
    pub fn leaves(&self) -> Vec<Leaf<'a>> {
        let places = self.places();
        LANGUAGES
            .iter()
            .flat_map(|language| places.iter().map(move |place| Leaf { place: *place, language }))
            .collect()
    }

    /// Every other page, with a digest of what it is rendered from, where those of incidents are known by
    /// their place.
    pub fn gathered(&self, of: &[Option<String>]) -> Vec<(Place<'a>, Option<String>)> {
        let (kb, index) = (self.kb, self.index);
        let months = news::by_month(&self.site(&Language::En));
        let gathered = Gathered { kb, index, directory: self.directory, seals: self.seals, months };
        let digest = |place| gathered.digest(&place, self.shared.as_ref()?, of);
        self.others().into_iter().map(|place| (place, digest(place))).collect()
    }

    /// What a page is rendered from.
    pub fn sheet(&self, place: Place<'a>) -> Sheet<'a> {
        let excerpt = match place {
            Place::Incident(incident) => Some(self.excerpts.of(incident)),
            _ => None,
        };
        let own = excerpt.as_ref().and_then(Excerpt::own_digest);
        let own = self.shared.as_ref().zip(own).and_then(|both| digest(&both));
        let digest = excerpt.as_ref().zip(own.as_ref()).and_then(|(it, own)| it.digest(own));
        Sheet { place, excerpt, digest, own }
    }

    /// A page in every language, with the files beside it.
    pub fn render(&self, sheet: &Sheet<'a>) -> Vec<(String, Vec<u8>)> {
        let Some(Excerpt { kb, directory, .. }) = &sheet.excerpt else {
            let sites = LANGUAGES.iter().map(|language| self.site(language));
            return sites.flat_map(|site| files(&site, &sheet.place)).collect();
        };
        let index = Index::new(kb);
        let sites = LANGUAGES.iter().map(|language| Site {
            kb,
            index: &index,
            directory,
            ..self.site(language)
        });
        sites.flat_map(|site| files(&site, &sheet.place)).collect()
    }

    /// The card of a page in each language, with what it is drawn with; none where nobody can be told
    /// its address.
    pub fn cards(&self, place: Place<'a>) -> impl Iterator<Item = (Card, Site<'a>)> {
        let told = LANGUAGES.iter().filter(|_| !self.look.base_url.is_empty());
        told.filter_map(move |language| {
            let site = self.site(language);
            Some((Card::of(&site, &place)?, site))
        })
    }

    /// Files that belong to no page.
    pub fn single_files(&self) -> Rendered {
        let mut files: Rendered = self.assets.files().collect();
        let site = self.site(&Language::En);
        files.insert("404.html".into(), pages::page(&site, &Place::Missing).into_bytes());
        files.extend(signposts(self, &site));
        files
    }

    /// What is laid together of all that was filed, each under its name.
    pub fn laid_together<'f>(
        &'f self,
        filed: &'f [Arc<Filed>],
    ) -> [(&'static str, downloads::Laid<'f>); 3] {
        let site = self.site(&Language::En);
        let parts = filed.iter().map(|filed| &filed.taken);
        let (tables, record) = (parts.clone(), parts.clone());
        [
            ("tables", Box::new(move || downloads::tables(&site, tables.clone()))),
            ("record", Box::new(move || downloads::record(&site, record.clone()))),
            ("boards", Box::new(move || downloads::boards(&site, parts.clone()))),
        ]
    }
}

/// A page in one language, with the files beside it.
fn files(site: &Site<'_>, place: &Place<'_>) -> Vec<(String, Vec<u8>)> {
    let path = site.path(place);
    let mut files = vec![(format!("{path}index.html"), pages::page(site, place).into_bytes())];
    files.extend(feeds_beside(site, place));
    if site.words.is_chinese() {
        return files;
    }
    files.extend(beside(site, place).map(|mut json| {
        shorten(&mut json);
        (format!("{path}index.json"), json.to_string().into_bytes())
    }));
    if let Place::Incident(incident) = place {
        let mut put = |name: &str, text: String| {
            files.push((format!("{path}{name}"), text.into_bytes()));
        };
        let references = citation::references(site, incident);
        put("cite.csl.json", citation::csl(&references));
        put("cite.bib", citation::bibtex(&references));
        put("cite.ris", citation::ris(&references));
        put("embed.html", pages::embed(site, incident));
        if let Some(oembed) = pages::oembed(site, incident) {
            put("oembed.json", oembed);
        }
        let at = site.index.place_of(&incident.id).unwrap_or_default();
        files.extend(question_feeds(site, at, incident));
    }
    files
}

/// Renders every page; assets are laid beside them.
pub fn site(
    kb: &KnowledgeBase,
    rules: &Rules,
    look: &Look,
    assets: &BTreeMap<String, Vec<u8>>,
) -> Rendered {
    let (assets, index) = (Assets::new(assets), Index::new(kb));
    let directory = Directory::of(&index);
    let seals = Seals::default();
    let plan = Plan::new(kb, rules, look, &assets, &index, &directory, &seals);
    let filing = Filing::new(kb, rules, &index);
    let (mut rendered, mut filed) = (Rendered::new(), Vec::new());
    for place in plan.places() {
        let sheet = plan.sheet(place);
        filed.extend(filing.incident(&sheet).map(Arc::new));
        rendered.extend(plan.render(&sheet));
        rendered.extend(
            plan.cards(place).map(|(card, site)| (card.path.clone(), card.drawn(&site.words))),
        );
    }
    filed.extend(filing.rest().into_iter().map(|loose| Arc::new(loose.filed())));
    rendered.extend(plan.laid_together(&filed).iter().flat_map(|(_, make)| make()));
    rendered.extend(plan.single_files());
    rendered
}
