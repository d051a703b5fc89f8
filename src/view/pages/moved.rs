//! Old addresses: pages that lead to what took their place, or say that nothing did.

use askama::Template;

use super::{Frame, rendered};
use crate::view::judgements::in_words;
use crate::view::line::Link;
use crate::view::site::Site;
use crate::view::words;

#[derive(Template)]
#[template(path = "moved.html")]
struct MovedPage {
    frame: Frame,
    to: Option<Link>,
    /// Who decided so, when and why.
    because: Vec<String>,
}

/// Renders the page at an old address, such as `incidents/p-97f75880cca8/`.
pub fn moved(site: &Site<'_>, path: &str, to: Option<Link>) -> String {
    let address = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    let concerns = |entry: &&crate::model::judgement::Judgement| {
        entry.verdict.subjects().iter().any(|subject| subject.id == address)
    };
    let in_force = site.kb.judged.ledger.in_force();
    let because = in_force
        .into_iter()
        .filter(concerns)
        .map(|entry| {
            let day = words::day(entry.on.day);
            format!("{day}, {}: {}. {}", entry.by, in_words(site.kb, entry), entry.why)
        })
        .collect();
    let title = if to.is_some() { "Moved" } else { "No longer on record" };
    let mut frame = Frame::new(site, path, title, title, "timeline");
    if let (Some(href), false) =
        (to.as_ref().and_then(|link| link.href.as_ref()), site.look.base_url.is_empty())
    {
        frame.canonical = Some(format!("{}{href}", site.look.base_url));
    }
    rendered(&MovedPage { frame, to, because })
}
