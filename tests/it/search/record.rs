//! The record of `tests/cases/search/record.toml` as documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use casebook::model::edtf::Edtf;
use casebook::model::query::{Catalogue, DocKind, Field, Known, SearchDoc, Source};
use casebook::model::tree::Rendered;
use casebook::search::{About, Rebuilt, rebuild};
use casebook::view::{Documents, Filed, shards};
use chrono::{Datelike, NaiveDate};

pub struct Record {
    pub docs: Vec<SearchDoc>,
    names: Vec<Known>,
}

fn text(row: &toml::Table, key: &str) -> Option<String> {
    row.get(key).map(|value| value.as_str().unwrap().to_string())
}

fn list(row: &toml::Table, key: &str) -> Vec<String> {
    let list = row.get(key).map(|value| value.as_array().unwrap().clone()).unwrap_or_default();
    list.iter().map(|value| value.as_str().unwrap().to_string()).collect()
}

fn rows(table: &toml::Table, name: &str) -> Vec<toml::Table> {
    table[name].as_array().unwrap().iter().map(|row| row.as_table().unwrap().clone()).collect()
}

fn doc(row: &toml::Table) -> SearchDoc {
    let day = |key: &str| text(row, key).map(|day| day.parse::<NaiveDate>().unwrap());
    let kind = DocKind::from_word(&text(row, "kind").unwrap()).unwrap();
    let id = text(row, "id").unwrap();
    let known = day("known").unwrap();
    let mut keys: Vec<(Field, String)> = list(row, "keys")
        .iter()
        .map(|key| {
            let (field, value) = key.split_once('=').unwrap();
            (Field::from_word(field).unwrap(), value.to_string())
        })
        .collect();
    keys.push((Field::Kind, kind.word().into()));
    keys.extend(text(row, "lang").map(|lang| (Field::Lang, lang)));
    let date = text(row, "date").map(|date| Edtf::parse(&date).unwrap());
    let years = date.and_then(|date| Some((date.first().or(date.last())?, date.last()?)));
    if let Some((first, last)) = years {
        keys.extend((first.year()..=last.year()).map(|year| (Field::Year, year.to_string())));
    }
    keys.sort();
    keys.dedup();
    let group = text(row, "group").unwrap_or_else(|| id.clone());
    SearchDoc {
        kind,
        title: text(row, "title").unwrap(),
        title_zh: text(row, "title-zh"),
        body: text(row, "body").unwrap_or_default(),
        names: text(row, "names").unwrap_or_default(),
        path: format!("incidents/{group}/"),
        date,
        known,
        changed: day("changed").unwrap_or(known),
        gone: day("gone"),
        roots: row.get("roots").map_or(0, |n| n.as_integer().unwrap() as u32),
        keys,
        source: Source { outlet: text(row, "outlet"), url: None, lang: text(row, "lang") },
        published: row.get("published").is_none_or(|p| p.as_bool().unwrap()),
        record: format!("{{\"id\":\"{id}\"}}"),
        group,
        id,
    }
}

impl Record {
    pub fn read() -> Self {
        let table: toml::Table =
            fs::read_to_string("tests/cases/search/record.toml").unwrap().parse().unwrap();
        let docs: Vec<SearchDoc> = rows(&table, "doc").iter().map(doc).collect();
        let names = rows(&table, "name").into_iter().map(|row| Known {
            field: text(&row, "field").unwrap(),
            key: text(&row, "key").unwrap(),
            label: text(&row, "label").unwrap(),
            label_zh: None,
            names: list(&row, "names").into_iter().collect(),
            docs: 0,
        });
        let counted = docs.iter().flat_map(|doc| &doc.keys).map(|(field, key)| Known {
            field: field.word().into(),
            key: key.clone(),
            label: key.clone(),
            label_zh: None,
            names: BTreeSet::new(),
            docs: 1,
        });
        Self { names: names.chain(counted).collect(), docs }
    }

    pub fn documents(&self) -> Documents {
        let groups = self.docs.chunk_by(|a, b| a.group == b.group);
        let groups = groups.map(|docs| Arc::new(Filed::plain(docs.to_vec()))).collect();
        Documents { groups, catalogue: Catalogue::new(self.names.clone()) }
    }

    /// Builds the index of a casebook's folder.
    pub fn build(&self, home: &Path) -> Rebuilt {
        let documents = self.documents();
        let about = About { title: "Cases".into(), as_of: "2026-08-20".into(), ..About::default() };
        rebuild(home, &documents.all().collect::<Vec<_>>(), &documents.catalogue, &about, None)
            .unwrap()
    }

    /// What the published site holds of it.
    pub fn published(&self) -> Rendered {
        shards(&self.documents(), NaiveDate::from_ymd_opt(2026, 8, 20).unwrap())
    }

    /// Writes what the published site holds of it.
    pub fn publish(&self, folder: &Path) {
        for (path, bytes) in self.published() {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// Adds copies of everything under other ids and words.
    pub fn repeat(&mut self, times: usize) {
        let first = self.docs.clone();
        for n in 1..times {
            for doc in &first {
                let mut copy = doc.clone();
                copy.id = format!("{}-{n}", doc.id);
                copy.group = format!("{}-{n}", doc.group);
                copy.title = format!("{} {n}", doc.title);
                self.docs.push(copy);
            }
        }
    }

    /// So many documents of words as uneven as those of a language, ten to an incident, to measure by.
    pub fn many(count: usize) -> Self {
        let mut record = Self::read();
        let kinds: Vec<SearchDoc> = record.docs.clone();
        let mut seed = 20_261_121_u64;
        let mut next = |below: f64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let share = (seed >> 11) as f64 / (1_u64 << 53) as f64;
            (below.powf(share) - 1.0) as usize
        };
        let han: Vec<char> = ('\u{4e00}'..='\u{5300}').collect();
        let mut word = |n: usize| {
            let rank = next(20_000.0);
            let letters = "bdfgklmnprtvz".as_bytes();
            let vowels = "aiou".as_bytes();
            if n % 9 == 8 {
                return (0..3).map(|i| han[(rank * 7 + i * 131) % han.len()]).collect::<String>();
            }
            let part = |at: usize| {
                let rest = rank / 52_usize.pow(at as u32);
                [letters[rest % 13], vowels[rest / 13 % 4]].map(char::from)
            };
            (0..3).flat_map(part).chain(['k']).collect::<String>()
        };
        for n in record.docs.len()..count {
            let mut doc = kinds[n % 10].clone();
            doc.id = format!("{:032x}", n as u128 * 0x9e37_79b9_7f4a_7c15_f39c_c060);
            doc.group = format!("incident-number-{}", n / 10);
            doc.path = format!("incidents/{}/#c-{}", doc.group, doc.id.get(..8).unwrap());
            doc.title = (0..8).map(&mut word).collect::<Vec<_>>().join(" ");
            doc.title_zh = None;
            doc.body = (0..45).map(&mut word).collect::<Vec<_>>().join(" ");
            doc.names = String::new();
            record.docs.push(doc);
        }
        record
    }

    /// A day's changes: one document goes, one is another, one is new.
    pub fn change(&mut self) {
        self.docs.remove(3);
        self.docs[0].body.push_str(" The ban was lifted.");
        let mut new = self.docs[1].clone();
        new.id = "c9zz".into();
        new.body = "a ban nobody had heard of".into();
        self.docs.push(new);
    }
}
