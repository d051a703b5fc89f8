//! Every English word a reader sees for stances, roles and states: one place, so that they stay the
//! same on every page. [`super::wording`] says them in other languages.

use crate::model::claim::{Claim, Stance};
use crate::model::date::EventRole;
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::entity::EntityKind;
use crate::model::incident::Status;
use crate::model::party::PartyRole;
use crate::model::query::{DocKind, Field};
use crate::model::question::QuestionState;
use crate::model::reading::CitationKind;
use crate::model::relation::{End, Tie};
use crate::model::standing::{Outcome, Reason};
use crate::model::subject::SubjectKind;

/// What something found is.
pub fn found(kind: DocKind) -> &'static str {
    match kind {
        DocKind::Incident => "incident",
        DocKind::Claim => "claim",
        DocKind::Question => "question",
        DocKind::Event => "event",
        DocKind::Article => "article",
        DocKind::Vendor => "vendor",
    }
}

/// How precise a date is, for readers who ask.
pub fn precision(date: Edtf) -> &'static str {
    match (date.approximate, date.extent) {
        (true, _) => "approximate",
        (_, Extent::At(Point::Day(_))) => "to the day",
        (_, Extent::At(Point::Month(..))) => "to the month",
        (_, Extent::At(Point::Year(_))) => "to the year",
        (_, Extent::At(Point::Part(..))) => "to the quarter or season",
        (_, Extent::Between(..)) => "within the interval",
        (_, Extent::Until(_)) => "an upper bound",
        (_, Extent::Since(_)) => "a lower bound",
    }
}

/// "alleges", "has not commented".
pub fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Alleges => "alleges",
        Stance::Asserts => "says",
        Stance::Confirms => "confirms",
        Stance::Denies => "denies",
        Stance::Announces => "announces",
        Stance::Demands => "demands",
        Stance::Predicts => "expects",
        Stance::Declines => "declined to comment",
        Stance::Silent => "did not answer",
    }
}

/// The same of several: "allege".
fn stance_of_many(one: Stance) -> &'static str {
    match one {
        Stance::Alleges => "allege",
        Stance::Asserts => "say",
        Stance::Confirms => "confirm",
        Stance::Denies => "deny",
        Stance::Announces => "announce",
        Stance::Demands => "demand",
        Stance::Predicts => "expect",
        Stance::Declines | Stance::Silent => stance(one),
    }
}

/// The attitude of a claim in the number of its speaker.
pub fn attitude(claim: &Claim) -> &'static str {
    if claim.several { stance_of_many(claim.stance) } else { stance(claim.stance) }
}

/// The heading of a stance in the ledger.
pub fn stance_heading(stance: Stance) -> &'static str {
    match stance {
        Stance::Alleges => "Alleged",
        Stance::Asserts => "Stated",
        Stance::Confirms => "Confirmed",
        Stance::Denies => "Denied",
        Stance::Announces => "Announced",
        Stance::Demands => "Demanded",
        Stance::Predicts => "Forecast",
        Stance::Declines => "Declined to comment",
        Stance::Silent => "No answer",
    }
}

/// "Initiator", "Respondent".
pub fn role(role: PartyRole) -> &'static str {
    match role {
        PartyRole::Initiator => "Initiator",
        PartyRole::Respondent => "Respondent",
        PartyRole::Authority => "Authority",
        PartyRole::Affected => "Affected",
        PartyRole::Observer => "Observer",
    }
}

/// "Open", "Settled".
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "Open",
        Status::Resolved => "Resolved",
        Status::Settled => "Settled",
        Status::Escalating => "Escalating",
    }
}

/// "Open", "Partly answered".
pub fn question_state(state: QuestionState) -> &'static str {
    match state {
        QuestionState::Open => "Open",
        QuestionState::PartlyAnswered => "Partly answered",
        QuestionState::Answered => "Answered",
        QuestionState::Contested => "Contested",
        QuestionState::Stale => "Stale",
        QuestionState::Moot => "Moot",
        QuestionState::Superseded => "Superseded",
    }
}

/// "Open", "Explained by time".
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "Open",
        Outcome::ExplainedByTime => "Explained by time",
        Outcome::ExplainedByScope => "Explained by scope",
        Outcome::Resolved => "Resolved",
    }
}

/// Why two accounts no longer stand against each other.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::AnsweredLater => "the silence was reported before the statement was made",
        Reason::ChangedSince => "the later account says that things have changed",
        Reason::OtherPlaces => "the accounts speak of different places",
        Reason::Admission => "whoever denied it admits it",
        Reason::Finding => "a court has found so",
        Reason::Judged => "judged by an editor",
    }
}

/// What another incident is to the one whose page it stands on.
pub fn tie(tie: Tie, end: End) -> &'static str {
    match (tie, end) {
        (Tie::RetaliationFor, End::Later) => "In response to",
        (Tie::RetaliationFor, End::Earlier) => "Answered by",
        (Tie::PartOf, End::Later) => "Part of",
        (Tie::PartOf, End::Earlier) => "Has as a part",
        (Tie::Precursor, End::Later) => "Came after",
        (Tie::Precursor, End::Earlier) => "Followed by",
        (Tie::Precedent, End::Later) => "Compared with",
        (Tie::Precedent, End::Earlier) => "Recalled by",
    }
}

/// What kind of happening a timeline entry is; nothing for what simply happened.
pub fn event_role(role: EventRole) -> &'static str {
    match role {
        EventRole::Happened => "",
        EventRole::Effective => "takes effect",
        EventRole::Deadline => "deadline",
        EventRole::Planned => "planned",
        EventRole::Until => "until then",
    }
}

/// How a report is referred to.
pub fn citation(kind: CitationKind) -> &'static str {
    match kind {
        CitationKind::Reported => "reported",
        CitationKind::Witnessed => "witnessed",
        CitationKind::First => "first",
        CitationKind::Listed => "listed",
        CitationKind::Carrier => "carrier",
        CitationKind::Wire => "wire",
    }
}

/// How a report is referred to, as readers are told.
pub fn referred(kind: CitationKind) -> &'static str {
    match kind {
        CitationKind::Reported => "cited",
        CitationKind::Witnessed => "saw or heard it itself",
        CitationKind::First => "named as first to report it",
        CitationKind::Listed => "in its list of sources",
        CitationKind::Carrier => "named as carrier",
        CitationKind::Wire => "the text is its own",
    }
}

/// What an editor's verification mark means.
pub fn verification(mark: &str) -> &str {
    match mark {
        "verified" => "verified in the addresses given",
        "date_partial" => "date known in part only",
        "single_source" => "one source only",
        "weak" => "weak source",
        other => other,
    }
}

/// The heading of a field's values beside search results.
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Kind => "What",
        Field::Vendor => "Party",
        Field::Product => "Product",
        Field::Person => "Person",
        Field::Outlet => "Outlet",
        Field::Type => "Type",
        Field::Role => "Role",
        Field::Stance => "Stance",
        Field::Speaker => "Speaker",
        Field::Target => "About",
        Field::Status => "Status",
        Field::Question => "Question",
        Field::Dispute => "Dispute",
        Field::Lang => "Language",
        Field::Year => "Year",
        Field::Is => "Also",
        Field::Roots => "Reports",
        Field::Date => "Date",
        Field::Known => "Known",
    }
}

/// "Organisation", "Authority".
pub fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "Organisation",
        EntityKind::Government => "Authority",
        EntityKind::Person => "Person",
        EntityKind::Product => "Product",
        EntityKind::Place => "Place",
        EntityKind::Legal => "Law",
    }
}

/// What a dimension of exposure is called.
pub fn dimension(word: &str) -> &str {
    match word {
        "access" => "Access and continuity",
        "legal" => "Legal and intellectual property",
        "regulatory" => "Regulation and data protection",
        "security" => "Security",
        "reliability" => "Reliability and harm",
        "geopolitical" => "Geopolitics",
        other => other,
    }
}

/// "1 article", "3 articles", where no page is made and so no language is chosen.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What a judgement is about, in a sentence.
pub fn subject(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Incident => "the incident “{x}”",
        SubjectKind::Dispute => "the dispute “{x}”",
        SubjectKind::Article => "the article “{x}”",
        SubjectKind::Entry => "the line “{x}”",
        SubjectKind::Claim => "the claim “{x}”",
        SubjectKind::Contradiction => "the contradiction “{x}”",
        SubjectKind::Question => "the question “{x}”",
    }
}
