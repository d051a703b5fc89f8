//! What pages write about themselves: names of metadata, months as printed, words of bylines.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::is_han;
use super::load::{Layer, Located, Row, table};
use super::vocabulary::Quick;
use crate::model::finding::Finding;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRow {
    id: String,
    names: Vec<String>,
}

impl Row for FieldRow {
    const TABLE: &'static str = "field";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonthsRow {
    id: String,
    names: Vec<String>,
    #[serde(default)]
    month_first: bool,
    #[serde(default)]
    day_first_at: Vec<String>,
    #[serde(default)]
    inside: Vec<String>,
}

impl Row for MonthsRow {
    const TABLE: &'static str = "months";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CreditRow {
    id: String,
    means: Credit,
    words: Vec<String>,
}

impl Row for CreditRow {
    const TABLE: &'static str = "credit";
    fn id(&self) -> &str {
        &self.id
    }
}

/// What a word says of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credit {
    /// An author follows.
    Lead,
    /// Somebody follows who did not write the text.
    Other,
    /// What somebody is.
    Role,
    /// A word behind a name that is no part of it.
    Title,
    /// Another name follows.
    Joint,
    /// The name ends here.
    Stop,
    /// A date beside it is not the first.
    Updated,
    /// The date behind it is the first.
    First,
}

/// A fact pages state in `meta` elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// When the article came out.
    Published,
    /// When it was changed last.
    Modified,
    /// Who wrote it.
    Author,
    /// Its headline.
    Title,
    /// Who publishes it.
    Outlet,
    /// When it came out, as data in scripts name it.
    Script,
}

/// What pages write about themselves.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    fields: HashMap<String, (Field, usize), Quick>,
    scripts: HashMap<String, usize, Quick>,
    months: HashMap<String, u32, Quick>,
    /// Words and endings inside a date.
    inside: HashSet<String, Quick>,
    /// Languages that put the month first, and the ends of hosts that do not.
    month_first: Vec<(String, Vec<String>)>,
    /// Chinese words for a date that is not the first, and for one that is: no space sets them off.
    updated: Vec<String>,
    first: Vec<String>,
    credits: HashMap<String, Vec<Credit>, Quick>,
}

impl Pages {
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut pages = Self::default();
        for Located { row, place } in table::<FieldRow>(layers, "lexicon/fields/", faults) {
            let field = match row.id.as_str() {
                "published" => Field::Published,
                "modified" => Field::Modified,
                "author" => Field::Author,
                "title" => Field::Title,
                "outlet" => Field::Outlet,
                "script" => {
                    pages.scripts = row.names.into_iter().zip(0..).collect();
                    continue;
                }
                other => {
                    let message = format!(
                        "“{other}” is no field; write published, modified, author, title, outlet or script"
                    );
                    faults.push(Finding::error("bad-row", message).at(place));
                    continue;
                }
            };
            for (rank, name) in row.names.into_iter().enumerate() {
                pages.fields.insert(name, (field, rank));
            }
        }
        for Located { row, place } in table::<MonthsRow>(layers, "lexicon/months/", faults) {
            if row.names.len() != 12 {
                let message = format!("there are {} months; write all twelve", row.names.len());
                faults.push(Finding::error("bad-row", message).at(place));
            }
            for (number, names) in (1..).zip(&row.names) {
                for name in names.split('|') {
                    pages.months.insert(name.to_string(), number);
                }
            }
            pages.inside.extend(row.inside);
            if row.month_first {
                pages.month_first.push((row.id, row.day_first_at));
            }
        }
        for Located { row, .. } in table::<CreditRow>(layers, "lexicon/credits/", faults) {
            for word in row.words {
                match row.means {
                    Credit::Updated if word.starts_with(is_han) => pages.updated.push(word.clone()),
                    Credit::First if word.starts_with(is_han) => pages.first.push(word.clone()),
                    _ => {}
                }
                pages.credits.entry(word).or_default().push(row.means);
            }
        }
        pages
    }

    /// Which fact a name states, and how far down in the order of trust it stands.
    pub fn field(&self, name: &str) -> Option<(Field, usize)> {
        self.fields.get(name).copied()
    }

    /// The number of a month, from its name in small letters.
    pub fn month(&self, name: &str) -> Option<u32> {
        self.months.get(name).copied()
    }

    /// How far down in the order of trust a name stands under which data in scripts state when an
    /// article came out.
    pub fn script(&self, name: &str) -> Option<usize> {
        self.scripts.get(name).copied()
    }

    /// Whether a word, in small letters, may stand inside a date: "14th of July", "14 de julio".
    pub fn is_inside_date(&self, word: &str) -> bool {
        self.inside.contains(word)
    }

    /// Whether pages of a language at a host put the month first in numeric dates. `lang` in small
    /// letters, with or without its country: "en", "en-us".
    pub fn is_month_first(&self, lang: &str, host: &str) -> bool {
        self.month_first.iter().any(|(id, elsewhere)| {
            let at_home =
                |rest: &str| rest.is_empty() || rest.starts_with("-us") || rest.starts_with("_us");
            let ends =
                |end: &String| host.strip_suffix(end.as_str()).is_some_and(|h| h.ends_with('.'));
            lang.strip_prefix(id.as_str()).is_some_and(at_home) && !elsewhere.iter().any(ends)
        })
    }

    /// Where a line first says that a date behind it is not the first, in bytes. In Chinese the
    /// word may stand behind its date: the line then says so from its beginning.
    pub fn update_at(&self, line: &str) -> Option<usize> {
        if self.updated.iter().any(|word| line.contains(word.as_str())) {
            return Some(0);
        }
        self.credit_at(line, Credit::Updated)
    }

    /// What stands before and behind the place where a line says that a date is the first.
    pub fn first_in<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let glued = self.first.iter().filter_map(|word| line.find(word.as_str())).min();
        line.split_at_checked(glued.or_else(|| self.credit_at(line, Credit::First))?)
    }

    /// Where the first word of a kind stands.
    fn credit_at(&self, line: &str, kind: Credit) -> Option<usize> {
        let mut from = 0;
        line.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
            let at = from;
            // What divides words is one character, of one byte or more.
            let next = line.get(at + word.len()..).and_then(|rest| rest.chars().next());
            from = at + word.len() + next.map_or(0, char::len_utf8);
            let is_kind = !word.is_empty() && self.is_credit(&word.to_lowercase(), kind);
            is_kind.then_some(at)
        })
    }

    /// Whether a word, or words, in small letters are credits of a kind.
    pub fn is_credit(&self, words: &str, kind: Credit) -> bool {
        self.credits.get(words).is_some_and(|kinds| kinds.contains(&kind))
    }
}
