//! Every value that fields have on record, under every name it goes by.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::near::{distance, tolerance};
use super::{Field, Query, Request, Shape};
use crate::model::terms::fold;

/// Most suggestions for what is being typed.
const SUGGESTIONS_MAX: usize = 10;

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The word of its field.
    pub field: String,
    /// The value as documents carry it.
    pub key: String,
    /// The value as a reader knows it.
    pub label: String,
    /// The same in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_zh: Option<String>,
    /// Every name it goes by, folded; the key and the labels among them.
    pub names: BTreeSet<String>,
    /// How many documents have it.
    pub docs: u32,
}

/// What may be meant by what has been typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The field.
    pub field: Field,
    /// The value as a query has it.
    pub key: String,
    /// What a reader sees.
    pub label: String,
    /// How many documents have it.
    pub docs: u32,
}

/// All values by field and key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalogue {
    known: BTreeMap<(Field, String), Known>,
    by_name: BTreeMap<(Field, String), BTreeSet<String>>,
}

impl Catalogue {
    /// A catalogue of values; several rows of one value are laid together.
    pub fn new(rows: impl IntoIterator<Item = Known>) -> Self {
        let mut catalogue = Self::default();
        for row in rows {
            let Some(field) = Field::from_word(&row.field) else { continue };
            let mut names: BTreeSet<String> = row.names.iter().map(|name| fold(name)).collect();
            names.insert(fold(&row.key));
            names.insert(fold(&row.label));
            names.extend(row.label_zh.as_deref().map(fold));
            names.remove("");
            for name in &names {
                let keys = catalogue.by_name.entry((field, name.clone())).or_default();
                keys.insert(row.key.clone());
            }
            let at = (field, row.key.clone());
            let entry = catalogue.known.entry(at).or_insert_with(|| Known {
                names: BTreeSet::new(),
                docs: 0,
                ..row.clone()
            });
            entry.names.append(&mut names);
            entry.docs += row.docs;
        }
        catalogue
    }

    /// All values, by field and key.
    pub fn rows(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
    }

    /// What a reader calls a value.
    pub fn label<'a>(&'a self, field: Field, key: &'a str) -> &'a str {
        self.known.get(&(field, key.to_string())).map_or(key, |known| known.label.as_str())
    }

    /// The keys of a name: the names of a field in every script lead to the same key.
    fn keys(&self, field: Field, name: &str) -> Option<&BTreeSet<String>> {
        self.by_name.get(&(field, fold(name)))
    }

    /// Puts keys in the place of names; says which names nobody has.
    pub fn resolve(&self, request: &Request) -> (Query, Vec<String>) {
        let mut notes = Vec::new();
        let query = self.resolved(&request.query, &mut notes);
        notes.dedup();
        (query, notes)
    }

    fn resolved(&self, query: &Query, notes: &mut Vec<String>) -> Query {
        match query {
            Query::Is(Field::Role, value) => match value.split_once('=') {
                Some((part, who)) => self.either(Field::Vendor, who, notes, |key| {
                    Query::Is(Field::Role, format!("{part}={key}"))
                }),
                None => query.clone(),
            },
            Query::Is(field, value) if field.shape() == Shape::Name => {
                self.either(*field, value, notes, |key| Query::Is(*field, key))
            }
            Query::Not(inner) => Query::Not(Box::new(self.resolved(inner, notes))),
            Query::And(all) => Query::And(all.iter().map(|q| self.resolved(q, notes)).collect()),
            Query::Or(any) => Query::Or(any.iter().map(|q| self.resolved(q, notes)).collect()),
            Query::All
            | Query::Word(_)
            | Query::Prefix(_)
            | Query::Fuzzy(..)
            | Query::Phrase(_)
            | Query::Is(..)
            | Query::Count { .. }
            | Query::Days { .. } => query.clone(),
        }
    }

    fn either(
        &self,
        field: Field,
        name: &str,
        notes: &mut Vec<String>,
        made: impl Fn(String) -> Query,
    ) -> Query {
        if let Some(keys) = self.keys(field, name) {
            return Query::any(keys.iter().cloned().map(made).collect());
        }
        let advice = match self.nearest(field, name) {
            Some(near) => format!("; did you mean “{near}”?"),
            None => String::new(),
        };
        notes.push(format!("nothing on record has {}:“{name}”{advice}", field.word()));
        made(fold(name))
    }

    /// The name on record that is nearest to another.
    pub fn nearest(&self, field: Field, name: &str) -> Option<&str> {
        let folded = fold(name);
        let most = tolerance(folded.chars().count()).max(1);
        let near =
            self.by_name.range((field, String::new())..).take_while(|((f, _), _)| *f == field);
        let near = near.filter_map(|((_, other), keys)| {
            let far = if other.starts_with(&folded) { 1 } else { distance(&folded, other, most)? };
            Some((far, other.chars().count(), keys.first()?))
        });
        let (_, _, key) = near.min()?;
        Some(self.label(field, key))
    }

    /// Values of which a name, or a word of a name, begins with what has been typed.
    pub fn suggest(&self, typed: &str) -> Vec<Suggestion> {
        let (fields, typed) = match typed.split_once([':', '：']) {
            Some((field, rest)) if Field::from_word(field).is_some() => {
                (Field::from_word(field), rest)
            }
            _ => (None, typed),
        };
        let folded = fold(typed);
        if folded.is_empty() && fields.is_none() {
            return Vec::new();
        }
        let inner = format!(" {folded}");
        let mut found: Vec<(u8, &Known, Field)> = Vec::new();
        for ((field, _), known) in &self.known {
            if fields.is_some_and(|wanted| wanted != *field) || known.docs == 0 {
                continue;
            }
            let rank = known.names.iter().filter_map(|name| match name {
                name if *name == folded => Some(0),
                name if name.starts_with(&folded) => Some(1),
                name if name.contains(&inner) => Some(2),
                _ => None,
            });
            found.extend(rank.min().map(|rank| (rank, known, *field)));
        }
        found.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(b.1.docs.cmp(&a.1.docs))
                .then_with(|| (a.2, &a.1.key).cmp(&(b.2, &b.1.key)))
        });
        let suggestion = |(_, known, field): (u8, &Known, Field)| Suggestion {
            field,
            key: known.key.clone(),
            label: known.label.clone(),
            docs: known.docs,
        };
        found.into_iter().take(SUGGESTIONS_MAX).map(suggestion).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        let row = |field: &str, key: &str, label: &str, names: &[&str]| Known {
            field: field.into(),
            key: key.into(),
            label: label.into(),
            label_zh: None,
            names: names.iter().map(|name| name.to_string()).collect(),
            docs: 3,
        };
        Catalogue::new([
            row("vendor", "huaiting", "Huaiting Cloud", &["槐汀", "HTC.X"]),
            row("vendor", "orison-labs", "Orison Labs", &["奥里森"]),
            row("type", "use_ban", "Ban on use", &["禁用"]),
        ])
    }

    fn resolved(text: &str) -> (String, Vec<String>) {
        let (query, notes) = Request::parse(text)
            .map(|request| catalogue().resolve(&request))
            .unwrap_or((Query::All, vec![]));
        (query.to_string(), notes)
    }

    #[test]
    fn every_name_leads_to_the_same_key() {
        for text in ["vendor:槐汀", "vendor:\"huaiting cloud\"", "vendor:HUAITING", "vendor:htc.x"]
        {
            assert_eq!(resolved(text), ("vendor:huaiting".into(), vec![]), "{text}");
        }
        assert_eq!(resolved("类型:禁用").0, "type:use_ban");
        assert_eq!(resolved("role:respondent=槐汀").0, "role:respondent=huaiting");
    }

    #[test]
    fn a_name_nobody_has_is_said() {
        let (_, notes) = resolved("vendor:huaitng ban");
        assert_eq!(
            notes,
            ["nothing on record has vendor:“huaitng”; did you mean “Huaiting Cloud”?"]
        );
    }

    #[test]
    fn suggestions_begin_like_what_is_typed() {
        let labels = |typed: &str| -> Vec<String> {
            catalogue().suggest(typed).into_iter().map(|s| s.label).collect()
        };
        assert_eq!(labels("hua"), ["Huaiting Cloud"]);
        assert_eq!(labels("槐"), ["Huaiting Cloud"]);
        assert_eq!(labels("labs"), ["Orison Labs"]);
        assert_eq!(labels("type:"), ["Ban on use"]);
        assert_eq!(labels(""), [""; 0]);
    }
}
