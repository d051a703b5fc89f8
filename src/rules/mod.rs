//! `data/` parsed once and typed: registry, vocabulary, lexicon, entered incidents.
//!
//! In: layers of data texts. Out: [`Rules`], or every fault with file and line. What holds: a
//! [`Rules`] value is complete and consistent; every row in it has an id that its facts will carry.
//! Not here: reading (`read/`), IO (`store/data.rs`).

mod addresses;
mod class_rows;
mod classes;
mod clue;
mod comparison;
mod cue;
mod dated;
mod entered;
mod folders;
mod forest;
mod inflect;
mod ledger;
mod lexer;
mod lexicon;
mod load;
mod markup;
mod messages;
mod numbers;
mod pages;
mod pattern;
mod presentation;
mod registry;

mod signs;
mod sources;
mod table;
mod threshold;
mod token;
mod trust;
mod types;
mod vocabulary;
mod walls;
mod zone;

use std::sync::Arc;

use crate::model::crawl::Source;
use crate::model::editor::EnteredIncident;
use crate::model::finding::Finding;
use crate::model::judgement::Ledger;

pub use addresses::{Addresses, StandIn, is_below};
pub use classes::Classes;
pub use clue::{Clue, Clues};
pub use comparison::{
    AnswerRule, AwaitedRule, ContrastRule, FirsthandRule, PointRule, PointValue, Pointing,
    RelationRule, RulingPart,
};
pub use cue::{Cue, Frame, ShiftRule, Whose};
pub use dated::{DateForm, DateRule, ModifierRule};
pub use entered::NamedDispute;
pub use forest::Forest;
pub use ledger::written;
pub use lexer::{fold, is_han};
pub use lexicon::{AskRule, CitationRule, NounMeaning, PredicateRule, RelevanceRule, Scope, Stamp};
pub use load::Layer;
pub use markup::{Markup, mark};
pub use messages::Messages;
pub use numbers::NUMBERS;
pub use pages::{Credit, Field, Pages};
pub use pattern::{Match, sort};
pub use presentation::{Measure, Presentation, Weighed, Weight};
pub use registry::{KnownName, Registry};
pub use signs::{Side, SignRule};
pub use table::{Ruled, Table};
pub use threshold::Thresholds;
pub use token::{Mark, Shape, Token, Tokens};
pub use trust::Trust;
pub use types::IncidentType;
pub use vocabulary::{ClassId, Vocabulary, WordId};
pub use walls::Wall;
pub use zone::Zone;

use comparison::{
    AnswerRow, AwaitedRow, ContrastRow, CorrectionRow, CurrencyRow, FirsthandRow, MatterRow,
    PointRow, RelationRow, RulingRow, StepRow, TranslationRow, TurnRow,
};
use cue::{CueRow, ShiftRow};
use dated::{DateRow, EventRoleRow, ModifierRow};
pub use inflect::Presents;
use inflect::Verbs;
use lexicon::*;
use signs::SignRow;
use walls::WallRow;

/// Version of the reading stage: part of every memo key; raised when the code reads differently.
pub const READING_VERSION: &str = "28";

macro_rules! lexicon {
    ($($(#[$doc:meta])* $field:ident: $row:ident = $path:literal),* $(,)?) => {
        /// The tables of `data/lexicon/`, one automaton each.
        #[derive(Debug, Clone)]
        pub struct Lexicon {
            $($(#[$doc])* pub $field: Table<<$row as table::Phrased>::Meaning>,)*
        }
        impl Lexicon {
            /// The folders the tables stand in.
            const FOLDERS: &'static [&'static str] = &[$($path),*];

            fn load(
                layers: &[Layer<'_>],
                verbs: &Verbs,
                vocabulary: &mut Vocabulary,
                faults: &mut Vec<Finding>,
            ) -> Self {
                // Every table adds its words before any table is indexed by them.
                let mut lexicon = Self {
                    $($field: Table::load::<$row>(layers, $path, verbs, vocabulary, faults),)*
                };
                $(lexicon.$field.finish(vocabulary);)*
                lexicon
            }
        }
    };
}

lexicon! {
    /// Reporting words.
    cues: CueRow = "lexicon/cues/",
    /// Ways of not answering.
    silences: SilenceRow = "lexicon/silence/",
    /// Points on which accounts can differ.
    contrasts: ContrastRow = "lexicon/contrasts/",
    /// Points on which accounts give a day or a sum.
    points: PointRow = "lexicon/points/",
    /// What makes a number a sum of money.
    currencies: CurrencyRow = "lexicon/currencies/",
    /// What accounts count.
    quantities: QuantityRow = "lexicon/quantities/",
    /// What would answer a question.
    answers: AnswerRow = "lexicon/answers/",
    /// Words that await a step.
    awaited: AwaitedRow = "lexicon/awaited/",
    /// Words that tell it was taken.
    steps: StepRow = "lexicon/steps/",
    /// Words that point at an earlier incident.
    relations: RelationRow = "lexicon/relations/",
    /// Nouns that name an incident of a type, which the row says.
    matters: MatterRow = "lexicon/matters/",
    /// Words behind which a number stands that is said to be wrong.
    corrections: CorrectionRow = "lexicon/corrections/",
    /// Words by which an article says that it is a translation.
    translations: TranslationRow = "lexicon/translations/",
    /// Words by which courts settle what is so.
    rulings: RulingRow = "lexicon/rulings/",
    /// Words by which a later account says that things have changed.
    turns: TurnRow = "lexicon/turns/",
    /// Chinese nouns that can speak.
    nouns: NounRow = "lexicon/nouns/",
    /// Platforms, documents and occasions of statements.
    channels: ChannelRow = "lexicon/channels/",
    /// Words inside a statement that change its attitude.
    shifts: ShiftRow = "lexicon/shifts/",
    /// Ways of leaving something open.
    asks: AskRow = "lexicon/questions/",
    /// Softeners.
    hedges: HedgeRow = "lexicon/hedges/",
    /// Expressions of time.
    dates: DateRow = "lexicon/dates/",
    /// Stamps printed in place of a date.
    stamps: StampRow = "lexicon/stamps/",
    /// Early, late, about.
    modifiers: ModifierRow = "lexicon/modifiers/",
    /// Words that say what kind of happening a date stands for.
    event_roles: EventRoleRow = "lexicon/roles/",
    /// What parties do to one another.
    predicates: PredicateRow = "lexicon/predicates/",
    /// References to other reports.
    citations: CitationRow = "lexicon/citations/",
    /// Signs of own reporting.
    firsthand: FirsthandRow = "lexicon/firsthand/",
    /// Headings.
    sections: SectionRow = "lexicon/sections/",
    /// Furniture of plain text: whether all that follows is furniture too.
    furniture: FurnitureRow = "lexicon/furniture/",
    /// What stands before a text that was not captured.
    walls: WallRow = "lexicon/walls/",
    /// Words beside Chinese names, and at their end.
    signs: SignRow = "lexicon/signs/",
    /// What has capitals and names nobody.
    nameless: NamelessRow = "lexicon/nameless/",
    /// What points back to an accusation.
    resumptions: ResumptionRow = "lexicon/resumptions/",
    /// What shows that a name is an outlet.
    reporters: ReporterRow = "lexicon/reporters/",
    /// What an article about a dispute speaks of.
    relevance: RelevanceRow = "lexicon/relevance/",
    /// Words that mean much the same.
    senses: SenseRow = "lexicon/senses/",
    /// What articles about incidents of a type speak of.
    themes: ThemeRow = "lexicon/themes/",
}

/// Everything `data/` says.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Digest of the data that reading depends on, and of the version of the reading stage.
    pub digest: String,
    /// Digest of the data that pages print from.
    pub shown: String,
    /// Words and classes.
    pub vocabulary: Vocabulary,
    /// Classes the code names.
    pub classes: Classes,
    /// Known entities.
    pub registry: Registry,
    /// Time zones by name.
    pub zones: std::collections::BTreeMap<String, Zone>,
    /// Types of incident, in the order of the file.
    pub types: Vec<IncidentType>,
    /// The tables of phrases.
    pub lexicon: Lexicon,
    /// Present forms of verbs.
    pub presents: Presents,
    /// Names of HTML elements.
    pub markup: Markup,
    /// What pages write about themselves.
    pub pages: Pages,
    /// What facts of pages are worth, by where they were found.
    pub trust: Trust,
    /// What tells that a sentence bears on a question.
    pub clues: Clues,
    /// Weights that tell text from furniture.
    pub weights: Forest,
    /// Numbers by which articles are compared.
    pub thresholds: Thresholds,
    /// Incidents entered by editors.
    pub entered: Vec<Arc<EnteredIncident>>,
    /// Names of disputes.
    pub disputes: Vec<NamedDispute>,
    /// Addresses and pages that are no articles.
    pub addresses: Addresses,
    /// Publishers to fetch from.
    pub sources: Vec<Source>,
    /// What editors decided.
    pub ledger: Ledger,
    /// What pages say beside the record.
    pub presentation: Presentation,
}

/// What editors entered, as it was read before.
#[derive(Debug, Default)]
pub struct Entries {
    incidents: load::Parsed<Arc<EnteredIncident>>,
}

impl Rules {
    /// Takes what editors entered from layers that differ from those of before in files of `incidents/` alone.
    ///
    /// # Errors
    /// As [`Rules::load`]; the rules are to be used again once the entries are sound.
    pub fn take_entries(
        &mut self,
        layers: &[Layer<'_>],
        entries: &mut Entries,
    ) -> Result<(), Vec<Finding>> {
        let mut faults = Vec::new();
        folders::misplaced(layers, &mut faults);
        let ids: Vec<String> = self.types.iter().map(|kind| kind.id.clone()).collect();
        let parsed = &mut entries.incidents;
        self.entered = entered::load(layers, &ids, &self.disputes, parsed, &mut faults);
        self.ledger = ledger::load(layers, &ids, &self.entered, &mut faults);
        faults.sort();
        faults.dedup();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Parses all layers, the built-in one first.
    ///
    /// # Errors
    /// Every fault found, each with file and line and what to write instead.
    pub fn load(layers: &[Layer<'_>]) -> Result<Rules, Vec<Finding>> {
        Self::load_again(layers, &mut Entries::default())
    }

    /// As [`Rules::load`], again and again: of what editors entered only files that changed are read.
    ///
    /// # Errors
    /// As [`Rules::load`].
    pub fn load_again(layers: &[Layer<'_>], entries: &mut Entries) -> Result<Rules, Vec<Finding>> {
        let mut faults = Vec::new();
        let faults_ref = &mut faults;
        let mut vocabulary = Vocabulary::default();
        folders::misplaced(layers, faults_ref);
        let verbs = Verbs::load(layers, faults_ref);
        class_rows::load(layers, &verbs, &mut vocabulary, faults_ref);
        let classes = Classes::find(&vocabulary, faults_ref);
        let registry = Registry::load(layers, faults_ref);
        let zones = zone::load(layers, faults_ref);
        let types = types::load(layers, faults_ref);
        let addresses = Addresses::load(layers, faults_ref);
        let sources = sources::load(layers, &zones, faults_ref);
        let markup = Markup::load(layers, faults_ref);
        let pages = Pages::load(layers, faults_ref);
        let trust = Trust::load(layers, faults_ref);
        let clues = Clues::load(layers, faults_ref);
        let weights = Forest::load(layers, "lexicon/weights/", faults_ref);
        let lexicon = Lexicon::load(layers, &verbs, &mut vocabulary, faults_ref);
        let plain = classes.as_ref().map(|classes| vocabulary.words_of(classes.base_verb));
        let presents = Presents::of(&verbs, plain.into_iter().flatten());
        let ids: Vec<String> = types.iter().map(|kind| kind.id.clone()).collect();
        types::known_in(&lexicon, &ids, faults_ref);
        let thresholds = Thresholds::load(layers, &mut faults);
        let disputes = entered::disputes(layers, &mut faults);
        let entered = entered::load(layers, &ids, &disputes, &mut entries.incidents, &mut faults);
        let ledger = ledger::load(layers, &ids, &entered, &mut faults);
        let presentation = Presentation::load(layers, &ids, &mut faults);
        match (classes, thresholds) {
            (Some(classes), Some(thresholds)) if faults.is_empty() => Ok(Rules {
                digest: load::digest(layers, READING_VERSION),
                shown: load::digest_shown(layers),
                vocabulary,
                classes,
                registry,
                zones,
                types,
                lexicon,
                presents,
                markup,
                pages,
                trust,
                clues,
                weights,
                thresholds,
                entered,
                disputes,
                addresses,
                sources,
                ledger,
                presentation,
            }),
            _ => {
                faults.sort();
                faults.dedup();
                Err(faults)
            }
        }
    }
}
