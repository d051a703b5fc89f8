//! What listings name goes into the frontier: articles that are worth a visit, further listings.

use chrono::{DateTime, Utc};

use super::answers::Read;
use super::errand::{Errand, Result};
use crate::frontier::{
    Choice, Head, Unfit, choose, feed, found, given, is_old, links, sitemap, slug,
};
use crate::model::crawl::{Item, Role, Source, Validators, Visit};
use crate::read::worth;
use crate::store::{NewRow, State};

/// Sitemaps inside sitemaps.
const SITEMAP_DEPTH_MAX: u32 = 3;

/// What a listing names: articles, and further listings.
type Named = (Vec<Item>, Vec<(Role, Item)>);

impl Errand<'_> {
    /// Reads a listing and adds what it names. Committed at once: what it named is on the disk before
    /// anything is asked for on its account.
    pub(super) fn listing(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        at: &str,
        read: &Read,
        head: &Head,
    ) -> Result<()> {
        let source = self.sources.get(&visit.source).cloned();
        let named = self.named(visit, at, read, head, source.as_ref());
        let (items, more) = match named {
            Ok(named) => named,
            Err(why) => {
                self.tally.trouble("unreadable-listing", at, &why);
                self.count_listing(visit, |listings| listings.2 += 1);
                return Ok(());
            }
        };
        self.count_listing(visit, |listings| listings.0 += 1);
        for (role, item) in more {
            self.add_listing(now, visit, at, role, &item, source.as_ref())?;
        }
        for item in &items {
            self.add_item(now, visit, at, item, source.as_ref())?;
        }
        self.casebook.commit()?;
        Ok(())
    }

    fn named(
        &self,
        visit: &Visit,
        at: &str,
        read: &Read,
        head: &Head,
        source: Option<&Source>,
    ) -> std::result::Result<Named, String> {
        let (bytes, text) = (&read.content.bytes, &read.text);
        let listed = |role: Role, address: &String| {
            (role, Item { address: address.clone(), ..Item::default() })
        };
        match visit.role {
            // A publisher may give an address of one kind for another: what came decides.
            Role::Feed | Role::Sitemap => {
                if let Some(map) = sitemap(bytes) {
                    let maps = map.sitemaps.into_iter().map(|item| (Role::Sitemap, item));
                    return Ok((map.items, maps.collect()));
                }
                match feed(bytes, text, at) {
                    Some(items) => Ok((items, Vec::new())),
                    None => Err(format!("this is no {}; check the address", visit.role.word())),
                }
            }
            Role::Section => {
                let selector = source.and_then(|source| source.links.as_deref());
                let items = links(text, selector)?;
                match items.is_empty() && selector.is_some() {
                    true => {
                        Err("the selector of the source finds no link here; mend “links”".into())
                    }
                    false => Ok((items, Vec::new())),
                }
            }
            Role::Home => {
                let feeds: Vec<_> = head.feeds.iter().map(|url| listed(Role::Feed, url)).collect();
                let maps = self.frontier.sitemaps_of(&visit.address.origin);
                match (feeds.is_empty(), maps.is_empty()) {
                    (false, _) => Ok((Vec::new(), feeds)),
                    (true, false) => Ok((
                        Vec::new(),
                        maps.iter().map(|url| listed(Role::Sitemap, url)).collect(),
                    )),
                    (true, true) => Ok((links(text, None)?, Vec::new())),
                }
            }
            Role::Page | Role::Robots | Role::Reservation => Ok((Vec::new(), Vec::new())),
        }
    }

    fn add_listing(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        at: &str,
        role: Role,
        item: &Item,
        source: Option<&Source>,
    ) -> Result<()> {
        let old = source.is_some_and(|source| is_old(item, source, now));
        if old || visit.hops >= SITEMAP_DEPTH_MAX {
            return Ok(());
        }
        // Archives of feeds and maps lie deep: no trap is looked for in what a listing names as listing.
        let absolute = found(&item.address, at, &self.rules.addresses)
            .or_else(|_| given(&item.address, &self.rules.addresses));
        let Ok(address) = absolute else { return Ok(()) };
        let hops = if role == Role::Sitemap { visit.hops + 1 } else { 0 };
        let next = self.led_to(visit, address, role, hops);
        let row =
            NewRow { visit: &next, state: State::Queued, due: Some(now), title: None, why: None };
        if self.casebook.frontier()?.add(now, &row)? {
            self.meet(&next.address.origin, &next.source)?;
        }
        Ok(())
    }

    fn led_to(
        &self,
        visit: &Visit,
        address: crate::model::crawl::Address,
        role: Role,
        hops: u32,
    ) -> Visit {
        Visit {
            address,
            role,
            source: visit.source.clone(),
            validators: Validators::default(),
            hops,
            failures: 0,
            via: Some(visit.address.ask.clone()),
        }
    }

    fn add_item(
        &mut self,
        now: DateTime<Utc>,
        visit: &Visit,
        at: &str,
        item: &Item,
        source: Option<&Source>,
    ) -> Result<()> {
        let choice = choose(item, visit.role, at, source, now, &self.rules.addresses);
        let address = match choice {
            Choice::Take(address) => *address,
            Choice::Old => {
                self.tally.source(&visit.source).offered += 1;
                self.tally.old += 1;
                return Ok(());
            }
            Choice::Unfit(Unfit::Trap) | Choice::Elsewhere | Choice::NoArticle => return Ok(()),
            Choice::Unfit(_) => return Ok(()),
        };
        self.tally.source(&visit.source).offered += 1;
        let next = self.led_to(visit, address, Role::Page, 0);
        if self.casebook.frontier()?.known(&next)?.is_some() {
            return Ok(());
        }
        let title = item.title.clone().or_else(|| slug(&next.address.ask));
        let gated = source.is_none_or(|source| source.gated);
        // Without a word about it there is nothing to decide by.
        let refused = gated
            && title.as_deref().is_some_and(|title| {
                !worth(title, item.summary.as_deref().unwrap_or(""), self.rules)
            });
        self.tally.listed += 1;
        self.tally.source(&visit.source).new += 1;
        self.tally.gated += usize::from(refused);
        let (state, due, why) = match refused {
            true => (State::Gated, None, Some("title and summary tell of no dispute")),
            false => (State::Queued, Some(now), None),
        };
        let row = NewRow { visit: &next, state, due, title: title.as_deref(), why };
        self.casebook.frontier()?.add(now, &row)?;
        if !refused {
            self.meet(&next.address.origin, &next.source)?;
        }
        Ok(())
    }
}
