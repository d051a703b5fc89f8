//! What becomes of an answer: archived, then written to the frontier by what it amounts to.

use chrono::{DateTime, TimeDelta, Utc};

use super::errand::{Errand, Result};
use crate::frontier::{Answer, Head, Verdict, canonical, given, inflated, retry, revisit, verdict};
use crate::model::crawl::{Observation, Role, Validators, Visit};
use crate::read::text_of;
use crate::store::{Added, Change, Content, Keep, NewRow, State, content};

/// Most bytes of content, codings undone.
pub(super) const CONTENT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The same for sitemaps, as their standard says.
const SITEMAP_BYTES_MAX: usize = 52_428_800;

/// What an answer holds once its codings are undone.
pub(super) struct Read {
    pub content: Content,
    pub text: String,
}

impl Errand<'_> {
    /// Takes an answer in: archives it unless it lies there already, and settles the visit.
    pub(super) fn answered(
        &mut self,
        now: DateTime<Utc>,
        visit: Visit,
        seen: Observation,
        is_new: bool,
    ) -> Result<Answer> {
        let limit = if visit.role == Role::Sitemap { SITEMAP_BYTES_MAX } else { CONTENT_BYTES_MAX };
        let mut read = match content(&seen, limit) {
            Ok(content) => Read { text: text_of(&content.bytes, &content.media), content },
            Err(why) => {
                self.trouble(now, &visit, "broken-answer", &why)?;
                return Ok(Answer::Failing);
            }
        };
        if let Some(fault) = &read.content.fault {
            // More than allowed, damaged or cut off: not what its publisher meant to send.
            self.trouble(now, &visit, "broken-body", &fault.clone())?;
            return Ok(Answer::Served);
        }
        if visit.role.is_listing()
            && let Some(inner) = inflated(&read.content.bytes)
        {
            read.text = text_of(&inner, "");
            read.content.bytes = inner;
        }
        let reserved = self.frontier.reserves(&visit.address);
        let verdict =
            verdict(&visit, &seen, &read.text, &self.agent, &self.rules.addresses, reserved);
        match verdict {
            Verdict::Fresh(head) => self.fresh(now, &visit, &seen, &read, *head, is_new)?,
            Verdict::Unkept(why) => {
                let change =
                    Change { why: Some(why.word()), ..self.came(now, &visit, &seen, &read)? };
                self.casebook.frontier()?.settle(now, &visit, &change)?;
                self.listing(now, &visit, &seen.address, &read, &Head::default())?;
            }
            Verdict::Unchanged => {
                self.unchanged(now, &visit, &seen, is_new)?;
            }
            Verdict::Moved(to) => self.moved(now, &visit, &seen, &read, &to, is_new)?,
            Verdict::Absent => {
                self.tally.absent += 1;
                self.archive(&visit, &seen, &read, "absent", is_new)?;
                self.ended(now, &visit, State::Absent, "absent", retry(5))?;
            }
            Verdict::Denied => {
                self.tally.denied += 1;
                self.archive(&visit, &seen, &read, "denied", is_new)?;
                let why = format!("the server answered {}", seen.status);
                self.tally.trouble("denied", &visit.address.ask, &why);
                self.ended(now, &visit, State::Denied, &why, retry(3))?;
            }
            Verdict::StandIn(kind) => {
                self.tally.walls += 1;
                self.archive(&visit, &seen, &read, "wall", is_new)?;
                let why = "something else stands in place of the article";
                self.tally.trouble(kind.word(), &visit.address.ask, why);
                self.ended(now, &visit, State::Wall, kind.word(), retry(3))?;
            }
            Verdict::Reserved(why) => {
                self.tally.reserved += 1;
                self.ended(now, &visit, State::Reserved, why.word(), retry(5))?;
            }
            Verdict::Busy(wait) => return Ok(Answer::Busy(wait)),
            Verdict::Failing => return Ok(Answer::Failing),
        }
        Ok(Answer::Served)
    }

    /// Archives what is no article, under a word that says what it is.
    pub(super) fn archive(
        &mut self,
        visit: &Visit,
        seen: &Observation,
        read: &Read,
        word: &str,
        is_new: bool,
    ) -> Result<()> {
        if is_new {
            let role = if visit.role == Role::Page { word } else { visit.role.word() };
            let keep = Keep { content: Some(&read.content), role: Some(role), known: None };
            self.casebook.keep(visit, seen, keep)?;
        }
        Ok(())
    }

    /// What is written to the frontier when something came.
    fn came<'r>(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        seen: &Observation,
        read: &'r Read,
    ) -> Result<Change<'r>> {
        let known = self.casebook.frontier()?.known(visit)?;
        let last = known.as_ref().and_then(|known| known.interval).map(TimeDelta::seconds);
        let digest = read.content.digest.as_str();
        let changed = known.and_then(|known| known.digest).is_none_or(|before| before != digest);
        let interval = revisit(visit.role, last, changed);
        Ok(Change {
            state: Some(State::Visited),
            due: Some(now + interval),
            came: Some((validators(seen), digest)),
            interval: Some(interval.num_seconds()),
            ..Change::default()
        })
    }

    fn fresh(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        seen: &Observation,
        read: &Read,
        head: Head,
        is_new: bool,
    ) -> Result<()> {
        // Given by hand, a feed or sitemap looks like a page until it has come.
        let role = match visit.role {
            Role::Page if is_listing(&read.text) => Role::Feed,
            role => role,
        };
        let known = self.casebook.frontier()?.known(visit)?;
        let before = known.as_ref().and_then(|known| known.digest.clone().zip(known.visited));
        let same = before.as_ref().is_some_and(|(digest, _)| *digest == read.content.digest);
        if is_new {
            let known = before.as_ref().map(|(digest, since)| (digest.as_str(), *since));
            let word = (role != Role::Page).then(|| role.word());
            let keep = Keep { content: Some(&read.content), role: word, known };
            let added = self.casebook.keep(visit, seen, keep)?;
            if role == Role::Page {
                match (added, before.is_some()) {
                    (Added::New, false) => self.tally.new += 1,
                    (Added::New, true) => self.tally.changed += 1,
                    (Added::Again | Added::Known, _) => self.tally.unchanged += 1,
                }
            }
        }
        let change = self.came(now, visit, seen, read)?;
        self.casebook.frontier()?.settle(now, visit, &change)?;
        if role == Role::Page {
            return self.note_canonical(now, visit, &head);
        }
        if same {
            self.count_listing(visit, |listings| listings.1 += 1);
        }
        // What it names may be known: adding twice adds nothing.
        let listing = Visit { role, ..visit.clone() };
        self.listing(now, &listing, &seen.address, read, &head)
    }

    /// An article's own address, once seen under another one, needs no visit of its own.
    fn note_canonical(&mut self, now: DateTime<Utc>, visit: &Visit, head: &Head) -> Result<()> {
        let Some(own) = canonical(&visit.address.ask, head) else { return Ok(()) };
        let Ok(address) = given(&own, &self.rules.addresses) else { return Ok(()) };
        if address.key == visit.address.key {
            return Ok(());
        }
        let other = Visit { address, via: Some(visit.address.ask.clone()), ..visit.clone() };
        let row = NewRow {
            visit: &other,
            state: State::Moved,
            due: None,
            title: None,
            why: Some("canonical address of another row"),
        };
        self.casebook.frontier()?.add(now, &row)?;
        Ok(())
    }

    fn unchanged(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        seen: &Observation,
        is_new: bool,
    ) -> Result<()> {
        let known = self.casebook.frontier()?.known(visit)?;
        let before = known.and_then(|known| known.digest.zip(known.visited));
        if is_new {
            let role = (visit.role != Role::Page).then(|| visit.role.word());
            let known = before.as_ref().map(|(digest, since)| (digest.as_str(), *since));
            self.casebook.keep(visit, seen, Keep { content: None, role, known })?;
            self.tally.unchanged += usize::from(visit.role == Role::Page);
        }
        self.settle_unchanged(now, visit, None)
    }
}

/// Whether a document is a feed or a sitemap by its root.
fn is_listing(text: &str) -> bool {
    let end = text.floor_char_boundary(512);
    let head = text.get(..end).unwrap_or(text);
    let roots = ["<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex", "jsonfeed.org/version"];
    !head.contains("<html") && roots.iter().any(|root| head.contains(root))
}

pub(super) fn validators(seen: &Observation) -> Validators {
    Validators { etag: seen.field("etag"), modified: seen.field("last-modified") }
}
