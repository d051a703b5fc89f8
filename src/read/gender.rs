//! Who of the people in a text is "he" and who "she".
//!
//! In: the names of a text. Out: the people of whom the text says it, or whose given name does. What holds: two
//! signs that disagree say nothing; nobody is called "she" for being spoken of near somebody who is.

use std::collections::HashMap;
use std::ops::Range;

use super::scan::{Scan, Sentence};
use crate::model::entity::{EntityKind, NameIx};
use crate::rules::WordId;

/// Tokens behind a person in which the words for their office stand: "Ann Ruo, the actress".
const BESIDE_TOKENS_MAX: usize = 5;

/// What a pronoun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// She, 她.
    Woman,
    /// He, 他.
    Man,
}

/// People by gender; who is not in it may be either.
#[derive(Debug, Clone, Default)]
pub(super) struct Genders(HashMap<NameIx, Option<Gender>>);

impl Genders {
    /// Gathers the signs of a text.
    pub(super) fn of(scan: &Scan<'_>) -> Self {
        let mut genders = Self::default();
        for mention in &scan.mentions {
            if scan.kind(mention.name) == EntityKind::Person {
                let tokens = scan.tokens_of(mention);
                let sign = given(scan, mention.name).or_else(|| beside(scan, &tokens));
                genders.note(mention.name, sign);
            }
        }
        let known = genders.0.clone();
        for pair in scan.sentences.windows(2) {
            if let [sentence, next] = pair
                && let Some(person) = only_person(scan, sentence)
                && !known.contains_key(&person)
            {
                genders.note(person, resumed(scan, next));
            }
        }
        genders
    }

    fn note(&mut self, person: NameIx, sign: Option<Gender>) {
        if let Some(gender) = sign {
            let known = self.0.entry(person).or_insert(sign);
            *known = known.filter(|known| *known == gender);
        }
    }

    /// What somebody is, where the text says it.
    pub(super) fn of_person(&self, person: NameIx) -> Option<Gender> {
        self.0.get(&person).copied().flatten()
    }
}

/// What a word asks for: "she".
pub(super) fn asked(scan: &Scan<'_>, at: usize) -> Option<Gender> {
    let c = scan.classes();
    match (scan.is(at, c.woman), scan.is(at, c.man)) {
        (true, false) => Some(Gender::Woman),
        (false, true) => Some(Gender::Man),
        _ => None,
    }
}

/// The given name of a person.
fn given(scan: &Scan<'_>, person: NameIx) -> Option<Gender> {
    let name = &scan.names.get(person.0 as usize)?.name;
    let (given, _) = name.split_once(' ')?;
    let vocabulary = &scan.rules.vocabulary;
    let word = vocabulary.find(&given.to_lowercase());
    let c = scan.classes();
    let is = |class| word != WordId::UNKNOWN && vocabulary.is(word, class);
    match (is(c.woman), is(c.man)) {
        (true, false) => Some(Gender::Woman),
        (false, true) => Some(Gender::Man),
        _ => None,
    }
}

/// "Ms. Ruo", "spokeswoman Ann Ruo", "Ann Ruo, an actress".
fn beside(scan: &Scan<'_>, tokens: &Range<usize>) -> Option<Gender> {
    let before = tokens.start.checked_sub(1)?;
    let dotted = scan.is_dotted(before);
    let title = if dotted { before.checked_sub(1)? } else { before };
    let c = scan.classes();
    // A given name before or behind is another's.
    let noun = |at: usize| {
        let other = [c.he, c.possessive, c.given_name].iter().any(|class| scan.is(at, *class));
        !other && scan.mention_over(at).is_none()
    };
    let sign = asked(scan, title).filter(|_| noun(title));
    let apposition = || {
        let opens = scan.is_comma(tokens.end) && scan.is(tokens.end + 1, c.det);
        let words = tokens.end + 2..tokens.end + 2 + BESIDE_TOKENS_MAX;
        let ends = |at: usize| scan.is_comma(at) || scan.is(at, c.stop) || scan.is(at, c.prep);
        let mut near = words.take_while(|at| !ends(*at));
        near.find_map(|at| asked(scan, at).filter(|_| opens && noun(at)))
    };
    sign.or_else(apposition)
}

/// The only person a sentence names.
fn only_person(scan: &Scan<'_>, sentence: &Sentence) -> Option<NameIx> {
    let mentions = scan.mentions_in(sentence.span);
    let mut people = mentions.iter().filter(|m| scan.kind(m.name) == EntityKind::Person);
    let only = people.next()?.name;
    people.all(|other| other.name == only).then_some(only)
}

/// The pronoun a sentence begins with.
fn resumed(scan: &Scan<'_>, sentence: &Sentence) -> Option<Gender> {
    let first = sentence.tokens.start;
    // 他们 are several.
    let alone =
        scan.is(first, scan.classes().he) || sentence.han && scan.letters(first + 1) != "们";
    alone.then(|| asked(scan, first)).flatten()
}
