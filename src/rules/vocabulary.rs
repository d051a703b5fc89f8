//! The words that rules mention, numbered, with the classes they belong to.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A quick hash for the short words of this table; nobody outside chooses its keys to collide.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WordHash(u64);

impl Hasher for WordHash {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word))
                .wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        // The upper bits are the better mixed ones; tables take the lower.
        self.0 ^ (self.0 >> 32)
    }
}

/// Builds [`WordHash`]: for tables of rules alone.
pub(super) type Quick = BuildHasherDefault<WordHash>;

/// A word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(super) u32);

impl WordId {
    /// A word that no rule mentions.
    pub const UNKNOWN: WordId = WordId(0);
}

/// A class of words, by its row in `data/lexicon/classes/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub(super) u8);

/// Most classes a casebook may define; they are bits of two numbers.
pub const CLASSES_MAX: usize = 256;

/// The classes of a word: 128 bits each, the lower classes first.
type Bits = [u128; 2];

/// Words and classes.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    words: HashMap<Box<str>, WordId, Quick>,
    classes: Vec<Bits>,
    names: Vec<String>,
    values: HashMap<(ClassId, WordId), i32, Quick>,
    /// The class of the marks that end sentences, asked for at every gap.
    stop: Option<ClassId>,
}

impl Vocabulary {
    /// The number of a folded word.
    pub fn find(&self, folded: &str) -> WordId {
        self.words.get(folded).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The words of a class, in no order.
    pub(super) fn words_of(&self, class: ClassId) -> impl Iterator<Item = &str> {
        let members = self.words.iter().filter(move |(_, word)| self.is(**word, class));
        members.map(|(text, _)| &**text)
    }

    /// Numbers a folded word.
    pub(super) fn add(&mut self, folded: &str) -> WordId {
        if let Some(word) = self.words.get(folded) {
            return *word;
        }
        let word = WordId(self.words.len() as u32 + 1);
        self.words.insert(folded.into(), word);
        self.classes.resize(word.0 as usize + 1, Bits::default());
        word
    }

    /// The class of a name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.names.iter().position(|n| n == name).map(|i| ClassId(i as u8))
    }

    /// Adds a class; `None` when there are too many.
    pub(super) fn add_class(&mut self, name: &str) -> Option<ClassId> {
        if let Some(class) = self.class(name) {
            return Some(class);
        }
        (self.names.len() < CLASSES_MAX).then(|| {
            self.names.push(name.to_string());
            let class = ClassId((self.names.len() - 1) as u8);
            if name == "stop" {
                self.stop = Some(class);
            }
            class
        })
    }

    /// Whether a mark ends a sentence.
    pub fn stops(&self, word: WordId) -> bool {
        self.stop.is_some_and(|class| self.is(word, class))
    }

    /// Puts a word into a class, with the value it has there.
    pub(super) fn join(&mut self, word: WordId, class: ClassId, value: Option<i32>) {
        let bits = self.classes.get_mut(word.0 as usize);
        if let Some(bits) = bits.and_then(|bits| bits.get_mut(usize::from(class.0 / 128))) {
            *bits |= 1 << (class.0 % 128);
        }
        if let Some(value) = value {
            self.values.insert((class, word), value);
        }
    }

    /// Whether a word belongs to a class.
    pub fn is(&self, word: WordId, class: ClassId) -> bool {
        let bits = self.classes.get(word.0 as usize);
        let bits = bits.and_then(|bits| bits.get(usize::from(class.0 / 128)));
        bits.is_some_and(|bits| bits >> (class.0 % 128) & 1 == 1)
    }

    /// The value a word has in a class.
    pub fn value(&self, word: WordId, class: ClassId) -> Option<i32> {
        self.values.get(&(class, word)).copied()
    }

    /// All words of a class.
    pub(super) fn members(&self, class: ClassId) -> impl Iterator<Item = WordId> + '_ {
        (1..self.classes.len() as u32).map(WordId).filter(move |word| self.is(*word, class))
    }
}
