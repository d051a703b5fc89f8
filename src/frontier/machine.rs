//! The frontier: which address may be asked for now, over all hosts.
//!
//! In: visits offered, moments, answers. Out: [`Next`]. What holds: no host is asked for more at once
//! or sooner than its manners, its robots rules and its own answers allow; nothing is asked before the
//! robots rules of its host are known; a visit is handed out once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::host::{Host, Manners, Memory};
use super::pace;
use super::reservation::Reservation;
use super::robots::Robots;
use super::rules::{Rules, rules_visit};
use crate::model::crawl::{Address, Role, Visit};

/// Visits of one host held here; the tables keep the rest.
pub const HELD_MAX: usize = 256;
/// Visits of one host below which more are wanted.
const HELD_LOW: usize = 64;
/// Attempts at one address in one crawl.
const ATTEMPTS_MAX: u32 = 3;
/// Redirects of `robots.txt` and `tdmrep.json` that are followed (RFC 9309 §2.3.1.2).
const RULES_HOPS_MAX: u32 = 5;
/// How long robots rules and reservations count.
const RULES_COUNT: TimeDelta = TimeDelta::hours(24);

/// Bounds of one crawl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests under way at once, over all hosts.
    pub at_once: usize,
    /// Towards hosts whose source says nothing.
    pub manners: Manners,
    /// How long a host's back-off is worth waiting for.
    pub patience: TimeDelta,
    /// Articles asked for.
    pub pages_max: usize,
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Ask for this.
    Visit(Box<Visit>),
    /// The host's robots rules refuse this.
    Refused(Box<Visit>),
    /// The host reserves this article from mining.
    Reserved(Box<Visit>),
    /// Nothing before this moment, or before something arrives.
    Wait(Option<DateTime<Utc>>),
    /// Nothing more in this crawl.
    Done,
}

/// What an answer says of its host.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It serves.
    Served,
    /// It asks for a pause.
    Busy(Option<TimeDelta>),
    /// It fails.
    Failing,
    /// It gave its robots rules, or said that it has none.
    Rules(Robots),
    /// Its robots rules stand at another address.
    RulesAt(String),
    /// It cannot give its robots rules now.
    NoRules,
    /// It said what it reserves from mining, or that it says nothing of it.
    Reserves(Reservation),
}

/// What becomes of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// It is settled.
    Settled,
    /// It is queued again, for this moment.
    Again(DateTime<Utc>),
    /// It is for a later crawl, from this moment on: its host is not waited for.
    PutOff(DateTime<Utc>),
    /// It failed too often in this crawl.
    GivenUp,
}

/// All hosts of a crawl.
#[derive(Debug)]
pub struct Frontier {
    limits: Limits,
    agent: String,
    hosts: BTreeMap<String, Host>,
    /// Hosts by the moment they can be asked.
    ready: BTreeSet<(DateTime<Utc>, String)>,
    /// Hosts that have little left here and may have more in the tables.
    hungry: BTreeSet<String>,
    under_way: usize,
    pages: usize,
}

impl Frontier {
    /// An empty frontier; `agent` is the product token that robots rules name.
    pub fn new(limits: Limits, agent: &str) -> Self {
        Self {
            limits,
            agent: agent.to_string(),
            hosts: BTreeMap::new(),
            ready: BTreeSet::new(),
            hungry: BTreeSet::new(),
            under_way: 0,
            pages: 0,
        }
    }

    /// Manners towards hosts whose source says nothing.
    pub fn manners(&self) -> Manners {
        self.limits.manners
    }

    /// Whether a host is known here.
    pub fn knows(&self, origin: &str) -> bool {
        self.hosts.contains_key(origin)
    }

    /// Introduces a host; a host that is known stays as it is.
    pub fn introduce(
        &mut self,
        now: DateTime<Utc>,
        origin: &str,
        manners: Option<Manners>,
        memory: Memory,
    ) {
        let manners = manners.unwrap_or(self.limits.manners);
        let latest = now + self.limits.patience;
        self.hosts.entry(origin.to_string()).or_insert_with(|| {
            let parked = memory.shut_until.is_some_and(|until| until > latest);
            let mut host = Host::new(manners, memory);
            host.parked = parked;
            host
        });
        self.at(origin, |_| ());
    }

    /// Says that the tables hold more for a host.
    pub fn more_at(&mut self, origin: &str) {
        self.at(origin, |host| host.more = true);
    }

    /// A host that has little left here and may have more in the tables, with how many fit.
    pub fn hungry(&mut self) -> Option<(String, usize)> {
        let origin = self.hungry.first().cloned()?;
        let room = self.at(&origin, |host| {
            host.more = false;
            HELD_MAX.saturating_sub(host.queued())
        })?;
        Some((origin, room))
    }

    /// Queues a visit; its host has been introduced.
    pub fn offer(&mut self, now: DateTime<Utc>, due: DateTime<Utc>, visit: Visit) {
        let origin = visit.address.origin.clone();
        self.at(&origin, |host| host.put(now, due, visit));
    }

    /// Changes a host and keeps its place in the order true.
    fn at<R>(&mut self, origin: &str, change: impl FnOnce(&mut Host) -> R) -> Option<R> {
        let host = self.hosts.get_mut(origin)?;
        if let Some(before) = host.ready_at() {
            self.ready.remove(&(before, origin.to_string()));
        }
        let result = change(host);
        if let Some(after) = host.ready_at() {
            self.ready.insert((after, origin.to_string()));
        }
        match host.more && host.queued() < HELD_LOW {
            true => self.hungry.insert(origin.to_string()),
            false => self.hungry.remove(origin),
        };
        Some(result)
    }

    /// What to do at a moment.
    pub fn next(&mut self, now: DateTime<Utc>) -> Next {
        let full = self.under_way >= self.limits.at_once;
        while let Some((_, origin)) = self.ready.first().filter(|(at, _)| *at <= now && !full) {
            let origin = origin.clone();
            if let Some(next) = self.next_at(&origin, now) {
                return next;
            }
        }
        let soonest = self.ready.first().map(|(at, _)| *at).filter(|_| !full);
        match (soonest, self.under_way) {
            (None, 0) => Next::Done,
            (at, _) => Next::Wait(at),
        }
    }

    /// What to ask a host that can be asked; `None` where its queue has changed and all is looked at anew.
    fn next_at(&mut self, origin: &str, now: DateTime<Utc>) -> Option<Next> {
        let out_of_pages = self.pages >= self.limits.pages_max;
        let next = self.at(origin, |host| {
            if let Some((address, hops)) = host.rules.ask(now) {
                host.began(now);
                return Some(Next::Visit(Box::new(rules_visit(origin, Role::Robots, address, hops))));
            }
            if let Some((address, hops)) = host.reservation.ask(now) {
                let visit = rules_visit(origin, Role::Reservation, address, hops);
                if matches!(&host.rules, Rules::Known(robots, _) if robots.allows(&visit.address.ask)) {
                    host.began(now);
                    return Some(Next::Visit(Box::new(visit)));
                }
                host.reservation = Rules::Known(Reservation::default(), now + RULES_COUNT);
            }
            let visit = host.take(now)?;
            if visit.role == Role::Page && out_of_pages {
                // It stays in the tables for the next crawl.
                return None;
            }
            if let Rules::Known(robots, _) = &host.rules
                && !robots.allows(&visit.address.ask)
            {
                return Some(Next::Refused(Box::new(visit)));
            }
            if visit.role == Role::Page && host.reserves(&visit.address.ask) {
                return Some(Next::Reserved(Box::new(visit)));
            }
            host.began(now);
            Some(Next::Visit(Box::new(visit)))
        })??;
        if let Next::Visit(visit) = &next {
            self.under_way += 1;
            self.pages += usize::from(visit.role == Role::Page);
        }
        Some(next)
    }

    /// Takes note of an answer.
    pub fn arrived(&mut self, now: DateTime<Utc>, visit: &Visit, answer: Answer) -> After {
        self.under_way = self.under_way.saturating_sub(1);
        let origin = visit.address.origin.clone();
        let mut again = None;
        let latest = now + self.limits.patience;
        self.at(&origin, |host| {
            host.under_way = host.under_way.saturating_sub(1);
            match answer {
                Answer::Served => host.served(),
                Answer::Rules(robots) => {
                    host.served();
                    host.rules = Rules::Known(robots, now + RULES_COUNT);
                }
                Answer::Reserves(found) => {
                    host.served();
                    host.reservation = Rules::Known(found, now + RULES_COUNT);
                }
                Answer::RulesAt(address)
                    if visit.role == Role::Reservation && visit.hops < RULES_HOPS_MAX =>
                {
                    host.reservation = Rules::Wanted(Some(address), visit.hops + 1);
                }
                Answer::RulesAt(_) if visit.role == Role::Reservation => {}
                Answer::RulesAt(address) if visit.hops < RULES_HOPS_MAX => {
                    host.rules = Rules::Wanted(Some(address), visit.hops + 1);
                }
                // RFC 9309: behind too many redirects there are no rules.
                Answer::RulesAt(_) => {
                    host.rules = Rules::Known(Robots::default(), now + RULES_COUNT);
                }
                Answer::NoRules => {
                    // RFC 9309 §2.3.1.4: what cannot be reached allows nothing.
                    host.rules = Rules::Unknown;
                    host.failed(now, &origin);
                    host.shut(now + pace::rest(host.failures, &origin));
                }
                Answer::Busy(wait) => {
                    host.failures = host.failures.saturating_add(1);
                    let wait = wait.map(pace::asked);
                    let own = pace::backoff(host.failures, &origin);
                    host.shut(now + wait.map_or(own, |wait| wait.max(host.manners.delay)));
                    again = Some(host.shut_until);
                }
                Answer::Failing => {
                    host.failed(now, &origin);
                    again = Some(now + pace::backoff(visit.failures + 1, &visit.address.key));
                }
            }
            if visit.role == Role::Reservation {
                // A host that cannot give the file does not take part in the protocol.
                again = None;
                host.reservation.or_nothing(now + RULES_COUNT);
            }
            host.parked |= host.held_until() > latest;
            again = again.map(|due| due.max(host.held_until()));
        });
        match again {
            None => After::Settled,
            Some(_) if visit.failures + 1 >= ATTEMPTS_MAX => After::GivenUp,
            Some(due) if due > latest => After::PutOff(due),
            Some(due) => {
                let visit = Visit { failures: visit.failures + 1, ..visit.clone() };
                self.offer(now, due, visit);
                After::Again(due)
            }
        }
    }

    /// What an answer to a question for robots rules says.
    pub fn rules_in(&self, status: u16, moved_to: Option<String>, body: &[u8]) -> Answer {
        match (status, moved_to) {
            (200..300, _) => Answer::Rules(Robots::parse(body, &self.agent)),
            (300..400, Some(to)) => Answer::RulesAt(to),
            (429, _) | (500.., _) => Answer::NoRules,
            // RFC 9309 §2.3.1.3: what is not there forbids nothing.
            _ => Answer::Rules(Robots::default()),
        }
    }

    /// What an answer to a question for reservations says.
    pub fn reservation_in(&self, status: u16, moved_to: Option<String>, body: &[u8]) -> Answer {
        match (status, moved_to) {
            (200..300, _) => Answer::Reserves(Reservation::parse(body)),
            (300..400, Some(to)) => Answer::RulesAt(to),
            _ => Answer::Reserves(Reservation::default()),
        }
    }

    /// Whether the host of an address reserves it from mining, as far as is known.
    pub fn reserves(&self, address: &Address) -> bool {
        self.hosts.get(&address.origin).is_some_and(|host| host.reserves(&address.ask))
    }

    /// What is to be remembered of a host: failures, and until when it is left alone.
    pub fn state_of(&self, origin: &str) -> Option<(u32, DateTime<Utc>)> {
        self.hosts.get(origin).map(|host| (host.failures, host.shut_until))
    }

    /// Visits that are queued here and were not made, by host.
    pub fn left(&self) -> impl Iterator<Item = (&str, &Visit)> {
        self.hosts.iter().flat_map(|(origin, host)| host.left().map(move |v| (origin.as_str(), v)))
    }

    /// Sitemaps that the robots rules of a host name.
    pub fn sitemaps_of(&self, origin: &str) -> &[String] {
        match self.hosts.get(origin).map(|host| &host.rules) {
            Some(Rules::Known(robots, _)) => &robots.sitemaps,
            _ => &[],
        }
    }
}
