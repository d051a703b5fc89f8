//! What pages that gather incidents are rendered from, as digests.
//!
//! In: a page, and the digest of what the page of each incident is rendered from. Out: a digest of all that
//! the page is rendered from; nothing where it draws on the whole record. What holds: such a page shows of an
//! incident nothing that the incident's own page could not, and beside it only what is named here.

use chrono::NaiveDate;

use super::excerpt::digest;
use super::index::{Index, Named};
use super::news::Months;
use super::place::Place;
use crate::model::kb::KnowledgeBase;

/// What digests of gathering pages are made with.
#[derive(Debug)]
pub(super) struct Gathered<'a> {
    pub kb: &'a KnowledgeBase,
    pub index: &'a Index<'a>,
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
                let products = self.index.products.iter();
                let owned = products.filter(|(_, product)| product.owner.is_some());
                let owned: Vec<_> =
                    owned.map(|(at, named)| (at, named.name, named.owner)).collect();
                Some((parts.map(|(role, at)| (*role as u8, *at)).collect(), format!("{owned:?}")))
            }
            Place::Product(address) => Some(named(self.index.products.get(*address)?)),
            Place::Person(address) => Some(named(self.index.people.get(*address)?)),
            Place::Month(year, month) => {
                let here = (*year, *month);
                let places = self.months.get(&here)?.iter().map(|(at, _)| (0, *at));
                let mut months = self.months.keys();
                let before = self.months.range(..here).next_back().map(|(month, _)| month);
                let after = months.find(|month| **month > here);
                let mut places: Vec<(u8, usize)> = places.collect();
                places.dedup();
                Some((places, format!("{before:?} {after:?}")))
            }
            _ => None,
        }
    }
}

fn named(named: &Named<'_>) -> (Vec<(u8, usize)>, String) {
    let places = named.incidents.iter().map(|at| (0, *at)).collect();
    (places, format!("{:?} {:?} {:?}", named.name, named.id, named.owner))
}
