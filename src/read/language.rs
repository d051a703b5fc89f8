//! In which language a text is, and its blocks.

use super::measure::han_share;
use crate::model::article::{Block, Foreign};
use crate::model::ground::Basis;
use crate::model::source::Language;

/// Characters of a text that are looked at; more change nothing.
const SAMPLE_CHARS: usize = 1200;
/// Least letters of a block whose language is looked for, and characters looked at.
const BLOCK_LETTERS_MIN: usize = 80;
const BLOCK_CHARS: usize = 200;

/// Script first, then the detector, then what the page says of itself.
pub(super) fn of(text: &str, declared: Option<&str>) -> (Language, Basis) {
    let han = han_share(text);
    let kana = text.chars().take(4000).any(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
    if han >= 20 && !kana {
        return (Language::Zh, Basis::Script);
    }
    let sample: String = text.chars().take(SAMPLE_CHARS).collect();
    if sample.chars().filter(|c| c.is_alphabetic()).count() < 40 {
        let declared = declared.map_or(Language::Other("und".into()), Language::from_code);
        return (declared, Basis::Declared);
    }
    // The detector takes every language for one of those it knows.
    match declared.filter(|declared| is_beyond(declared)) {
        Some(declared) => (Language::from_code(declared), Basis::Declared),
        None => (detected(&sample), Basis::Detected),
    }
}

/// What the detector calls the languages it knows, and their codes.
const KNOWN: [(&str, &str); 16] = [
    ("eng", "en"),
    ("cmn", "zh"),
    ("deu", "de"),
    ("fra", "fr"),
    ("spa", "es"),
    ("ita", "it"),
    ("por", "pt"),
    ("nld", "nl"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("rus", "ru"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("vie", "vi"),
];

/// Whether a code is that of a language the detector does not know.
fn is_beyond(code: &str) -> bool {
    let base = code.split(['-', '_']).next().unwrap_or("");
    let is_code = base.len() == 2 && base.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code && !KNOWN.iter().any(|(_, known)| base.eq_ignore_ascii_case(known))
}

fn detected(sample: &str) -> Language {
    let found = whichlang::detect_language(sample).three_letter_code();
    let code = KNOWN.iter().find(|(name, _)| *name == found).map_or("und", |(_, code)| *code);
    Language::from_code(code)
}

/// The blocks of headline, text and captions that are in another language than the article.
pub(super) fn foreign(blocks: &[Block], body: &str, language: &Language) -> Vec<Foreign> {
    if is_beyond(language.code()) {
        return Vec::new();
    }
    let read = blocks.iter().enumerate().filter(|(_, block)| !block.kind.is_furniture());
    let found = read.filter_map(|(index, block)| {
        let sample: String = block.span.of(body).chars().take(BLOCK_CHARS).collect();
        let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
        let han = han_share(&sample);
        let own = match () {
            () if han >= 50 && letters >= 4 && *language == Language::En => Language::Zh,
            () if letters < BLOCK_LETTERS_MIN || han >= 20 => return None,
            () => detected(&sample),
        };
        let known = own != Language::Other("und".into());
        (known && own != *language).then_some(Foreign { block: index, language: own })
    });
    found.collect()
}
