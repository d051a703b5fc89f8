//! Robots rules and reservations as they arrive, and what is remembered of hosts.

use chrono::{DateTime, TimeDelta, Utc};

use super::answers::CONTENT_BYTES_MAX;
use super::errand::{Errand, Result};
use crate::frontier::{Answer, Reservation, Robots, found, given, host_of, retry_after};
use crate::model::crawl::{Fault, Observation, Role, Visit};
use crate::store::{HostRow, Keep, content};

/// Time that robots rules and reservations count.
const RULES_COUNT: TimeDelta = TimeDelta::hours(24);

impl Errand<'_> {
    pub(super) fn robots_arrived(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        answer: std::result::Result<Observation, Fault>,
    ) -> Result<Answer> {
        let seen = match answer {
            Ok(seen) => seen,
            // Each address of a host that must not be asked is refused on its own.
            Err(Fault::Forbidden(_)) => return Ok(Answer::Rules(Robots::default())),
            Err(fault) => {
                let why = format!("its robots rules cannot be had: {}", fault.words());
                self.tally.trouble("no-robots", &visit.address.origin, &why);
                return Ok(Answer::NoRules);
            }
        };
        let read = content(&seen, CONTENT_BYTES_MAX).ok();
        let bytes = read.as_ref().map(|content| content.bytes.clone()).unwrap_or_default();
        let moved_to = self.moved_to(visit, &seen);
        let answer = self.frontier.rules_in(seen.status, moved_to, &bytes);
        match &answer {
            Answer::Rules(_) => {
                let keep = Keep { content: read.as_ref(), role: Some("robots"), known: None };
                self.casebook.keep(visit, &seen, keep)?;
                let bytes = if (200..300).contains(&seen.status) { bytes } else { Vec::new() };
                self.remember_rules(now, &visit.address.origin, Role::Robots, bytes)?;
            }
            Answer::NoRules => {
                let why =
                    format!("its robots rules cannot be had: the server answered {}", seen.status);
                self.tally.trouble("no-robots", &visit.address.origin, &why);
            }
            _ => {}
        }
        Ok(answer)
    }

    fn moved_to(&self, visit: &Visit, seen: &Observation) -> Option<String> {
        let to = seen.field("location")?;
        let base = given(&visit.address.ask, &self.rules.addresses).ok()?;
        found(&to, &base.ask, &self.rules.addresses).ok().map(|address| address.ask)
    }

    /// What a host reserves from mining; whoever cannot give the file reserves nothing by it.
    pub(super) fn reservation_arrived(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        answer: std::result::Result<Observation, Fault>,
    ) -> Result<Answer> {
        let Ok(seen) = answer else { return Ok(Answer::Reserves(Reservation::default())) };
        if let Some(pause) = pause(&seen) {
            return Ok(pause);
        }
        let read = content(&seen, CONTENT_BYTES_MAX).ok();
        let mut bytes = read.as_ref().map(|content| content.bytes.clone()).unwrap_or_default();
        let moved_to = self.moved_to(visit, &seen);
        let answer = self.frontier.reservation_in(seen.status, moved_to, &bytes);
        if matches!(answer, Answer::Reserves(_)) {
            if (200..300).contains(&seen.status) {
                let role = Some(visit.role.word());
                let keep = Keep { content: read.as_ref(), role, known: None };
                self.casebook.keep(visit, &seen, keep)?;
            } else {
                bytes.clear();
            }
            self.remember_rules(now, &visit.address.origin, visit.role, bytes)?;
        }
        Ok(answer)
    }

    pub(super) fn remember_host(&mut self, now: DateTime<Utc>, origin: &str) -> Result<()> {
        let Some((failures, shut_until)) = self.frontier.state_of(origin) else { return Ok(()) };
        if failures == 0 && shut_until <= now {
            return Ok(());
        }
        if shut_until > now {
            self.tally.pauses.insert(host_of(origin), shut_until);
        }
        let shut_until = (shut_until > now).then_some(shut_until);
        let row = HostRow { failures, shut_until, ..HostRow::default() };
        self.casebook.frontier()?.set_host(origin, &row)?;
        Ok(())
    }

    /// Remembers the file of a host by which its other addresses are judged.
    pub(super) fn remember_rules(
        &mut self,
        at: DateTime<Utc>,
        origin: &str,
        role: Role,
        bytes: Vec<u8>,
    ) -> Result<()> {
        let file = Some((bytes, at + RULES_COUNT));
        let row = match role {
            Role::Reservation => HostRow { reservation: file, ..HostRow::default() },
            _ => HostRow { robots: file, ..HostRow::default() },
        };
        self.casebook.frontier()?.set_host(origin, &row)?;
        Ok(())
    }
}

/// The pause a server asks for, if it asks for one.
fn pause(seen: &Observation) -> Option<Answer> {
    match seen.status {
        429 | 503 => Some(Answer::Busy(retry_after(seen))),
        _ => None,
    }
}
