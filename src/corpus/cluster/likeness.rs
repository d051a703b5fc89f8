//! How alike two articles are: by words and names, time between them, parties and deeds.

use super::Alike;
use crate::corpus::near::{Neighbourhood, Slot, Turn};
use crate::corpus::parallel;
use crate::corpus::sketch::Sketch;
use crate::rules::Thresholds;

/// Articles in order of age, each among its neighbours.
pub(super) struct Articles<'a> {
    pub near: &'a Neighbourhood,
    pub turn: &'a Turn,
    pub t: &'a Thresholds,
}

impl Articles<'_> {
    /// Brings pairs of neighbours that are alike enough for one incident up to date.
    pub(super) fn pair(&self, pairs: &mut Vec<(Slot, Slot, f64)>) {
        let changed = |slot: Slot| self.turn.is_changed(slot);
        pairs.retain(|(a, b, _)| !changed(*a) && !changed(*b));
        let near = self.turn.order.iter().flat_map(|slot| {
            let near = self.near.row(*slot).map_or(&[][..], |row| row.neighbours()).iter();
            let new = near.filter(|other| changed(*slot) || changed(**other));
            new.map(|other| ((*slot).min(*other), (*slot).max(*other)))
        });
        let mut near: Vec<(Slot, Slot)> = near.collect();
        near.sort_unstable();
        near.dedup();
        let alike = parallel::map(&near, |(a, b)| (*a, *b, self.likeness(*a, *b)));
        pairs.extend(alike.into_iter().filter(|(.., likeness)| *likeness >= self.t.link));
    }

    /// Pairs by the places of their articles in order of age.
    pub(super) fn by_age(&self, pairs: &[(Slot, Slot, f64)]) -> Vec<Alike> {
        let aged = pairs.iter().map(|(a, b, likeness)| {
            let (a, b) = (self.turn.place(*a), self.turn.place(*b));
            Alike { a: a.min(b), b: a.max(b), likeness: *likeness }
        });
        aged.collect()
    }

    pub(super) fn slots(&self, places: &[u32]) -> Vec<Slot> {
        places.iter().filter_map(|at| self.turn.order.get(*at as usize).copied()).collect()
    }

    pub(super) fn is_changed(&self, members: &[Slot]) -> bool {
        members.iter().any(|slot| self.turn.is_changed(*slot))
    }

    /// How alike two articles are, from 0 to 1.
    pub(super) fn likeness(&self, a: Slot, b: Slot) -> f64 {
        let (Some(x), Some(y)) = (self.near.row(a), self.near.row(b)) else { return 0.0 };
        let (s, u) = (&*x.sketch, &*y.sketch);
        let share = self.t.names_share;
        let likeness = match s.language == u.language {
            true => share * x.names.cosine(&y.names) + (1.0 - share) * x.words.cosine(&y.words),
            // Without shared words names and deeds carry the whole weight.
            false => self.t.abroad * x.abroad().cosine(y.abroad()),
        };
        let days = s.days_from(u).unwrap_or(0.0);
        // Among many look-alikes the likeness of two says less, and the time between them more.
        let crowd = x.crowd().min(y.crowd());
        let time_share = self.t.time_share + (self.t.crowd_time_share - self.t.time_share) * crowd;
        let near = 1.0 - time_share * (days / self.t.time_days.max(1.0)).min(1.0);
        let doubt = match s.is_relevant(self.t) && u.is_relevant(self.t) {
            true => 1.0,
            false => self.t.follow_up_share,
        };
        likeness * near * (1.0 - self.t.crowd_share * crowd) * apart(s, u, days, self.t) * doubt
    }
}

/// What is left of the likeness of two articles whose parties or deeds differ.
fn apart(a: &Sketch, b: &Sketch, days: f64, t: &Thresholds) -> f64 {
    if a.deeds.is_empty() || b.deeds.is_empty() {
        let others = a.is_about_others_than(b, t) && b.is_about_others_than(a, t);
        return if others { t.other_about } else { 1.0 };
    }
    let far = days > t.one_matter_days;
    let one_matter = a.shares_matter_of(b) || b.shares_matter_of(a);
    if far && !one_matter {
        let (earlier, later) = if a.day <= b.day { (a, b) } else { (b, a) };
        return if later.goes_on_with(earlier) { t.later_step } else { t.other_deed };
    }
    if a.is_twin_of(b) {
        return t.twin_deed;
    }
    let others = a.tells_of_others_in(b) && b.tells_of_others_in(a)
        || (far || !one_matter) && a.tells_of_others_than(b) && b.tells_of_others_than(a);
    if others { t.other_party } else { 1.0 }
}
