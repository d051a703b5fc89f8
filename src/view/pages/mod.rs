//! One struct per page, filled with ready words, and its template.

mod catalog;
mod changes;
mod columns;
mod counted;
mod data;
mod decisions;
mod differences;
mod dispute;
mod embed;
mod exposed;
mod frame;
mod home;
mod incident;
mod ledger;
mod listing;
mod moved;
mod opposed;
mod outlet;
mod parts;
mod phrases;
mod plain;
mod quarrels;
mod questions;
mod search;
mod stands;
mod timeline;
mod vendors;

use askama::Template;

use super::place::Place;
use super::site::Site;

pub use data::FILES;
pub use embed::{embed, oembed};
pub use home::is_open;
pub use moved::moved;
pub(super) use outlet::is_first;
pub use phrases::Phrases;
pub use search::{LIVE, TYPED, no_results, results};

/// Renders a page.
pub fn page(site: &Site<'_>, place: &Place<'_>) -> String {
    match place {
        Place::Home => home::home(site),
        Place::Timeline => timeline::timeline(site),
        Place::Year(year) => listing::year(site, *year),
        Place::Types => catalog::types(site),
        Place::Type(id) => listing::kind(site, id),
        Place::Disputes => catalog::disputes(site),
        Place::Dispute(dispute) => dispute::dispute(site, dispute),
        Place::Incident(incident) => incident::incident(site, incident),
        Place::Vendors => catalog::vendors(site),
        Place::Vendor(id) => vendors::vendor(site, id),
        Place::Products => catalog::products(site),
        Place::Product(address) => listing::product(site, address),
        Place::People => catalog::people(site),
        Place::Person(address) => listing::person(site, address),
        Place::Outlets => catalog::outlets(site),
        Place::Outlet(address) => outlet::outlet(site, address),
        Place::Questions => questions::questions(site),
        Place::Contradictions => differences::contradictions(site),
        Place::Changes => changes::changes(site),
        Place::Month(year, month) => changes::month(site, (*year, *month)),
        Place::Search => search::search(site),
        Place::Data => data::data(site),
        Place::About => plain::about(site),
        Place::Missing => plain::missing(site),
    }
}

/// Renders a template; a template that fails is a fault of ours and shows as such.
fn rendered(page: &impl Template) -> String {
    page.render()
        .unwrap_or_else(|error| format!("<!doctype html><title>Error</title><p>{error}</p>"))
}
