//! Pictures as inline SVG, drawn from the same numbers as the tables beneath them.
//!
//! What holds: every picture has a title and a description; a date is never drawn narrower than it
//! is known; colours come from the style sheet alone, so a picture follows light and dark; what lies on an
//! axis of time is whole on a narrow screen too, with letters of the same size.

mod axis;
mod bars;
mod lanes;
mod links;
mod story;
mod strip;

pub use quick_xml::escape::escape;

pub use bars::{Bar, bars};
pub use lanes::{Lane, Mark, lanes};
pub use links::{Edge, Node, links};
pub use story::{Moment, story};
pub use strip::{Ground, Spot, Strip, strip};

/// What a picture is called and says to those who cannot see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// Begins the ids inside the picture; unique on the page.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it shows and how to read it.
    pub description: &'a str,
}

/// How large a picture is.
#[derive(Debug, Clone, Copy)]
enum Size {
    /// In units of its own, scaled as a whole.
    Scaled(f64, f64),
    /// As wide as there is room, so high; what lies across is told in percent, and letters keep their size.
    Wide(f64),
}

/// Opens a picture of a size.
fn opened(caption: Caption<'_>, class: &str, size: Size) -> String {
    let Caption { id, title, description } = caption;
    let size = match size {
        Size::Scaled(width, height) => format!("viewBox=\"0 0 {width} {height}\""),
        Size::Wide(height) => format!("width=\"100%\" height=\"{height}\""),
    };
    format!(
        "<svg class=\"picture {class}\" {size} role=\"group\" aria-labelledby=\"{id}-t {id}-d\">\
         <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escape(title),
        escape(description)
    )
}

/// The beginning of a text, so that it fits a width in units of half an em; Chinese counts double.
fn shortened(text: &str, units_max: usize) -> String {
    let width = |c: char| if ('\u{2e80}'..='\u{ffef}').contains(&c) { 2 } else { 1 };
    if text.chars().map(width).sum::<usize>() <= units_max {
        return text.to_string();
    }
    let mut units = 1;
    let head: String = text
        .chars()
        .take_while(|c| {
            units += width(*c);
            units <= units_max
        })
        .collect();
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_end_before_the_picture_does() {
        assert_eq!(shortened("Harnvik Council", 20), "Harnvik Council");
        assert_eq!(shortened("Harnvik Council and others", 16), "Harnvik Council…");
        assert_eq!(shortened("槐汀集团与榆桥财经", 9), "槐汀集团…");
    }
}
