//! Numbers in a sentence and what they count: "2,100 new accounts", "the number of users at 1.2 million".
//!
//! In: a sentence and the place of a noun. Out: the whole number that counts it. What holds: a day or a
//! year counts nothing; a number that is not whole, or one, counts nothing.

use std::ops::Range;

use crate::model::text::Span;
use crate::rules::{ClassId, Rules, Shape, Tokens};

/// Tokens between a number and what it counts: "2,100 suspicious new accounts", 30万名境外用户.
const REACH: usize = 4;
const HAN_REACH: usize = 8;
/// Tokens between "only" and its number: 仅用了60个.
const INSISTED: usize = 3;
/// Least number that is taken to count what the sentence before counts.
const BARE_MIN: u64 = 20;
/// Letters a plural has at least, and one more.
const PLURAL_LEAST: usize = 3;

/// How exact a number is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Exact,
    AtLeast,
    AtMost,
    /// One end of a stretch, or a part of more.
    Vague,
}

impl Bound {
    /// Whether a number so bounded cannot be another one.
    pub(super) fn excludes(self, own: u64, other: u64) -> bool {
        match self {
            Bound::Exact => true,
            Bound::AtLeast => other < own,
            Bound::AtMost => other > own,
            Bound::Vague => false,
        }
    }
}

/// A number and its words.
pub(super) struct Number {
    pub value: u64,
    pub span: Span,
    /// Its tokens.
    pub range: Range<usize>,
}

/// A sentence in which numbers are looked for.
pub(super) struct Numbered<'t> {
    pub text: &'t str,
    pub tokens: &'t Tokens,
    pub rules: &'t Rules,
}

impl Numbered<'_> {
    /// The number that counts a noun: before it, in Chinese also behind it (员工共有七人); none of a date.
    pub(super) fn number_of(
        &self,
        noun: Range<usize>,
        dated: impl Fn(Span) -> bool,
    ) -> Option<Number> {
        let han = self.tokens.at(noun.start).shape == Shape::Han;
        let reach = if han { HAN_REACH } else { REACH };
        let before = noun.start.saturating_sub(reach)..noun.start;
        let c = &self.rules.classes;
        // "8,400 of its books"
        let owned = |at: usize| self.is(at, c.possessive) || self.is(at, c.det);
        let part = |at: usize| {
            let of = |at: usize| self.letters(at) == "of" && at > 0 && self.is_number(at - 1);
            of(at) && owned(at + 1) || at > 0 && owned(at) && of(at - 1)
        };
        let open = |at: &usize| {
            let stops = [c.prep, c.verb, c.det].iter().any(|class| self.is(*at, *class));
            self.tokens.at(*at).is_wordlike() && (han || !stops || part(*at)) || self.is_number(*at)
        };
        // "The number of users affected at 1.2 million".
        let of = |at: usize| self.tokens.span(at..at + 1).of(self.text) == "of";
        let numbered = noun.start.checked_sub(1).is_some_and(|at| of(at) || at > 0 && of(at - 1));
        let behind = || {
            let reach = if numbered { 2 * REACH } else { REACH };
            let after = noun.end..(noun.end + reach).min(self.tokens.len());
            let within = |at: &usize| open(at) || numbered && self.tokens.at(*at).is_wordlike();
            let found = after.take_while(within).find(|at| self.is_number(*at));
            found.filter(|_| han || numbered)
        };
        let last = before.rev().take_while(open).find(|at| self.is_number(*at));
        let at = last.or_else(behind)?;
        let whole = self.whole(at);
        // 30万名用户, 七人: what is counted in Chinese has its measure word.
        let measured = !han || whole.end == noun.start || self.is(whole.end, c.han_counted);
        self.number(whole).filter(|number| measured && !dated(number.span))
    }

    /// All numbers, in their order.
    pub(super) fn all(&self) -> impl Iterator<Item = Number> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let first = (at..self.tokens.len()).find(|at| self.is_number(*at))?;
            let whole = self.whole(first);
            at = whole.end;
            Some(self.number(whole))
        })
        .flatten()
    }

    /// The noun in the plural right behind a number, which is what it counts whatever it is: "214 cancelled
    /// flights". Sums, and numbers that name something, count nothing.
    pub(super) fn noun_behind(&self, number: &Number) -> Option<&str> {
        let c = &self.rules.classes;
        let stops = [c.prep, c.verb, c.det, c.aux, c.conj, c.unit, c.clock_unit, c.measure];
        let open = |at: &usize| {
            let small = self.letters(*at).chars().all(char::is_lowercase);
            self.tokens.at(*at).is_wordlike() && small && !stops.iter().any(|k| self.is(*at, *k))
        };
        let plural = |word: &&str| {
            let other = ["ss", "ous", "us", "is"].iter().any(|ending| word.ends_with(ending));
            word.len() > PLURAL_LEAST && word.ends_with('s') && !other
        };
        let from = number.range.end;
        let nouns = (from..(from + REACH).min(self.tokens.len())).take_while(open);
        let counts = !self.is_sum(number) && !self.is_named(number);
        nouns.map(|at| self.letters(at)).find(plural).filter(|_| counts)
    }

    /// How exact a number is, by the words around it: "more than 1,000", "200 to 300", "another 20".
    pub(super) fn bound(&self, start: usize, end: usize) -> Bound {
        let c = &self.rules.classes;
        let range =
            |at: usize| matches!(self.letters(at), "-" | "–" | "至" | "到" | "or" | "多" | "余");
        let stretch = (end..end + 2)
            .any(|i| matches!(self.letters(i), "and" | "to") && self.is_number(i + 1));
        let Some(before) = start.checked_sub(1) else {
            return if range(end) || stretch { Bound::Vague } else { Bound::Exact };
        };
        // "More than 20"
        let than = self.is(before, c.than) && before > 0;
        let word = before - usize::from(than);
        match () {
            () if range(end) || stretch => Bound::Vague,
            () if self.is(word, c.at_most) => Bound::AtMost,
            () if self.is(word, c.at_least) => Bound::AtLeast,
            () if range(before) || self.is(before, c.bound) => Bound::Vague,
            () if than && self.is_number(word) => Bound::Vague,
            () => Bound::Exact,
        }
    }

    /// Whether a number is said to be the whole: "only 60 accounts", 仅用了60个账号.
    pub(super) fn is_insisted(&self, number: &Number) -> bool {
        let before = number.range.start.saturating_sub(INSISTED)..number.range.start;
        before.into_iter().any(|at| self.is(at, self.rules.classes.insisting))
    }

    /// "$400".
    pub(super) fn is_sum(&self, number: &Number) -> bool {
        let before = self.text.get(..number.span.start()).unwrap_or("").trim_end();
        before.ends_with(['$', '€', '£', '¥', '-'])
    }

    /// "Five years", "40 per cent", 五年.
    pub(super) fn is_measured(&self, number: &Number) -> bool {
        let c = &self.rules.classes;
        let units = [c.unit, c.clock_unit, c.measure, c.han_unit];
        units.iter().any(|class| self.is(number.range.end, *class))
    }

    /// "Section 107".
    pub(super) fn is_named(&self, number: &Number) -> bool {
        let before = number.range.start.checked_sub(1).filter(|at| *at > 0);
        before.is_some_and(|at| self.letters(at).chars().next().is_some_and(char::is_uppercase))
    }

    fn letters(&self, at: usize) -> &str {
        self.tokens.at(at).span().of(self.text)
    }

    /// The only number of a sentence, where it counts nothing named there: "its records show 8,400", "only 97 of
    /// them".
    pub(super) fn bare_number(&self, dated: impl Fn(Span) -> bool) -> Option<Number> {
        let digits = |at: &usize| self.tokens.at(*at).shape == Shape::Number;
        let first = (0..self.tokens.len()).find(digits)?;
        let whole = self.whole(first);
        let alone = !(whole.end..self.tokens.len()).any(|at| digits(&at));
        let span = self.tokens.span(whole.clone());
        let letters = |at: usize| self.letters(at);
        let them = |at: usize| matches!(letters(at), "them" | "these" | "those");
        let ends = match letters(whole.end) {
            "" | "." | ";" | "。" | "；" => true,
            "of" => them(whole.end + 1),
            "," => {
                matches!(letters(whole.end + 1), "all" | "most" | "none")
                    && letters(whole.end + 2) == "of"
            }
            _ => false,
        };
        let number = self.number(whole).filter(|number| number.value >= BARE_MIN)?;
        let counts = !self.is_sum(&number) && !self.is_named(&number);
        (ends && alone && counts && !dated(span)).then_some(number)
    }

    /// The number that tokens make; none where they only round: "a few hundred".
    fn number(&self, range: Range<usize>) -> Option<Number> {
        let c = &self.rules.classes;
        let before = range.start.checked_sub(1);
        let vague = before.is_some_and(|at| self.is(at, c.vague_count));
        let unit = self.is(range.start, c.scale)
            || self.tokens.at(range.start).span().of(self.text) == "十";
        let value = self.value(range.clone()).filter(|_| !(vague && unit))?;
        Some(Number { value, span: self.tokens.span(range.clone()), range })
    }

    /// All tokens of the number that a token is part of.
    fn whole(&self, at: usize) -> Range<usize> {
        let from = (0..at).rev().take_while(|at| self.is_number(*at)).last().unwrap_or(at);
        let to = (at..self.tokens.len()).find(|at| !self.is_number(*at)).unwrap_or(at + 1);
        from..to
    }

    fn is(&self, at: usize, class: ClassId) -> bool {
        self.rules.vocabulary.is(self.tokens.at(at).word, class)
    }

    fn is_number(&self, at: usize) -> bool {
        let c = &self.rules.classes;
        self.tokens.at(at).shape == Shape::Number
            || [c.count, c.han_digit, c.scale].iter().any(|class| self.is(at, *class))
    }

    /// "1.2 million", "eight", 150万, 二十: nothing for "a" and "one", which count nothing, nor for "2.8".
    fn value(&self, range: Range<usize>) -> Option<u64> {
        let c = &self.rules.classes;
        let part = |at: usize| {
            let token = self.tokens.at(at);
            let value = |class| {
                let value = self.rules.vocabulary.value(token.word, class);
                value.and_then(|value| u64::try_from(value).ok())
            };
            if token.shape == Shape::Number {
                let letters = self.text.get(token.start()..token.end())?.replace(',', "");
                return thousandths(&letters).map(Part::Digits);
            }
            let unit = value(c.scale).or(value(c.han_digit).filter(|value| *value == 10));
            if let Some(unit) = unit {
                return Some(Part::Unit(unit));
            }
            let digits = value(c.han_digit).or(value(c.count).filter(|words| *words > 1));
            Some(Part::Digits(digits.unwrap_or(0).checked_mul(THOUSAND)?))
        };
        let parts: Option<Vec<Part>> = range.map(part).collect();
        reckoned(&parts?)
    }
}

/// A part of a number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// In thousandths, so that "4.1 million" is whole.
    Digits(u64),
    /// What it is multiplied by: ten, a hundred, 万.
    Unit(u64),
}

const THOUSAND: u64 = 1000;

/// The whole number above one that its parts make; small units multiply what stands right before them, large
/// ones all that no large one has taken.
fn reckoned(parts: &[Part]) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, 0_u64);
    for part in parts {
        match *part {
            Part::Digits(more) => digit = digit.checked_add(more)?,
            Part::Unit(unit) if unit < 1000 => {
                let scaled = digit.max(THOUSAND).checked_mul(unit)?;
                (section, digit) = (section.checked_add(scaled)?, 0);
            }
            Part::Unit(unit) => {
                let open = section.checked_add(digit)?;
                // 三万亿: what 万 has taken is multiplied again.
                (total, section, digit) = match open {
                    0 => (total.max(THOUSAND).checked_mul(unit)?, 0, 0),
                    // 两万五千: smaller units come after larger ones.
                    _ => (total.checked_add(open.checked_mul(unit)?)?, 0, 0),
                };
            }
        }
    }
    let sum = total.checked_add(section)?.checked_add(digit)?;
    (sum > THOUSAND && sum.is_multiple_of(THOUSAND)).then_some(sum / THOUSAND)
}

/// Digits, with up to three behind a point, in thousandths.
fn thousandths(letters: &str) -> Option<u64> {
    let (whole, rest) = letters.split_once('.').unwrap_or((letters, ""));
    let fraction: u64 = format!("{rest:0<3}").get(..3)?.parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(THOUSAND)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::Part::{Digits, Unit};
    use super::*;

    #[test]
    fn numbers_are_reckoned_as_they_are_written() {
        let digits = |value: u64| Digits(value * THOUSAND);
        for (parts, number) in [
            // 二十, 五十, 二十三, 十二
            (&[digits(2), Unit(10)][..], Some(20)),
            (&[digits(5), Unit(10)], Some(50)),
            (&[digits(2), Unit(10), digits(3)], Some(23)),
            (&[Unit(10), digits(2)], Some(12)),
            // 一百五十万, 两万五千, 三万亿
            (&[digits(1), Unit(100), digits(5), Unit(10), Unit(10_000)], Some(1_500_000)),
            (&[digits(2), Unit(10_000), digits(5), Unit(1000)], Some(25_000)),
            (&[digits(3), Unit(10_000), Unit(100_000_000)], Some(3_000_000_000_000)),
            // two thousand three hundred, three hundred thousand, a hundred, "another 20"
            (&[digits(2), Unit(1000), digits(3), Unit(100)], Some(2300)),
            (&[digits(3), Unit(100), Unit(1000)], Some(300_000)),
            (&[Digits(0), Unit(100)], Some(100)),
            (&[Digits(0), digits(20)], Some(20)),
            // 4.1 million, 2.8, one
            (&[Digits(4100), Unit(1_000_000)], Some(4_100_000)),
            (&[Digits(2800)], None),
            (&[digits(1)], None),
        ] {
            assert_eq!(reckoned(parts), number, "{parts:?}");
        }
        assert_eq!(thousandths("4.1"), Some(4100));
    }
}
