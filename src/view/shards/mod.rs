//! The search index as plain files of the site, for `site/assets/search.js` to read piece by piece
//! from any host, or from a disk.
//!
//! In: the documents and the catalogue. Out: scripts that each hand one value to the search, because
//! a page that lies on a disk may load scripts and nothing else. What holds: what is published of
//! an article is its headline; a search needs a few of the pieces only; a change of one incident
//! changes the pieces that hold its words, and no others; who keeps [`Shards`] from one build to the next is
//! spared what did not change. Not here: how they are searched.
//!
//! | File | Holds |
//! |---|---|
//! | `root.js` | where each piece of keys begins, documents a piece, incidents and kinds |
//! | `t….js` | sorted keys: `w` + term → hits; `p` + term → places, for words in a row; `=` + condition → documents; `~` + name → values |
//! | `d0.js`, … | documents of one incident as they are shown, by the number of the first |
//! | `dates.js`, `known.js`, `roots.js` | numbers of every document |

mod dictionary;
mod digits;
mod numbering;
mod places;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::docs::{Documents, Filed, shown_of};
use super::excerpt::digest;
use crate::model::query::SearchDoc;
use crate::model::tree::Rendered;

use dictionary::Dictionary;
use digits::{list, number, signed};
use numbering::Numbering;

/// Folder of the files on the site.
pub const FOLDER: &str = "search/data/";
/// Raised when the form of the files changes; the script refuses another.
const FORM: u32 = 4;
/// Most documents of a piece: neighbours belong to one incident and are shown together.
const DOCS_EACH: usize = 16;

/// Files that are made together.
pub struct Shard<'s> {
    /// Which they are.
    pub name: String,
    /// A digest of all they are made of; nothing where they are made each time.
    pub digest: Option<String>,
    make: Box<dyn Fn() -> Vec<(String, Vec<u8>)> + Send + Sync + 's>,
}

impl Shard<'_> {
    /// The files, with their paths on the site.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        (self.make)()
    }
}

impl fmt::Debug for Shard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shard").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The index as files, brought up to date with each state of the record.
#[derive(Debug, Default)]
pub struct Shards {
    dictionary: Dictionary,
}

impl Shards {
    /// The files for documents.
    pub fn of<'s>(&'s mut self, documents: &'s Documents, as_of: NaiveDate) -> Vec<Shard<'s>> {
        let numbering = Numbering::of(&documents.groups);
        self.dictionary.update(&numbering, &documents.catalogue);
        let (mut shards, firsts) = self.dictionary.pieces();
        shards.extend(numbering.groups.iter().map(|(first, filed)| shown(*first, filed)));
        let past = numbering.docs().filter(|(_, doc)| doc.gone.is_some());
        let past: Vec<u32> = past.map(|(number, _)| number).collect();
        let root = json!({
            "form": FORM, "docs": numbering.space, "day": as_of.to_string(), "terms": firsts,
            "shown": DOCS_EACH, "groups": numbering.written, "past": list(&past),
        });
        let make = move || {
            let columns = columns(numbering.docs()).into_iter();
            columns.chain([script("root", &root)]).collect()
        };
        shards.push(Shard { name: "all".into(), digest: None, make: Box::new(make) });
        shards
    }
}

/// Makes the files.
pub fn shards(documents: &Documents, as_of: NaiveDate) -> Rendered {
    let mut shards = Shards::default();
    shards.of(documents, as_of).iter().flat_map(Shard::files).collect()
}

/// A file that hands a value to the search.
fn script(name: &str, value: &Value) -> (String, Vec<u8>) {
    // A script may not hold these two as they are, and a page may not hold the first tag.
    let text = value.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let text = text.replace("</", "<\\/");
    (format!("{FOLDER}{name}.js"), format!("casebookSearch({name:?},{text});\n").into())
}

/// Documents that belong together as they are shown.
fn shown(first: u32, filed: &Arc<Filed>) -> Shard<'_> {
    let digest = filed.shown.as_ref().and_then(|shown| digest(&(first, shown)));
    let make = move || {
        let documents: Vec<&SearchDoc> = filed.ordered().collect();
        let pieces = (first..).step_by(DOCS_EACH).zip(documents.chunks(DOCS_EACH));
        let script = |(number, piece): (u32, &[&SearchDoc])| {
            let values: Vec<_> = piece.iter().copied().map(shown_of).collect();
            script(&format!("d{number}"), &json!(values))
        };
        pieces.map(script).collect()
    };
    Shard { name: format!("d{first}"), digest, make: Box::new(make) }
}

/// Writes what dates, `known:`, `asof:`, `roots:` and orders need.
fn columns<'d>(numbered: impl Iterator<Item = (u32, &'d SearchDoc)>) -> [(String, Vec<u8>); 3] {
    let (mut dates, mut odd) = (String::new(), String::new());
    let (mut known, mut roots) = (String::new(), String::new());
    let (mut day_before, mut known_before, mut odd_before) = (0, 0, 0);
    for (at, (_, doc)) in (0_u64..).zip(numbered) {
        // Most dates are a day; of all others stands which document it is, and what its date is: 0 none,
        // 1 several days and how many more, 2 open at its beginning, 3 open at its end.
        let mut other = |kind: u64| {
            number((at - odd_before) * 4 + kind, &mut odd);
            odd_before = at;
        };
        let day = match doc.date.map(|date| (date.first(), date.last())) {
            None | Some((None, None)) => {
                other(0);
                None
            }
            Some((Some(first), Some(last))) => {
                if first != last {
                    other(1);
                    number((last - first).num_days().unsigned_abs(), &mut odd);
                }
                Some(first)
            }
            Some((None, Some(last))) => {
                other(2);
                Some(last)
            }
            Some((Some(first), None)) => {
                other(3);
                Some(first)
            }
        };
        let day = day.map_or(day_before, days);
        signed(day - day_before, &mut dates);
        day_before = day;
        signed(days(doc.known) - known_before, &mut known);
        known_before = days(doc.known);
        number((doc.changed - doc.known).num_days().unsigned_abs(), &mut known);
        number(
            doc.gone.map_or(0, |gone| (gone - doc.known).num_days().unsigned_abs() + 1),
            &mut known,
        );
        number(u64::from(doc.roots), &mut roots);
    }
    [
        script("dates", &json!([dates, odd])),
        script("known", &known.into()),
        script("roots", &roots.into()),
    ]
}

fn days(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}
