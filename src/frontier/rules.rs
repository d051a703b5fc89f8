//! Files of a host by which its other addresses are judged: what is known of them, and how they are asked for.

use chrono::{DateTime, Utc};

use super::reservation;
use crate::model::crawl::{Address, Role, Validators, Visit};

/// A file of a host by which its other addresses are judged.
#[derive(Debug)]
pub(super) enum Rules<T> {
    Unknown,
    /// Asked for at this address, after so many redirects.
    Wanted(Option<String>, u32),
    Asked,
    Known(T, DateTime<Utc>),
}

impl<T: Default> Rules<T> {
    pub(super) fn remembered(memory: Option<(T, DateTime<Utc>)>) -> Self {
        memory.map_or(Rules::Unknown, |(rules, until)| Rules::Known(rules, until))
    }

    /// Counts as empty where an answer did not give it.
    pub(super) fn or_nothing(&mut self, until: DateTime<Utc>) {
        if matches!(self, Rules::Asked) {
            *self = Rules::Known(T::default(), until);
        }
    }

    /// Where to ask for it now, if it has to be asked for, with the redirects that led there; from then
    /// on it counts as asked for.
    pub(super) fn ask(&mut self, now: DateTime<Utc>) -> Option<(Option<String>, u32)> {
        match self {
            Rules::Asked => return None,
            Rules::Known(_, until) if *until > now => return None,
            Rules::Unknown | Rules::Wanted(..) | Rules::Known(..) => {}
        }
        match std::mem::replace(self, Rules::Asked) {
            Rules::Wanted(address, hops) => Some((address, hops)),
            Rules::Unknown | Rules::Known(..) | Rules::Asked => Some((None, 0)),
        }
    }
}

/// A visit to such a file, at its usual place or where redirects led.
pub(super) fn rules_visit(origin: &str, role: Role, address: Option<String>, hops: u32) -> Visit {
    let path = if role == Role::Robots { "/robots.txt" } else { reservation::PATH };
    let ask = address.unwrap_or_else(|| format!("{origin}{path}"));
    Visit {
        // The rules are those of this host wherever they are kept.
        address: Address {
            key: format!("{} {origin}", role.word()),
            ask,
            origin: origin.to_string(),
        },
        role,
        source: String::new(),
        validators: Validators::default(),
        hops,
        failures: 0,
        via: None,
    }
}
