//! What a crawl did: counted by host and source, with everything that went wrong and why.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// Most troubles that are told one by one.
const TROUBLES_MAX: usize = 500;

/// Counts of one host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostTally {
    /// Requests answered.
    pub answered: usize,
    /// Requests under way.
    pub under_way: usize,
    /// Bytes of bodies as sent.
    pub bytes: u64,
    /// Requests that failed.
    pub failed: usize,
}

/// Counts of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceTally {
    /// Listings read, of them unchanged, and listings that failed.
    pub listings: (usize, usize, usize),
    /// Articles its listings name.
    pub offered: usize,
    /// Of them not known before.
    pub new: usize,
}

/// Something that a person may want to act on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// A kebab-case code.
    pub code: String,
    /// The address.
    pub address: String,
    /// What happened.
    pub why: String,
}

/// What a crawl did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles archived for the first time.
    pub new: usize,
    /// Articles that had changed since they were archived.
    pub changed: usize,
    /// Articles found as they were.
    pub unchanged: usize,
    /// Articles that listings name and that were not known.
    pub listed: usize,
    /// Of them refused by their title and summary.
    pub gated: usize,
    /// Of them too old.
    pub old: usize,
    /// Refused by robots rules.
    pub robots: usize,
    /// Not kept because their publisher does not want it.
    pub reserved: usize,
    /// Redirects followed.
    pub moved: usize,
    /// Not there.
    pub absent: usize,
    /// Walls and soft 404s.
    pub walls: usize,
    /// Refused by their server.
    pub denied: usize,
    /// Failed in this crawl.
    pub failed: usize,
    /// Put off to a later crawl, because their host fails or asks for a pause.
    pub put_off: usize,
    /// Taken over from a crawl that was killed.
    pub recovered: usize,
    /// Left for a later crawl.
    pub left: usize,
    /// Whether a person stopped it.
    pub interrupted: bool,
    /// By host.
    pub hosts: BTreeMap<String, HostTally>,
    /// By source.
    pub sources: BTreeMap<String, SourceTally>,
    /// What went wrong, by code.
    pub troubles: Vec<Trouble>,
    /// Sources that offered less, or more, than they should.
    pub envelopes: Vec<Trouble>,
    /// Hosts that asked for a pause beyond this crawl's patience.
    pub pauses: BTreeMap<String, DateTime<Utc>>,
}

impl Tally {
    /// Notes a trouble; beyond a limit it is only counted.
    pub(super) fn trouble(&mut self, code: &str, address: &str, why: &str) {
        if self.troubles.len() < TROUBLES_MAX {
            self.troubles.push(Trouble {
                code: code.to_string(),
                address: address.to_string(),
                why: why.to_string(),
            });
        }
    }

    pub(super) fn source(&mut self, id: &str) -> &mut SourceTally {
        self.sources.entry(id.to_string()).or_default()
    }

    pub(super) fn host(&mut self, origin: &str) -> &mut HostTally {
        if !self.hosts.contains_key(origin) {
            self.hosts.insert(origin.to_string(), HostTally::default());
        }
        self.hosts.entry(origin.to_string()).or_default()
    }

    /// Articles asked for and answered with one.
    pub fn pages(&self) -> usize {
        self.new + self.changed + self.unchanged
    }
}
