//! The forms of English verbs: by rule, or as `data/lexicon/verbs/` lists them.

use std::collections::HashMap;

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbRow {
    id: String,
    forms: Vec<String>,
}

impl Row for VerbRow {
    const TABLE: &'static str = "verb";
    fn id(&self) -> &str {
        &self.id
    }
}

/// The verbs that follow no rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Verbs {
    listed: HashMap<String, Vec<String>>,
}

impl Verbs {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let rows = table::<VerbRow>(layers, "lexicon/verbs/", faults);
        let listed = rows.into_iter().map(|Located { row, .. }| (row.id, row.forms)).collect();
        Self { listed }
    }

    /// All forms of a verb, itself first.
    ///
    /// # Errors
    /// One sentence where it is no single word.
    pub(super) fn forms(&self, verb: &str) -> Result<Vec<String>, String> {
        if verb.is_empty() || !verb.chars().all(char::is_alphabetic) {
            return Err(format!("“{verb}” is no single word; write its forms into patterns"));
        }
        Ok(match self.listed.get(verb) {
            Some(forms) => std::iter::once(verb.to_string()).chain(forms.iter().cloned()).collect(),
            None => verb_forms(verb),
        })
    }
}

/// Present forms of verbs by their past forms: "announced" → "announces", "announce".
#[derive(Debug, Clone, Default)]
pub struct Presents {
    of: HashMap<String, [String; 2]>,
    plain: HashMap<String, String>,
}

impl Presents {
    /// Of the listed verbs and of all plain forms given.
    pub(super) fn of<'a>(verbs: &'a Verbs, plain: impl Iterator<Item = &'a str>) -> Self {
        let mut of = HashMap::new();
        let mut plain_of = HashMap::new();
        let mut all: Vec<&str> = plain.chain(verbs.listed.keys().map(String::as_str)).collect();
        all.sort_unstable();
        all.dedup();
        for verb in &all {
            let Ok(forms) = verbs.forms(verb) else { continue };
            let Some((third, others)) = forms.get(1..).and_then(<[String]>::split_first) else {
                continue;
            };
            plain_of.entry(third.clone()).or_insert_with(|| (*verb).to_string());
            for past in others.iter().filter(|form| !form.ends_with("ing")) {
                if all.binary_search(&past.as_str()).is_err() && past != third {
                    of.entry(past.clone()).or_insert([third.clone(), (*verb).to_string()]);
                }
            }
        }
        Self { of, plain: plain_of }
    }

    /// The plain form of a third person in small letters: "announces" → "announce".
    pub fn plain(&self, third: &str) -> Option<&str> {
        self.plain.get(third).map(String::as_str)
    }

    /// The present of a past form in small letters: of one, or of several.
    pub fn get(&self, past: &str, plural: bool) -> Option<&str> {
        let [one, many] = self.of.get(past)?;
        Some(if plural { many } else { one })
    }
}

/// Gives third person, past and -ing form beside the verb itself.
///
/// Doubling follows the rule for one-syllable verbs (ban, bar, cut); verbs stressed on the last of
/// several syllables (admit, refer) and irregular ones stand in `data/lexicon/verbs/`.
fn verb_forms(verb: &str) -> Vec<String> {
    let vowel = |c: char| "aeiou".contains(c);
    let chars: Vec<char> = verb.chars().collect();
    let [.., before, last] = chars.as_slice() else { return vec![verb.to_string()] };
    let consonant_y = *last == 'y' && !vowel(*before);
    let stem_y = verb.strip_suffix('y').unwrap_or(verb);
    let third = match () {
        () if consonant_y => format!("{stem_y}ies"),
        () if verb.ends_with(['s', 'x', 'z', 'o'])
            || verb.ends_with("ch")
            || verb.ends_with("sh") =>
        {
            format!("{verb}es")
        }
        () => format!("{verb}s"),
    };
    let runs_of_vowels = chars
        .iter()
        .zip(std::iter::once(&' ').chain(chars.iter()))
        .filter(|(c, previous)| vowel(**c) && !vowel(**previous))
        .count();
    let doubles = runs_of_vowels == 1
        && vowel(*before)
        && !vowel(*last)
        && !"wxy".contains(*last)
        && chars.len().checked_sub(3).and_then(|i| chars.get(i)).is_none_or(|c| !vowel(*c));
    let stem = match () {
        () if doubles => format!("{verb}{last}"),
        () if *last == 'e' => verb.strip_suffix('e').unwrap_or(verb).to_string(),
        () => verb.to_string(),
    };
    let past = if consonant_y { format!("{stem_y}ied") } else { format!("{stem}ed") };
    let ing_stem = if verb.ends_with("ee") || verb.ends_with("oe") { verb } else { &stem };
    vec![verb.to_string(), third, past, format!("{ing_stem}ing")]
}

#[cfg(test)]
mod tests {
    use super::verb_forms;

    #[test]
    fn regular_verbs() {
        for (verb, forms) in [
            ("ban", "ban bans banned banning"),
            ("deny", "deny denies denied denying"),
            ("accuse", "accuse accuses accused accusing"),
            ("block", "block blocks blocked blocking"),
            ("reach", "reach reaches reached reaching"),
            ("claim", "claim claims claimed claiming"),
            ("prohibit", "prohibit prohibits prohibited prohibiting"),
            ("agree", "agree agrees agreed agreeing"),
            ("stay", "stay stays stayed staying"),
            ("order", "order orders ordered ordering"),
        ] {
            assert_eq!(verb_forms(verb).join(" "), forms);
        }
    }
}
