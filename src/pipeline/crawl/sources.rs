//! Sources as they are entered, as crawls have seen them, and as they answer now.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::{AGENT, Asking};
use crate::crawl::{Plan, drive};
use crate::frontier::{
    Answer, Choice, Frontier, Limits, Manners, Memory, Next, Reservation, Verdict, choose, feed,
    given, inflated, links, sitemap, verdict,
};
use crate::model::crawl::{Dated, Fault, Item, Observation, Role, Source, Step, Validators, Visit};
use crate::pipeline::{PipelineError, load_rules};
use crate::read::text_of;
use crate::rules::Rules;
use crate::store::{Casebook, Listed, State, content};

/// Redirects of a listing that a check follows.
const HOPS_MAX: u32 = 5;
/// Most bytes of a listing's content.
const CONTENT_BYTES_MAX: usize = 52_428_800;

/// A source as it is entered, and since when a crawl has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// As entered.
    pub source: Source,
    /// The last crawl that read one of its listings.
    pub seen: Option<DateTime<Utc>>,
}

/// What a listing answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its source.
    pub source: String,
    /// Its address as entered.
    pub address: String,
    /// What it is.
    pub role: Role,
    /// Whether it can be used as it is entered.
    pub sound: bool,
    /// Articles it names.
    pub items: usize,
    /// The latest of their dates.
    pub newest: Option<DateTime<Utc>>,
    /// What is the matter, or what was found.
    pub says: String,
}

/// What the frontier of a casebook shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Sources, in the order of their ids.
    pub sources: Vec<SourceState>,
    /// Addresses that were found and not archived.
    pub refused: Vec<Listed>,
}

/// Sources with what crawls have seen of them, and what crawls have refused.
///
/// # Errors
/// As for every command on a casebook.
pub fn shown_sources(home: &Path) -> Result<Shown, PipelineError> {
    let rules = load_rules(Some(home))?;
    let (mut casebook, _) = Casebook::open(home)?;
    let seen: BTreeMap<String, DateTime<Utc>> =
        casebook.frontier()?.sources_seen()?.into_iter().collect();
    let states =
        [State::Gated, State::Robots, State::Reserved, State::Wall, State::Denied, State::Failed];
    let refused = casebook.frontier()?.listed(&states)?;
    casebook.commit()?;
    let mut sources: Vec<SourceState> = rules
        .sources
        .iter()
        .map(|source| SourceState { source: source.clone(), seen: seen.get(&source.id).copied() })
        .collect();
    sources.sort_by(|a, b| a.source.id.cmp(&b.source.id));
    Ok(Shown { sources, refused })
}

/// Asks every listing of some sources once; nothing is archived.
///
/// # Errors
/// A source that does not exist, a client that cannot be made.
pub fn check_sources(
    rules: &Rules,
    asking: &Asking,
    now: DateTime<Utc>,
) -> Result<Vec<Checked>, PipelineError> {
    let known = |id: &String| rules.sources.iter().any(|source| source.id == *id);
    if let Some(id) = asking.sources.iter().find(|id| !known(id)) {
        return Err(PipelineError::NoSource(id.clone()));
    }
    let manners = Manners { delay: asking.delay, at_once: asking.per_host };
    let limits =
        Limits { at_once: asking.at_once, manners, patience: TimeDelta::zero(), pages_max: 0 };
    let mut check = Check { rules, frontier: Frontier::new(limits, AGENT), results: Vec::new() };
    for source in &rules.sources {
        if asking.sources.is_empty() || asking.sources.contains(&source.id) {
            for (role, address) in &source.listings {
                check.begin(now, source, *role, address);
            }
        }
    }
    drive(asking.fetching(), &mut check)?;
    check.results.sort_by(|a, b| (&a.source, &a.address).cmp(&(&b.source, &b.address)));
    Ok(check.results)
}

struct Check<'a> {
    rules: &'a Rules,
    frontier: Frontier,
    results: Vec<Checked>,
}

impl Check<'_> {
    fn begin(&mut self, now: DateTime<Utc>, source: &Source, role: Role, address: &str) {
        let mut result = Checked {
            source: source.id.clone(),
            address: address.to_string(),
            role,
            sound: false,
            items: 0,
            newest: None,
            says: "it did not answer; see whether its host does".into(),
        };
        match given(address, &self.rules.addresses) {
            Ok(found) => self.offer(now, &source.id, role, found, 0, Some(address.to_string())),
            Err(why) => result.says = why.word().to_string(),
        }
        self.results.push(result);
    }

    /// Queues a visit; `via` carries the address as entered.
    fn offer(
        &mut self,
        now: DateTime<Utc>,
        source: &str,
        role: Role,
        address: crate::model::crawl::Address,
        hops: u32,
        via: Option<String>,
    ) {
        self.frontier.introduce(now, &address.origin, None, Memory::default());
        let (source, validators) = (source.to_string(), Validators::default());
        let visit = Visit { address, role, source, validators, hops, failures: 0, via };
        self.frontier.offer(now, now, visit);
    }

    fn say(&mut self, visit: &Visit, tell: impl FnOnce(&mut Checked)) {
        let entered = |result: &&mut Checked| {
            result.source == visit.source
                && result.role == visit.role
                && Some(&result.address) == visit.via.as_ref()
        };
        if let Some(result) = self.results.iter_mut().find(entered) {
            tell(result);
        }
    }

    fn fresh(&mut self, now: DateTime<Utc>, visit: &Visit, bytes: &[u8], text: &str, feeds: usize) {
        let source = self.rules.sources.iter().find(|source| source.id == visit.source).cloned();
        let selector = source.as_ref().and_then(|source| source.links.clone());
        let items: Result<Vec<Item>, String> = match visit.role {
            Role::Section => links(text, selector.as_deref()),
            Role::Home => links(text, None),
            _ => match sitemap(bytes) {
                Some(map) => Ok(map.items.into_iter().chain(map.sitemaps).collect()),
                None => feed(bytes, text, &visit.address.ask)
                    .ok_or_else(|| format!("it is no {}; correct the address", visit.role.word())),
            },
        };
        let taken = |item: &&Item| {
            let choice = choose(
                item,
                visit.role,
                &visit.address.ask,
                source.as_ref(),
                now,
                &self.rules.addresses,
            );
            matches!(choice, Choice::Take(_) | Choice::Old)
        };
        let (sound, count, newest, says) = match &items {
            Err(why) => (false, 0, None, why.clone()),
            Ok(items) => {
                let count = items.iter().filter(taken).count();
                let newest = items
                    .iter()
                    .filter_map(|item| match item.dated? {
                        Dated::Moment(moment) => Some(moment),
                        Dated::Day(day) => Some(day.and_hms_opt(0, 0, 0)?.and_utc()),
                    })
                    .max();
                let says = match (count, feeds) {
                    (0, 0) => "it names no article; correct address or selector".to_string(),
                    (_, 0) => String::new(),
                    (_, feeds) => format!("it offers {feeds} feeds"),
                };
                (count > 0 || feeds > 0, count, newest, says)
            }
        };
        self.say(visit, |result| {
            let moved = visit.hops > 0;
            result.sound = sound;
            result.items = count;
            result.newest = newest;
            result.says = match moved {
                true => format!("it stands at {} now; {says}", visit.address.ask),
                false => says,
            };
        });
    }
}

impl Plan for Check<'_> {
    type Error = PipelineError;

    fn next(&mut self, now: DateTime<Utc>) -> Result<Step, PipelineError> {
        loop {
            // Nothing lies in tables here.
            while self.frontier.hungry().is_some() {}
            match self.frontier.next(now) {
                Next::Visit(visit) => return Ok(Step::Visit(visit)),
                Next::Refused(visit) => {
                    self.say(&visit, |r| r.says = "the host’s robots rules refuse it".into());
                }
                Next::Reserved(visit) => {
                    self.say(&visit, |r| r.says = "its host reserves it from mining".into());
                }
                Next::Wait(until) => return Ok(Step::Wait(until)),
                Next::Done => return Ok(Step::Done),
            }
        }
    }

    fn arrived(
        &mut self,
        now: DateTime<Utc>,
        visit: Visit,
        answer: Result<Observation, Fault>,
    ) -> Result<(), PipelineError> {
        let says = match answer {
            Err(fault) => {
                self.say(&visit, |result| result.says = fault.words().to_string());
                match visit.role {
                    Role::Robots => Answer::NoRules,
                    Role::Reservation => Answer::Reserves(Reservation::default()),
                    _ => Answer::Served,
                }
            }
            Ok(seen) => {
                let content = content(&seen, CONTENT_BYTES_MAX).ok();
                let media = content.as_ref().map_or("", |content| content.media.as_str());
                let bytes = content.as_ref().map(|c| c.bytes.clone()).unwrap_or_default();
                let bytes = inflated(&bytes).unwrap_or(bytes);
                if visit.role == Role::Robots {
                    self.frontier.rules_in(seen.status, seen.field("location"), &bytes)
                } else if visit.role == Role::Reservation {
                    self.frontier.reservation_in(seen.status, seen.field("location"), &bytes)
                } else {
                    let text = text_of(&bytes, media);
                    match verdict(&visit, &seen, &text, AGENT, &self.rules.addresses, false) {
                        Verdict::Fresh(head) => {
                            self.fresh(now, &visit, &bytes, &text, head.feeds.len());
                        }
                        Verdict::Unkept(_) => self.fresh(now, &visit, &bytes, &text, 0),
                        Verdict::Moved(to) if visit.hops < HOPS_MAX => {
                            if let Ok(address) = given(&to, &self.rules.addresses) {
                                let hops = visit.hops + 1;
                                let via = visit.via.clone();
                                self.offer(now, &visit.source, visit.role, address, hops, via);
                            }
                        }
                        _ => self.say(&visit, |result| {
                            result.says = format!("the server answered {}", seen.status);
                        }),
                    }
                    Answer::Served
                }
            }
        };
        self.frontier.arrived(now, &visit, says);
        Ok(())
    }
}
