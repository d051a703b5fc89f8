//! How to crawl, as it is typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Subcommand;

use super::args::ExplainFormat;

/// How to crawl.
#[derive(Debug, Clone, clap::Args)]
pub struct CrawlArgs {
    /// Addresses of pages, feeds or sitemaps; every source where none is given
    pub urls: Vec<String>,
    /// A source by its id; may be repeated
    #[arg(long = "source", value_name = "ID")]
    pub sources: Vec<String>,
    /// Form of the summary
    #[arg(long, value_enum, default_value = "text")]
    pub format: ExplainFormat,
    /// How to ask
    #[command(flatten)]
    pub manners: Manners,
    /// Seconds a host that asks for a pause is waited for, before it is left for the next crawl
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub patience: u32,
    /// Most articles to ask for
    #[arg(long, value_name = "N")]
    pub pages_max: Option<usize>,
    /// Asks for every known address of these sources again, due or not
    #[arg(long)]
    pub revisit: bool,
    /// A folder in place of the web: HOST/PATH in it is the page http://HOST/PATH, and its
    /// sources.toml stands in place of the built-in sources; nothing else is asked
    #[arg(long, value_name = "DIR", conflicts_with = "connect_to")]
    pub web: Option<PathBuf>,
}

/// How to ask servers.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Manners {
    /// Milliseconds between two requests to one host, where its source says nothing
    #[arg(long, value_name = "MS", default_value_t = 1_000)]
    pub delay: u32,
    /// Requests under way at once at one host, where its source says nothing
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub per_host: u16,
    /// Requests under way at once over all hosts
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub at_once: u16,
    /// Milliseconds after which a fetch is given up
    #[arg(long, value_name = "MS", default_value_t = 60_000)]
    pub timeout: u32,
    /// Lets private addresses be asked for; for tests and your own network
    #[arg(long)]
    pub allow_private: bool,
    /// Connects to this address whatever the host; for tests
    #[arg(long, value_name = "ADDRESS", hide = true)]
    pub connect_to: Option<SocketAddr>,
    /// Takes this address for one of the public web; for tests
    #[arg(long, value_name = "ADDRESS", hide = true)]
    pub outside: Option<SocketAddr>,
}

/// What `sources` does.
#[derive(Debug, Clone, Subcommand)]
pub enum SourcesCommand {
    /// Lists the sources and when a crawl last read them
    List {
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
    },
    /// Asks every listing once and says what it names; archives nothing
    Check {
        /// Sources by id; all of them where none is given
        ids: Vec<String>,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
        /// How to ask
        #[command(flatten)]
        manners: Manners,
    },
    /// Lists the addresses that were found and not archived, and why
    Refused {
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
    },
}
