//! What every page carries: title, addresses, languages, the trail above it, its files.

use std::borrow::Borrow;

use crate::view::card;
use crate::view::line::{Link, Quote};
use crate::view::linked::linked;
use crate::view::pages::counted::{self, Counted};
use crate::view::place::Place;
use crate::view::quoted::Quoted;
use crate::view::site::{LANGUAGES, Site};
use crate::view::wording::Wording;

/// A script, with the digest it has to have where browsers check it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub src: String,
    pub integrity: Option<String>,
}

/// The page in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub tag: &'static str,
    pub name: &'static str,
    /// From this page.
    pub href: String,
}

/// What every page carries.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    words: Wording<'a>,
    quoted: Quoted<'a>,
    /// In the browser's title bar.
    pub title: String,
    /// For search engines and cards.
    pub description: String,
    /// Leads from this page to the root of the site.
    pub root: String,
    /// Leads from this page to the front page of its language.
    pub home: String,
    /// Which entry of the navigation is the current one.
    pub section: &'static str,
    /// Name of the site.
    pub site: String,
    /// Whether it is the page for addresses that lead nowhere, which no search engine is to list.
    pub lost: bool,
    /// Address of this page, where the base is known.
    pub canonical: Option<String>,
    /// The same page in every language, with its whole address, where the base is known.
    pub alternates: Vec<(&'static str, String)>,
    /// The same page in the other languages.
    pub others: Vec<Other>,
    /// The pages above this one, from the front page down.
    pub trail: Vec<Link>,
    /// Path of the style sheet.
    pub style: String,
    /// Path of the icon.
    pub icon: String,
    /// Scripts of this page.
    pub scripts: Vec<Script>,
    /// Content-Security-Policy of this page.
    pub policy: String,
    /// JSON of the page, from this page.
    pub json: Option<String>,
    /// Its feed, from this page, without `atom.xml` or `feed.json`.
    pub feed: Option<String>,
    /// Where oEmbed describes it, and as what, where the base is known.
    pub oembed: Option<(String, String)>,
    /// Anchors of its numbered sources, in their order; nothing on pages without a list of them.
    pub sources: Vec<String>,
    /// Structured data (JSON-LD), safe inside a `script` element.
    pub ld: String,
    /// The card that stands for it where its link is shared.
    pub image: Option<card::Image>,
    /// "article" for one record, "website" for lists.
    pub kind: &'static str,
    /// Where corrections go: address and words.
    pub corrections: Option<(String, String)>,
    /// Version of the program.
    pub version: String,
}

impl<'a> Frame<'a> {
    /// The frame of a page.
    pub fn new(site: &Site<'a>, place: &Place<'_>, title: &str, description: &str) -> Self {
        let path = site.path(place);
        // The page for lost addresses is served at any depth.
        let root = match place {
            Place::Missing => root_of(&site.look.base_url),
            _ => "../".repeat(path.matches('/').count()),
        };
        let tree = |tag: &str| if tag == "en" { "" } else { "zh/" };
        let base = &site.look.base_url;
        let tags = LANGUAGES.iter().map(|language| site.words.in_language(language).tag());
        let alternates = tags
            .clone()
            .map(|tag| (tag, format!("{base}{}{}", tree(tag), place.path())))
            .filter(|_| !base.is_empty() && !matches!(place, Place::Missing))
            .collect();
        let others = tags
            .filter(|tag| *tag != site.words.tag())
            .map(|tag| Other {
                tag,
                name: if tag == "en" { "English" } else { "中文" },
                href: or_here(format!("{root}{}{}", tree(tag), place.path())),
            })
            .collect();
        let mut trail = Vec::new();
        let mut above = place.parent();
        while let Some(parent) = above {
            let name = match parent {
                Place::Home => site.look.title.clone(),
                _ => parent.name(&site.words),
            };
            trail.insert(0, Link { name, href: Some(parent.path()) });
            above = parent.parent();
        }
        let corrections = Some(site.look.corrections.as_str()).filter(|to| !to.is_empty());
        // The page for lost addresses stands for none: nothing points at it, and it points at no twin.
        let lost = matches!(place, Place::Missing);
        let name = if title.is_empty() { &site.look.title } else { title };
        // What machines read of the page comes before what it prints.
        let quoted = Quoted::new(site.kb);
        let ld = match lost {
            true => String::new(),
            false => linked(site, place, name, &trail, &quoted),
        };
        let json = match place {
            Place::Missing => None,
            _ => Some(format!("{root}{}index.json", place.path())),
        };
        Self {
            words: site.words,
            quoted,
            title: match title {
                "" => site.look.title.clone(),
                title => format!("{title} · {}", site.look.title),
            },
            description: description.to_string(),
            home: or_here(format!("{root}{}", tree(site.words.tag()))),
            section: place.section(),
            site: site.look.title.clone(),
            lost,
            canonical: (!base.is_empty() && !lost).then(|| format!("{base}{path}")),
            alternates,
            others,
            trail,
            style: format!("{root}{}", site.assets.path("style.css")),
            icon: format!("{root}{}", site.assets.path("icon.svg")),
            scripts: Vec::new(),
            policy: policy(site),
            json,
            feed: None,
            oembed: None,
            sources: Vec::new(),
            ld,
            image: card::image(site, place),
            kind: "website",
            corrections: corrections.map(|to| (address(to), to.to_string())),
            version: site.look.version.clone(),
            root: or_here(root),
        }
    }

    /// A phrase of the interface.
    pub fn t<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.words.say(id)
    }

    /// A phrase with one part in braces, `{x}`.
    pub fn with(&self, id: &str, x: &str) -> String {
        self.words.fill(id, &[("x", x)])
    }

    /// What is said aside: " (3 articles)", "（3篇文章）".
    pub fn aside(&self, x: &str) -> String {
        let gap = if self.words.is_chinese() { "" } else { " " };
        format!("{gap}{}", self.words.fill("({x})", &[("x", x)]))
    }

    /// A phrase with a number in it, `{n}`.
    pub fn count(&self, number: impl Borrow<usize>, id: &str) -> String {
        self.words.count(*number.borrow(), id)
    }

    /// The words of a quotation, as far as they may follow what the page has quoted before.
    pub fn quoted(&self, quote: &Quote) -> String {
        self.quoted.words(quote)
    }

    /// The attribute for words that may stand in another language than the page.
    pub fn lang(&self, text: &str) -> &'static str {
        self.words.lang(text)
    }

    /// BCP 47 tag of the page.
    pub fn tag(&self) -> &'static str {
        self.words.tag()
    }

    /// What stands between the parts of a list: ", " or "、".
    pub fn comma(&self) -> &'static str {
        if self.words.is_chinese() { "、" } else { ", " }
    }

    /// What stands between clauses, as an outlet and its day are: ", " or "，".
    pub fn pause(&self) -> &'static str {
        if self.words.is_chinese() { "，" } else { ", " }
    }

    /// The attribute with the number of a source on this page, for paper; nothing where it has none.
    pub fn numbered(&self, anchor: &str) -> String {
        let at = self.sources.iter().position(|source| source == anchor);
        at.map(|at| format!(" data-source=\"{}\"", at + 1)).unwrap_or_default()
    }

    /// The attribute with the day something became known, for the page as of a day; nothing on pages
    /// without sources.
    pub fn known(&self, day: &str) -> String {
        if self.sources.is_empty() { String::new() } else { format!(" data-known=\"{day}\"") }
    }

    /// What a past day counts anew on this page, in its words.
    pub fn counted(&self) -> Vec<Counted> {
        counted::kinds(&self.words)
    }

    /// The attribute of a number that is counted anew for a past day: what it counts.
    pub fn counts(&self, name: &str) -> String {
        if self.sources.is_empty() { String::new() } else { format!(" data-counts=\"{name}\"") }
    }

    /// The attributes of a number of independent reports, which a past day counts by the articles that are left; where
    /// these do not give the number of today, a past day has none.
    pub fn reports(&self, number: impl Borrow<usize>) -> String {
        let counts = self.counts("reports");
        if counts.is_empty() { counts } else { format!("{counts} data-of=\"{}\"", number.borrow()) }
    }

    /// Loads a script on this page. Where no address of the site is known it may be opened from a disk,
    /// where browsers refuse `integrity`.
    pub fn script(mut self, site: &Site<'_>, name: &str) -> Self {
        let src = format!("{}{}", self.root, site.assets.path(name));
        let served = !site.look.base_url.is_empty();
        let integrity = served.then(|| site.assets.integrity(name).to_string());
        self.scripts.push(Script { src, integrity });
        self
    }

    /// Loads a script that has to run from a disk too, where browsers refuse `integrity`.
    pub fn script_from_disk(mut self, site: &Site<'_>, name: &str) -> Self {
        let src = format!("{}{}", self.root, site.assets.path(name));
        self.scripts.push(Script { src, integrity: None });
        self
    }
}

/// The path part of an address; the root of the server where none is known.
fn root_of(base_url: &str) -> String {
    let after = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    after.map_or_else(|| "/".into(), |(_, path)| format!("/{path}"))
}

/// An empty relative address would be the page itself, with its anchor.
fn or_here(path: String) -> String {
    if path.is_empty() { "./".into() } else { path }
}

/// Only files of the site itself, and only scripts whose bytes are known.
fn policy(site: &Site<'_>) -> String {
    let digests: Vec<String> = site.assets.script_digests().map(|d| format!("'{d}'")).collect();
    format!(
        "default-src 'none'; script-src 'self' {}; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'",
        digests.join(" ")
    )
}

/// An address of mail becomes a link that writes one.
fn address(to: &str) -> String {
    match to.contains("://") {
        true => to.to_string(),
        false => format!("mailto:{to}"),
    }
}
