//! Chinese names in Latin letters: 澄野科技 is the Chengye of English articles.
//!
//! In: a name in Chinese characters. Out: its pinyin without tones (ISO 7098), by syllable. What holds: of a
//! character with several readings the commonest counts; what is no character has no spelling.

use pinyin::ToPinyin;

/// Most characters of a name that are spelt.
const SPELT_MAX: usize = 12;
/// Fewest and most characters that make the word of a house: the rest says what kind of house it is.
const WORD: std::ops::RangeInclusive<usize> = 2..=4;

/// The syllables of a name; nothing where it is not all in Chinese characters.
pub(super) fn syllables(name: &str) -> Option<Vec<&'static str>> {
    let spelt: Option<Vec<&'static str>> =
        name.chars().take(SPELT_MAX).map(|letter| Some(letter.to_pinyin()?.plain())).collect();
    spelt.filter(|spelt| !spelt.is_empty())
}

/// What the word of a house can be in Latin letters: of two characters, of three, of four.
pub(super) fn house_words(name: &str) -> Vec<String> {
    let Some(spelt) = syllables(name) else { return Vec::new() };
    WORD.filter_map(|count| Some(spelt.get(..count)?.concat())).collect()
}

/// Surname and given name of a person: of one character and the rest.
pub(super) fn person_words(name: &str) -> Option<(String, String)> {
    let spelt = syllables(name).filter(|spelt| (2..=4).contains(&spelt.len()))?;
    let (surname, given) = spelt.split_first()?;
    Some((surname.to_string(), given.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_are_spelt() {
        assert_eq!(house_words("澄野科技"), ["chengye", "chengyeke", "chengyekeji"]);
        assert_eq!(person_words("林晓"), Some(("lin".to_string(), "xiao".to_string())));
        assert_eq!(syllables("Orison"), None);
    }
}
