//! The command line as it is typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Parser, Subcommand, ValueEnum};

use super::asking::{CrawlArgs, SourcesCommand};
use super::desk::DeskCommand;

/// A knowledge base of AI vendor disputes in which every sentence can be asked: says who?
#[derive(Debug, Parser)]
#[command(
    name = "casebook",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  casebook init mybook                          make a casebook folder
  casebook --home mybook ingest crawl.warc.gz   take pages in
  casebook --home mybook build                  read them, build index and site
  casebook --home mybook search 'ban type:use_ban vendor:alibaba'
  casebook --home mybook serve                  look at the site

Exit codes: 0 done; 1 done with findings, or nothing found; 2 failed."
)]
pub struct Args {
    /// The casebook's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub home: PathBuf,
    /// The day the record speaks of, instead of today [YYYY-MM-DD]
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    /// Threads to read with, instead of one for each processor
    #[arg(long, global = true, value_name = "N")]
    pub jobs: Option<usize>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a casebook folder
    #[command(after_help = "Example:\n  casebook init mybook --starter")]
    Init {
        /// The folder; it may exist, nothing in it is overwritten
        dir: PathBuf,
        /// Lays the incidents that come with the program into the record
        #[arg(long)]
        starter: bool,
    },
    /// Takes in pages: .html, .txt, .warc, .warc.gz, folders of these
    #[command(after_help = "\
Examples:
  casebook ingest crawl.warc.gz pages/
  casebook ingest story.html --url https://news.example/story --fetched-at 2026-07-04T09:00:00Z
  zcat crawl.warc.gz | casebook ingest -

A page is named by its canonical link, its WARC-Target-URI or --url, in this order.")]
    Ingest {
        /// Files and folders; - reads a WARC from standard input
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Address of single files
        #[arg(long)]
        url: Option<String>,
        /// When single files were fetched [RFC 3339]
        #[arg(long, value_name = "TIME")]
        fetched_at: Option<DateTime<Utc>>,
    },
    /// Fetches what sources and addresses offer, politely, into the archive
    #[command(after_help = "\
Examples:
  casebook crawl                                  every source of data/sources.toml
  casebook crawl --source farwire --pages-max 50
  casebook crawl https://news.example/story       one page, or a feed or sitemap with what it lists
  casebook crawl --web pages/                     a folder in place of the web: pages/HOST/PATH

A crawl that is stopped or killed goes on where it was. Robots rules are always obeyed.")]
    Crawl(CrawlArgs),
    /// Shows the sources of data/sources.toml, checks that they answer, lists what was refused
    #[command(after_help = "\
Examples:
  casebook sources check farwire
  casebook sources refused --format json")]
    Sources {
        /// What to do
        #[command(subcommand)]
        what: SourcesCommand,
    },
    /// Reads pages and prints what they say, one JSON object a line; keeps nothing
    #[command(after_help = "Example:\n  casebook annotate crawl.warc.gz > articles.jsonl")]
    Annotate {
        /// Files and folders; - reads a WARC from standard input
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Form of the output
        #[arg(long, value_enum, default_value = "jsonl")]
        format: AnnotateFormat,
        /// Address of single files
        #[arg(long)]
        url: Option<String>,
        /// When single files were fetched [RFC 3339]
        #[arg(long, value_name = "TIME")]
        fetched_at: Option<DateTime<Utc>>,
    },
    /// Reads what is new and builds the record, the search index and the site
    #[command(after_help = "\
Examples:
  casebook build
  casebook build --as-of 2026-07-04      (the record as it was knowable on that day)
  casebook build --base-url https://record.example/ --check-links
  casebook build --watch                 (again whenever archive, data or settings change)")]
    Build(BuildOptions),
    /// Prints the whole record
    #[command(after_help = "\
Examples:
  casebook export --format json > record.json
  casebook export --format csv --table timeline > timeline.csv
  casebook export --format parquet --table claims > claims.parquet")]
    Export {
        /// Form of the output
        #[arg(long, value_enum, default_value = "json")]
        format: ExportFormat,
        /// Which table, for csv and parquet
        #[arg(long, value_enum, default_value = "claims")]
        table: Table,
    },
    /// Searches incidents, claims, questions, timelines, articles and parties
    #[command(after_help = "\
Examples:
  casebook search 'distillation'
  casebook search 'vendor:阿里巴巴 kind:claim stance:alleges'
  casebook search '\"seen by\" date:2026-06..2026-07 -type:outage' --format json
  casebook search 'is:contradicted roots:>=2 sort:newest'

Fields: kind vendor product person outlet type role stance speaker target status question dispute lang
year is roots date known. Words are joined by AND; OR, NOT, -, parentheses, \"phrases\", prefix* and
word~ (a letter or two off) work. sort: best, newest, oldest, known or changed. asof: a day.
--as-of DATE is asof: for the whole command.")]
    Search {
        /// The query
        query: String,
        /// Form of the output
        #[arg(long, value_enum, default_value = "table")]
        format: SearchFormat,
        /// Most results
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Walks from a line of the site back to claim, rule, quotation, capture, fetch
    #[command(
        after_help = "Example:\n  casebook explain 3fa9c1d2\n\nThe id of a claim or question stands in its address on the site (#c-…, #q-…)."
    )]
    Explain {
        /// Id of a claim, question, incident or capture, or its first eight letters
        id: String,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
    },
    #[command(flatten)]
    Desk(DeskCommand),
    /// Checks data and readings, and says what a person should look at
    #[command(after_help = "Example:\n  casebook lint --strict")]
    Lint {
        /// Counts notes as findings too
        #[arg(long)]
        strict: bool,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
    },
    /// Says what is there and what the next build will read
    #[command(after_help = "Example:\n  casebook status --format json")]
    Status {
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: ExplainFormat,
    },
    /// Offers the record to an assistant (Model Context Protocol)
    #[command(after_help = "\
Example, for the settings of an assistant:
  casebook mcp

It speaks on standard input and output. Tools: search, claims, questions, incident, explain; all of them only read, and give evidence.")]
    Mcp,
    /// Serves the site, live search, a JSON API and feeds, on loopback
    #[command(after_help = "\
Examples:
  casebook serve --bind 127.0.0.1:8080
  casebook serve --bind 0.0.0.0:8080 --rate 20 --log json

Beside the site: /search/?q=… (works without script), /search/feed.atom?q=… and feed.json (any search
as a feed), /api/ (the JSON API and its description), /healthz, /metrics. A build that ends meanwhile is
taken up. Ctrl-C and SIGTERM finish what is under way.")]
    Serve {
        /// Address to listen on; port 0 takes any free one
        #[arg(long, default_value = "127.0.0.1:8080")]
        bind: SocketAddr,
        /// Searches a second that one address may ask for; 0 sets no limit
        #[arg(long, value_name = "N", default_value_t = 50)]
        rate: u32,
        /// What is said of each request on standard error
        #[arg(long, value_enum, default_value = "off")]
        log: LogFormat,
        /// Asks the server for its front page once, and ends
        #[arg(long)]
        check: bool,
    },
}

/// Forms of the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Nothing
    Off,
    /// Lines for people
    Text,
    /// One JSON object a line
    Json,
}

/// How `build` goes about it.
#[derive(Debug, clap::Args)]
pub struct BuildOptions {
    /// Address the site will stand at, instead of that in casebook.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Builds again whenever archive, data or settings change, until interrupted
    #[arg(long)]
    pub watch: bool,
    /// Looks for links inside the site that lead nowhere; they count as findings
    #[arg(long)]
    pub check_links: bool,
}

/// Forms of `annotate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// One JSON object a line
    Jsonl,
    /// The same, but only the article: metadata, text and typed blocks
    Article,
    /// Every block of the page with the numbers it was typed by
    Blocks,
}

/// Forms of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON document
    Json,
    /// One JSON object a line, each with its kind
    Jsonl,
    /// One table as CSV
    Csv,
    /// One table as Apache Parquet
    Parquet,
}

/// Tables of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// Who said what
    Claims,
    /// One row an incident
    Incidents,
    /// What happened when
    Timeline,
    /// What is open
    Questions,
    /// What differs
    Contradictions,
    /// What was read
    Articles,
}

/// Forms of `search`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// Lines for people
    Table,
    /// JSON
    Json,
    /// CSV
    Csv,
    /// BibTeX
    Bibtex,
    /// RIS
    Ris,
}

/// Forms of `crawl`, `explain`, `diff`, `lint`, `sources` and `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// Lines for people
    Text,
    /// JSON
    Json,
}
