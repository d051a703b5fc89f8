//! References for those who write: CSL-JSON, BibTeX and RIS of an incident, its articles and its claims.
//!
//! What holds: a reference names the outlet and the address; a claim's reference holds its speaker and
//! its words.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::annotation::outlet_name;
use super::index::last_known;
use super::line;
use super::place::Place;
use super::site::Site;
use crate::model::incident::Incident;
use crate::model::reading::Reading;

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Key of it, unique in its file.
    pub id: String,
    /// Whether it is an article of an outlet, or a page of the record.
    pub is_article: bool,
    /// Headline.
    pub title: String,
    /// Outlet, or the name of the record.
    pub container: String,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// The day it appeared, where that is known.
    pub issued: Option<NaiveDate>,
    /// The day it was read.
    pub accessed: Option<NaiveDate>,
    /// Its address.
    pub url: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Who says which words in it; empty for a whole article.
    pub note: String,
}

/// The references of an incident: its page, its articles, the first telling of each position.
pub fn references(site: &Site<'_>, incident: &Incident) -> Vec<Reference> {
    let address = incident.id.address();
    let mut all = vec![Reference {
        id: address.clone(),
        is_article: false,
        title: site.words.title(incident).to_string(),
        container: site.look.title.clone(),
        authors: vec![site.look.title.clone()],
        issued: Some(last_known(site.kb, incident)),
        accessed: None,
        url: format!("{}{}", site.look.base_url, site.path(&Place::Incident(incident))),
        language: site.words.language.code().to_string(),
        note: String::new(),
    }];
    for reading in incident.sources().filter_map(|id| site.kb.readings.get(&id)) {
        let id = format!("{address}-{}", line::source_anchor(reading));
        all.push(article(reading, id, reading.article.url.clone(), String::new()));
    }
    for position in &incident.positions {
        let Some((capture, claim)) = position.tellings.first() else { continue };
        let Some((reading, claim)) = site.kb.claim(*capture, *claim) else { continue };
        let line = line::claim(site, reading, claim);
        let note = format!("{} {}: “{}”", line.speaker.name, line.verb, line.quote.text);
        let url = line.quote.source.href.unwrap_or_else(|| reading.article.url.clone());
        all.push(article(reading, format!("{address}-{}", line.anchor), url, note));
    }
    all
}

fn article(reading: &Reading, id: String, url: String, note: String) -> Reference {
    let article = &reading.article;
    Reference {
        id,
        is_article: true,
        title: line::clipped(article.title().unwrap_or(&article.url)),
        container: outlet_name(article).to_string(),
        authors: article.byline.clone(),
        issued: article.published_day(),
        accessed: Some(article.fetched.date_naive()),
        url,
        language: article.language.code().to_string(),
        note,
    }
}

/// Prints references as CSL-JSON 1.0.2.
pub fn csl(references: &[Reference]) -> String {
    let items: Vec<Value> = references
        .iter()
        .map(|reference| {
            let authors: Vec<Value> =
                reference.authors.iter().map(|name| json!({ "literal": name })).collect();
            let mut item = json!({
                "id": reference.id,
                "type": if reference.is_article { "article-newspaper" } else { "webpage" },
                "title": reference.title,
                "container-title": reference.container,
                "URL": reference.url,
                "language": reference.language,
            });
            if let Some(object) = item.as_object_mut() {
                if !authors.is_empty() {
                    object.insert("author".into(), authors.into());
                }
                let days = [("issued", reference.issued), ("accessed", reference.accessed)];
                for (name, day) in days.into_iter().filter_map(|(name, day)| Some((name, day?))) {
                    let parts = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
                    object.insert(name.into(), parts);
                }
                if !reference.note.is_empty() {
                    object.insert("note".into(), reference.note.clone().into());
                }
            }
            item
        })
        .collect();
    format!("{:#}\n", Value::Array(items))
}

/// Prints references as BibTeX, for a processor that reads UTF-8.
pub fn bibtex(references: &[Reference]) -> String {
    let mut out = String::new();
    for reference in references {
        let kind = if reference.is_article { "article" } else { "misc" };
        out.push_str(&format!("@{kind}{{{},\n", reference.id));
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("  {name} = {{{}}},\n", bib_safe(value)));
            }
        };
        field("title", &reference.title);
        // Braces keep a name of an organisation in one piece.
        let authors: Vec<String> =
            reference.authors.iter().map(|name| format!("\u{1}{name}\u{2}")).collect();
        field("author", &authors.join(" and "));
        field(if reference.is_article { "journal" } else { "howpublished" }, &reference.container);
        if let Some(day) = reference.issued {
            field("year", &day.year().to_string());
            field("month", &day.month().to_string());
            field("date", &day.to_string());
        }
        if let Some(day) = reference.accessed {
            field("urldate", &day.to_string());
        }
        field("langid", &reference.language);
        field("note", &reference.note);
        if !reference.url.is_empty() {
            let url = reference.url.replace(['{', '}', '\n'], "");
            out.push_str(&format!("  url = {{{url}}},\n"));
        }
        out.push_str("}\n\n");
    }
    out
}

/// Text safe inside a field in braces.
fn bib_safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\u{1}' => out.push('{'),
            '\u{2}' => out.push('}'),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Prints references as RIS.
pub fn ris(references: &[Reference]) -> String {
    let mut out = String::new();
    for reference in references {
        let mut field = |tag: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("{tag}  - {}\r\n", value.replace(['\n', '\r'], " ")));
            }
        };
        field("TY", if reference.is_article { "NEWS" } else { "ELEC" });
        field("ID", &reference.id);
        field("TI", &reference.title);
        field("T2", &reference.container);
        for author in &reference.authors {
            field("AU", author);
        }
        if let Some(day) = reference.issued {
            field("PY", &day.year().to_string());
            field("DA", &day.format("%Y/%m/%d").to_string());
        }
        if let Some(day) = reference.accessed {
            field("Y2", &day.format("%Y/%m/%d").to_string());
        }
        field("LA", &reference.language);
        field("UR", &reference.url);
        field("N1", &reference.note);
        out.push_str("ER  - \r\n\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> Reference {
        Reference {
            id: "x-c-1".into(),
            is_article: true,
            title: "100% of {Kestrane} & more\nhere".into(),
            container: "The Harbour Ledger".into(),
            authors: vec!["Ada Renholt".into(), "Farwire Desk".into()],
            issued: NaiveDate::from_ymd_opt(2026, 7, 3),
            accessed: NaiveDate::from_ymd_opt(2026, 7, 9),
            url: "https://ledger.example/a?b=1&c=2".into(),
            language: "en".into(),
            note: "Orison Labs denies: “no”".into(),
        }
    }

    #[test]
    fn each_form_holds_outlet_address_and_words() {
        let all = [reference()];
        for text in [csl(&all), bibtex(&all), ris(&all)] {
            for part in ["The Harbour Ledger", "ledger.example/a?b=1", "Orison Labs denies: “no”"]
            {
                assert!(text.contains(part), "{part} is missing in {text}");
            }
        }
    }

    #[test]
    fn titles_cannot_break_out_of_their_field() {
        let text = bibtex(&[reference()]);
        assert!(text.contains("title = {100\\% of \\{Kestrane\\} \\& more here},"), "{text}");
        assert!(text.contains("author = {{Ada Renholt} and {Farwire Desk}},"), "{text}");
        assert!(ris(&[reference()]).contains("TI  - 100% of {Kestrane} & more here\r\n"));
    }
}
