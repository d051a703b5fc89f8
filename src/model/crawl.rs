//! What a crawl deals with: sources, addresses to visit, what came back, articles that were listed.

use chrono::{DateTime, NaiveDate, Utc};

/// What an address is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The rules a host sets for robots (RFC 9309).
    Robots,
    /// What a host reserves from text and data mining (TDMRep).
    Reservation,
    /// A front page that is looked through for feeds.
    Home,
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
    /// A sitemap, a news sitemap or an index of sitemaps.
    Sitemap,
    /// A page that lists articles.
    Section,
    /// An article.
    Page,
}

impl Role {
    /// Every role, in the order in which they are asked for.
    pub const ALL: [Role; 7] = [
        Role::Robots,
        Role::Reservation,
        Role::Home,
        Role::Feed,
        Role::Sitemap,
        Role::Section,
        Role::Page,
    ];

    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Role::Robots => "robots",
            Role::Reservation => "tdmrep",
            Role::Home => "home",
            Role::Feed => "feed",
            Role::Sitemap => "sitemap",
            Role::Section => "section",
            Role::Page => "page",
        }
    }

    /// Reads back what [`Role::word`] printed.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether such a document tells of other addresses.
    pub fn is_listing(self) -> bool {
        matches!(self, Role::Home | Role::Feed | Role::Sitemap | Role::Section)
    }
}

/// A publisher, and where it tells of its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Language tag of its articles.
    pub language: String,
    /// Name of its time zone, for dates that carry none.
    pub zone: Option<String>,
    /// Listings with what they are.
    pub listings: Vec<(Role, String)>,
    /// CSS selector of the links on its section pages; all links otherwise.
    pub links: Option<String>,
    /// What paths of its articles hold, one of them; any path otherwise.
    pub paths: Vec<String>,
    /// Hosts beside those of its listings that its articles stand on.
    pub hosts: Vec<String>,
    /// Milliseconds between two requests to one of its hosts; the crawl's own otherwise.
    pub delay_ms: Option<u64>,
    /// Requests under way at once at one of its hosts; the crawl's own otherwise.
    pub at_once: Option<usize>,
    /// Age in days above which a listed article is left out.
    pub days_max: u32,
    /// Fewest and most new articles that a crawl should find listed.
    pub expected: (usize, usize),
    /// Whether title and summary decide if an article is visited.
    pub gated: bool,
    /// Whether no crawl has seen its addresses yet.
    pub unverified: bool,
}

/// An article, or another listing, that a listing tells of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Its address as written, possibly relative.
    pub address: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its first words.
    pub summary: Option<String>,
    /// When it came out or was last changed, as the listing says.
    pub dated: Option<Dated>,
}

/// A date of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// A moment.
    Moment(DateTime<Utc>),
    /// A day without a time zone.
    Day(NaiveDate),
}

/// An address and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// What is asked for.
    pub ask: String,
    /// What two spellings of one address have in common.
    pub key: String,
    /// Scheme, host and port (RFC 6454).
    pub origin: String,
}

/// What a server may be asked to compare with (RFC 9110 §13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// One address to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The address.
    pub address: Address,
    /// What it is asked for.
    pub role: Role,
    /// The source it belongs to; empty for an address given by hand.
    pub source: String,
    /// From earlier visits.
    pub validators: Validators,
    /// Redirects that led here.
    pub hops: u32,
    /// Failed attempts in a row.
    pub failures: u32,
    /// The address whose answer led here.
    pub via: Option<String>,
}

/// What a crawl does now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Asks for this.
    Visit(Box<Visit>),
    /// Nothing before this moment, or before something arrives.
    Wait(Option<DateTime<Utc>>),
    /// Nothing more.
    Done,
}

/// One fetch: what was sent, and what came back, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The address asked for.
    pub address: String,
    /// When it was asked for, in whole seconds.
    pub at: DateTime<Utc>,
    /// Milliseconds until the last byte.
    pub took_ms: u64,
    /// The request's line and fields.
    pub request: Vec<u8>,
    /// Status.
    pub status: u16,
    /// The response's line and fields, ending in an empty line.
    pub head: Vec<u8>,
    /// The body as sent, transfer coding undone, content coding kept.
    pub body: Vec<u8>,
    /// The server's address.
    pub server: Option<String>,
    /// The protocol, as WARC names it: `http/1.1`, `h2`.
    pub protocol: &'static str,
}

impl Observation {
    /// A field of the response, whatever its case.
    pub fn field(&self, name: &str) -> Option<String> {
        self.fields(name).next()
    }

    /// Every field of a name.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = String> {
        self.head.split(|byte| *byte == b'\n').skip(1).filter_map(move |line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (key, value) = line.split_at_checked(colon)?;
            key.eq_ignore_ascii_case(name.as_bytes())
                .then(|| String::from_utf8_lossy(value.get(1..).unwrap_or(&[])).trim().to_string())
        })
    }
}

/// Why nothing came back, or nothing that may be kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The address leads where a crawl must not go.
    Forbidden(String),
    /// The name has no address.
    NoName(String),
    /// No connection.
    NoConnection(String),
    /// The certificate or the handshake is not sound.
    Tls(String),
    /// It took too long.
    Slow(String),
    /// More bytes than allowed.
    TooLarge(String),
    /// The connection broke, or what came is no HTTP.
    Broken(String),
}

impl Fault {
    /// Whether another attempt may do better.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Fault::Forbidden(_) | Fault::Tls(_) | Fault::TooLarge(_))
    }

    /// A code for summaries.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Forbidden(_) => "forbidden-address",
            Fault::NoName(_) => "no-such-host",
            Fault::NoConnection(_) => "no-connection",
            Fault::Tls(_) => "bad-certificate",
            Fault::Slow(_) => "too-slow",
            Fault::TooLarge(_) => "too-large",
            Fault::Broken(_) => "broken-answer",
        }
    }

    /// What happened, in words.
    pub fn words(&self) -> &str {
        match self {
            Fault::Forbidden(words)
            | Fault::NoName(words)
            | Fault::NoConnection(words)
            | Fault::Tls(words)
            | Fault::Slow(words)
            | Fault::TooLarge(words)
            | Fault::Broken(words) => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_print_and_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.word()), Some(role));
        }
    }
}
