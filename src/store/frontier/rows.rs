//! Rows of the frontier: addresses, hosts, and what became of them.

use chrono::{DateTime, Utc};

use crate::model::crawl::{Validators, Visit};

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It waits for its first visit.
    Queued,
    /// It was visited.
    Visited,
    /// Title and summary say that it is not worth a visit.
    Gated,
    /// The host's robots rules refuse it.
    Robots,
    /// Its publisher does not want it kept.
    Reserved,
    /// Something else stands in its place.
    Wall,
    /// It leads to another address.
    Moved,
    /// It is not there.
    Absent,
    /// The server refuses it.
    Denied,
    /// It failed.
    Failed,
}

impl State {
    const ALL: [State; 10] = [
        State::Queued,
        State::Visited,
        State::Gated,
        State::Robots,
        State::Reserved,
        State::Wall,
        State::Moved,
        State::Absent,
        State::Denied,
        State::Failed,
    ];

    /// The word it is stored and printed as.
    pub fn word(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Visited => "visited",
            State::Gated => "gated",
            State::Robots => "robots",
            State::Reserved => "reserved",
            State::Wall => "wall",
            State::Moved => "moved",
            State::Absent => "absent",
            State::Denied => "denied",
            State::Failed => "failed",
        }
    }

    pub(super) fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.word() == word).unwrap_or(State::Queued)
    }
}

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What became of it.
    pub state: State,
    /// The crawl it was last taken up by.
    pub run: i64,
    /// Digest of its content at the last visit.
    pub digest: Option<String>,
    /// Its last visit.
    pub visited: Option<DateTime<Utc>>,
    /// Seconds from the last visit to the next.
    pub interval: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
}

/// A row to be added.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// The visit it stands for.
    pub visit: &'a Visit,
    /// What is known of it already.
    pub state: State,
    /// When it is due; never where its state forbids.
    pub due: Option<DateTime<Utc>>,
    /// Its headline as listed.
    pub title: Option<&'a str>,
    /// Why it has that state.
    pub why: Option<&'a str>,
}

/// What a visit changed.
#[derive(Debug, Clone, Default)]
pub struct Change<'a> {
    /// What became of it.
    pub state: Option<State>,
    /// The next visit.
    pub due: Option<DateTime<Utc>>,
    /// Validators and digest of what came; kept as they are where nothing came.
    pub came: Option<(Validators, &'a str)>,
    /// Seconds until the next visit.
    pub interval: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
    /// Why.
    pub why: Option<&'a str>,
}

/// A line of what was found and not visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its address.
    pub address: String,
    /// Its source.
    pub source: String,
    /// What became of it.
    pub state: State,
    /// Its headline.
    pub title: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// What is remembered of a host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostRow {
    /// Its robots rules as sent, and until when they count.
    pub robots: Option<(Vec<u8>, DateTime<Utc>)>,
    /// What it reserves from mining as sent, and until when that counts.
    pub reservation: Option<(Vec<u8>, DateTime<Utc>)>,
    /// Failures in a row.
    pub failures: u32,
    /// Until when it is left alone.
    pub shut_until: Option<DateTime<Utc>>,
}
