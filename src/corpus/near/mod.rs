//! The articles most like each article, without comparing all pairs, and without looking again at those
//! that what is new cannot change.
//!
//! In: sketches. Out: for each its nearest neighbours, and its words and names weighed by how rare they
//! are among these. What holds: work grows with the number of articles times that of their rarest
//! terms; a term that all neighbours share (the company, the kind of quarrel) tells little, one that
//! few of them share (the court, the month, the sum) tells much; articles that come and go leave what
//! placing all of them anew would give.

mod counts;
mod lists;
mod search;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

pub(super) use self::counts::counted;
pub(super) use self::lists::Slot;

use self::counts::Counts;
use self::lists::{Leading, Listed, Lists};
use self::search::{Found, Search};
use super::bag::{Bag, Term};
use super::parallel;
use super::sketch::Sketch;
use crate::model::source::CaptureId;
use crate::rules::Thresholds;

/// Most articles that come and go for which it is looked up whom they touch; for more all are placed anew.
const FEW: usize = 32;

/// Articles, each among its neighbours.
#[derive(Debug, Default)]
pub(super) struct Neighbourhood {
    /// The articles that counts are among.
    counted: Vec<Arc<Sketch>>,
    words: Counts,
    names: Counts,
    abroad: Counts,
    rows: Vec<Option<Row>>,
    slots: HashMap<CaptureId, Slot>,
    free: Vec<Slot>,
    lists: Views<Lists>,
}

/// Something for words, and for names as articles in another script can hold them.
#[derive(Debug, Default)]
struct Views<V> {
    words: V,
    abroad: V,
}

/// An article among its neighbours.
#[derive(Debug)]
pub(super) struct Row {
    pub sketch: Arc<Sketch>,
    /// By rarity in the whole corpus, of length one.
    view: Views<Bag>,
    counted: bool,
    found: Found,
    /// Words by local rarity, of length one.
    pub words: Bag,
    /// Names by local rarity, of length one.
    pub names: Bag,
}

impl Row {
    /// An article that is not placed yet.
    fn of(sketch: Arc<Sketch>, view: Views<Bag>, counted: bool) -> Self {
        let (found, words, names) = (Found::default(), Bag::default(), Bag::default());
        Self { sketch, view, counted, found, words, names }
    }

    /// Nearest first.
    pub fn neighbours(&self) -> &[Slot] {
        &self.found.neighbours
    }

    /// How many articles are like it beyond what one incident explains, from 0 to 1.
    pub fn crowd(&self) -> f64 {
        self.found.crowd
    }

    /// Names by rarity in the whole corpus, with what they are called in another script, of length one: for
    /// articles in other languages, whose neighbours are others.
    pub fn abroad(&self) -> &Bag {
        &self.view.abroad
    }
}

/// Articles by age, and which of them stand otherwise than before, or are gone.
pub(super) struct Turn {
    pub order: Vec<Slot>,
    /// Where each stands in that order.
    places: Vec<u32>,
    changed: Vec<bool>,
}

impl Turn {
    /// The articles of some order; there are numbers up to `slots`.
    fn of(order: Vec<Slot>, slots: usize) -> Self {
        let mut places = vec![0; slots];
        for (at, slot) in order.iter().enumerate() {
            places.get_mut(*slot as usize).into_iter().for_each(|place| *place = at as u32);
        }
        Self { order, places, changed: vec![false; slots] }
    }

    /// Where an article stands by age.
    pub(super) fn place(&self, slot: Slot) -> u32 {
        self.places.get(slot as usize).copied().unwrap_or_default()
    }

    /// Whether an article stands otherwise than before, or is gone.
    pub(super) fn is_changed(&self, slot: Slot) -> bool {
        self.changed.get(slot as usize).is_none_or(|changed| *changed)
    }

    fn mark(&mut self, slot: Slot) {
        self.changed.get_mut(slot as usize).into_iter().for_each(|changed| *changed = true);
    }
}

impl Neighbourhood {
    /// Places every article among its neighbours; sketches come by age.
    pub(super) fn place(
        &mut self,
        sketches: &[&Arc<Sketch>],
        counted: &[Arc<Sketch>],
        t: &Thresholds,
    ) -> Turn {
        let told_alike = counted.len() == self.counted.len()
            && counted.iter().zip(&self.counted).all(|(now, before)| same(now, before));
        let mut gone = self.gone(sketches);
        if !told_alike || gone.len() > FEW {
            *self = Self::among(counted);
            gone.clear();
        }
        let came = sketches.iter().filter(|sketch| !self.knows(sketch));
        let came: Vec<Arc<Sketch>> = came.map(|sketch| Arc::clone(sketch)).collect();
        let mut few = gone.len() + came.len() <= FEW;
        let leads = |near: &Self, of: &[Slot]| -> Vec<Views<Bag>> {
            of.iter().filter_map(|slot| Some(near.leads(near.row(*slot)?, t))).collect()
        };
        let left = if few { leads(self, &gone) } else { Vec::new() };
        self.remove(&gone, t);
        let new = self.add(came, t);
        few &= !(self.lists.words.crossed() | self.lists.abroad.crossed());
        let mut again: BTreeSet<Slot> = new.iter().copied().collect();
        if few {
            again.extend(self.touched_by(&left));
            again.extend(self.touched_by(&leads(self, &new)));
        } else {
            again.extend(self.slots.values());
        }
        let order = sketches.iter().filter_map(|s| self.slots.get(&s.id)).copied();
        let mut turn = Turn::of(order.collect(), self.rows.len());
        gone.iter().chain(&new).for_each(|slot| turn.mark(*slot));
        self.look_again(again, &mut turn, t);
        turn
    }

    /// Whether an article stands here as it is now: when it was captured may have changed what is told of it.
    fn knows(&self, sketch: &Arc<Sketch>) -> bool {
        let row = self.slots.get(&sketch.id).and_then(|slot| self.row(*slot));
        row.is_some_and(|row| same(&row.sketch, sketch))
    }

    /// Articles that are not among others any more, or not as they were.
    fn gone(&self, sketches: &[&Arc<Sketch>]) -> Vec<Slot> {
        let stay = sketches.iter().filter(|sketch| self.knows(sketch));
        let stay: HashSet<CaptureId> = stay.map(|sketch| sketch.id).collect();
        let gone = self.slots.iter().filter(|(id, _)| !stay.contains(*id));
        gone.map(|(_, slot)| *slot).collect()
    }

    /// An article by its number.
    pub(super) fn row(&self, slot: Slot) -> Option<&Row> {
        self.rows.get(slot as usize)?.as_ref()
    }

    fn among(counted: &[Arc<Sketch>]) -> Self {
        Self {
            counted: counted.to_vec(),
            words: Counts::among(counted.iter().map(|s| &s.words)),
            names: Counts::among(counted.iter().map(|s| &s.names)),
            abroad: Counts::among(counted.iter().map(|s| &s.abroad)),
            ..Self::default()
        }
    }

    fn leading<'a>(&'a self, t: &'a Thresholds) -> Views<Leading<'a>> {
        let of = |counts| Leading { counts, most: Leading::most(self.counted.len(), t), t };
        Views { words: of(&self.words), abroad: of(&self.abroad) }
    }

    /// All that an article can be found by.
    fn leads(&self, row: &Row, t: &Thresholds) -> Views<Bag> {
        let leading = self.leading(t);
        let bag = |leading: Leading<'_>, bag| Bag::summed(leading.leads(bag).into_iter());
        Views {
            words: bag(leading.words, &row.view.words),
            abroad: bag(leading.abroad, &row.view.abroad),
        }
    }

    /// The articles among whose neighbours, by rare terms alone, one could be that has these.
    fn touched_by(&self, leads: &[Views<Bag>]) -> Vec<Slot> {
        if leads.is_empty() {
            return Vec::new();
        }
        let all: Vec<Slot> = self.slots.values().copied().collect();
        let is_touched = |slot: &Slot| {
            let row = self.row(*slot)?;
            let rough = |leads: &Views<Bag>| {
                let words = row.view.words.common(&leads.words);
                // In the order in which a search adds them up.
                words
                    .chain(row.view.abroad.common(&leads.abroad))
                    .fold(0.0_f32, |sum, (_, own, theirs)| sum + own * theirs)
            };
            let near = |sum: f32| sum > 0.0 && sum >= row.found.cut;
            leads.iter().map(rough).any(near).then_some(*slot)
        };
        parallel::map(&all, is_touched).into_iter().flatten().collect()
    }

    fn remove(&mut self, gone: &[Slot], t: &Thresholds) {
        for slot in gone {
            let Some(row) = self.rows.get_mut(*slot as usize).and_then(Option::take) else {
                continue;
            };
            let leads = self.leads(&row, t);
            let mut lists = std::mem::take(&mut self.lists);
            let counted = |slot| self.row(slot).is_some_and(|row| row.counted);
            let leading = self.leading(t);
            lists.words.remove(*slot, &leads.words, &leading.words, counted);
            lists.abroad.remove(*slot, &leads.abroad, &leading.abroad, counted);
            self.lists = lists;
            self.slots.remove(&row.sketch.id);
            self.free.push(*slot);
        }
    }

    /// Takes articles in and lists them; gives their numbers.
    fn add(&mut self, came: Vec<Arc<Sketch>>, t: &Thresholds) -> Vec<Slot> {
        let views = parallel::map(&came, |s| Views {
            words: s.words.weighed(|term| self.words.rarity(term)),
            abroad: s.abroad.weighed(|term| self.abroad.rarity(term)),
        });
        let counted: HashSet<CaptureId> = self.counted.iter().map(|sketch| sketch.id).collect();
        let mut new = Vec::with_capacity(came.len());
        for (sketch, view) in came.into_iter().zip(views) {
            let slot = self.free.pop().unwrap_or_else(|| {
                self.rows.push(None);
                (self.rows.len() - 1) as Slot
            });
            self.slots.insert(sketch.id, slot);
            let counted = counted.contains(&sketch.id);
            if let Some(place) = self.rows.get_mut(slot as usize) {
                *place = Some(Row::of(sketch, view, counted));
            }
            new.push(slot);
        }
        let mut lists = std::mem::take(&mut self.lists);
        let leading = self.leading(t);
        lists.words.add(&new, &leading.words, || self.listed(|view| &view.words));
        lists.abroad.add(&new, &leading.abroad, || self.listed(|view| &view.abroad));
        self.lists = lists;
        new
    }

    /// All articles as lists see them.
    fn listed<'a>(&'a self, of: fn(&Views<Bag>) -> &Bag) -> Vec<Listed<'a>> {
        let rows = self.rows.iter().enumerate();
        let listed = rows.filter_map(|(slot, row)| {
            let row = row.as_ref()?;
            Some(Listed { slot: slot as Slot, bag: of(&row.view), counted: row.counted })
        });
        listed.collect()
    }

    /// Looks for the neighbours of articles anew, and notes which of these stand otherwise than before.
    fn look_again(&mut self, again: BTreeSet<Slot>, turn: &mut Turn, t: &Thresholds) {
        let again: Vec<Slot> = again.into_iter().collect();
        let is_new = |slot: &Slot| turn.is_changed(*slot);
        let search = || Search::among(self, turn, t);
        let found = parallel::map_with(&again, search, |search, slot| {
            let found = search.nearest(*slot);
            let row = self.row(*slot)?;
            let same = row.found.neighbours == found.neighbours
                && !found.neighbours.iter().chain([slot]).any(is_new);
            let local = |own: fn(&Sketch) -> &Bag, counts: &Counts| {
                let near = found.neighbours.iter().filter_map(|near| self.row(*near));
                let near: Vec<&Bag> = near.map(|row| own(&row.sketch)).collect();
                locally(own(&row.sketch), &near, counts, t)
            };
            let bags = (!same)
                .then(|| (local(|s| &s.words, &self.words), local(|s| &s.names, &self.names)));
            Some((*slot, found, bags))
        });
        for (slot, found, bags) in found.into_iter().flatten() {
            let Some(row) = self.rows.get_mut(slot as usize).and_then(Option::as_mut) else {
                continue;
            };
            if bags.is_some() || row.found.crowd != found.crowd {
                turn.mark(slot);
            }
            if let Some((words, names)) = bags {
                (row.words, row.names) = (words, names);
            }
            row.found = found;
        }
    }
}

fn same(one: &Arc<Sketch>, other: &Arc<Sketch>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// A bag with its terms weighed by how few of the neighbours hold them.
fn locally(own: &Bag, near: &[&Bag], counts: &Counts, t: &Thresholds) -> Bag {
    let mut holders: HashMap<Term, u32> = HashMap::with_capacity(own.len());
    for other in near {
        for (term, ..) in own.common(other) {
            *holders.entry(term).or_default() += 1;
        }
    }
    let all = near.len() as f64 + 1.0 + t.local_prior;
    own.weighed(|term| {
        let held = 1.0 + holders.get(&term).copied().map_or(0.0, f64::from);
        t.local_base - ((held + t.local_prior * counts.share(term, t)) / all).ln()
    })
}
