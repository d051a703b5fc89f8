//! A card as a picture: words set in lines, an SVG of them, and that as PNG.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use askama::Template;
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::Card;
use super::setting::{TYPEFACE, balanced, cut, width};
use crate::view::picture::{Ground, Strip, strip};
use crate::view::wording::{Wording, has_han};

/// Size of a card in pixels, as Open Graph suggests.
pub const WIDTH: u32 = 1200;
/// Its height.
pub const HEIGHT: u32 = 630;
/// Room for words, and where the line of time lies.
const COLUMN: f64 = 1056.0;
const GROUND: Ground = Ground { left: 72.0, width: COLUMN, floor: 552.0 };
/// Sizes of the headline, the most lines of each, and from line to line.
const SIZES: [(f64, usize, f64); 4] =
    [(84.0, 1, 0.0), (76.0, 2, 90.0), (64.0, 3, 78.0), (50.0, 4, 61.0)];
const TOP: f64 = 132.0;
const FACTS_SIZE: f64 = 29.0;
const NAME_SIZE: f64 = 31.0;
const KIND_SIZE: f64 = 26.0;
/// Most colours of a picture with a palette.
const COLOURS_MAX: usize = 256;

struct Line {
    y: String,
    text: String,
}

#[derive(Template)]
#[template(path = "card.svg", escape = "xml")]
struct Drawing<'c> {
    name: String,
    kind: String,
    status: &'c str,
    open: bool,
    headline: Vec<Line>,
    size: f64,
    /// Letters of large Latin type stand closer; Chinese ones as they are.
    tight: bool,
    below: String,
    facts: String,
    strip: Strip,
}

/// Draws a card; a card that cannot be drawn is empty.
pub(super) fn drawn(card: &Card, words: &Wording<'_>) -> Vec<u8> {
    drawing(card, words).render().ok().and_then(|svg| rendered(&svg)).unwrap_or_default()
}

fn one_line(text: &str, size: f64, room: f64) -> String {
    cut(text, room / size, 1).concat()
}

fn drawing<'c>(card: &'c Card, words: &Wording<'_>) -> Drawing<'c> {
    let fits =
        |(size, lines, _): &(f64, usize, f64)| balanced(&card.headline, COLUMN / size, *lines);
    let found = SIZES.iter().find_map(|sizes| Some((sizes, fits(sizes)?)));
    let smallest = || {
        let (size, lines, _) = SIZES.last()?;
        Some((SIZES.last()?, cut(&card.headline, COLUMN / size, *lines)))
    };
    let ((size, _, step), lines) =
        found.or_else(smallest).unwrap_or((&(50.0, 4, 61.0), Vec::new()));
    let y = |line: usize| TOP + size + step * line as f64;
    let below = y(lines.len().saturating_sub(1)) + 57.0;
    let status = width(&card.status) * KIND_SIZE + 60.0;
    let kind = one_line(&card.kind, KIND_SIZE, COLUMN * 0.5 - status);
    let room = COLUMN - status - width(&kind) * KIND_SIZE;
    Drawing {
        kind,
        name: one_line(&card.name, NAME_SIZE, room),
        status: &card.status,
        open: card.open,
        headline: (0..)
            .zip(lines)
            .map(|(at, text)| Line { y: format!("{:.0}", y(at)), text })
            .collect(),
        size: *size,
        tight: !has_han(&card.headline),
        below: format!("{below:.0}"),
        facts: one_line(&card.facts, FACTS_SIZE, COLUMN),
        strip: strip(&card.spots, words, GROUND),
    }
}

fn typefaces() -> Arc<Database> {
    static TYPEFACES: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut database = Database::new();
        database.load_font_source(Source::Binary(Arc::new(TYPEFACE)));
        Arc::new(database)
    };
    TYPEFACES.get_or_init(load).clone()
}

fn rendered(svg: &str) -> Option<Vec<u8>> {
    let fontdb = typefaces();
    let font_family = fontdb.faces().next()?.families.first()?.0.clone();
    let options = Options { fontdb, font_family, ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let mut picture = Pixmap::new(WIDTH, HEIGHT)?;
    resvg::render(&tree, Transform::default(), &mut picture.as_mut());
    encoded(&picture)
}

/// PNG with a palette: a card has few colours, and is a fifth of the size so.
fn encoded(picture: &Pixmap) -> Option<Vec<u8>> {
    let pixels = picture.pixels();
    // A picture of more colours loses its finest differences.
    (0..8).find_map(|bits| with_palette(pixels, bits))
}

fn with_palette(pixels: &[PremultipliedColorU8], bits: u32) -> Option<Vec<u8>> {
    // Nothing shines through a card.
    let colour = |pixel: &PremultipliedColorU8| {
        [pixel.red(), pixel.green(), pixel.blue()].map(|value| value >> bits << bits)
    };
    let runs = || pixels.chunk_by(|a, b| a == b);
    let colours: BTreeSet<[u8; 3]> = runs().filter_map(|run| run.first()).map(colour).collect();
    if colours.len() > COLOURS_MAX {
        return None;
    }
    let palette: Vec<[u8; 3]> = colours.into_iter().collect();
    let mut places = Vec::with_capacity(pixels.len());
    for run in runs() {
        let place = run.first().and_then(|pixel| palette.binary_search(&colour(pixel)).ok());
        places.resize(places.len() + run.len(), u8::try_from(place?).ok()?);
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&places).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
