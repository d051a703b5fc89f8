//! One attempt of one pattern at one token: steps with a way back and a limit.

use super::Pattern;
use super::compile::Step;
use crate::rules::token::{Shape, Tokens};
use crate::rules::vocabulary::Vocabulary;

/// Most steps of one attempt: a pattern that branches much gives up, it does not hang.
const FUEL: u32 = 2_000;

/// What an attempt captured so far, and how to take it back.
#[derive(Default)]
pub(super) struct Slots {
    pub places: Vec<Option<(usize, usize)>>,
    /// Places as they were before each change.
    trail: Vec<(u8, Option<(usize, usize)>)>,
}

impl Slots {
    fn set(&mut self, slot: u8, place: Option<(usize, usize)>) {
        if let Some(old) = self.places.get_mut(usize::from(slot)) {
            self.trail.push((slot, std::mem::replace(old, place)));
        }
    }

    fn get(&self, slot: u8) -> Option<(usize, usize)> {
        self.places.get(usize::from(slot)).copied().flatten()
    }

    fn back_to(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some((slot, old)) = self.trail.pop() else { return };
            if let Some(place) = self.places.get_mut(usize::from(slot)) {
                *place = old;
            }
        }
    }
}

impl Pattern {
    /// Where a match that starts at a token ends; what it captured is left in `slots`.
    pub(super) fn run(
        &self,
        tokens: &Tokens,
        vocabulary: &Vocabulary,
        from: usize,
        limit: usize,
        slots: &mut Slots,
    ) -> Option<usize> {
        slots.places.clear();
        slots.places.resize(self.captures.len(), None);
        slots.trail.clear();
        let mut state = Run { pattern: self, tokens, vocabulary, limit, fuel: FUEL };
        state.step(0, from, slots)
    }
}

struct Run<'a> {
    pattern: &'a Pattern,
    tokens: &'a Tokens,
    vocabulary: &'a Vocabulary,
    limit: usize,
    fuel: u32,
}

impl Run<'_> {
    fn step(&mut self, mut pc: usize, mut at: usize, slots: &mut Slots) -> Option<usize> {
        loop {
            self.fuel = self.fuel.checked_sub(1)?;
            match *self.pattern.steps.get(pc)? {
                Step::Done => return Some(at),
                Step::Take(test) => {
                    if at >= self.limit {
                        return None;
                    }
                    at += test.width(self.tokens, self.vocabulary, at)?;
                    if at > self.limit {
                        return None;
                    }
                    pc += 1;
                }
                Step::Jump(to) => pc = to,
                Step::Split(other) => {
                    let mark = slots.trail.len();
                    if let Some(end) = self.step(pc + 1, at, slots) {
                        return Some(end);
                    }
                    slots.back_to(mark);
                    pc = other;
                }
                Step::Gap(most) => {
                    for skipped in 0..=usize::from(most) {
                        let mark = slots.trail.len();
                        if let Some(end) = self.step(pc + 1, at + skipped, slots) {
                            return Some(end);
                        }
                        slots.back_to(mark);
                        if at + skipped >= self.limit
                            || ends_sentence(self.tokens, self.vocabulary, at + skipped)
                        {
                            return None;
                        }
                    }
                    return None;
                }
                Step::Open(slot) => {
                    slots.set(slot, Some((at, at)));
                    pc += 1;
                }
                Step::Close(slot) => {
                    if let Some((from, _)) = slots.get(slot) {
                        slots.set(slot, Some((from, at)));
                    }
                    pc += 1;
                }
            }
        }
    }
}

/// Whether a token ends a sentence, so that no gap may pass it.
fn ends_sentence(tokens: &Tokens, vocabulary: &Vocabulary, at: usize) -> bool {
    let token = tokens.at(at);
    token.shape == Shape::Break || token.shape == Shape::Punct && vocabulary.stops(token.word)
}
