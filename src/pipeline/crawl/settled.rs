//! How visits are settled that brought no new article: in the frontier, and in the tally.

use chrono::{DateTime, TimeDelta, Utc};

use super::answers::Read;
use super::errand::{Errand, Result};
use crate::frontier::{given, retry, revisit};
use crate::model::crawl::{Observation, Validators, Visit};
use crate::store::{Change, NewRow, State};

/// Most redirects that are followed.
const HOPS_MAX: u32 = 8;

impl Errand<'_> {
    /// Writes down that a visit ended without an article.
    pub(super) fn ended(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        state: State,
        why: &str,
        wait: TimeDelta,
    ) -> Result<()> {
        self.count_listing(visit, |listings| listings.2 += 1);
        let change = Change {
            state: Some(state),
            due: Some(now + wait),
            why: Some(why),
            ..Change::default()
        };
        self.casebook.frontier()?.settle(now, visit, &change)?;
        Ok(())
    }

    pub(super) fn count_listing(
        &mut self,
        visit: &Visit,
        count: impl FnOnce(&mut (usize, usize, usize)),
    ) {
        if visit.role.is_listing() && !visit.source.is_empty() {
            count(&mut self.tally.source(&visit.source).listings);
        }
    }

    pub(super) fn trouble(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        code: &str,
        why: &str,
    ) -> Result<()> {
        self.tally.failed += 1;
        self.tally.trouble(code, &visit.address.ask, why);
        let failures =
            self.casebook.frontier()?.known(visit)?.map_or(0, |known| known.failures) + 1;
        self.count_listing(visit, |listings| listings.2 += 1);
        let change = Change {
            state: Some(State::Failed),
            due: Some(now + retry(failures - 1)),
            failures,
            why: Some(why),
            ..Change::default()
        };
        self.casebook.frontier()?.settle(now, visit, &change)?;
        Ok(())
    }

    /// Leaves a visit to a later crawl: its host is not waited for.
    pub(super) fn put_off(
        &mut self,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
        visit: &Visit,
        code: &str,
        why: &str,
    ) -> Result<()> {
        self.tally.put_off += 1;
        self.put_off_until.push(due);
        self.tally.trouble(code, &visit.address.ask, why);
        self.count_listing(visit, |listings| listings.2 += 1);
        let change = Change {
            due: Some(due),
            failures: visit.failures + 1,
            why: Some(why),
            ..Change::default()
        };
        self.casebook.frontier()?.settle(now, visit, &change)?;
        Ok(())
    }

    pub(super) fn settle_unchanged(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        came: Option<(Validators, &str)>,
    ) -> Result<()> {
        let known = self.casebook.frontier()?.known(visit)?;
        let last = known.and_then(|known| known.interval).map(TimeDelta::seconds);
        let interval = revisit(visit.role, last, false);
        self.count_listing(visit, |listings| listings.1 += 1);
        let change = Change {
            state: Some(State::Visited),
            due: Some(now + interval),
            came,
            interval: Some(interval.num_seconds()),
            ..Change::default()
        };
        self.casebook.frontier()?.settle(now, visit, &change)?;
        Ok(())
    }

    /// Follows a redirect: the new address goes the way of every other one.
    pub(super) fn moved(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        seen: &Observation,
        read: &Read,
        to: &str,
        is_new: bool,
    ) -> Result<()> {
        self.tally.moved += 1;
        self.archive(visit, seen, read, "redirect", is_new)?;
        let to = match given(to, &self.rules.addresses) {
            Ok(to) => to,
            Err(why) => {
                return self.trouble(now, visit, why.word(), "it leads where nothing is asked for");
            }
        };
        if visit.hops >= HOPS_MAX || to.ask == visit.address.ask {
            let why = format!("it leads on and on, last to {}", to.ask);
            return self.trouble(now, visit, "redirect-loop", &why);
        }
        let next = Visit {
            address: to,
            role: visit.role,
            source: visit.source.clone(),
            validators: Validators::default(),
            hops: visit.hops + 1,
            failures: 0,
            via: Some(visit.address.ask.clone()),
        };
        if next.address.key == visit.address.key {
            // Another spelling of the same address: the row is asked for again.
            self.casebook.frontier()?.make_due(now, &next)?;
        } else {
            let change = Change {
                state: Some(State::Moved),
                due: Some(now + retry(5)),
                why: Some(next.address.ask.as_str()),
                ..Change::default()
            };
            self.casebook.frontier()?.settle(now, visit, &change)?;
            let known = self.casebook.frontier()?.known(&next)?;
            match known {
                None => {
                    let row = NewRow {
                        visit: &next,
                        state: State::Queued,
                        due: Some(now),
                        title: None,
                        why: None,
                    };
                    self.casebook.frontier()?.add(now, &row)?;
                }
                Some(known) if known.state == State::Moved && known.run == self.run => {
                    let why = format!("it leads back to {}", next.address.ask);
                    return self.trouble(now, visit, "redirect-loop", &why);
                }
                // Listed and refused by its title, or seen before: a redirect says nothing new.
                Some(_) => return Ok(()),
            }
        }
        self.meet(&next.address.origin.clone(), &next.source)
    }
}
