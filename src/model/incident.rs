//! Incidents and the disputes that tie them together.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::claim::{ClaimId, Stance};
use super::date::{Basis, EventRole, Modifier};
use super::edtf::Edtf;
use super::entity::{EntityId, Who};
use super::history::Hand;
use super::id::{Key, Slug};
use super::party::{Party, PartyRole};
use super::question::Question;
use super::quotation::MissingQuotation;
use super::relation::{Allusion, Relation};
use super::source::{ArticleId, CaptureId};
use super::standing::Standing;
use super::text::{Evidence, Span};

/// Identity of an incident an editor has named.
pub type IncidentId = Slug<Incident>;
/// Identity of a dispute.
pub type DisputeId = Slug<Dispute>;

/// How an incident is referred to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum IncidentRef {
    /// Named by an editor, for ever.
    Minted(IncidentId),
    /// Computed from its earliest, most central capture; redirected once named.
    Provisional(Key<Incident>),
}

impl IncidentRef {
    /// The name of a proposed incident: after its first article.
    pub fn named_after(article: ArticleId) -> Self {
        IncidentRef::Provisional(Key::of(&["incident", &article.to_string()]))
    }

    /// The last part of its address.
    pub fn address(&self) -> String {
        match self {
            IncidentRef::Minted(id) => id.to_string(),
            IncidentRef::Provisional(key) => {
                format!("p-{}", key.to_string().get(..12).unwrap_or(""))
            }
        }
    }

    /// The path of its page from the root of the site.
    pub fn path(&self) -> String {
        format!("incidents/{}/", self.address())
    }
}

/// Where an incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Going on.
    Open,
    /// Over.
    Resolved,
    /// Ended by agreement.
    Settled,
    /// Growing.
    Escalating,
}

impl Status {
    /// The words of data and output.
    pub const WORDS: [(&'static str, Status); 4] = [
        ("open", Status::Open),
        ("resolved", Status::Resolved),
        ("settled", Status::Settled),
        ("escalating", Status::Escalating),
    ];

    /// Whether it is going on.
    pub fn is_live(self) -> bool {
        matches!(self, Status::Open | Status::Escalating)
    }

    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Resolved => "resolved",
            Status::Settled => "settled",
            Status::Escalating => "escalating",
        }
    }
}

/// A row of an incident's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The best date on record.
    pub date: Edtf,
    /// Early, mid, late, where the source of the best date says so.
    pub modifier: Option<Modifier>,
    /// Why the date is believed.
    pub basis: Basis,
    /// One line in neutral words.
    pub summary: String,
    /// The words the line is made of; `None` where an editor wrote it.
    pub words: Option<Evidence>,
    /// The clauses it rests on, one or more per article.
    pub evidence: Vec<Evidence>,
    /// Other dates given for the same happening, with the words.
    pub differing: Vec<(Edtf, Evidence)>,
    /// Happened, planned, effective, due.
    pub role: EventRole,
    /// Number of independent reports behind it.
    pub roots: usize,
    /// The day it could first be known.
    pub known_at: NaiveDate,
    /// Read by the machine, or entered by an editor.
    pub by: Hand,
}

/// Two accounts that cannot both hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// On which point, in plain words.
    pub topic: String,
    /// One account.
    pub a: Evidence,
    /// The other.
    pub b: Evidence,
    /// The row that found it.
    pub rule: String,
    /// Whether it is explained or settled by now.
    pub standing: Standing,
}

/// From whom an article has what it reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Derivation {
    /// The article.
    pub capture: CaptureId,
    /// Another article of the record whose text it carries.
    pub copies: Option<CaptureId>,
    /// Another article of the record that it gives in its own language.
    pub translates: Option<CaptureId>,
    /// Outlets it names as its sources, most central first.
    pub named: Vec<Who>,
    /// Carriers it names.
    pub carriers: Vec<Who>,
    /// What the article's account ultimately rests on, as far as named.
    pub roots: Vec<String>,
}

/// What an editor entered about an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorNote {
    /// In one or two sentences.
    pub summary: String,
    /// The same in Chinese.
    pub summary_zh: Option<String>,
    /// How well it is verified.
    pub verification: Vec<String>,
    /// Doubts and differences between outlets.
    pub notes: Vec<String>,
    /// Addresses the editor saw it at.
    pub sources: Vec<String>,
    /// Named products concerned.
    pub products: Vec<String>,
    /// When it was entered.
    pub entered: NaiveDate,
    /// By whom.
    pub by: String,
}

/// What one speaker holds, with every article that tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Who holds it, where they are named, under the fullest name on record.
    pub who: Option<Who>,
    /// With which attitude.
    pub stance: Stance,
    /// About whose conduct.
    pub target: Option<Who>,
    /// Type of incident that a silence or an allegation is about.
    pub matter: Option<String>,
    /// The claims that tell it, best grounded first, then oldest article first.
    pub tellings: Vec<(CaptureId, ClaimId)>,
    /// On how many independent reports the tellings rest.
    pub roots: usize,
}

/// One dated conflict with everything on record about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// Name or provisional key.
    pub id: IncidentRef,
    /// Headline in neutral words.
    pub title: String,
    /// The same in Chinese.
    pub title_zh: Option<String>,
    /// Types by id, strongest first.
    pub types: Vec<String>,
    /// Where it stands.
    pub status: Status,
    /// When it began.
    pub opened: Edtf,
    /// The longer quarrel it belongs to.
    pub dispute: Option<DisputeId>,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// The articles about it, oldest first.
    pub articles: Vec<CaptureId>,
    /// Where articles about several incidents tell of this one.
    pub passages: Vec<Evidence>,
    /// Where its own articles tell of others.
    pub elsewhere: Vec<Evidence>,
    /// What happened when.
    pub timeline: Vec<Entry>,
    /// What was said, as (capture, claim), in order of publication.
    pub claims: Vec<(CaptureId, ClaimId)>,
    /// The same by speaker and content, each position once.
    pub positions: Vec<Position>,
    /// What is open.
    pub questions: Vec<Question>,
    /// Words of its articles that point at other incidents.
    pub allusions: Vec<Allusion>,
    /// Which incidents these are, and what they are to it.
    pub relations: Vec<Relation>,
    /// Where accounts differ.
    pub contradictions: Vec<Contradiction>,
    /// Who has it from whom.
    pub lineage: Vec<Derivation>,
    /// Quotations that the outlets they are said to be from do not print.
    pub missing: Vec<MissingQuotation>,
    /// What an editor entered.
    pub editor: Option<EditorNote>,
    /// Whether the program proposes it, or an editor entered, named or confirmed it.
    pub by: Hand,
}

impl Incident {
    /// The number of independent reports behind the incident.
    pub fn roots(&self) -> usize {
        let mut roots: Vec<&str> =
            self.lineage.iter().flat_map(|d| d.roots.iter().map(String::as_str)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots.len()
    }

    /// Whether no editor has entered, named or confirmed it.
    pub fn is_proposed(&self) -> bool {
        self.by == Hand::Machine
    }

    /// Its articles, then those of which a passage tells of it, each once.
    pub fn sources(&self) -> impl Iterator<Item = CaptureId> {
        let mut told: Vec<CaptureId> = self.passages.iter().map(|at| at.capture).collect();
        told.dedup();
        self.articles.iter().copied().chain(told)
    }

    /// Whether words of an article are told of it, and not of another incident.
    pub fn tells_at(&self, capture: CaptureId, span: Span) -> bool {
        let among = |parts: &[Evidence]| {
            parts.iter().any(|part| part.capture == capture && part.span.holds(span))
        };
        match self.articles.contains(&capture) {
            true => !among(&self.elsewhere),
            false => among(&self.passages),
        }
    }

    /// Whether an article, or a passage of it, tells of it.
    pub fn tells(&self, capture: CaptureId) -> bool {
        self.sources().any(|source| source == capture)
    }

    /// The part somebody takes in it as far as one of its types goes: who bans may be whom it accuses of copying.
    pub fn part_in(&self, kind: &str, id: &EntityId, whole: PartyRole) -> PartyRole {
        let alleged = self.positions.iter().filter(|position| {
            position.stance == Stance::Alleges && position.matter.as_deref() == Some(kind)
        });
        let is = |who: &Option<Who>| who.as_ref().is_some_and(|who| who.id.as_ref() == Some(id));
        let (mut accuses, mut accused) = (false, false);
        for position in alleged {
            accuses |= is(&position.who);
            accused |= is(&position.target);
        }
        match (accuses, accused) {
            (true, false) => PartyRole::Initiator,
            (false, true) => PartyRole::Respondent,
            _ => whole,
        }
    }

    /// Whether an article about it has been captured.
    pub fn is_captured(&self) -> bool {
        !self.articles.is_empty()
    }
}

/// A lasting quarrel between the same parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// Named by an editor, or made of the parties' ids.
    pub id: DisputeId,
    /// The parties, in plain words.
    pub title: String,
    /// Who quarrels.
    pub parties: Vec<Who>,
    /// Its incidents, oldest first.
    pub incidents: Vec<IncidentRef>,
    /// Who tied them together.
    pub by: Hand,
}
