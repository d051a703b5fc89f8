//! One crawl as a plan: what to ask for next, and what becomes of every answer.
//!
//! What holds: an answer is archived, then what it means is written to the frontier, both in one batch;
//! a fetch that was archived by a crawl that was killed is settled in the same way from the archive.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::PipelineError;
use super::Asking;
use super::answers::{CONTENT_BYTES_MAX, validators};
use super::tally::Tally;
use crate::crawl::Plan;
use crate::frontier::{
    After, Answer, Frontier, Limits, Manners, Memory, Next, Reservation, Reserved, Robots, given,
    retry,
};
use crate::model::crawl::{Fault, Observation, Role, Source, Step, Validators, Visit};
use crate::rules::Rules;
use crate::store::{Casebook, NewRow, Replayed, State, content};

/// Wait that is long enough to write down what has been done.
const IDLE: TimeDelta = TimeDelta::milliseconds(200);

pub(super) type Result<T> = std::result::Result<T, PipelineError>;

/// A crawl under way.
pub(super) struct Errand<'a> {
    pub casebook: Casebook,
    pub rules: &'a Rules,
    pub sources: BTreeMap<String, Source>,
    pub frontier: Frontier,
    pub tally: Tally,
    pub run: i64,
    pub agent: String,
    pub progress: &'a dyn Fn(&Tally),
    /// The moment of the last step.
    pub now: DateTime<Utc>,
    /// When the visits that were put off fall due.
    pub put_off_until: Vec<DateTime<Utc>>,
}

impl<'a> Errand<'a> {
    pub(super) fn new(
        casebook: Casebook,
        rules: &'a Rules,
        sources: BTreeMap<String, Source>,
        asking: &Asking,
        now: DateTime<Utc>,
        progress: &'a dyn Fn(&Tally),
    ) -> Self {
        let limits = Limits {
            at_once: asking.at_once,
            manners: Manners { delay: asking.delay, at_once: asking.per_host },
            patience: asking.patience,
            pages_max: asking.pages_max,
        };
        Self {
            casebook,
            rules,
            sources,
            frontier: Frontier::new(limits, super::AGENT),
            tally: Tally::default(),
            run: 0,
            agent: super::AGENT.to_string(),
            progress,
            now,
            put_off_until: Vec::new(),
        }
    }

    /// Makes a host known to the frontier, with what is remembered of it.
    pub(super) fn meet(&mut self, origin: &str, source: &str) -> Result<()> {
        if !self.frontier.knows(origin) {
            let row = self.casebook.frontier()?.host(origin)?;
            let robots =
                row.robots.map(|(bytes, until)| (Robots::parse(&bytes, &self.agent), until));
            let reservation =
                row.reservation.map(|(bytes, until)| (Reservation::parse(&bytes), until));
            let (failures, shut_until) = (row.failures, row.shut_until);
            let memory = Memory { robots, reservation, failures, shut_until };
            let own =
                self.sources.get(source).filter(|s| s.delay_ms.or(s.at_once.map(|_| 0)).is_some());
            let manners = own.map(|source| {
                let general = self.frontier.manners();
                let delay = source.delay_ms.and_then(|ms| i64::try_from(ms).ok());
                Manners {
                    delay: delay.map_or(general.delay, TimeDelta::milliseconds),
                    at_once: source.at_once.unwrap_or(general.at_once),
                }
            });
            self.frontier.introduce(self.now, origin, manners, memory);
        }
        self.frontier.more_at(origin);
        Ok(())
    }

    /// Settles what a crawl that was killed had archived and not yet written to the frontier.
    pub(super) fn recover(&mut self) -> Result<()> {
        let unsettled = self.casebook.unsettled()?;
        for replayed in unsettled {
            self.settle_again(replayed?)?;
        }
        Ok(())
    }

    fn settle_again(&mut self, replayed: Replayed) -> Result<()> {
        let Replayed { observation, role, same, digest } = replayed;
        let Ok(address) = given(&observation.address, &self.rules.addresses) else { return Ok(()) };
        let at = observation.at;
        if let Some(role @ (Role::Robots | Role::Reservation)) = role {
            let content = content(&observation, CONTENT_BYTES_MAX).map(|c| c.bytes);
            return self.remember_rules(at, &address.origin, role, content.unwrap_or_default());
        }
        let role = role.unwrap_or(Role::Page);
        let known = self.casebook.frontier()?.visit_to(&address.key, role)?;
        let visit = match known {
            Some(visit) => visit,
            None => {
                let source = String::new();
                let visit = Visit {
                    address,
                    role,
                    source,
                    validators: Validators::default(),
                    hops: 0,
                    failures: 0,
                    via: None,
                };
                let row = NewRow {
                    visit: &visit,
                    state: State::Queued,
                    due: None,
                    title: None,
                    why: None,
                };
                self.casebook.frontier()?.add(at, &row)?;
                visit
            }
        };
        let earlier = self.casebook.frontier()?.known(&visit)?;
        if earlier.is_some_and(|known| known.visited.is_some_and(|visited| visited >= at)) {
            return Ok(());
        }
        self.tally.recovered += 1;
        if same {
            let came = Some((validators(&observation), digest.as_str()));
            return self.settle_unchanged(at, &visit, came);
        }
        self.answered(at, visit, observation, false).map(|_| ())
    }
}

impl Plan for Errand<'_> {
    type Error = PipelineError;

    fn next(&mut self, now: DateTime<Utc>) -> Result<Step> {
        self.now = now;
        loop {
            while let Some((origin, room)) = self.frontier.hungry() {
                let taken = self.casebook.frontier()?.take(now, self.run, &origin, room)?;
                let more = taken.len() == room;
                for visit in taken {
                    self.frontier.offer(now, now, visit);
                }
                if more {
                    self.frontier.more_at(&origin);
                }
            }
            match self.frontier.next(now) {
                Next::Visit(visit) => {
                    self.tally.host(&visit.address.origin).under_way += 1;
                    return Ok(Step::Visit(visit));
                }
                Next::Refused(visit) => {
                    self.tally.robots += 1;
                    let why = "the host’s robots rules";
                    self.ended(now, &visit, State::Robots, why, retry(3))?;
                }
                Next::Reserved(visit) => {
                    self.tally.reserved += 1;
                    let why = Reserved::Mining.word();
                    self.ended(now, &visit, State::Reserved, why, retry(5))?;
                }
                Next::Wait(until) => {
                    if until.is_some_and(|until| until - now > IDLE) {
                        self.casebook.commit()?;
                    }
                    return Ok(Step::Wait(until));
                }
                Next::Done => return Ok(Step::Done),
            }
        }
    }

    fn arrived(
        &mut self,
        now: DateTime<Utc>,
        visit: Visit,
        answer: std::result::Result<Observation, Fault>,
    ) -> Result<()> {
        let host = self.tally.host(&visit.address.origin);
        host.under_way = host.under_way.saturating_sub(1);
        match &answer {
            Ok(seen) => {
                host.answered += 1;
                host.bytes += seen.body.len() as u64;
            }
            Err(_) => host.failed += 1,
        }
        let fault = answer.as_ref().err().cloned();
        let status = answer.as_ref().ok().map(|seen| seen.status);
        let says = match answer {
            answer if visit.role == Role::Robots => self.robots_arrived(now, &visit, answer)?,
            answer if visit.role == Role::Reservation => {
                self.reservation_arrived(now, &visit, answer)?
            }
            Ok(seen) => self.answered(now, visit.clone(), seen, true)?,
            Err(fault) if fault.may_pass() => Answer::Failing,
            Err(fault) => {
                self.trouble(now, &visit, fault.code(), fault.words())?;
                Answer::Served
            }
        };
        let failing = matches!(says, Answer::Failing | Answer::Busy(_) | Answer::NoRules);
        let after = self.frontier.arrived(now, &visit, says);
        if failing {
            self.remember_host(now, &visit.address.origin)?;
        }
        let (code, why) = match (&fault, status) {
            (Some(fault), _) => (fault.code(), fault.words().to_string()),
            (None, Some(429 | 503)) => ("busy", "the server asks for a pause".to_string()),
            (None, Some(status)) => ("server-error", format!("the server answered {status}")),
            (None, None) => ("failed", String::new()),
        };
        match after {
            After::GivenUp => self.trouble(now, &visit, code, &why)?,
            After::PutOff(due) => self.put_off(now, due, &visit, code, &why)?,
            After::Settled | After::Again(_) => {}
        }
        if self.casebook.is_full() {
            self.casebook.commit()?;
        }
        (self.progress)(&self.tally);
        Ok(())
    }
}
