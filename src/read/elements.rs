//! HTML elements by what they do to text: kept, passed over, breaking a block, naming a block.

use scraper::node::Element;

use super::page::Tag;
use crate::rules::mark::{self, Marks};

/// What the attributes of an element say, found in one pass.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub class: Option<&'a str>,
    pub id: Option<&'a str>,
    pub itemprop: Option<&'a str>,
    pub rel: Option<&'a str>,
    pub property: Option<&'a str>,
    pub component: Option<&'a str>,
    pub testid: Option<&'a str>,
    pub role: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub datetime: Option<&'a str>,
    pub href: Option<&'a str>,
    pub title: Option<&'a str>,
    pub name: Option<&'a str>,
    pub content: Option<&'a str>,
    pub value: Option<&'a str>,
    pub lang: Option<&'a str>,
    pub http_equiv: Option<&'a str>,
    pub hidden: bool,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(element: &'a Element) -> Self {
        let mut found = Self::default();
        for (name, value) in &element.attrs {
            let value: &str = value;
            match &*name.local {
                "class" => found.class = Some(value),
                "id" => found.id = Some(value),
                "itemprop" => found.itemprop = Some(value),
                "rel" => found.rel = Some(value),
                "property" => found.property = Some(value),
                "data-component" => found.component = Some(value),
                "data-testid" => found.testid = Some(value),
                "role" => found.role = Some(value),
                "type" => found.kind = Some(value),
                "datetime" => found.datetime = Some(value),
                "href" => found.href = Some(value),
                "title" => found.title = Some(value),
                "name" => found.name = Some(value),
                "content" => found.content = Some(value),
                "value" => found.value = Some(value),
                "lang" => found.lang = Some(value),
                "http-equiv" => found.http_equiv = Some(value),
                "hidden" => found.hidden = !value.eq_ignore_ascii_case("until-found"),
                "aria-hidden" => found.hidden |= value == "true" && element.name() != "div",
                "style" => found.hidden |= hides(value),
                _ => {}
            }
        }
        found
    }
}

fn hides(style: &str) -> bool {
    let head: Vec<u8> = style
        .bytes()
        .take(2000)
        .filter(|b| !b.is_ascii_whitespace())
        .map(|b| b.to_ascii_lowercase())
        .collect();
    head.windows(12).any(|part| part == b"display:none")
}

/// Whether an element holds a part of the page that a script puts in its place once it has come:
/// React names them `S:0`, `S:1` and so on.
fn is_streamed(id: &str) -> bool {
    id.strip_prefix("S:").is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Elements whose text no reader of the page sees as text.
pub(super) fn is_skipped(name: &str, attributes: &Attributes<'_>) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "select"
            | "button"
            | "input"
            | "textarea"
            | "object"
            | "video"
            | "audio"
            | "canvas"
            | "math"
            | "title"
            | "label"
            | "dialog"
            | "amp-ad"
            | "amp-sidebar"
            | "amp-consent"
            | "map"
            | "rt"
            | "rp"
    ) || attributes.hidden
        && !matches!(name, "html" | "body" | "main" | "article")
        && !attributes.id.is_some_and(is_streamed)
}

/// Elements that begin and end a block of text.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "amp-layout"
    )
}

/// The kind an element gives to the blocks in it.
pub(super) fn tag_of(name: &str) -> Option<Tag> {
    match name {
        "h1" => Some(Tag::Heading(1)),
        "h2" => Some(Tag::Heading(2)),
        "h3" => Some(Tag::Heading(3)),
        "h4" | "h5" | "h6" => Some(Tag::Heading(4)),
        "p" | "pre" => Some(Tag::Paragraph),
        "li" | "dd" | "dt" => Some(Tag::ListItem),
        "blockquote" => Some(Tag::Quote),
        "figcaption" | "caption" => Some(Tag::Caption),
        "td" | "th" => Some(Tag::Table),
        _ => None,
    }
}

/// What an element says by its own name and role.
pub(super) fn marks_by_name(name: &str, role: Option<&str>) -> Marks {
    let named = match name {
        "nav" | "menu" => mark::NAV,
        "aside" => mark::ASIDE,
        "footer" => mark::FOOT,
        "form" | "fieldset" => mark::SIGNUP,
        "figcaption" => mark::CAPTION,
        "figure" => mark::MEDIA,
        "article" | "main" => mark::BODY,
        "time" => mark::DATE,
        _ => 0,
    };
    named
        | match role {
            Some("navigation" | "search") => mark::NAV,
            Some("complementary") => mark::ASIDE,
            Some("contentinfo") => mark::FOOT,
            Some("banner") => mark::HEAD,
            Some("dialog" | "alertdialog") => mark::HIDDEN,
            Some("alert" | "status") => mark::NOTICE,
            Some("main" | "article") => mark::BODY,
            _ => 0,
        }
}

/// Bits of the elements a block stands in.
pub(super) mod within {
    macro_rules! bits {
        ($($name:ident = $bit:literal, [$($tag:literal),*];)*) => {
            $(pub const $name: u32 = 1 << $bit;)*
            /// The bit of an element.
            pub fn of(tag: &str) -> u32 {
                match tag {
                    $($($tag)|* => $name,)*
                    _ => 0,
                }
            }
        };
    }
    bits! {
        ARTICLE = 0, ["article"];
        MAIN = 1, ["main"];
        HEADER = 2, ["header"];
        FOOTER = 3, ["footer"];
        NAV = 4, ["nav"];
        ASIDE = 5, ["aside"];
        FIGURE = 6, ["figure", "figcaption", "picture"];
        TABLE = 7, ["table"];
        LIST = 8, ["ul", "ol", "dl"];
        FORM = 9, ["form", "fieldset"];
        QUOTE = 10, ["blockquote"];
        SECTION = 11, ["section"];
        ITEM = 12, ["li", "dd", "dt"];
        PARAGRAPH = 13, ["p"];
        HEADING = 14, ["h1", "h2", "h3", "h4", "h5", "h6"];
        PRE = 15, ["pre", "code"];
        ADDRESS = 16, ["address"];
        EMPHASIS = 17, ["b", "strong", "em", "i"];
    }
}
