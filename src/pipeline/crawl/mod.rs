//! `crawl`: what sources and addresses offer goes into the archive.

mod answers;
mod errand;
mod listings;
mod robots;
mod settled;
mod sources;
mod tally;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use self::errand::Errand;
use super::{PipelineError, load_rules};
use crate::crawl::{Ended, Fetching, Names, drive, serve_folder};
use crate::frontier::given;
use crate::model::crawl::{Role, Source, Validators, Visit};
use crate::model::finding::Finding;
use crate::store::{Casebook, NewRow, State};

pub use sources::{Checked, Shown, SourceState, check_sources, shown_sources};
pub use tally::{HostTally, SourceTally, Tally, Trouble};

/// The product token that robots rules name.
pub const AGENT: &str = "casebook";

/// How a crawl asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Addresses given by hand.
    pub addresses: Vec<String>,
    /// Sources by id; all of them where none is named and no address given.
    pub sources: Vec<String>,
    /// Time between two requests to one host, where its source says nothing.
    pub delay: TimeDelta,
    /// Requests under way at one host, where its source says nothing.
    pub per_host: usize,
    /// Requests under way over all hosts.
    pub at_once: usize,
    /// How long a host's back-off is worth waiting for.
    pub patience: TimeDelta,
    /// Most articles asked for.
    pub pages_max: usize,
    /// Time for one fetch.
    pub timeout: Duration,
    /// Address or page at which we can be reached, told to every server.
    pub contact: String,
    /// Whether private addresses may be asked for.
    pub allow_private: bool,
    /// One address for every name.
    pub connect_to: Option<std::net::SocketAddr>,
    /// An address that counts as outside.
    pub outside: Option<std::net::SocketAddr>,
    /// Whether every known address of the sources is asked for again, due or not.
    pub revisit: bool,
    /// A folder that stands for the web.
    pub web: Option<PathBuf>,
}

impl Asking {
    fn fetching(&self) -> Fetching {
        let contact = if self.contact.is_empty() { HOMEPAGE } else { &self.contact };
        Fetching {
            user_agent: format!("{AGENT}/{} (+{contact})", env!("CARGO_PKG_VERSION")),
            names: Names {
                allow_private: self.allow_private,
                all_at: self.connect_to,
                outside: self.outside,
            },
            timeout: self.timeout,
        }
    }
}

/// Told to servers where a casebook names no contact.
const HOMEPAGE: &str = "https://crates.io/crates/casebook";

/// Crawls.
///
/// # Errors
/// A folder that is no casebook, faults in the data, a source that does not exist, a disk that is full.
pub fn crawl(
    home: &Path,
    asking: &Asking,
    now: DateTime<Utc>,
    progress: &dyn Fn(&Tally),
) -> Result<(Tally, Vec<Finding>), PipelineError> {
    let rules = load_rules(Some(home))?;
    let mut asking = asking.clone();
    let folder = match &asking.web {
        Some(path) => {
            Some((serve_folder(path)?, crate::store::text_at(&path.join("sources.toml"))?))
        }
        None => None,
    };
    let mut all = rules.sources.clone();
    if let Some((web, sources)) = &folder {
        asking.allow_private = true;
        asking.connect_to = Some(web.address);
        if let Some(text) = sources {
            all = super::rules::sources_of(text, &rules)?;
        }
    }
    let sources: BTreeMap<String, Source> = all.into_iter().map(|s| (s.id.clone(), s)).collect();
    let wanted = wanted(&asking, &sources)?;
    let (casebook, mut findings) = Casebook::open(home)?;
    let mut errand = Errand::new(casebook, &rules, sources, &asking, now, progress);
    errand.begin(&asking, &wanted, now, &mut findings)?;
    let ended = drive(asking.fetching(), &mut errand)?;
    errand.tally.interrupted = ended == Ended::Interrupted;
    let tally = errand.finish(&wanted)?;
    Ok((tally, findings))
}

/// The sources to crawl.
fn wanted(
    asking: &Asking,
    sources: &BTreeMap<String, Source>,
) -> Result<Vec<String>, PipelineError> {
    if let Some(id) = asking.sources.iter().find(|id| !sources.contains_key(*id)) {
        return Err(PipelineError::NoSource(id.clone()));
    }
    Ok(match asking.sources.is_empty() && asking.addresses.is_empty() {
        true => sources.keys().cloned().collect(),
        false => asking.sources.clone(),
    })
}

impl Errand<'_> {
    /// Settles what an earlier crawl left, and lays out what this one begins with.
    fn begin(
        &mut self,
        asking: &Asking,
        wanted: &[String],
        now: DateTime<Utc>,
        findings: &mut Vec<Finding>,
    ) -> Result<(), PipelineError> {
        self.recover()?;
        self.casebook.follow();
        self.casebook.commit()?;
        let all = asking.sources.is_empty() && asking.addresses.is_empty();
        self.run = self.casebook.frontier()?.begin((!all).then_some(wanted))?;
        for id in wanted {
            self.casebook.frontier()?.want(id)?;
            let listings = self.sources.get(id).map(|s| s.listings.clone()).unwrap_or_default();
            for (role, url) in listings {
                self.seed(now, &url, role, id, findings)?;
            }
        }
        for url in &asking.addresses {
            self.casebook.frontier()?.want("")?;
            self.seed(now, url, Role::Page, "", findings)?;
        }
        if asking.revisit {
            self.casebook.frontier()?.make_all_due(now)?;
        }
        for origin in self.casebook.frontier()?.origins_due(now, self.run)? {
            let source = self.source_at(&origin);
            self.meet(&origin, &source)?;
        }
        self.casebook.commit()?;
        Ok(())
    }

    /// The source whose listings stand at an origin: its manners hold there.
    fn source_at(&self, origin: &str) -> String {
        let at_home =
            |source: &&Source| source.listings.iter().any(|(_, url)| url.starts_with(origin));
        self.sources.values().find(at_home).map(|source| source.id.clone()).unwrap_or_default()
    }

    fn seed(
        &mut self,
        now: DateTime<Utc>,
        url: &str,
        role: Role,
        source: &str,
        findings: &mut Vec<Finding>,
    ) -> Result<(), PipelineError> {
        let address = match given(url, &self.rules.addresses) {
            Ok(address) => address,
            Err(why) => {
                let message = format!("“{url}” cannot be asked for ({})", why.word());
                findings.push(Finding::warning(why.word(), message));
                return Ok(());
            }
        };
        let visit = Visit {
            address,
            role,
            source: source.to_string(),
            validators: Validators::default(),
            hops: 0,
            failures: 0,
            via: None,
        };
        let row =
            NewRow { visit: &visit, state: State::Queued, due: Some(now), title: None, why: None };
        let tables = self.casebook.frontier()?;
        if !tables.add(now, &row)? && role == Role::Page {
            // Given by hand, it is wanted now, whenever it was due.
            tables.make_due(now, &visit)?;
        }
        Ok(())
    }

    /// Writes everything down and sums up.
    fn finish(mut self, wanted: &[String]) -> Result<Tally, PipelineError> {
        let now = self.now;
        // What was put off is counted as that, even where its time has come since; the tables keep whole seconds.
        let due_again =
            self.put_off_until.iter().filter(|until| until.timestamp() <= now.timestamp()).count();
        self.tally.left = self.casebook.frontier()?.count_due(now)?.saturating_sub(due_again);
        self.casebook.commit()?;
        for id in wanted {
            let Some(source) = self.sources.get(id) else { continue };
            let counted = self.tally.sources.get(id).cloned().unwrap_or_default();
            let (read, unchanged, failed) = counted.listings;
            let (min, max) = source.expected;
            // A listing that says “unchanged” has nothing new to offer.
            let silent = read == 0 && unchanged > 0 || read == 0 && failed == 0;
            if counted.new < min && !silent && unchanged == 0 {
                let why = format!("{} new articles, {min} expected; see its listings", counted.new);
                self.tally.envelopes.push(Trouble {
                    code: "source-below-minimum".into(),
                    address: id.clone(),
                    why,
                });
            }
            if counted.new > max {
                let why = format!("{} new articles, at most {max} expected", counted.new);
                self.tally.envelopes.push(Trouble {
                    code: "source-above-maximum".into(),
                    address: id.clone(),
                    why,
                });
            }
        }
        Ok(self.tally)
    }
}
