//! The network: fetches what a plan asks for, as it comes, and nothing it must not.
//!
//! In: a plan that says what to ask for and takes what arrives. Out: observations and faults, handed
//! to the plan. What holds: one thread talks to the network and one to the plan; what is not answered
//! when the program is killed was not handed over. Not here: what to ask for, and what answers mean
//! (`frontier/`).

mod fetch;
mod folder;
mod guard;
mod names;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use fetch::{BODY_BYTES_MAX, Fetching};
pub use folder::{FolderWeb, serve_folder};
pub use names::Names;

use self::fetch::Web;
use crate::model::crawl::{Fault, Observation, Step, Visit};

/// Longest wait without looking at the plan again.
const WAIT_MAX: Duration = Duration::from_millis(250);

/// Why a crawl could not run.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// No client.
    #[error("fetching cannot begin: {0}")]
    Client(String),
    /// No runtime or socket.
    #[error("fetching cannot begin: {0}")]
    System(#[from] std::io::Error),
}

/// Decides what to ask for and takes what arrives.
pub trait Plan {
    /// Why the plan failed.
    type Error: From<CrawlError>;

    /// What to do at a moment.
    ///
    /// # Errors
    /// Whatever ends the crawl.
    fn next(&mut self, now: DateTime<Utc>) -> Result<Step, Self::Error>;

    /// Takes what became of a visit.
    ///
    /// # Errors
    /// Whatever ends the crawl.
    fn arrived(
        &mut self,
        now: DateTime<Utc>,
        visit: Visit,
        answer: Result<Observation, Fault>,
    ) -> Result<(), Self::Error>;
}

/// How a crawl ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The plan had nothing more to ask for.
    Done,
    /// A person stopped it; what was under way is asked for again by the next crawl.
    Interrupted,
}

enum Event {
    Arrived(Box<Visit>, Box<Result<Observation, Fault>>),
    Interrupted,
}

/// Runs a plan to its end.
///
/// # Errors
/// A client that cannot be made, or what the plan fails with.
pub fn drive<P: Plan>(fetching: Fetching, plan: &mut P) -> Result<Ended, P::Error> {
    let web = Web::new(fetching)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CrawlError::from)?;
    let (ask, mut asked) = tokio::sync::mpsc::unbounded_channel::<Box<Visit>>();
    let (tell, told) = mpsc::channel::<Event>();
    thread::scope(|scope| {
        scope.spawn(move || {
            runtime.block_on(async move {
                let interrupted = tell.clone();
                tokio::spawn(async move {
                    if tokio::signal::ctrl_c().await.is_ok() {
                        let _ = interrupted.send(Event::Interrupted);
                    }
                });
                while let Some(visit) = asked.recv().await {
                    let (web, tell) = (web.clone(), tell.clone());
                    tokio::spawn(async move {
                        let answer = Box::new(web.get(&visit).await);
                        // Nobody listens any more when the plan has failed.
                        let _ = tell.send(Event::Arrived(visit, answer));
                    });
                }
            });
        });
        // Dropping `ask` ends the thread above.
        let ask = ask;
        loop {
            let event = match plan.next(Utc::now())? {
                Step::Visit(visit) => {
                    let _ = ask.send(visit);
                    match told.try_recv() {
                        Ok(event) => event,
                        Err(_) => continue,
                    }
                }
                Step::Wait(until) => match told.recv_timeout(wait_until(until)) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => continue,
                },
                Step::Done => return Ok(Ended::Done),
            };
            match event {
                Event::Arrived(visit, answer) => plan.arrived(Utc::now(), *visit, *answer)?,
                Event::Interrupted => return Ok(Ended::Interrupted),
            }
        }
    })
}

fn wait_until(until: Option<DateTime<Utc>>) -> Duration {
    let wait = until.and_then(|until| (until - Utc::now()).to_std().ok());
    match until {
        Some(_) => wait.unwrap_or(Duration::ZERO).min(WAIT_MAX),
        None => WAIT_MAX,
    }
}
