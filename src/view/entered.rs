//! Incidents that editors entered on one day, told as one where they are many: an import is one piece of news.
//!
//! In: news, newest first. Out: for each day the incidents that came onto the record by an entry alone. What holds: an
//! incident with a captured article is told by itself, and so are few.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::news::{News, Sort};
use super::site::Site;

/// Fewest incidents of a day that are told as one.
const TOGETHER_MIN: usize = 6;

/// Incidents told as one, by the day they were entered and their place in the record.
#[derive(Debug, Clone, Default)]
pub struct Entered {
    by_day: BTreeMap<NaiveDate, Vec<usize>>,
}

impl Entered {
    /// Finds them among news.
    pub fn of(site: &Site<'_>, news: &[&News]) -> Self {
        let mut by_day: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
        for news in news.iter().filter(|news| news.sort == Sort::Incident) {
            if site.at(news.incident).is_some_and(|incident| !incident.is_captured()) {
                by_day.entry(news.day).or_default().push(news.incident);
            }
        }
        by_day.retain(|_, list| list.len() >= TOGETHER_MIN);
        by_day.values_mut().for_each(|list| list.sort_unstable());
        Self { by_day }
    }

    /// Whether a piece of news is told with others: all that became known of such an incident on its day.
    pub fn holds(&self, news: &News) -> bool {
        let list = self.by_day.get(&news.day);
        list.is_some_and(|list| list.binary_search(&news.incident).is_ok())
    }

    /// The days and the incidents of each, newest day first.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &[usize])> {
        self.by_day.iter().rev().map(|(day, list)| (*day, list.as_slice()))
    }

    /// The incidents of a day.
    pub fn on(&self, day: NaiveDate) -> &[usize] {
        self.by_day.get(&day).map_or(&[], Vec::as_slice)
    }
}
