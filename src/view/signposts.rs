//! What programs ask a site for by fixed addresses: sitemap, robots.txt, security.txt, web manifest.

use std::io;

use chrono::{Datelike, NaiveDate};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Value, json};

use super::card;
use super::index::last_known;
use super::news;
use super::place::{Leaf, Place};
use super::site::{LANGUAGES, Plan, Site};
use crate::model::incident::Incident;
use crate::model::tree::Rendered;

/// Most addresses in one sitemap (sitemaps.org).
const ADDRESSES_MAX: usize = 50_000;

/// The icon, and the sides in pixels it is drawn with for those who ask for PNG.
const ICON: &str = "icon.svg";
const ICON_SIDES: [u32; 2] = [192, 512];

fn icon_path(side: u32) -> String {
    format!("assets/icon-{side}.png")
}

/// The files, by path.
pub fn signposts(plan: &Plan<'_>, site: &Site<'_>) -> Rendered {
    let mut files = Rendered::new();
    let base = &site.look.base_url;
    let mut robots = "User-agent: *\nAllow: /\n".to_string();
    if !base.is_empty() {
        let leaves = plan.leaves();
        let parts: Vec<&[Leaf<'_>]> = leaves.chunks(ADDRESSES_MAX).collect();
        for (at, part) in parts.iter().enumerate() {
            let name = if parts.len() == 1 { String::new() } else { format!("-{}", at + 1) };
            robots.push_str(&format!("Sitemap: {base}sitemap{name}.xml\n"));
            files.insert(format!("sitemap{name}.xml"), sitemap(plan, base, part));
        }
    }
    files.insert("robots.txt".into(), robots.into_bytes());
    let drawn = ICON_SIDES.map(|side| (side, card::icon(site.assets.bytes(ICON), side)));
    let drawn: Vec<(u32, Vec<u8>)> =
        drawn.into_iter().filter_map(|(side, icon)| Some((side, icon?))).collect();
    let sides: Vec<u32> = drawn.iter().map(|(side, _)| *side).collect();
    files.insert("manifest.webmanifest".into(), manifest(site, &sides));
    files.extend(drawn.into_iter().map(|(side, icon)| (icon_path(side), icon)));
    if !site.look.corrections.is_empty() {
        files.insert(".well-known/security.txt".into(), security(site));
    }
    files
}

/// sitemaps.org 0.9, each page with its languages.
fn sitemap<'a>(plan: &Plan<'a>, base: &str, leaves: &[Leaf<'a>]) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing into memory does not fail.
    let _ = urls(&mut writer, plan, base, leaves);
    writer.into_inner()
}

fn urls<'a>(
    writer: &mut Writer<Vec<u8>>,
    plan: &Plan<'a>,
    base: &str,
    leaves: &[Leaf<'a>],
) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .with_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"))
        .write_inner_content(|writer| {
            for leaf in leaves {
                let site = plan.site(leaf.language);
                let here = format!("{base}{}", site.path(&leaf.place));
                let modified = modified(&site, &leaf.place);
                writer.create_element("url").write_inner_content(|writer| {
                    text(writer, "loc", &here)?;
                    text(writer, "lastmod", &modified.to_string())?;
                    for language in &LANGUAGES {
                        let other = plan.site(language);
                        let href = format!("{base}{}", other.path(&leaf.place));
                        writer
                            .create_element("xhtml:link")
                            .with_attribute(("rel", "alternate"))
                            .with_attribute(("hreflang", other.words.tag()))
                            .with_attribute(("href", href.as_str()))
                            .write_empty()?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(words))?;
    Ok(())
}

/// The day a page last had something new.
fn modified(site: &Site<'_>, place: &Place<'_>) -> NaiveDate {
    let of = |places: &mut dyn Iterator<Item = usize>| {
        places.filter_map(|at| site.at(at)).map(|i: &Incident| last_known(site.kb, i)).max()
    };
    let day = match place {
        Place::Incident(incident) => Some(last_known(site.kb, incident)),
        Place::Year(year) => of(&mut site.index.years.get(year).into_iter().flatten().copied()),
        Place::Type(id) => of(&mut site.index.types.get(id).into_iter().flatten().copied()),
        Place::Dispute(dispute) => {
            of(&mut dispute.incidents.iter().filter_map(|id| site.index.place_of(id)))
        }
        Place::Vendor(id) => of(&mut site.index.parts_of(id).iter().map(|(_, at)| *at)),
        Place::Product(address) => of(&mut site
            .index
            .products
            .get(*address)
            .into_iter()
            .flat_map(|named| named.incidents.iter().copied())),
        Place::Person(address) => of(&mut site
            .index
            .people
            .get(*address)
            .into_iter()
            .flat_map(|named| named.incidents.iter().copied())),
        Place::Month(year, month) => {
            news::of_month(site, (*year, *month)).into_iter().map(|news| news.day).max()
        }
        _ => None,
    };
    day.unwrap_or(site.today())
}

/// Web Application Manifest.
fn manifest(site: &Site<'_>, sides: &[u32]) -> Vec<u8> {
    let svg = json!({ "src": site.assets.path(ICON), "sizes": "any", "type": "image/svg+xml" });
    let drawn = sides.iter().map(|side| {
        json!({ "src": icon_path(*side), "sizes": format!("{side}x{side}"), "type": "image/png" })
    });
    let icons: Vec<Value> = std::iter::once(svg).chain(drawn).collect();
    let manifest = json!({
        "name": site.look.title,
        "short_name": site.look.title,
        "description": site.words.say("AI vendor disputes, and the words they rest on"),
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#fcfbf8",
        "theme_color": "#a3261e",
        "icons": icons,
    });
    format!("{manifest:#}\n").into_bytes()
}

/// RFC 9116; it expires a year after the day the record speaks of.
fn security(site: &Site<'_>) -> Vec<u8> {
    let to = &site.look.corrections;
    let to = if to.contains("://") { to.clone() } else { format!("mailto:{to}") };
    let to: String = to.chars().filter(|c| !c.is_control()).collect();
    let today = site.today();
    let expires = today.with_day(1).and_then(|day| day.with_year(day.year() + 1)).unwrap_or(today);
    format!("Contact: {to}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en, zh\n")
        .into_bytes()
}
