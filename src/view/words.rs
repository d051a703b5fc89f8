//! Every word a reader sees for dates, stances, roles and states: one place, so that they stay the
//! same on every page.

use chrono::{Datelike, NaiveDate};

use crate::model::claim::Stance;
use crate::model::date::{EventRole, Modifier};
use crate::model::edtf::{Edtf, Extent, Point};
use crate::model::incident::{PartyRole, Status};
use crate::model::query::Field;
use crate::model::question::QuestionState;
use crate::model::reading::CitationKind;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month.
pub fn month(number: u32) -> &'static str {
    number.checked_sub(1).and_then(|i| MONTHS.get(i as usize)).copied().unwrap_or("")
}

/// The first three letters of a month.
pub fn month_short(number: u32) -> &'static str {
    month(number).get(..3).unwrap_or("")
}

/// "10 July 2026".
pub fn day(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month(day.month()), day.year())
}

fn point(point: Point) -> String {
    match point {
        Point::Year(year) => year.to_string(),
        Point::Month(year, m) => format!("{} {year}", month(m)),
        Point::Day(d) => day(d),
        Point::Part(year, part) => {
            let name = match part {
                21 => "spring",
                22 => "summer",
                23 => "autumn",
                24 => "winter",
                33 => "first quarter of",
                34 => "second quarter of",
                35 => "third quarter of",
                _ => "fourth quarter of",
            };
            format!("{name} {year}")
        }
    }
}

/// A date with its precision in words: "June 2026", "about 3 July 2026", "29 June – 5 July 2026".
pub fn date(date: Edtf) -> String {
    part_of_date(date, None)
}

/// A date in words, with the part of it the source names: "early 2026", "end of March 2026".
pub fn part_of_date(date: Edtf, modifier: Option<Modifier>) -> String {
    let about = match (modifier, date.approximate) {
        (Some(Modifier::Start), true) => "early ",
        (Some(Modifier::Mid), true) => "mid-",
        (Some(Modifier::End), true) => "late ",
        (Some(Modifier::Start), false) => "start of ",
        (Some(Modifier::Mid), false) => "middle of ",
        (Some(Modifier::End), false) => "end of ",
        (_, true) => "about ",
        (_, false) => "",
    };
    let unsure = if date.uncertain { " (uncertain)" } else { "" };
    let text = match date.extent {
        Extent::At(p) => point(p),
        Extent::Until(p) => format!("not after {}", point(p)),
        Extent::Since(p) => format!("since {}", point(p)),
        Extent::Between(Point::Day(a), Point::Day(b))
            if a.year() == b.year() && a.month() == b.month() =>
        {
            format!("{}–{} {} {}", a.day(), b.day(), month(b.month()), b.year())
        }
        Extent::Between(Point::Day(a), Point::Day(b)) if a.year() == b.year() => {
            format!("{} {} – {}", a.day(), month(a.month()), day(b))
        }
        Extent::Between(Point::Month(y, a), Point::Month(z, b)) if y == z => {
            format!("{} – {} {y}", month(a), month(b))
        }
        Extent::Between(a, b) => format!("{} – {}", point(a), point(b)),
    };
    format!("{about}{text}{unsure}")
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

/// "1 article", "3 articles".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_dates_are_named_as_the_source_names_them() {
        for (value, modifier, words) in [
            ("2026~", Modifier::Start, "early 2026"),
            ("2026-08~", Modifier::Mid, "mid-August 2026"),
            ("2026-03", Modifier::End, "end of March 2026"),
            ("2026-07-10", Modifier::Since, "10 July 2026"),
            ("2026-07-10~", Modifier::About, "about 10 July 2026"),
        ] {
            let date = Edtf::parse(value).map(|date| part_of_date(date, Some(modifier)));
            assert_eq!(date.as_deref(), Some(words));
        }
    }

    #[test]
    fn dates_read_as_people_write_them() {
        for (value, words) in [
            ("2026-07-10", "10 July 2026"),
            ("2026-06", "June 2026"),
            ("2026-07-03~", "about 3 July 2026"),
            ("2026-06-29/2026-07-05", "29 June – 5 July 2026"),
            ("2025-03-01/2025-03-09", "1–9 March 2025"),
            ("../2026-07-03", "not after 3 July 2026"),
            ("2025-02-03/..", "since 3 February 2025"),
            ("2026-34", "second quarter of 2026"),
            ("2025-21", "spring 2025"),
            ("2025-07/2025-12", "July – December 2025"),
        ] {
            assert_eq!(Edtf::parse(value).map(date).as_deref(), Some(words));
        }
    }
}
