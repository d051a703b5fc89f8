//! What pages that gather incidents are rendered from, as digests.
//!
//! In: a page, and the digest of what the page of each incident is rendered from. Out: a digest of all that
//! the page is rendered from; nothing where it draws on the whole record. What holds: such a page shows of an
//! incident nothing that the incident's own page could not, and beside it only what is named here.

use std::ops::Bound;

use chrono::NaiveDate;

use super::annotation::outlet_name;
use super::directory::Directory;
use super::excerpt::digest;
use super::index::{Index, Named, Outlet};
use super::news::Months;
use super::pages::is_first;
use super::place::Place;
use super::seals::Seals;
use crate::model::entity::EntityId;
use crate::model::kb::KnowledgeBase;
use crate::model::source::CaptureId;

/// What digests of gathering pages are made with.
#[derive(Debug)]
pub(super) struct Gathered<'a> {
    pub kb: &'a KnowledgeBase,
    pub index: &'a Index<'a>,
    pub directory: &'a Directory,
    pub seals: &'a Seals,
    pub months: &'a Months,
}

impl Gathered<'_> {
    /// The digest of a page; `shared` is that of what all pages share, `of` tells those of incidents by their
    /// place in the record.
    pub fn digest(&self, place: &Place<'_>, shared: &str, of: &[Option<String>]) -> Option<String> {
        let (members, beside) = self.members(place)?;
        let members = members.into_iter().map(|(part, at)| Some((part, of.get(at)?.as_deref()?)));
        let members: Vec<(u8, &str)> = members.collect::<Option<_>>()?;
        let today: NaiveDate = self.kb.today;
        digest(&(shared, today, place.path(), members, beside))
    }

    /// The incidents a page gathers, each with the part it has there, and what else the page shows.
    fn members(&self, place: &Place<'_>) -> Option<(Vec<(u8, usize)>, String)> {
        let plain = |list: &[usize]| list.iter().map(|at| (0, *at)).collect();
        match place {
            Place::Year(year) => {
                let years = &self.index.years;
                let beside = (
                    years.range(..year).next_back().map(|(year, _)| year),
                    years.range(year + 1..).next().map(|(year, _)| year),
                );
                Some((plain(years.get(year)?), format!("{beside:?}")))
            }
            Place::Type(id) => Some((plain(self.index.types.get(id)?), String::new())),
            Place::Dispute(dispute) => {
                let places = dispute.incidents.iter().map(|id| self.index.place_of(id));
                let places: Vec<usize> = places.collect::<Option<_>>()?;
                Some((plain(&places), format!("{dispute:?}")))
            }
            Place::Vendor(id) => {
                let parts = self.index.parts_of(id).iter();
                // The products of a house stand on its page.
                let house: Vec<&EntityId> = self
                    .index
                    .houses(self.kb)
                    .of(id)
                    .into_iter()
                    .map(|entity| &entity.id)
                    .collect();
                let products = self.index.products.iter();
                let owned = products
                    .filter(|(_, named)| named.owner.is_some_and(|owner| house.contains(&owner)));
                let owned: Vec<_> = owned.map(|(address, named)| (address, named.name)).collect();
                Some((parts.map(|(role, at)| (*role as u8, *at)).collect(), format!("{owned:?}")))
            }
            Place::Product(address) => Some(self.named(self.index.products.get(*address)?)),
            Place::Person(address) => Some(self.named(self.index.people.get(*address)?)),
            Place::Outlet(address) => {
                Some((Vec::new(), self.outlet(self.index.outlets.get(*address)?)?))
            }
            Place::Month(year, month) => {
                let here = (*year, *month);
                let places = self.months.get(&here)?.iter().map(|(at, _)| (0, *at));
                let before = self.months.range(..here).next_back().map(|(month, _)| month);
                let after = (Bound::Excluded(here), Bound::Unbounded);
                let after = self.months.range(after).next().map(|(month, _)| month);
                let mut places: Vec<(u8, usize)> = places.collect();
                places.dedup();
                Some((places, format!("{before:?} {after:?}")))
            }
            _ => None,
        }
    }

    /// Of an outlet, whose page shows of an incident what it is called and how an article stands in it.
    fn outlet(&self, outlet: &Outlet<'_>) -> Option<String> {
        let reading =
            |id: CaptureId| self.kb.readings.get(&id).map(|it| (it, self.seals.reading(it)));
        let stands = |id: CaptureId, at: Option<usize>| {
            let incident = at.and_then(|at| self.kb.incidents.get(at))?;
            let derived = incident.lineage.iter().find(|derivation| derivation.capture == id);
            let from = derived.and_then(|it| it.copies).and_then(|id| self.kb.reading(id));
            let from = from.map(|reading| outlet_name(&reading.article));
            let first = is_first(self.kb, incident, id);
            Some((&incident.id, &incident.title, &incident.title_zh, derived, from, first))
        };
        let article = |id: CaptureId, at| {
            let (reading, seal) = reading(id)?;
            let page = self.directory.outlet_path(outlet_name(&reading.article));
            Some((seal?, page, stands(id, at)))
        };
        let own = outlet.articles.iter().map(|id| article(*id, self.index.home_of(*id)));
        let named_by = outlet.named_by.iter().map(|(id, at)| article(*id, Some(*at)));
        digest(&(
            own.collect::<Option<Vec<_>>>()?,
            named_by.collect::<Option<Vec<_>>>()?,
            outlet.name,
        ))
    }

    /// Of a product or a person, whose page leads to that of its owner, if it has one.
    fn named(&self, named: &Named<'_>) -> (Vec<(u8, usize)>, String) {
        let Named { name, id, owner, incidents, claims: _ } = named;
        let paged = owner.is_some_and(|owner| !self.index.parts_of(owner).is_empty());
        let places = incidents.iter().map(|at| (0, *at)).collect();
        (places, format!("{name:?} {id:?} {owner:?} {paged}"))
    }
}
