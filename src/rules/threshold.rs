//! The numbers by which articles are compared: rows of `data/thresholds/`.
//!
//! In: rows with an id, a value and what it decides. Out: one field for each. What holds: every number
//! the comparing code asks for has a row, and every row is asked for.

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdRow {
    id: String,
    value: f64,
    #[expect(
        dead_code,
        reason = "a row must say what it decides; only readers of the row need it"
    )]
    note: String,
}

impl Row for ThresholdRow {
    const TABLE: &'static str = "threshold";
    fn id(&self) -> &str {
        &self.id
    }
}

macro_rules! thresholds {
    ($($(#[$doc:meta])* $field:ident = $name:literal),* $(,)?) => {
        /// The numbers by which articles are compared.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Thresholds {
            $($(#[$doc])* pub $field: f64,)*
        }

        impl Thresholds {
            /// Reads the rows; a missing, unknown or senseless one is a fault.
            pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Option<Self> {
                let rows = table::<ThresholdRow>(layers, "thresholds/", faults);
                for Located { row, place } in &rows {
                    if ![$($name),*].contains(&row.id.as_str()) {
                        let message = format!("nothing asks for “{}”; remove the row", row.id);
                        faults.push(Finding::error("unknown-threshold", message).at(place.clone()));
                    }
                    if !row.value.is_finite() || row.value < 0.0 {
                        let message = format!("{} is no threshold; write 0 or more", row.value);
                        faults.push(Finding::error("bad-row", message).at(place.clone()));
                    }
                }
                let value = |id: &str| rows.iter().find(|l| l.row.id == id).map(|l| l.row.value);
                $(if value($name).is_none() {
                    let message = concat!("the threshold “", $name, "” is missing; corpus/ needs it");
                    faults.push(Finding::error("missing-threshold", message).at("thresholds/"));
                })*
                Some(Self { $($field: value($name)?,)* })
            }

            /// One value for all, for tests that set those they turn on.
            #[cfg(test)]
            pub(crate) fn all(value: f64) -> Self {
                Self { $($field: value,)* }
            }
        }
    };
}

thresholds! {
    /// Relevance in thousandths from which an article is taken into an incident.
    relevant = "relevant",
    /// Neighbours of an article among which its words are weighed.
    neighbours = "neighbours",
    /// Likeness from which an article is a neighbour.
    neighbour = "neighbour",
    /// Terms of an article by which neighbours are looked for.
    telling_terms = "telling-terms",
    /// Articles with a term up to which it always leads to neighbours.
    common_least = "common-least",
    /// The same, for each square root of the number of articles.
    common_root = "common-root",
    /// Most articles with a term that leads to neighbours.
    common_most = "common-most",
    /// Articles up to which all tell how rare a term is.
    counted_least = "counted-least",
    /// Steps by which more do, from one power of two to the next.
    counted_steps = "counted-steps",
    /// Articles like one from which it stands in a crowd.
    crowd_least = "crowd-least",
    /// Articles like one from which the crowd is full.
    crowd_most = "crowd-most",
    /// Articles of a group by which its likeness to a group it was not compared with is measured.
    spokesmen = "spokesmen",
    /// Part of the likeness that time takes away in a full crowd.
    crowd_time_share = "crowd-time-share",
    /// Part of the likeness that a full crowd takes away.
    crowd_share = "crowd-share",
    /// Articles in which every term is taken to stand beforehand.
    local_prior = "local-prior",
    /// Weight of a term that all neighbours share.
    local_base = "local-base",
    /// Articles on other matters that are taken to exist beforehand.
    world_articles = "world-articles",
    /// Share of them that hold any one term.
    world_share = "world-share",
    /// Share of names, against words, in the likeness of two articles.
    names_share = "names-share",
    /// What likeness by names counts between articles in two languages.
    abroad = "abroad",
    /// Likeness from which two groups of articles are one incident.
    link = "link",
    /// Part of the likeness that time takes away.
    time_share = "time-share",
    /// Days after which time takes no more.
    time_days = "time-days",
    /// Days within which different deeds of the same parties can be one incident.
    one_matter_days = "one-matter-days",
    /// Unconnected sets of parties from whose deeds an article is a round-up.
    roundup_matters = "roundup-matters",
    /// Share of the deeds that those of one set may have at most.
    roundup_share = "roundup-share",
    /// What is left of the likeness where the deeds differ and the days lie apart.
    other_deed = "other-deed",
    /// The same where the later of two articles tells of no new deed.
    later_step = "later-step",
    /// What is left of the likeness where the same deed has other parties.
    other_party = "other-party",
    /// Relevance from which an article that names both sides of a relevant one is looked at.
    follow_up = "follow-up",
    /// Claims that accuse, answer or demand from which such an article is looked at.
    follow_up_claims = "follow-up-claims",
    /// Days after a relevant article within which another follows it up.
    follow_up_days = "follow-up-days",
    /// What is left of the likeness of an article that is not relevant by itself.
    follow_up_share = "follow-up-share",
    /// How often an article names a house that it is about.
    principal_names = "principal-names",
    /// How often it does, as a share of the house it names most.
    principal_share = "principal-share",
    /// Below what share of the house it names most an article names one in passing.
    passing_share = "passing-share",
    /// What is left of the likeness where no deeds are known and each is about another house.
    other_about = "other-about",
    /// What is left of the likeness where one party does the same to two others.
    twin_deed = "twin-deed",
    /// Share of the strongest type of an incident from which a further type counts.
    type_share = "type-share",
    /// Points from which what an article is about counts fully.
    type_full = "type-full",
    /// Days around an entered incident within which a captured one can be the same.
    entered_days = "entered-days",
    /// Share of five-word runs in common from which an article is a copy.
    copy = "copy",
    /// Days after which an incident answers no earlier one of the same parties.
    relation_days = "relation-days",
    /// Days after its original within which a translation comes out.
    translation_days = "translation-days",
    /// Facts that a translation has in common with its original.
    translation_facts = "translation-facts",
    /// Share of its facts that are in the original, where it names whose that is.
    translation_share = "translation-share",
    /// The same where it does not.
    translation_unnamed = "translation-unnamed",
    /// Words from which a quotation is looked for in the article of the outlet it is from.
    quotation_words = "quotation-words",
    /// Days that article may be older than the one that quotes it.
    quotation_days = "quotation-days",
    /// Words of an article that is no teaser.
    quotation_article = "quotation-article",
    /// Words of a quotation in one run that are enough to find it.
    quotation_run = "quotation-run",
    /// Share of a quotation that is enough to find it.
    quotation_share = "quotation-share",
    /// Words in one run that count for this share.
    quotation_piece = "quotation-piece",
    /// Likeness from which two statements of one voice hold the same.
    same_content = "same-content",
    /// Share of the shorter statement in the longer from which they hold the same.
    content_contained = "content-contained",
    /// Likeness from which two wordings ask the same.
    same_question = "same-question",
    /// Share of the shorter wording in the longer from which they ask the same.
    question_contained = "question-contained",
    /// Fewest words of a question that names nobody.
    question_terms_least = "question-terms-least",
    /// Likeness from which wordings on one matter of two parties ask the same.
    same_question_parties = "same-question-parties",
    /// Share of a question that a party's word must take up to speak of it.
    bears = "bears",
    /// Probability from which a sentence bears on a question.
    bears_on = "bears-on",
    /// Probability from which it settles it.
    settles_by = "settles-by",
    /// Likeness from which a sentence only repeats an earlier one.
    told_before = "told-before",
    /// Days by which a statement may be younger than the silence it contradicts.
    same_time_days = "same-time-days",
    /// Likeness from which two sentences with one party speak of one point.
    same_point = "same-point",
    /// Likeness from which sentences of opposite sides speak of one point whomever they name.
    same_sense = "same-sense",
    /// Days after which a different account is news and no contradiction.
    news_days = "news-days",
    /// Share of a number within which another is the same, told roughly.
    count_same = "count-same",
    /// Factor beyond which two numbers count different things.
    count_apart = "count-apart",
    /// Numbers no further apart count one thing.
    count_near = "count-near",
    /// What is left of that where two houses are named.
    count_rivals = "count-rivals",
    /// Smaller numbers count one thing only in like sentences.
    count_small = "count-small",
    /// From here on they do so whatever else their articles count.
    count_large = "count-large",
    /// Days after which another number is news.
    count_days = "count-days",
    /// Numbers of one thing in an article beyond which it counts several things.
    count_ways = "count-ways",
    /// Days between two dates of one deed that are a disagreement.
    date_days = "date-days",
    /// Likeness of an allegation and a denial by the house it is aimed at.
    denied_point = "denied-point",
    /// Likeness of an allegation and its admission.
    admitted = "admitted",
    /// Share of an admission that takes up what was alleged and denied.
    admitted_share = "admitted-share",
    /// Likeness of an allegation and what a court or authority finds.
    found = "found",
    /// Likeness from which a denial needs no target.
    denied_words = "denied-words",
    /// Likeness from which a sentence takes back what another tells.
    negated_words = "negated-words",
    /// From what likeness on two tellings with different numbers are of one thing.
    alike_words = "alike-words",
}
