//! The words of an English clause, where its subject ends and its verb stands.
//!
//! In: a point or a sentence. Out: its parts, and the clause with its verb first. What holds: nothing is put in
//! order that is not understood; a place past the end holds no word.

use std::collections::BTreeSet;

use super::direct::finished;
use crate::model::entity::{EntityKind, Who};
use crate::rules::{ClassId, Classes, Frame, Rules, Tokens, is_han};

/// Most words of a subject: in a longer one the first verb may not be the one that is asked about.
pub(super) const SUBJECT_MAX: usize = 8;
/// Most words of what is put behind a clause: who says so, or that nobody does.
const TAIL_MAX: usize = 12;

/// Behind a past form these make it a participle: "customers affected by the cutoff".
const BY: [&str; 9] = ["by", "to", "with", "in", "on", "at", "from", "under", "for"];

/// Words with their places.
pub(super) struct Words<'t> {
    text: &'t str,
    tokens: Tokens,
    rules: &'t Rules,
}

impl<'t> Words<'t> {
    pub(super) fn read(text: &'t str, rules: &'t Rules) -> Option<Self> {
        let text = text.trim().trim_end_matches(['?', '.', ',']);
        let tokens = Tokens::of(text, &rules.vocabulary);
        (!text.chars().any(is_han) && tokens.len() > 2).then_some(Self { text, tokens, rules })
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn folded(&self, at: usize) -> String {
        self.tokens.at(at).span().of(self.text).to_lowercase()
    }

    /// The words from a place to the end of their clause: without what is added, and without who says so.
    pub(super) fn clause(&self, from: usize) -> &'t str {
        self.up_to(from, (from + 1..self.len()).find(|at| self.ends_clause(*at)))
    }

    /// The same of a clause that is itself the subject of a sentence: "… follow is an open point".
    pub(super) fn subject_clause(&self, from: usize) -> &'t str {
        let ends = |at: &usize| self.ends_clause(*at) || self.is_main_verb(*at, from);
        self.up_to(from, (from + 1..self.len()).find(ends))
    }

    pub(super) fn up_to(&self, from: usize, end: Option<usize>) -> &'t str {
        let end = end.map_or(self.text.len(), |at| self.tokens.at(at).start());
        let words = self.text.get(self.tokens.at(from).start()..end).unwrap_or("");
        words.trim_end_matches([' ', ',', '.', '?', ';', ':'])
    }

    /// Whether a clause ends before a word: at a colon; at a comma behind which another clause, its denial or
    /// its speaker stands.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        let letters = self.tokens.at(at).span().of(self.text);
        if matches!(letters, ";" | ":") {
            return true;
        }
        // "the letter in which, Farwire reported, …": an aside ends no clause.
        let aside = |at: usize| {
            self.tokens.at(at).span().of(self.text) == ","
                && (self.of(at - 1, |c| c.relative) || self.of(at - 1, |c| c.prep))
        };
        if letters == "," && !(1..=at).any(aside) {
            let rest = self.text.get(self.tokens.at(at).end()..).unwrap_or("").trim();
            let tail = Tokens::of(rest, &self.rules.vocabulary);
            let conjoined = matches!(self.folded(at + 1).as_str(), "and" | "but" | "so" | "or");
            let clause = conjoined && (at + 2..at + 7).any(|at| self.is_auxiliary(at));
            let cues = &self.rules.lexicon.cues;
            let told = tail.len() < TAIL_MAX
                && (!cues.all(&tail, &self.rules.vocabulary, 0..tail.len()).is_empty()
                    || (at + 1..self.len()).any(|at| self.of(at, |c| c.not)));
            return clause || told;
        }
        false
    }

    /// Whether the verb of the whole sentence stands here, behind a clause that began at a place.
    pub(super) fn is_main_verb(&self, at: usize, from: usize) -> bool {
        let links = |at: usize| {
            let asks = ["what", "how", "who", "when", "where", "why", "whether", "that", "if"];
            self.of(at, |c| c.relative)
                || self.of(at, |c| c.conj)
                || asks.contains(&&*self.folded(at))
        };
        matches!(self.folded(at).as_str(), "is" | "was" | "will" | "remains" | "seems")
            && !self.of(at - 1, |c| c.det)
            && (!(from..at).any(links) || (at + 1..at + 5).any(|at| self.of(at, |c| c.open_point)))
    }

    pub(super) fn between(&self, from: usize, to: usize) -> Option<&'t str> {
        let end = self.tokens.at(to.checked_sub(1)?).end();
        self.text.get(self.tokens.at(from).start()..end)
    }

    pub(super) fn is_auxiliary(&self, at: usize) -> bool {
        (self.of(at, |c| c.aux) || self.of(at, |c| c.modal))
            && !matches!(self.folded(at).as_str(), "be" | "been" | "being" | "to")
            && !(self.is_capital(at) && self.of(at, |c| c.month))
    }

    /// Whether what stands here is set for a day, and takes place on it.
    pub(super) fn is_set(&self, at: usize) -> bool {
        let comes = ["due", "expected", "promised"];
        self.of(at, |c| c.planned) && !comes.contains(&&*self.folded(at))
    }

    /// Whether a day, a month or a season is named here.
    pub(super) fn is_day(&self, at: usize) -> bool {
        let names = |at: usize| {
            self.of(at, |c| c.month) || self.of(at, |c| c.weekday) || self.of(at, |c| c.unit)
        };
        (at..at + 4).any(names)
    }

    /// The preposition before a day: "for May 3" is "on May 3", "for September" is "in September".
    pub(super) fn on(&self, at: usize) -> Option<&'static str> {
        let day = (at + 1..at + 4).any(|at| {
            let letters = self.folded(at);
            self.of(at, |c| c.weekday) || letters.len() < 3 && letters.parse::<u8>().is_ok()
        });
        match self.folded(at).as_str() {
            "for" | "on" if day => Some("on"),
            "for" if self.of(at + 1, |c| c.month) => Some("in"),
            "in" => Some("in"),
            "by" => Some("by"),
            "at" => Some("at"),
            "before" => Some("before"),
            _ => None,
        }
    }

    /// Whether a noun stands here: behind "the", "its", "Veltrane's".
    pub(super) fn is_noun(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let owned = matches!(self.folded(before).as_str(), "'s" | "’s");
        owned || self.of(before, |c| c.det) || self.of(before, |c| c.possessive)
    }

    /// Whether an auxiliary is one, and no verb of its own: "did with the code", "have to pay".
    pub(super) fn helps(&self, at: usize) -> bool {
        let next = self.folded(at + 1);
        match self.folded(at).as_str() {
            "does" | "did" | "do" => next == "not",
            "has" | "have" | "had" => {
                let past = |at: usize| self.rules.presents.get(&self.folded(at), true).is_some();
                next == "been" || past(at + 1) || self.of(at + 1, |c| c.adverb) && past(at + 2)
            }
            "need" => false,
            _ => true,
        }
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        let letters = self.tokens.at(at).span().of(self.text);
        letters.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a verb that waits stands here.
    pub(super) fn waits(&self, at: usize) -> bool {
        let noun = self.is_noun(at);
        self.is_auxiliary(at) || self.of(at, |c| c.intends) && self.folded(at + 1) == "to" && !noun
    }

    /// Whether a subject begins here: an article, a pronoun, a name.
    pub(super) fn is_subject(&self, at: usize) -> bool {
        let name = self.is_capital(at);
        !self.is_auxiliary(at)
            && !matches!(self.folded(at).as_str(), "many" | "much")
            && (name
                || self.of(at, |c| c.det)
                || self.of(at, |c| c.pronoun)
                || self.of(at, |c| c.possessive))
    }

    /// Behind words by which somebody is told to do something: "ordered", "called on".
    pub(super) fn orders(&self, at: usize) -> Option<usize> {
        let cues = &self.rules.lexicon.cues;
        let (row, hit) = cues.at(&self.tokens, &self.rules.vocabulary, at, self.len())?;
        row.meaning.frames.contains(&Frame::Order).then_some(hit.range.end)
    }

    /// Whether words stand in it.
    pub(super) fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    pub(super) fn of(&self, at: usize, class: impl Fn(&Classes) -> ClassId) -> bool {
        self.rules.vocabulary.is(self.tokens.at(at).word, class(&self.rules.classes))
    }

    /// A subject without a clause of its own.
    pub(super) fn subject(&self, from: usize, to: usize) -> Option<String> {
        let clause = |at: usize| {
            self.of(at, |c| c.relative)
                || matches!(self.tokens.at(at).span().of(self.text), "," | ":" | ";")
        };
        // "When that would be": one word is no clause.
        let clause = to > from + 1 && (from..to).any(clause);
        let whole = from < to && to - from <= SUBJECT_MAX && !clause;
        // "Both say exemptions can …": somebody says it; "state governments can" tells nothing.
        let told = |words: &&str| {
            let tokens = Tokens::of(words, &self.rules.vocabulary);
            let cues = &self.rules.lexicon.cues;
            let hits = cues.all(&tokens, &self.rules.vocabulary, 0..tokens.len());
            hits.iter().any(|(_, hit)| hit.range.start > 0)
        };
        self.between(from, to).filter(|words| whole && !told(words)).map(str::to_string)
    }

    /// A clause whose subject begins at a place with its verb before the subject.
    pub(super) fn inverted(&self, from: usize, about: &BTreeSet<Who>) -> Option<String> {
        let end = self.len().min(from + SUBJECT_MAX);
        let form = |at: usize| {
            let word = self.folded(at);
            let presents = &self.rules.presents;
            let past = presents.get(&word, true).map(|plain| ("did", plain));
            past.or_else(|| presents.plain(&word).map(|plain| ("does", plain)))
        };
        // A name, a pronoun or "the ban" can be a subject by itself; "new" in "new rules" cannot, nor is
        // "affected by" a verb, nor what stands right before one.
        let stands = |at: usize| {
            let pronoun = self.of(at - 1, |c| c.pronoun);
            self.is_capital(at - 1) || pronoun || self.is_noun(from + 1) && at > from + 1
        };
        let tells = |at: usize| {
            let told = form(at).is_some() && !self.is_noun(at) && stands(at);
            // "Customers affected by", yet "Veltrane intended to": behind a name or a pronoun it is a verb.
            let next = self.folded(at + 1);
            let to = next == "to" && (self.is_capital(at - 1) || self.of(at - 1, |c| c.pronoun));
            told && !self.is_auxiliary(at + 1) && (to || !BY.contains(&&*next))
        };
        // "the data already held there can be deleted": an auxiliary is the surer verb.
        let auxiliary = (from + 1..end).find(|at| self.is_auxiliary(*at));
        let auxiliary = auxiliary.filter(|at| self.subject(from, *at).is_some());
        // Behind a name no noun stands: "Veltrane returns".
        let sure = |at: &usize| tells(*at) && self.is_capital(at - 1);
        let sure = (from + 1..auxiliary.unwrap_or(end)).find(sure);
        let verb = sure.or(auxiliary).or_else(|| (from + 1..end).find(|at| tells(*at)))?;
        let rest = self.subject_clause(verb + 1);
        let subject = self.subject(from, verb)?;
        if self.is_auxiliary(verb) {
            let helper = self.folded(verb);
            // "It is legal" says nothing of the party.
            let dummy = matches!(helper.as_str(), "is" | "was");
            let subject = if dummy { subject } else { self.who(subject, about) };
            let told = finished(&format!("{} {subject} {rest}", present(&helper)));
            return self.helps(verb).then_some(told);
        }
        let plural = (from + 1..verb).any(|at| self.of(at, |c| c.base_verb) && !self.is_noun(at));
        let (helper, plain) = form(verb).filter(|_| !plural)?;
        Some(finished(&format!("{helper} {} {plain} {rest}", self.who(subject, about))))
    }

    /// A subject, the party it stands for where it is a pronoun.
    pub(super) fn who(&self, subject: String, about: &BTreeSet<Who>) -> String {
        let pronoun = matches!(subject.to_lowercase().as_str(), "it" | "they");
        party(about).filter(|_| pronoun).map_or(subject, str::to_string)
    }
}

/// The one house it is about.
fn party(about: &BTreeSet<Who>) -> Option<&str> {
    let houses = |who: &&Who| matches!(who.kind, EntityKind::Organization | EntityKind::Government);
    let mut houses = about.iter().filter(houses);
    let only = houses.next()?;
    houses.next().is_none().then_some(only.name.as_str())
}

/// An auxiliary as it was before its words were reported.
pub(super) fn present(auxiliary: &str) -> &str {
    match auxiliary {
        "would" => "will",
        "could" => "can",
        other => other,
    }
}
