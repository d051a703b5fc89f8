//! In which language a text is, and its blocks.

use super::measure::han_share;
use crate::model::article::{Block, Foreign};
use crate::model::source::Language;

/// Least letters of a block whose language is looked for, and characters looked at.
const BLOCK_LETTERS_MIN: usize = 80;
const BLOCK_CHARS: usize = 200;

/// Script first, then the detector, then what the page says of itself.
pub(super) fn of(text: &str, declared: Option<&str>) -> Language {
    let han = han_share(text);
    let kana = text.chars().take(4000).any(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
    if han >= 20 && !kana {
        return Language::Zh;
    }
    let sample: String = text.chars().take(3000).collect();
    if sample.chars().filter(|c| c.is_alphabetic()).count() < 40 {
        return declared.map_or(Language::Other("und".into()), Language::from_code);
    }
    detected(&sample)
}

fn detected(sample: &str) -> Language {
    Language::from_code(match whichlang::detect_language(sample).three_letter_code() {
        "eng" => "en",
        "cmn" => "zh",
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "ita" => "it",
        "por" => "pt",
        "nld" => "nl",
        "jpn" => "ja",
        "kor" => "ko",
        "rus" => "ru",
        "ara" => "ar",
        "hin" => "hi",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => "und",
    })
}

/// The blocks of headline, text and captions that are in another language than the article.
pub(super) fn foreign(blocks: &[Block], body: &str, language: &Language) -> Vec<Foreign> {
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
