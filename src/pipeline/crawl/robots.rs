//! Robots rules as they arrive, and what is remembered of hosts.

use chrono::{DateTime, TimeDelta, Utc};

use super::answers::CONTENT_BYTES_MAX;
use super::errand::{Errand, Result};
use crate::frontier::{Answer, Robots, found, given, host_of};
use crate::model::crawl::{Fault, Observation, Visit};
use crate::store::{HostRow, Keep, content};

/// Time that robots rules count.
const ROBOTS_COUNT: TimeDelta = TimeDelta::hours(24);

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
        let moved_to = seen.field("location").and_then(|to| {
            let base = given(&visit.address.ask, &self.rules.addresses).ok()?;
            found(&to, &base.ask, &self.rules.addresses).ok().map(|a| a.ask)
        });
        let answer = self.frontier.rules_in(seen.status, moved_to, &bytes);
        match &answer {
            Answer::Rules(_) => {
                let keep = Keep { content: read.as_ref(), role: Some("robots"), known: None };
                self.casebook.keep(visit, &seen, keep)?;
                let bytes = if (200..300).contains(&seen.status) { bytes } else { Vec::new() };
                self.remember_robots(now, &visit.address.origin, bytes)?;
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

    pub(super) fn remember_host(&mut self, now: DateTime<Utc>, origin: &str) -> Result<()> {
        let Some((failures, shut_until)) = self.frontier.state_of(origin) else { return Ok(()) };
        if failures == 0 && shut_until <= now {
            return Ok(());
        }
        if shut_until > now {
            self.tally.pauses.insert(host_of(origin), shut_until);
        }
        let shut_until = (shut_until > now).then_some(shut_until);
        let row = HostRow { robots: None, failures, shut_until };
        self.casebook.frontier()?.set_host(origin, &row)?;
        Ok(())
    }

    pub(super) fn remember_robots(
        &mut self,
        at: DateTime<Utc>,
        origin: &str,
        bytes: Vec<u8>,
    ) -> Result<()> {
        let row = HostRow { robots: Some((bytes, at + ROBOTS_COUNT)), ..HostRow::default() };
        self.casebook.frontier()?.set_host(origin, &row)?;
        Ok(())
    }
}
