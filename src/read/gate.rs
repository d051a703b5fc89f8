//! Whether a listed article is worth a visit, by its headline and first words alone.
//!
//! In: what a listing says of it. Out: yes or no. It reads them as it reads an article, so that every
//! name, act and word of `data/` counts here too.

use chrono::{DateTime, Utc};

use super::attribution::Context;
use super::coref::Coref;
use super::interview::Interview;
use super::quotes::Quotes;
use super::{acts, named, relevance};
use crate::model::article::{Article, Block, BlockKind, Section};
use crate::model::ground::Grounds;
use crate::model::id::Key;
use crate::model::source::Language;
use crate::model::text::Span;
use crate::rules::Rules;

/// Whether title and summary promise an article about a dispute.
pub fn worth(title: &str, summary: &str, rules: &Rules) -> bool {
    let body = format!("{title}\n\n{summary}");
    let mut blocks = Vec::new();
    let parts =
        [(BlockKind::Title, 0, title.len()), (BlockKind::Paragraph, title.len() + 2, body.len())];
    for (kind, start, end) in parts.into_iter().filter(|(_, start, end)| start < end) {
        blocks.push(Block { kind, span: Span::new(start, end), section: Section::Report });
    }
    let article = Article {
        id: Key::of(&["lead"]),
        capture: Key::of(&["lead"]),
        url: String::new(),
        requested: String::new(),
        fetched: DateTime::<Utc>::UNIX_EPOCH,
        seen: DateTime::<Utc>::UNIX_EPOCH,
        outlet: None,
        byline: Vec::new(),
        grounds: Grounds::default(),
        published: None,
        modified: None,
        foreign: Vec::new(),
        entries: Vec::new(),
        walled: false,
        language: Language::Other("und".into()),
        body,
        blocks,
    };
    let scan = named(&article, rules);
    let (coref, quotes) = (Coref::of(&scan), Quotes::of(&scan));
    let interview = Interview::of(&scan);
    let cx = Context { scan: &scan, coref: &coref, quotes: &quotes, interview: &interview };
    let acts = acts::find(&cx);
    relevance::promises(&cx, &acts)
}
