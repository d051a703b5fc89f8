//! Old addresses: pages that lead to what took their place, or say that nothing did.

use askama::Template;

use super::decisions::{DecisionLine, decision};
use super::rendered;
use crate::view::line::Link;
use crate::view::site::Site;

#[derive(Template)]
#[template(path = "moved.html")]
struct MovedPage {
    tag: &'static str,
    title: String,
    leads: String,
    canonical: Option<String>,
    /// From this page to the root of the site.
    root: String,
    home: String,
    style: String,
    to: Option<Link>,
    /// Who decided so, when and why.
    decisions: Vec<DecisionLine>,
    site: String,
}

/// Renders the page at an old address, such as `incidents/p-97f75880cca8/`, in the site's language;
/// `to` is the path of what took its place, from the root of the site.
pub fn moved(site: &Site<'_>, path: &str, to: Option<Link>) -> String {
    let address = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    let in_force = site.kb.judged.ledger.in_force();
    let decisions = in_force
        .into_iter()
        .filter(|entry| entry.verdict.subjects().iter().any(|subject| subject.id == address))
        .map(|entry| decision(site, entry, false))
        .collect();
    let tree = if site.words.is_chinese() { "zh/" } else { "" };
    let root = "../".repeat(format!("{tree}{path}").matches('/').count());
    let base = Some(&site.look.base_url).filter(|base| !base.is_empty());
    let href = to.as_ref().and_then(|link| link.href.as_ref());
    let (title, leads) = match &to {
        Some(_) => ("This page has moved", "What stood here is now at"),
        None => ("No longer on record", "What stood here is not on record any more."),
    };
    rendered(&MovedPage {
        tag: site.words.tag(),
        title: site.words.say(title).to_string(),
        leads: site.words.say(leads).to_string(),
        canonical: base.zip(href).map(|(base, href)| format!("{base}{href}")),
        home: format!("{root}{tree}"),
        style: format!("{root}{}", site.assets.path("style.css")),
        root,
        to,
        decisions,
        site: site.look.title.clone(),
    })
}
