//! How each fact of a page's metadata is known, and how often such a fact holds.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word used in rows and in output.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// A fact that a page states of itself.
    Fact {
        /// The headline.
        Title = "title",
        /// The authors.
        Byline = "byline",
        /// The publisher.
        Outlet = "outlet",
        /// The day of publication.
        Published = "published",
        /// The day of the last change.
        Modified = "modified",
        /// The language of the text.
        Language = "language",
    }
}

words! {
    /// Where a fact was found.
    Basis {
        /// In several places that say the same.
        Agreed = "agreed",
        /// In a heading alone.
        Heading = "heading",
        /// In structured data (schema.org).
        JsonLd = "json-ld",
        /// In a meta element.
        Meta = "meta",
        /// In the title element.
        TitleElement = "title-element",
        /// In a `<time>` element.
        Time = "time",
        /// In the address.
        Url = "url",
        /// In a line that readers see.
        Visible = "visible",
        /// In an element named after such facts.
        Marked = "marked",
        /// In words that count from the capture: "4h ago".
        Relative = "relative",
        /// Nowhere: only "not after the capture".
        FetchedBound = "fetched-bound",
        /// In the names of `data/`, by the host.
        Registry = "registry",
        /// In the words of the text.
        Detected = "detected",
        /// In the script of the text.
        Script = "script",
        /// In what the page says of itself.
        Declared = "declared",
    }
}

/// How one fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Where it was found.
    pub basis: Basis,
    /// How many of a hundred facts found there hold.
    pub confidence: u8,
}

/// How the facts of an article are known; none for a fact that was not found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// The headline.
    pub title: Option<Ground>,
    /// The authors.
    pub byline: Option<Ground>,
    /// The publisher.
    pub outlet: Option<Ground>,
    /// The day of publication.
    pub published: Option<Ground>,
    /// The day of the last change.
    pub modified: Option<Ground>,
    /// The language of the text.
    pub language: Option<Ground>,
}
