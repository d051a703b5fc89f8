//! Items of a feed read wherever they stand, whatever surrounds them and whatever vocabulary they are in.
//!
//! In: text. Out: items. What holds: what is not well-formed costs itself only.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::feed::{ITEMS_MAX, stripped};
use super::head::{unescaped, words};
use crate::model::crawl::{Dated, Item};

/// Reads items wherever they stand, whatever surrounds them; `None` where there is none.
pub(super) fn items_of(text: &str) -> Option<Vec<Item>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut found: Vec<Item> = Vec::new();
    let mut inside = false;
    let mut field = String::new();
    let mut text = String::new();
    let mut other = Other::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                if matches!(name.as_str(), "item" | "entry") {
                    if found.len() >= ITEMS_MAX {
                        break;
                    }
                    found.push(Item::default());
                    (inside, other) = (true, Other::default());
                    field.clear();
                } else if let Some(item) = found.last_mut().filter(|_| inside) {
                    let value = |key: &str| {
                        let attribute = tag.try_get_attribute(key).ok().flatten()?;
                        Some(unescaped(&attribute.value))
                    };
                    let own = value("rel").is_none_or(|rel| rel == "alternate");
                    if name == "link" && own && item.address.is_empty() {
                        item.address = value("href").unwrap_or_default();
                    }
                    if FIELDS.contains(&name.as_str()) {
                        // A field that was never closed ends where the next begins.
                        take(item, &field, &text, &mut other);
                        field = name;
                        text.clear();
                        let is = |key: &str, coded: &str| value(key).is_some_and(|v| v == coded);
                        other.coded =
                            is("mode", "base64") || is("type", "application/octet-stream");
                    } else {
                        text.push(' ');
                    }
                }
            }
            Ok(Event::End(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                let ended = matches!(name.as_str(), "item" | "entry");
                if let Some(item) = found.last_mut().filter(|_| inside && (ended || name == field))
                {
                    take(item, &field, &text, &mut other);
                    field.clear();
                    if ended && item.address.is_empty() {
                        item.address = std::mem::take(&mut other.guid);
                    }
                }
                inside &= !ended;
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::CData(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(name)) => text.push_str(&unescaped(&format!("&{};", &*name))),
            Ok(_) => {}
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Elements of an item that are read.
const FIELDS: [&str; 17] = [
    "title",
    "link",
    "guid",
    "id",
    "description",
    "summary",
    "content",
    "encoded",
    "abstract",
    "body",
    "fullitem",
    "pubdate",
    "published",
    "date",
    "updated",
    "modified",
    "issued",
];

/// What an item says that counts only if nothing better comes.
#[derive(Default)]
struct Other {
    guid: String,
    published: bool,
    /// Whether the field being read is in base64.
    coded: bool,
}

fn take(item: &mut Item, field: &str, text: &str, other: &mut Other) {
    let decoded = other.coded.then(|| decoded(text)).flatten();
    let text = decoded.as_deref().unwrap_or(text).trim();
    if text.is_empty() {
        return;
    }
    match field {
        "title" if item.title.is_none() => item.title = Some(words(&stripped(text))),
        "link" if item.address.is_empty() => item.address = text.to_string(),
        "guid" | "id" if text.contains("://") => other.guid = text.to_string(),
        "description" | "summary" | "content" | "encoded" | "abstract" | "body" | "fullitem"
            if item.summary.is_none() =>
        {
            item.summary = Some(stripped(text));
        }
        "pubdate" | "published" | "date" | "updated" | "modified" | "issued"
            if !other.published =>
        {
            item.dated = moment(text).map(Dated::Moment).or(item.dated);
            other.published = field != "updated" && field != "modified";
        }
        _ => {}
    }
}

fn decoded(text: &str) -> Option<String> {
    let digits: String = text.split_whitespace().collect();
    String::from_utf8(BASE64_STANDARD.decode(digits).ok()?).ok()
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let parsed = DateTime::parse_from_rfc3339(text).or(DateTime::parse_from_rfc2822(text));
    parsed.ok().map(|moment| moment.to_utc())
}
