//! What is on the desk and what each key does: a state machine without a terminal.

use crate::model::judgement::Judgement;
use crate::pipeline::Asked;
use crate::view::review::{Item, verdicts};

/// Lines a page of evidence moves by.
const PAGE_LINES: u16 = 10;
/// Longest reason or name that can be typed.
const TYPED_CHARS_MAX: usize = 500;

/// Keys the board knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter, a digit, a sign.
    Letter(char),
    /// Takes what was typed.
    Enter,
    /// Leaves what was begun.
    Escape,
    /// Rubs out the last letter.
    Rub,
    /// To the item before.
    Back,
    /// To the next item.
    On,
    /// Evidence up by a line.
    Up,
    /// Evidence down by a line.
    Down,
    /// Evidence up by a page.
    PageUp,
    /// Evidence down by a page.
    PageDown,
    /// Leaves, whatever was begun.
    Quit,
}

/// What the person at the keys wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing that the board cannot do itself.
    Nothing,
    /// A judgement.
    Judge {
        /// Which.
        asked: Asked,
        /// Why.
        why: String,
    },
    /// To leave.
    Quit,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
    /// Nothing: keys are commands.
    Nothing,
    /// A name for an incident.
    Name(String),
    /// The reason for a judgement.
    Reason(Asked, String),
}

/// The queue, and how far somebody got with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    items: Vec<Item>,
    at: usize,
    scroll: u16,
    typing: Typing,
    message: String,
    made: Vec<String>,
}

impl Board {
    /// A board with the first item on it.
    pub fn of(items: Vec<Item>) -> Self {
        let message = String::new();
        Self { items, at: 0, scroll: 0, typing: Typing::Nothing, message, made: Vec::new() }
    }

    /// The item on screen; nothing when all is done.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Number of the item on screen, from 1, and of all.
    pub fn place(&self) -> (usize, usize) {
        ((self.at + 1).min(self.items.len()), self.items.len())
    }

    /// First line of the evidence that is shown.
    pub fn scroll(&self) -> u16 {
        self.scroll
    }

    /// What is being typed.
    pub fn typing(&self) -> &Typing {
        &self.typing
    }

    /// What there is to tell.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Ids of the judgements made here.
    pub fn made(&self) -> &[String] {
        &self.made
    }

    /// Tells something.
    pub fn say(&mut self, message: &str) {
        self.message = message.to_string();
    }

    /// A judgement was written: the queue is what it is after it.
    pub fn judged(&mut self, judgement: &Judgement, changes: usize, items: Vec<Item>) {
        self.made.push(judgement.id.to_string());
        self.message =
            format!("{}: {} ({changes} changes)", judgement.verdict.word(), judgement.id);
        // What stood behind the item that is done takes its place.
        self.items = items;
        self.at = self.at.min(self.items.len().saturating_sub(1));
        self.scroll = 0;
    }

    /// A judgement could not be made; the item stays.
    pub fn refused(&mut self, why: &str) {
        self.message = format!("not done: {why}");
    }

    /// Does what a key says, or tells what the person wants done.
    pub fn press(&mut self, key: Key) -> Wish {
        if key == Key::Quit {
            return Wish::Quit;
        }
        match std::mem::replace(&mut self.typing, Typing::Nothing) {
            Typing::Nothing => self.command(key),
            Typing::Name(text) => {
                self.name(key, text);
                Wish::Nothing
            }
            Typing::Reason(asked, text) => self.reason(key, asked, text),
        }
    }

    fn command(&mut self, key: Key) -> Wish {
        self.message.clear();
        match key {
            Key::Letter('q') => return Wish::Quit,
            Key::Letter('s' | 'n') | Key::On => self.go(self.at + 1),
            Key::Letter('p' | 'b') | Key::Back => self.go(self.at.saturating_sub(1)),
            Key::Letter('j') | Key::Down => self.scroll = self.scroll.saturating_add(1),
            Key::Letter('k') | Key::Up => self.scroll = self.scroll.saturating_sub(1),
            Key::Letter(' ') | Key::PageDown => {
                self.scroll = self.scroll.saturating_add(PAGE_LINES);
            }
            Key::PageUp => self.scroll = self.scroll.saturating_sub(PAGE_LINES),
            Key::Letter('c') => self.begin("confirm", Asked::Confirm),
            Key::Letter('r') => self.begin("reject", Asked::Reject),
            Key::Letter('m') => match self.allowed("mint") {
                true => {
                    let name = self.item().and_then(|item| item.name.clone());
                    self.typing = Typing::Name(name.unwrap_or_default());
                }
                false => self.say("only a proposed incident can be named here"),
            },
            Key::Letter('u') => {
                // An orphan is the judgement to take back; else the last one made.
                let orphan = self.allowed("undo");
                let id = self.item().filter(|_| orphan).map(|item| item.id.clone());
                let id = id.or_else(|| self.made.last().cloned());
                self.typing = Typing::Reason(Asked::Undo(id), String::new());
            }
            Key::Letter(_) | Key::Enter | Key::Escape | Key::Rub | Key::Quit => {}
        }
        Wish::Nothing
    }

    fn allowed(&self, verdict: &str) -> bool {
        self.item().is_some_and(|item| verdicts(item).contains(&verdict))
    }

    fn begin(&mut self, verdict: &str, asked: fn(String) -> Asked) {
        match self.item().filter(|item| verdicts(item).contains(&verdict)) {
            Some(item) => self.typing = Typing::Reason(asked(item.id.clone()), String::new()),
            None => self.say(&format!("there is nothing to {verdict} here")),
        }
    }

    fn go(&mut self, to: usize) {
        if to < self.items.len() {
            (self.at, self.scroll) = (to, 0);
        } else {
            self.say("that was the last; q leaves");
        }
    }

    fn name(&mut self, key: Key, mut text: String) {
        match key {
            Key::Escape => {}
            Key::Enter => match self.item().filter(|_| !text.is_empty()) {
                Some(item) => {
                    let asked = Asked::Mint {
                        id: item.id.clone(),
                        name: text,
                        title: None,
                        title_zh: None,
                        types: Vec::new(),
                        parties: Vec::new(),
                        status: None,
                        dispute: None,
                    };
                    self.typing = Typing::Reason(asked, String::new());
                }
                None => self.typing = Typing::Name(text),
            },
            key => {
                edit(&mut text, key);
                self.typing = Typing::Name(text);
            }
        }
    }

    fn reason(&mut self, key: Key, asked: Asked, mut text: String) -> Wish {
        match key {
            Key::Escape => self.say("nothing was decided"),
            Key::Enter if text.trim().is_empty() => {
                self.say("a judgement needs a reason for its readers");
                self.typing = Typing::Reason(asked, text);
            }
            Key::Enter => return Wish::Judge { asked, why: text.trim().to_string() },
            key => {
                edit(&mut text, key);
                self.typing = Typing::Reason(asked, text);
            }
        }
        Wish::Nothing
    }
}

fn edit(text: &mut String, key: Key) {
    match key {
        Key::Letter(letter) if text.chars().count() < TYPED_CHARS_MAX => text.push(letter),
        Key::Rub => drop(text.pop()),
        _ => {}
    }
}
