//! Open points as a reader would ask them: "whether it would appeal" is "Will Veltrane appeal?".
//!
//! In: an English point or a sentence that waits for something. Out: a direct question, or nothing where
//! the words are put together in no way we know. What holds: what is asked stays the same; only the order of
//! words, the tense of reported speech, and a pronoun for the one party it is about are changed.

use std::collections::BTreeSet;

use crate::corpus::summary;
use crate::model::entity::{EntityKind, Who};
use crate::rules::{ClassId, Classes, Rules, Tokens, is_han};

/// Most words of a subject: in a longer one the first verb may not be the one that is asked about.
const SUBJECT_MAX: usize = 8;
/// Most words of what is put behind a clause: who says so, or that nobody does.
const TAIL_MAX: usize = 12;
/// Words with their places.
struct Words<'t> {
    text: &'t str,
    tokens: Tokens,
    rules: &'t Rules,
}

/// "Whether …", "how …", "what …" asked directly.
pub(super) fn asked(point: &str, about: &BTreeSet<Who>, rules: &Rules) -> Option<String> {
    let words = Words::read(point, rules)?;
    let first = words.folded(0);
    let led = |rest: Option<String>| Some(format!("{} {}", summary::capitalised(&first), rest?));
    match first.as_str() {
        "whether" | "if" if words.folded(1) == "to" => {
            Some(finished(&format!("Will {} {}", party(about)?, words.clause(2))))
        }
        "whether" | "if" => Some(summary::capitalised(&words.inverted(1, about)?)),
        // "how long the limits would last"
        "how" if !words.is_subject(1) && words.is_subject(2) => {
            let rest = words.inverted(2, about)?;
            Some(format!("How {} {rest}", words.folded(1)))
        }
        "how" | "when" | "where" | "why" if words.is_subject(1) || words.is_auxiliary(2) => {
            led(words.inverted(1, about))
        }
        "what" | "who" | "whom" if words.is_subject(1) => led(words.inverted(1, about)),
        "what" | "who" if words.is_auxiliary(1) => led(Some(finished(&format!(
            "{} {}",
            present(&words.folded(1)),
            words.subject_clause(2)
        )))),
        _ => None,
    }
}

/// What a sentence waits for, asked directly: "Veltrane has until May 3 to answer" is "Will Veltrane
/// answer by May 3?". `named`: it begins with a name.
pub(super) fn awaited(sentence: &str, named: bool, rules: &Rules) -> Option<String> {
    let words = Words::read(sentence, rules)?;
    let verb = (1..words.len().min(SUBJECT_MAX)).find(|at| words.waits(*at))?;
    let asks = ["whether", "how", "what", "who", "when", "where", "why", "which"];
    let subject = words.subject(0, verb).filter(|_| !asks.contains(&&*words.folded(0)))?;
    let subject = if named { subject } else { lowered(&subject) };
    let will = |from: usize| Some(finished(&format!("Will {subject} {}", words.clause(from))));
    let (first, second) = (words.folded(verb), words.folded(verb + 1));
    let infinitive = |from: usize| (from..words.len()).find(|at| words.folded(*at) == "to");
    match (first.as_str(), second.as_str()) {
        ("has" | "have" | "had", "yet") if words.folded(verb + 2) == "to" => {
            let decides = (verb + 4..verb + 6).find(|at| words.folded(*at) == "whether");
            match decides {
                Some(whether) if words.folded(whether + 1) == "to" => will(whether + 2),
                _ if words.folded(verb + 3) == "be" => {
                    Some(finished(&format!("When will {subject} {}", words.clause(verb + 3))))
                }
                _ => will(verb + 3),
            }
        }
        ("has" | "have" | "had", "until" | "till") => {
            let to = infinitive(verb + 2)?;
            let day = words.between(verb + 2, to)?;
            Some(finished(&format!("Will {subject} {} by {day}", words.clause(to + 1))))
        }
        ("has" | "have" | "had", _)
            if words.of(verb + 2, |c| c.unit) && words.folded(verb + 3) == "to" =>
        {
            let time = words.between(verb + 1, verb + 3)?;
            Some(finished(&format!("Will {subject} {} within {time}", words.clause(verb + 4))))
        }
        ("has" | "have" | "is" | "are" | "was" | "were", "to") => will(verb + 2),
        ("is" | "are" | "was" | "were", planned) if words.of(verb + 1, |c| c.planned) => {
            let comes =
                if planned == "due" || planned == "expected" { "come" } else { "take place" };
            match words.folded(verb + 2).as_str() {
                "to" => will(verb + 3),
                "for" => {
                    let day = words.clause(verb + 3);
                    Some(finished(&format!("Will {subject} {comes} on {day}")))
                }
                "on" | "in" | "by" | "at" | "before" => {
                    Some(finished(&format!("Will {subject} {comes} {}", words.clause(verb + 2))))
                }
                _ => None,
            }
        }
        ("has" | "have", "been") if words.of(verb + 2, |c| c.planned) => {
            let day = words.folded(verb + 3);
            let on = if day == "for" { "on" } else { day.as_str() };
            let rest = words.clause(verb + 4);
            Some(finished(&format!("Will {subject} take place {on} {rest}")))
        }
        ("must" | "will", _) => will(verb + 1),
        ("can" | "may", _) => {
            let until = (verb + 1..words.len()).find(|at| words.folded(*at) == "until");
            match until {
                Some(at) => {
                    let deed = words.between(verb + 1, at)?;
                    Some(finished(&format!("Will {subject} {deed} by {}", words.clause(at + 1))))
                }
                None => will(verb + 1),
            }
        }
        (_, "to") => will(verb + 2),
        _ => None,
    }
}

impl<'t> Words<'t> {
    fn read(text: &'t str, rules: &'t Rules) -> Option<Self> {
        let text = text.trim().trim_end_matches(['?', '.', ',']);
        let tokens = Tokens::of(text, &rules.vocabulary);
        (!text.chars().any(is_han) && tokens.len() > 2).then_some(Self { text, tokens, rules })
    }

    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn folded(&self, at: usize) -> String {
        self.tokens.at(at).span().of(self.text).to_lowercase()
    }

    /// The words from a place to the end of their clause: without what is added, and without who says so.
    fn clause(&self, from: usize) -> &'t str {
        self.up_to(from, (from + 1..self.len()).find(|at| self.ends_clause(*at)))
    }

    /// The same of a clause that is itself the subject of a sentence: "… follow is an open point".
    fn subject_clause(&self, from: usize) -> &'t str {
        let ends = |at: &usize| self.ends_clause(*at) || self.is_main_verb(*at, from);
        self.up_to(from, (from + 1..self.len()).find(ends))
    }

    fn up_to(&self, from: usize, end: Option<usize>) -> &'t str {
        let end = end.map_or(self.text.len(), |at| self.tokens.at(at).start());
        let words = self.text.get(self.tokens.at(from).start()..end).unwrap_or("");
        words.trim_end_matches([' ', ',', '.', '?', ';', ':'])
    }

    /// Whether a clause ends before a word: at a colon; at a comma behind which another clause, its denial or
    /// its speaker stands.
    fn ends_clause(&self, at: usize) -> bool {
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
    fn is_main_verb(&self, at: usize, from: usize) -> bool {
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

    fn between(&self, from: usize, to: usize) -> Option<&'t str> {
        let end = self.tokens.at(to.checked_sub(1)?).end();
        self.text.get(self.tokens.at(from).start()..end)
    }

    fn is_auxiliary(&self, at: usize) -> bool {
        (self.of(at, |c| c.aux) || self.of(at, |c| c.modal))
            && !matches!(self.folded(at).as_str(), "be" | "been" | "being" | "to")
            && !(self.is_capital(at) && self.of(at, |c| c.month))
    }

    fn is_capital(&self, at: usize) -> bool {
        let letters = self.tokens.at(at).span().of(self.text);
        letters.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a verb that waits stands here.
    fn waits(&self, at: usize) -> bool {
        self.is_auxiliary(at) || self.of(at, |c| c.intends) && self.folded(at + 1) == "to"
    }

    /// Whether a subject begins here: an article, a pronoun, a name.
    fn is_subject(&self, at: usize) -> bool {
        let name = self.is_capital(at);
        !self.is_auxiliary(at)
            && !matches!(self.folded(at).as_str(), "many" | "much")
            && (name
                || self.of(at, |c| c.det)
                || self.of(at, |c| c.pronoun)
                || self.of(at, |c| c.possessive))
    }

    fn of(&self, at: usize, class: impl Fn(&Classes) -> ClassId) -> bool {
        self.rules.vocabulary.is(self.tokens.at(at).word, class(&self.rules.classes))
    }

    /// A subject without a clause of its own.
    fn subject(&self, from: usize, to: usize) -> Option<String> {
        let clause = |at: usize| {
            self.of(at, |c| c.relative)
                || matches!(self.tokens.at(at).span().of(self.text), "," | ":" | ";")
        };
        let whole = from < to && to - from <= SUBJECT_MAX && !(from..to).any(clause);
        // "Both say exemptions can …": somebody says it.
        let told = |words: &&str| {
            let tokens = Tokens::of(words, &self.rules.vocabulary);
            let cues = &self.rules.lexicon.cues;
            !cues.all(&tokens, &self.rules.vocabulary, 0..tokens.len()).is_empty()
        };
        self.between(from, to).filter(|words| whole && !told(words)).map(str::to_string)
    }

    /// A clause whose subject begins at a place with its verb before the subject.
    fn inverted(&self, from: usize, about: &BTreeSet<Who>) -> Option<String> {
        let end = self.len().min(from + SUBJECT_MAX);
        let form = |at: usize| {
            let word = self.folded(at);
            let presents = &self.rules.presents;
            let past = presents.get(&word, true).map(|plain| ("did", plain));
            past.or_else(|| presents.plain(&word).map(|plain| ("does", plain)))
        };
        // "the proposed sale", "a model's turns of phrase": no verb.
        let adjective = |at: usize| {
            let owned = matches!(self.folded(at - 1).as_str(), "'s" | "’s");
            owned || self.of(at - 1, |c| c.det) || self.of(at - 1, |c| c.possessive)
        };
        let tells = |at: usize| form(at).is_some() && !adjective(at);
        // "the data already held there can be deleted": an auxiliary is the surer verb.
        let auxiliary = (from + 1..end).find(|at| self.is_auxiliary(*at));
        let auxiliary = auxiliary.filter(|at| self.subject(from, *at).is_some());
        // Behind a name no noun stands: "Veltrane returns".
        let sure = |at: &usize| tells(*at) && self.is_capital(at - 1);
        let sure = (from + 1..auxiliary.unwrap_or(end)).find(sure);
        let verb = sure.or(auxiliary).or_else(|| (from + 1..end).find(|at| tells(*at)))?;
        let subject = self.who(self.subject(from, verb)?, about);
        let rest = self.subject_clause(verb + 1);
        Some(match form(verb).filter(|_| !self.is_auxiliary(verb)) {
            Some((helper, plain)) => finished(&format!("{helper} {subject} {plain} {rest}")),
            None => finished(&format!("{} {subject} {rest}", present(&self.folded(verb)))),
        })
    }

    /// A subject, the party it stands for where it is a pronoun.
    fn who(&self, subject: String, about: &BTreeSet<Who>) -> String {
        let pronoun = matches!(subject.to_lowercase().as_str(), "it" | "they");
        party(about).filter(|_| pronoun).map_or(subject, str::to_string)
    }
}

fn finished(words: &str) -> String {
    format!("{}?", words.trim_end_matches([' ', ',', '.', '?']))
}

/// The one organisation or authority it is about.
fn party(about: &BTreeSet<Who>) -> Option<&str> {
    let houses = |who: &&Who| matches!(who.kind, EntityKind::Organization | EntityKind::Government);
    let mut houses = about.iter().filter(houses);
    let only = houses.next()?;
    houses.next().is_none().then_some(only.name.as_str())
}

/// An auxiliary as it was before its words were reported.
fn present(auxiliary: &str) -> &str {
    match auxiliary {
        "would" => "will",
        "could" => "can",
        other => other,
    }
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
