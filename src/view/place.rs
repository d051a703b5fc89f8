//! Every page of the site by what it shows, with its address and its place in the tree.

use super::index::Index;
use super::wording::Wording;
use crate::model::entity::EntityId;
use crate::model::incident::{Dispute, Incident};
use crate::model::kb::KnowledgeBase;
use crate::model::source::Language;

/// A page.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// The front page.
    Home,
    /// All incidents in the order of time.
    Timeline,
    /// The incidents of a year.
    Year(i32),
    /// Kinds of incident.
    Types,
    /// The incidents of a kind, by its id.
    Type(&'a str),
    /// Lasting quarrels.
    Disputes,
    /// One of them.
    Dispute(&'a Dispute),
    /// An incident.
    Incident(&'a Incident),
    /// Companies and authorities.
    Vendors,
    /// One of them.
    Vendor(&'a EntityId),
    /// Products.
    Products,
    /// A product, by its address.
    Product(&'a str),
    /// People.
    People,
    /// A person, by the address.
    Person(&'a str),
    /// Outlets.
    Outlets,
    /// An outlet, by its address.
    Outlet(&'a str),
    /// The board of questions.
    Questions,
    /// Accounts that differ.
    Contradictions,
    /// What became known when.
    Changes,
    /// The same of a month: year and number.
    Month(i32, u32),
    /// The search.
    Search,
    /// Everything to take away.
    Data,
    /// How this is made.
    About,
    /// The page for addresses that lead nowhere.
    Missing,
}

/// Path of an incident's page.
pub fn incident_path(incident: &Incident) -> String {
    incident.id.path()
}

/// Path of a dispute's page.
pub fn dispute_path(dispute: &Dispute) -> String {
    format!("disputes/{}/", dispute.id)
}

/// A page in one language.
#[derive(Debug, Clone, Copy)]
pub struct Leaf<'a> {
    /// Which page.
    pub place: Place<'a>,
    /// In which language.
    pub language: &'a Language,
}

impl<'a> Place<'a> {
    /// Every page of a record but those of incidents and months, in a fixed order.
    pub fn others(kb: &'a KnowledgeBase, index: &'a Index<'a>) -> Vec<Place<'a>> {
        let mut all = vec![
            Place::Home,
            Place::Timeline,
            Place::Types,
            Place::Disputes,
            Place::Vendors,
            Place::Products,
            Place::People,
            Place::Outlets,
            Place::Questions,
            Place::Contradictions,
            Place::Changes,
            Place::Search,
            Place::Data,
            Place::About,
        ];
        all.extend(index.years.keys().map(|year| Place::Year(*year)));
        all.extend(index.types.keys().map(|kind| Place::Type(kind)));
        all.extend(kb.disputes.iter().map(Place::Dispute));
        all.extend(index.vendors(kb).map(Place::Vendor));
        all.extend(index.products.keys().map(|address| Place::Product(address)));
        all.extend(index.people.keys().map(|address| Place::Person(address)));
        all.extend(index.outlets.keys().map(|address| Place::Outlet(address)));
        all
    }

    /// Path from the root of its language, empty or ending in a slash.
    pub fn path(&self) -> String {
        match self {
            Place::Home | Place::Missing => String::new(),
            Place::Timeline => "timeline/".into(),
            Place::Year(year) => format!("timeline/{year}/"),
            Place::Types => "types/".into(),
            Place::Type(id) => format!("types/{}/", id.replace('_', "-")),
            Place::Disputes => "disputes/".into(),
            Place::Dispute(dispute) => dispute_path(dispute),
            Place::Incident(incident) => incident_path(incident),
            Place::Vendors => "vendors/".into(),
            Place::Vendor(id) => format!("vendors/{id}/"),
            Place::Products => "products/".into(),
            Place::Product(address) => format!("products/{address}/"),
            Place::People => "people/".into(),
            Place::Person(address) => format!("people/{address}/"),
            Place::Outlets => "outlets/".into(),
            Place::Outlet(address) => format!("outlets/{address}/"),
            Place::Questions => "questions/".into(),
            Place::Contradictions => "contradictions/".into(),
            Place::Changes => "changes/".into(),
            Place::Month(year, month) => format!("changes/{year:04}-{month:02}/"),
            Place::Search => "search/".into(),
            Place::Data => "data/".into(),
            Place::About => "about/".into(),
        }
    }

    /// The path of its first file.
    pub fn file(&self) -> String {
        format!("{}index.html", self.path())
    }

    /// The page above it.
    pub fn parent(&self) -> Option<Place<'a>> {
        match self {
            Place::Home | Place::Missing => None,
            Place::Year(_) | Place::Incident(_) => Some(Place::Timeline),
            Place::Type(_) => Some(Place::Types),
            Place::Dispute(_) => Some(Place::Disputes),
            Place::Vendor(_) => Some(Place::Vendors),
            Place::Product(_) => Some(Place::Products),
            Place::Person(_) => Some(Place::People),
            Place::Outlet(_) => Some(Place::Outlets),
            Place::Month(..) => Some(Place::Changes),
            Place::Timeline
            | Place::Types
            | Place::Disputes
            | Place::Vendors
            | Place::Products
            | Place::People
            | Place::Outlets
            | Place::Questions
            | Place::Contradictions
            | Place::Changes
            | Place::Search
            | Place::Data
            | Place::About => Some(Place::Home),
        }
    }

    /// Which entry of the navigation leads to it.
    pub fn section(&self) -> &'static str {
        match self {
            Place::Timeline
            | Place::Year(_)
            | Place::Incident(_)
            | Place::Types
            | Place::Type(_) => "timeline",
            Place::Disputes | Place::Dispute(_) => "disputes",
            Place::Vendors | Place::Vendor(_) | Place::Products | Place::Product(_) => "vendors",
            Place::Questions | Place::Contradictions => "questions",
            Place::Outlets | Place::Outlet(_) | Place::People | Place::Person(_) => "sources",
            Place::Changes | Place::Month(..) => "changes",
            Place::Search => "search",
            Place::About | Place::Data => "about",
            Place::Home | Place::Missing => "",
        }
    }

    /// The name of a list of pages, as it stands in the trail above a page.
    pub fn name(&self, words: &Wording<'_>) -> String {
        let id = match self {
            Place::Timeline => "Timeline",
            Place::Types => "Kinds of incident",
            Place::Disputes => "Disputes",
            Place::Vendors => "Vendors and authorities",
            Place::Products => "Products",
            Place::People => "People",
            Place::Outlets => "Outlets",
            Place::Questions => "Open questions",
            Place::Contradictions => "Where accounts differ",
            Place::Changes => "What changed",
            Place::Search => "Search",
            Place::Data => "Data",
            Place::About => "About and method",
            Place::Missing => "There is no such page",
            Place::Year(year) if words.is_chinese() => return format!("{year}年"),
            Place::Year(year) => return year.to_string(),
            Place::Month(year, month) => return words.month(*year, *month),
            Place::Type(id) => return words.type_name(id),
            Place::Dispute(dispute) => return words.dispute(dispute),
            Place::Incident(incident) => return words.title(incident).to_string(),
            Place::Home
            | Place::Vendor(_)
            | Place::Product(_)
            | Place::Person(_)
            | Place::Outlet(_) => return String::new(),
        };
        words.say(id).to_string()
    }
}
