//! What a program that goes on running remembers of its last build, so that the next one makes only what is new.
//!
//! What holds: what is remembered stands under a digest of all it was made of, or beside a copy of it; so a
//! build with a memory gives what one without gives.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use super::ordered;
use super::record::Before;
use super::rules::Loaded;
use crate::publish::Standing;
use crate::search::Rebuilt;
use crate::view::index::{Index, Told};
use crate::view::place::Place;
use crate::view::seals::Seals;
use crate::view::site::Plan;
use crate::view::{Filed, Filing, Loose, Shards};

/// What is remembered; of a first build there is nothing.
#[derive(Debug, Default)]
pub struct Memory {
    /// The rules.
    pub(super) loaded: Loaded,
    /// What the record was made of.
    pub(super) before: Before,
    /// Digests of articles and incidents.
    pub(super) seals: Seals,
    /// What was made of incidents, by digest of all it is made of.
    incidents: HashMap<String, Remembered>,
    /// Documents of what belongs to no incident, by id.
    alone: HashMap<String, Arc<Filed>>,
    /// The search of the site.
    pub(super) shards: Shards,
    /// The folder of the site.
    pub(super) standing: Option<Standing>,
    /// The search index: how it came about, and what is in it.
    pub(super) indexed: Option<(Rebuilt, Vec<Arc<Filed>>)>,
}

/// What was made of an incident.
#[derive(Debug)]
struct Remembered {
    filed: Arc<Filed>,
    told: Told,
}

/// A page, and a digest of what it is rendered from, if there is one.
pub(super) type Page<'a> = (Place<'a>, Option<String>);

/// What a build is made from.
#[derive(Default)]
pub(super) struct Prepared<'a> {
    /// The pages of incidents, each with a digest of what it is rendered from.
    pub incidents: Vec<Page<'a>>,
    /// All other pages.
    pub others: Vec<Page<'a>>,
    /// The documents that are searched.
    pub groups: Vec<Arc<Filed>>,
    /// What was made of each incident, with its place and digest.
    pub made: Vec<(usize, String, Arc<Filed>)>,
}

impl Memory {
    /// Cuts what each page is rendered from, and files the documents that are searched.
    pub(super) fn prepare<'a>(
        &mut self,
        plan: &Plan<'a>,
        filing: &Filing<'_>,
        index: &Index<'_>,
        jobs: usize,
    ) -> Prepared<'a> {
        let mut prepared = Prepared::default();
        let mut digests = Vec::new();
        let cut = |(at, place): (usize, Place<'a>)| {
            let sheet = plan.sheet(place);
            let digest = filing.digest(&sheet);
            let known = digest.as_ref().and_then(|digest| self.incidents.get(digest));
            if let Some(known) = known {
                index.recall(at, &known.told);
            }
            let known = known.map(|known| known.filed.clone());
            let filed = known.or_else(|| filing.incident(&sheet).map(Arc::new));
            // What it is rendered from is cut again where it has to be: all at once would take much room.
            (at, (place, sheet.digest), sheet.own, digest, filed)
        };
        let incidents = ordered::batches(plan.incidents().into_iter().enumerate().collect());
        let rest = thread::scope(|scope| {
            let rest = scope.spawn(|| self.alone(filing));
            ordered::run_batches(incidents, jobs, cut, |(at, page, own, digest, filed)| {
                let made = digest.zip(filed.clone());
                prepared.made.extend(made.map(|(digest, filed)| (at, digest, filed)));
                digests.push(own);
                prepared.incidents.push(page);
                prepared.groups.extend(filed);
                true
            });
            rest.join().unwrap_or_else(|panic| resume_unwind(panic))
        });
        prepared.others = plan.gathered(&digests);
        self.alone = rest.iter().map(|(id, filed)| (id.clone(), filed.clone())).collect();
        prepared.groups.extend(rest.into_iter().map(|(_, filed)| filed));
        prepared
    }

    /// The documents of what belongs to no incident, by id.
    fn alone(&self, filing: &Filing<'_>) -> Vec<(String, Arc<Filed>)> {
        let filed = |loose: Loose| {
            let id = loose.id().to_string();
            let known = self.alone.get(&id).filter(|known| loose.is(known)).cloned();
            (id, known.unwrap_or_else(|| Arc::new(loose.filed())))
        };
        filing.rest().into_iter().map(filed).collect()
    }

    /// Remembers what was made.
    pub(super) fn keep(&mut self, made: Vec<(usize, String, Arc<Filed>)>, index: &Index<'_>) {
        let remember = |(at, digest, filed)| (digest, Remembered { filed, told: index.told(at) });
        self.incidents = made.into_iter().map(remember).collect();
    }
}
