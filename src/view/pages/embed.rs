//! The timeline of an incident, to stand in pages of others, and what oEmbed says of it.

use askama::Template;
use serde_json::json;

use super::parts::{EntryLine, entry_line};
use super::rendered;
use crate::model::incident::Incident;
use crate::view::line;
use crate::view::place::{Place, incident_path};
use crate::view::site::Site;

/// Size of the frame that others give it.
const WIDTH: usize = 640;
const HEIGHT: usize = 480;

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    title: String,
    style: String,
    home: String,
    record: String,
    entries: Vec<EntryLine>,
    policy: &'static str,
}

/// Renders the timeline to embed: no script, no form, one style sheet.
pub fn embed(site: &Site<'_>, incident: &Incident) -> String {
    let root = "../".repeat(incident_path(incident).matches('/').count());
    rendered(&EmbedPage {
        title: site.words.title(incident).to_string(),
        style: format!("{root}{}", site.assets.path("style.css")),
        home: site.look.title.clone(),
        record: format!("{root}{}", Place::Incident(incident).path()),
        entries: line::anchored(site.kb, incident)
            .map(|(entry, anchor)| entry_line(site, entry, anchor))
            .collect(),
        policy: "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
    })
}

/// oEmbed 1.0 of an incident; needs the address of the site.
pub fn oembed(site: &Site<'_>, incident: &Incident) -> Option<String> {
    let base = Some(&site.look.base_url).filter(|base| !base.is_empty())?;
    let source = format!("{base}{}embed.html", incident_path(incident));
    let document = json!({
        "version": "1.0",
        "type": "rich",
        "title": site.words.title(incident),
        "provider_name": site.look.title,
        "provider_url": base,
        "width": WIDTH,
        "height": HEIGHT,
        "html": format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" loading=\"lazy\" sandbox=\"allow-popups allow-top-navigation-by-user-activation\"></iframe>",
            crate::view::picture::escape(&source),
            crate::view::picture::escape(site.words.title(incident))
        ),
    });
    Some(format!("{document:#}\n"))
}
