//! From a pattern as written to the steps that match it.
//!
//! In: the notation of [`super`]. Out: steps and the names of captures, or one sentence that
//! says what is wrong. Words a pattern mentions are added to the vocabulary.

use super::test::{Test, sort};
use crate::rules::vocabulary::Vocabulary;

/// Longest gap a pattern may leave.
pub const GAP_TOKENS_MAX: u8 = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Step {
    Take(Test),
    /// Try the next step first, then the other.
    Split(usize),
    Jump(usize),
    Gap(u8),
    Open(u8),
    Close(u8),
    Done,
}

/// Most steps one pattern may compile to.
const STEPS_MAX: usize = 4_000;

/// Compiles a pattern.
///
/// # Errors
/// One sentence that says what is wrong and what to write instead.
pub(super) fn steps(
    source: &str,
    vocabulary: &mut Vocabulary,
) -> Result<(Vec<Step>, Vec<String>), String> {
    let mut compiler = Compiler {
        chars: source.chars().collect(),
        at: 0,
        vocabulary,
        steps: Vec::new(),
        captures: Vec::new(),
    };
    compiler.choice(0)?;
    if compiler.peek().is_some() {
        return Err("a “)” closes nothing; remove it".into());
    }
    compiler.steps.push(Step::Done);
    if compiler.steps.len() > STEPS_MAX {
        return Err("the pattern is too long; split it into rows".into());
    }
    Ok((compiler.steps, compiler.captures))
}

struct Compiler<'a> {
    chars: Vec<char>,
    at: usize,
    vocabulary: &'a mut Vocabulary,
    steps: Vec<Step>,
    captures: Vec<String>,
}

impl Compiler<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// `a b | c`: compiles to a chain of splits over sequences.
    fn choice(&mut self, depth: usize) -> Result<(), String> {
        if depth > 16 {
            return Err("more than 16 parentheses inside each other".into());
        }
        let mut jumps = Vec::new();
        loop {
            let split = self.steps.len();
            self.steps.push(Step::Split(0));
            self.sequence(depth)?;
            if self.peek() == Some('|') {
                self.at += 1;
                jumps.push(self.steps.len());
                self.steps.push(Step::Jump(0));
                let next = self.steps.len();
                self.patch(split, Step::Split(next));
            } else {
                // The last branch needs no way out.
                self.patch(split, Step::Jump(split + 1));
                break;
            }
        }
        let end = self.steps.len();
        for jump in jumps {
            self.patch(jump, Step::Jump(end));
        }
        Ok(())
    }

    fn patch(&mut self, at: usize, step: Step) {
        if let Some(slot) = self.steps.get_mut(at) {
            *slot = step;
        }
    }

    fn sequence(&mut self, depth: usize) -> Result<(), String> {
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(')' | '|') => return Ok(()),
                Some(_) => self.piece(depth)?,
            }
        }
    }

    fn piece(&mut self, depth: usize) -> Result<(), String> {
        let start = self.steps.len();
        let slot = self.capture_name()?;
        if let Some(slot) = slot {
            self.steps.push(Step::Open(slot));
        }
        match self.peek() {
            Some('(') => {
                self.at += 1;
                self.choice(depth + 1)?;
                if self.peek() != Some(')') {
                    return Err("a “(” is never closed; add “)”".into());
                }
                self.at += 1;
            }
            Some('<') => self.class()?,
            Some('.') if self.chars.get(self.at + 1) == Some(&'.') => self.gap()?,
            Some('?') => return Err("a “?” follows nothing; write the word before it".into()),
            _ => self.words(),
        }
        if let Some(slot) = slot {
            self.steps.push(Step::Close(slot));
        }
        if self.peek() == Some('?') {
            self.at += 1;
            self.optional(start);
        }
        Ok(())
    }

    /// Puts a split before the steps from `start` on, moving their jumps along.
    fn optional(&mut self, start: usize) {
        let end = self.steps.len() + 1;
        for step in self.steps.iter_mut().skip(start) {
            if let Step::Split(to) | Step::Jump(to) = step {
                *to += 1;
            }
        }
        self.steps.insert(start, Step::Split(end));
    }

    fn capture_name(&mut self) -> Result<Option<u8>, String> {
        let rest = self.chars.get(self.at..).unwrap_or(&[]);
        let len = rest.iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        if len == 0 || rest.get(len) != Some(&'=') {
            return Ok(None);
        }
        let name: String = rest.iter().take(len).collect();
        self.at += len + 1;
        let slot = self.captures.iter().position(|n| *n == name).unwrap_or_else(|| {
            self.captures.push(name);
            self.captures.len() - 1
        });
        u8::try_from(slot).map(Some).map_err(|_| "more than 255 captures".to_string())
    }

    fn class(&mut self) -> Result<(), String> {
        let rest = self.chars.get(self.at + 1..).unwrap_or(&[]);
        let Some(len) = rest.iter().position(|c| *c == '>') else {
            return Err("a “<” is never closed; add “>”".into());
        };
        let name: String = rest.iter().take(len).collect();
        self.at += len + 2;
        let test = match name.as_str() {
            "num" => Test::Number,
            "year" => Test::Year,
            "day" => Test::DayNumber,
            "mon" => Test::MonthNumber,
            "ord" => Test::Ordinal,
            "cap" => Test::Capital,
            "han" => Test::Han,
            "any" => Test::Any,
            "name" => Test::Name(sort::ANY),
            "org" => Test::Name(sort::ORGANIZATION | sort::GOVERNMENT),
            "party" => Test::Name(sort::ORGANIZATION | sort::GOVERNMENT | sort::PERSON),
            "person" => Test::Name(sort::PERSON),
            "product" => Test::Name(sort::PRODUCT),
            "place" => Test::Name(sort::PLACE),
            "outlet" => Test::Name(sort::OUTLET),
            "platform" => Test::Name(sort::PLATFORM),
            _ => match self.vocabulary.class(name.trim_end_matches('+')) {
                Some(class) if name.ends_with('+') => Test::Run(class),
                Some(class) => Test::Class(class),
                None => {
                    return Err(format!(
                        "there is no class “{name}”; add it to lexicon/classes/*.toml or use num, \
                         year, day, mon, ord, cap, han, any, name, org, party, person, product, place, outlet, \
                         platform"
                    ));
                }
            },
        };
        self.steps.push(Step::Take(test));
        Ok(())
    }

    fn gap(&mut self) -> Result<(), String> {
        self.at += 2;
        let rest = self.chars.get(self.at..).unwrap_or(&[]);
        let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
        self.at += digits.len();
        match digits.parse::<u8>() {
            Ok(most @ 1..=GAP_TOKENS_MAX) => {
                self.steps.push(Step::Gap(most));
                Ok(())
            }
            _ => Err(format!("a gap is “..1” to “..{GAP_TOKENS_MAX}”")),
        }
    }

    fn words(&mut self) {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            match c {
                '\\' => {
                    self.at += 1;
                    if let Some(next) = self.peek() {
                        text.push(next);
                    }
                }
                '(' | ')' | '|' | '?' | '<' => break,
                '.' if self.chars.get(self.at + 1) == Some(&'.') => break,
                _ if c.is_whitespace() => break,
                _ => text.push(c),
            }
            self.at += 1;
        }
        for word in crate::rules::class_rows::words_of(&text, self.vocabulary) {
            self.steps.push(Step::Take(Test::Word(word)));
        }
    }
}
