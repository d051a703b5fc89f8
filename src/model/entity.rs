//! Who and what can be named.

use serde::{Deserialize, Serialize};

use super::edtf::Edtf;
use super::id::Slug;
use super::rule::RuleId;
use super::text::Span;

/// Identity of a registry entry.
pub type EntityId = Slug<Entity>;

/// What sort of thing a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// Companies, labs, outlets, associations.
    Organization,
    /// Regulators, ministries, courts, parliaments, agencies.
    Government,
    /// A human being.
    Person,
    /// Products, services, models and model families.
    Product,
    /// Countries, cities, regions.
    Place,
    /// Named laws, cases, standards.
    Legal,
}

impl EntityKind {
    /// All kinds, in the order of display.
    pub const ALL: [EntityKind; 6] = [
        EntityKind::Organization,
        EntityKind::Government,
        EntityKind::Person,
        EntityKind::Product,
        EntityKind::Place,
        EntityKind::Legal,
    ];

    /// The word used in data and output.
    pub fn word(self) -> &'static str {
        match self {
            EntityKind::Organization => "organization",
            EntityKind::Government => "government",
            EntityKind::Person => "person",
            EntityKind::Product => "product",
            EntityKind::Place => "place",
            EntityKind::Legal => "legal",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it can speak, decide and be accused.
    pub fn can_act(self) -> bool {
        matches!(self, EntityKind::Organization | EntityKind::Government | EntityKind::Person)
    }
}

/// What an entity does in our field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityRole {
    /// Makes AI models, tools or the chips they run on.
    Vendor,
    /// A research group.
    Lab,
    /// Buys or uses.
    Customer,
    /// Sues or demands.
    Claimant,
    /// Supervises.
    Regulator,
    /// Makes laws.
    Legislature,
    /// Judges.
    Court,
    /// Publishes news.
    Outlet,
    /// Sells news to outlets.
    Agency,
    /// Carries what others say.
    Platform,
    /// Owns shares.
    Investor,
    /// A model or a family of models.
    Model,
    /// A tool, chatbot or service.
    Tool,
}

impl EntityRole {
    /// All roles with the words of the data files.
    pub const WORDS: [(&'static str, EntityRole); 13] = [
        ("vendor", EntityRole::Vendor),
        ("lab", EntityRole::Lab),
        ("customer", EntityRole::Customer),
        ("claimant", EntityRole::Claimant),
        ("regulator", EntityRole::Regulator),
        ("legislature", EntityRole::Legislature),
        ("court", EntityRole::Court),
        ("outlet", EntityRole::Outlet),
        ("agency", EntityRole::Agency),
        ("platform", EntityRole::Platform),
        ("investor", EntityRole::Investor),
        ("model", EntityRole::Model),
        ("tool", EntityRole::Tool),
    ];
}

/// A registry entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Minted once.
    pub id: EntityId,
    /// Usual full name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// What it does in our field.
    pub roles: Vec<EntityRole>,
    /// Maker, owner, or the organisation a person is known for.
    pub owner: Option<EntityId>,
    /// Other names, every script.
    pub names: Vec<String>,
    /// Names it no longer bears, with the end of their use.
    pub former: Vec<(String, Option<Edtf>)>,
    /// Whether its versions are products of their own.
    pub family: bool,
    /// Words that texts describe it with: its seat, its trade; a place's own adjectives.
    pub called: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Exchange and symbol.
    pub ticker: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// Registrable domain.
    pub site: Option<String>,
    /// Language it writes in, for an outlet.
    pub lang: Option<String>,
}

impl Entity {
    /// Whether it has a role.
    pub fn is(&self, role: EntityRole) -> bool {
        self.roles.contains(&role)
    }

    /// Whether it reports: an outlet or a news agency.
    pub fn reports(&self) -> bool {
        self.is(EntityRole::Outlet) || self.is(EntityRole::Agency)
    }
}

/// Index into [`super::reading::Reading::names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameIx(pub u32);

/// Something named in one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Registry name, or the fullest form the article uses.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The registry entry, where it is known.
    pub id: Option<EntityId>,
    /// Maker or house: for versions of a known family, and for names found beside their owner.
    pub owner: Option<EntityId>,
    /// The house a person speaks from, as the article says.
    pub house: Option<NameIx>,
    /// Whether it reports: an outlet or a news agency, by its entry or by what the article says of it.
    pub reports: bool,
    /// The row or construction that found it.
    pub rule: RuleId,
}

/// A place where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The letters, without article and possessive.
    pub span: Span,
    /// What they stand for.
    pub name: NameIx,
}

/// Somebody across articles: a registry entry, or a name nobody has entered yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Who {
    /// The registry entry, where there is one.
    pub id: Option<EntityId>,
    /// The name to print.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
}

impl Who {
    /// What two mentions of the same party share: the id, or the folded name.
    pub fn key(&self) -> String {
        match &self.id {
            Some(id) => id.to_string(),
            None => self.name.to_lowercase(),
        }
    }
}

impl PartialEq for Who {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Who {}
impl PartialOrd for Who {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Who {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// The name of an outlet without an article before it: The Harbour Ledger and Harbour Ledger are one.
pub fn outlet_key(name: &str) -> &str {
    name.strip_prefix("The ").filter(|rest| !rest.is_empty()).unwrap_or(name)
}
