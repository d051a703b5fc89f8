//! What one host may be asked, and when: its robots rules, its delay, its failures, its queue.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::pace::{self, FAILURES_MAX};
use super::reservation::Reservation;
use super::robots::Robots;
use super::rules::Rules;
use crate::model::crawl::{Role, Visit};

/// Restraint towards one host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Time between the beginnings of two requests.
    pub delay: TimeDelta,
    /// Requests under way at once.
    pub at_once: usize,
}

/// What is known of a host from earlier crawls.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// Its robots rules, and until when they count.
    pub robots: Option<(Robots, DateTime<Utc>)>,
    /// What it reserves from mining, and until when that counts.
    pub reservation: Option<(Reservation, DateTime<Utc>)>,
    /// Failures in a row.
    pub failures: u32,
    /// Until when it is left alone.
    pub shut_until: Option<DateTime<Utc>>,
}

#[derive(Debug)]
pub(super) struct Host {
    pub manners: Manners,
    pub rules: Rules<Robots>,
    pub reservation: Rules<Reservation>,
    pub failures: u32,
    pub shut_until: DateTime<Utc>,
    /// When the last request went out.
    asked_at: DateTime<Utc>,
    /// Not before this, after failures.
    next_at: DateTime<Utc>,
    pub under_way: usize,
    /// Whether it asked for a pause that this crawl does not wait for.
    pub parked: bool,
    /// Whether the tables may hold more for this host than is queued here.
    pub more: bool,
    ready: BTreeMap<(Role, u64), Visit>,
    later: BTreeMap<(DateTime<Utc>, u64), Visit>,
    count: u64,
}

impl Host {
    pub(super) fn new(manners: Manners, memory: Memory) -> Self {
        let never = DateTime::<Utc>::MIN_UTC;
        Self {
            manners,
            rules: Rules::remembered(memory.robots),
            reservation: Rules::remembered(memory.reservation),
            failures: memory.failures,
            shut_until: memory.shut_until.unwrap_or(never),
            asked_at: never,
            next_at: never,
            under_way: 0,
            parked: false,
            more: true,
            ready: BTreeMap::new(),
            later: BTreeMap::new(),
            count: 0,
        }
    }

    pub(super) fn queued(&self) -> usize {
        self.ready.len() + self.later.len()
    }

    pub(super) fn put(&mut self, now: DateTime<Utc>, due: DateTime<Utc>, visit: Visit) {
        self.count += 1;
        match due <= now {
            true => self.ready.insert((visit.role, self.count), visit),
            false => self.later.insert((due, self.count), visit),
        };
    }

    /// When the next request may go out; `None` where nothing can be asked before something arrives.
    pub(super) fn ready_at(&self) -> Option<DateTime<Utc>> {
        let due = match self.ready.is_empty() {
            false => DateTime::<Utc>::MIN_UTC,
            true => self.later.keys().next()?.0,
        };
        // A host that failed is tried with one request.
        let at_once = if self.failures > 0 { 1 } else { self.manners.at_once };
        let asked = matches!(self.rules, Rules::Asked) || matches!(self.reservation, Rules::Asked);
        if self.parked || self.under_way >= at_once || asked {
            return None;
        }
        Some(due.max(self.shut_until).max(self.next_at).max(self.rested_at()))
    }

    /// Takes the next visit; [`Host::ready_at`] has said that the moment has come.
    pub(super) fn take(&mut self, now: DateTime<Utc>) -> Option<Visit> {
        while let Some(entry) = self.later.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((_, number), visit) = entry.remove_entry();
            self.ready.insert((visit.role, number), visit);
        }
        self.ready.pop_first().map(|(_, visit)| visit)
    }

    /// When the pause after the last request ends, by the rules known by now.
    fn rested_at(&self) -> DateTime<Utc> {
        let wished = match &self.rules {
            Rules::Known(robots, _) => robots.delay.unwrap_or(0.0),
            Rules::Unknown | Rules::Wanted(..) | Rules::Asked => 0.0,
        };
        let wished = TimeDelta::milliseconds((wished * 1000.0) as i64);
        let pause = self.manners.delay.max(wished);
        self.asked_at.checked_add_signed(pause).unwrap_or(self.asked_at)
    }

    /// Whether it reserves an address from mining.
    pub(super) fn reserves(&self, address: &str) -> bool {
        matches!(&self.reservation, Rules::Known(found, _) if found.holds(address))
    }

    pub(super) fn began(&mut self, now: DateTime<Utc>) {
        self.asked_at = now;
        self.under_way += 1;
    }

    pub(super) fn served(&mut self) {
        self.failures = 0;
    }

    /// Waits longer after every failure; after some, the host is left alone.
    pub(super) fn failed(&mut self, now: DateTime<Utc>, origin: &str) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES_MAX {
            self.shut(now + pace::rest(self.failures, origin));
        } else {
            self.next_at = self.next_at.max(now + pace::backoff(self.failures, origin));
        }
    }

    pub(super) fn shut(&mut self, until: DateTime<Utc>) {
        self.shut_until = self.shut_until.max(until);
    }

    /// Until when failures keep it from being asked, if they do.
    pub(super) fn held_until(&self) -> DateTime<Utc> {
        if self.failures > 0 { self.next_at.max(self.shut_until) } else { self.shut_until }
    }

    /// Everything still queued.
    pub(super) fn left(&self) -> impl Iterator<Item = &Visit> {
        self.ready.values().chain(self.later.values())
    }
}
