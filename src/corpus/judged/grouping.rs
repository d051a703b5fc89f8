//! Which articles stay together, whatever the program thinks: named, merged and split incidents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::doc::Doc;
use crate::corpus::sketch::Sketch;
use crate::model::incident::{IncidentId, IncidentRef};
use crate::model::judgement::{Ledger, Verdict};
use crate::model::reading::Reading;
use crate::model::source::CaptureId;
use crate::model::subject::SubjectKind;

/// What the pin of a split begins with; no address of an incident does.
const SPLIT: &str = "split:";

/// Articles of one incident, and the address editors gave them.
pub(in crate::corpus) struct Group {
    /// Indexes of the articles, oldest first.
    pub members: Vec<usize>,
    /// The address they are held at, where a judgement holds them.
    pub pin: Option<String>,
}

/// Which address each judged article is held at, by the article's own address.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Pins {
    of_article: BTreeMap<String, String>,
    /// Articles that belong to no incident.
    left_out: BTreeSet<String>,
    heirs: BTreeMap<String, String>,
}

impl Pins {
    /// Reads the pins off a ledger: later judgements win.
    pub fn of(ledger: &Ledger) -> Self {
        let mut pins = Self::default();
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for judgement in ledger.in_force() {
            match &judgement.verdict {
                Verdict::Mint { of, name, .. } if of.kind == SubjectKind::Incident => {
                    pins.hold(of.quotes.iter().map(|quote| quote.url.as_str()), name);
                    // Named on two branches at once: the later name counts, the other leads to it.
                    if let Some(other) = names.insert(&of.id, name) {
                        pins.inherit(other, name);
                    }
                    pins.inherit(&of.id, name);
                }
                Verdict::Merge { from, into } if into.kind == SubjectKind::Incident => {
                    for part in from.iter().chain([into]) {
                        pins.hold(part.quotes.iter().map(|quote| quote.url.as_str()), &into.id);
                        pins.inherit(&part.id, &into.id);
                    }
                }
                Verdict::Split { of, articles } => {
                    // What stays is held too: else it would follow what leaves.
                    pins.hold(of.quotes.iter().map(|quote| quote.url.as_str()), &of.id);
                    let apart = format!("{SPLIT}{}", judgement.id);
                    pins.hold(articles.iter().map(String::as_str), &apart);
                }
                Verdict::Reject { of } if of.kind == SubjectKind::Article => {
                    pins.left_out.extend(of.quotes.iter().map(|quote| quote.url.clone()));
                }
                _ => {}
            }
        }
        pins
    }

    fn hold<'u>(&mut self, urls: impl Iterator<Item = &'u str>, pin: &str) {
        for url in urls {
            self.of_article.insert(url.to_string(), pin.to_string());
        }
    }

    fn inherit(&mut self, old: &str, new: &str) {
        if old != new {
            // Named back: the later judgement wins, and no address leads in a circle.
            if self.heir(new) == old {
                self.heirs.remove(new);
            }
            self.heirs.insert(old.to_string(), new.to_string());
        }
    }

    /// Where an address leads now; itself where nothing was decided.
    pub fn heir<'p>(&'p self, address: &'p str) -> &'p str {
        let mut at = address;
        for _ in 0..=self.heirs.len() {
            match self.heirs.get(at) {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// Addresses that are others now.
    pub fn heirs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.heirs.keys().map(|old| (old.as_str(), self.heir(old)))
    }

    /// Regroups what the program grouped. An article that nothing holds stays with the held ones it was
    /// grouped with, with the most of them.
    pub fn regroup(
        &self,
        groups: Vec<Vec<usize>>,
        sketches: &[&Arc<Sketch>],
        readings: &BTreeMap<CaptureId, Arc<Reading>>,
    ) -> Vec<Group> {
        if self.of_article.is_empty() && self.left_out.is_empty() {
            return groups.into_iter().map(|members| Group { members, pin: None }).collect();
        }
        let mut free: Vec<Group> = Vec::new();
        let mut held: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for group in groups {
            let mut by_pin: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            let mut rest: Vec<usize> = Vec::new();
            for at in group {
                let reading = sketches.get(at).and_then(|sketch| readings.get(&sketch.id));
                let Some(article) = reading.map(|reading| &reading.article) else { continue };
                let known = |url: &String| self.left_out.contains(url);
                if known(&article.url) {
                    continue;
                }
                match self.of_article.get(&article.url) {
                    Some(pin) => by_pin.entry(self.heir(pin)).or_default().push(at),
                    None => rest.push(at),
                }
            }
            let most =
                by_pin.iter().max_by_key(|(pin, list)| (list.len(), std::cmp::Reverse(**pin)));
            match most.map(|(pin, _)| *pin) {
                Some(pin) => by_pin.entry(pin).or_default().extend(rest),
                None if rest.is_empty() => {}
                None => free.push(Group { members: rest, pin: None }),
            }
            for (pin, list) in by_pin {
                held.entry(pin.to_string()).or_default().extend(list);
            }
        }
        free.extend(held.into_iter().map(|(pin, members)| Group { members, pin: Some(pin) }));
        let key = |at: &usize| sketches.get(*at).map(|s| (s.day, s.print, s.id));
        for group in &mut free {
            group.members.sort_by_key(key);
        }
        free.sort_by_key(|group| group.members.first().map(key));
        free
    }
}

/// The name of an incident that judgements hold at an address; `None` where its articles name it.
pub(super) fn reference(pin: &str, docs: &[&Doc<'_>]) -> Option<IncidentRef> {
    if pin.starts_with(SPLIT) {
        return None;
    }
    if !pin.starts_with("p-") {
        return IncidentId::parse(pin).map(IncidentRef::Minted);
    }
    let names = docs.iter().map(|doc| IncidentRef::named_after(doc.reading.article.id));
    names.into_iter().find(|name| name.address() == pin)
}

impl Group {
    /// The name the group's address gives its incident.
    pub fn reference(&self, docs: &[&Doc<'_>]) -> Option<IncidentRef> {
        reference(self.pin.as_deref()?, docs)
    }
}
