//! What a host asks of robots (RFC 9309), read as leniently as Google's parser reads it.
//!
//! In: the bytes of `robots.txt` and our product token. Out: which paths may be fetched, how far apart,
//! and which sitemaps it names. What holds: the longest matching rule decides, `allow` where two are
//! equally long; a group of our own hides the group for all; anything unreadable is passed over.

/// Most bytes that are read (RFC 9309 §2.5 asks for at least 500 kibibytes).
const ROBOTS_BYTES_MAX: usize = 512 * 1024;
/// Most bytes of a line.
const LINE_BYTES_MAX: usize = 16 * 1024;
/// Most seconds a host can ask us to wait between requests; more is taken for a slip.
const DELAY_SECONDS_MAX: f64 = 120.0;

/// What one host asks of us.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Seconds between requests (`Crawl-delay`, not part of the RFC).
    pub delay: Option<f64>,
    /// Addresses of sitemaps.
    pub sitemaps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// The path as compared: octets beyond ASCII escaped, escapes in capitals.
    path: Vec<u8>,
}

enum Line {
    Agent(String),
    Rule(Rule),
    Delay(f64),
    Sitemap(String),
    Other,
}

impl Robots {
    /// Reads the rules for one product token, such as `casebook`.
    pub fn parse(bytes: &[u8], agent: &str) -> Self {
        let bytes = bytes.get(..ROBOTS_BYTES_MAX).unwrap_or(bytes);
        let (mut own, mut all) = (Group::default(), Group::default());
        let mut sitemaps = Vec::new();
        // Whether the group being read is for us, for everybody, and still listing its agents.
        let (mut for_us, mut for_all, mut naming) = (false, false, false);
        for line in lines(bytes) {
            match read_line(line) {
                Line::Agent(value) => {
                    if !naming {
                        (for_us, for_all, naming) = (false, false, true);
                    }
                    let star = value.strip_prefix('*');
                    if star.is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
                    {
                        for_all = true;
                    } else if !agent.is_empty() && product(&value).eq_ignore_ascii_case(agent) {
                        for_us = true;
                        own.named = true;
                    }
                }
                Line::Rule(rule) => {
                    naming = false;
                    if for_us {
                        own.rules.push(rule.clone());
                    }
                    if for_all {
                        all.rules.push(rule);
                    }
                }
                Line::Delay(seconds) => {
                    naming = false;
                    if for_us {
                        own.delay = Some(seconds);
                    }
                    if for_all {
                        all.delay = Some(seconds);
                    }
                }
                // A line of another kind does not end the list of agents.
                Line::Sitemap(address) => sitemaps.push(address),
                Line::Other => {}
            }
        }
        let group = if own.named { own } else { all };
        Self { rules: group.rules, delay: group.delay, sitemaps }
    }

    /// Whether an address may be fetched; what has no path is taken for the root.
    pub fn allows(&self, address: &str) -> bool {
        let path = path_of(address);
        // RFC 9309 §2.2.2: the file itself is always allowed.
        if path == b"/robots.txt" {
            return true;
        }
        let (mut allow, mut disallow) = (None, None);
        for rule in &self.rules {
            let best = if rule.allow { &mut allow } else { &mut disallow };
            if Some(rule.path.len()) > *best && matches(&rule.path, &path) {
                *best = Some(rule.path.len());
            }
            // An allowed index page allows the folder it stands for.
            if rule.allow
                && let Some(folder) = folder_of_index(&rule.path)
                && Some(folder.len()) > allow
                && matches(&folder, &path)
            {
                allow = Some(folder.len());
            }
        }
        // An empty rule matches everything and outweighs nothing.
        allow.unwrap_or(0) >= disallow.unwrap_or(0)
    }
}

#[derive(Default)]
struct Group {
    named: bool,
    rules: Vec<Rule>,
    delay: Option<f64>,
}

/// The letters, hyphens and underscores a name of an agent begins with.
fn product(value: &str) -> &str {
    let end = value.find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_');
    value.get(..end.unwrap_or(value.len())).unwrap_or("")
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    // A byte order mark, whole or begun, is no part of the first line.
    let mut bytes = bytes;
    for mark in [0xef, 0xbb, 0xbf] {
        match bytes.split_first() {
            Some((first, rest)) if *first == mark => bytes = rest,
            _ => break,
        }
    }
    bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .map(|line| line.get(..LINE_BYTES_MAX).unwrap_or(line))
}

fn read_line(line: &[u8]) -> Line {
    let line = line.split(|byte| *byte == b'#').next().unwrap_or(&[]).trim_ascii();
    let colon = line.iter().position(|byte| *byte == b':');
    // Without a colon, white space may stand for it between two words.
    let at = colon.or_else(|| {
        let gap = line.iter().position(u8::is_ascii_whitespace)?;
        let rest = line.get(gap..)?.trim_ascii();
        (!rest.iter().any(u8::is_ascii_whitespace)).then_some(gap)
    });
    let Some((key, value)) = at.and_then(|at| line.split_at_checked(at)) else {
        return Line::Other;
    };
    let value = value.get(1..).unwrap_or(&[]).trim_ascii();
    let key = String::from_utf8_lossy(key).trim().to_ascii_lowercase();
    let text = || String::from_utf8_lossy(value).into_owned();
    let rule = |allow| Line::Rule(Rule { allow, path: escaped(value) });
    match key.as_str() {
        _ if key.starts_with("user-agent")
            || key.starts_with("useragent")
            || key.starts_with("user agent") =>
        {
            Line::Agent(text())
        }
        _ if key.starts_with("allow") => rule(true),
        // Slips that are common enough to be meant.
        _ if ["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"]
            .iter()
            .any(|word| key.starts_with(word)) =>
        {
            rule(false)
        }
        "crawl-delay" => match text().parse::<f64>() {
            Ok(seconds) if (0.0..=DELAY_SECONDS_MAX).contains(&seconds) => Line::Delay(seconds),
            _ => Line::Other,
        },
        _ if key.starts_with("sitemap") || key.starts_with("site-map") => Line::Sitemap(text()),
        _ => Line::Other,
    }
}

/// Octets beyond ASCII as escapes, escapes in capitals (RFC 9309 §2.2.2).
pub(super) fn escaped(value: &[u8]) -> Vec<u8> {
    let ascii = value.iter().flat_map(|byte| match byte {
        0x80.. => format!("%{byte:02X}").into_bytes(),
        _ => vec![*byte],
    });
    capital_escapes(&ascii.collect::<Vec<u8>>())
}

/// Escapes in capitals; addresses are escaped before they come here.
fn capital_escapes(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match behind {
            [high, low, ..]
                if *byte == b'%' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                out.extend([b'%', high.to_ascii_uppercase(), low.to_ascii_uppercase()]);
                rest = behind.get(2..).unwrap_or(&[]);
            }
            _ => out.push(*byte),
        }
    }
    out
}

/// Path, parameters and query of an address, from its first slash behind the host on.
pub(super) fn path_of(address: &str) -> Vec<u8> {
    let bare = address.split('#').next().unwrap_or("");
    let behind = match bare.split_once("//") {
        Some((before, rest)) if before.is_empty() || before.ends_with(':') => rest,
        _ => bare,
    };
    match behind.find(['/', '?', ';']) {
        Some(at) => {
            let path = behind.get(at..).unwrap_or("");
            let slash: &[u8] = if path.starts_with('/') { b"" } else { b"/" };
            [slash, &capital_escapes(path.as_bytes())].concat()
        }
        None => b"/".to_vec(),
    }
}

/// `/folder/$` for `/folder/index.html`.
fn folder_of_index(rule: &[u8]) -> Option<Vec<u8>> {
    let slash = rule.iter().rposition(|byte| *byte == b'/')?;
    let (folder, name) = rule.split_at_checked(slash + 1)?;
    name.starts_with(b"index.htm").then(|| [folder, b"$"].concat())
}

/// Whether a rule matches a path from its beginning; `*` is anything, `$` at the end is the end.
pub(super) fn matches(rule: &[u8], path: &[u8]) -> bool {
    let (rule, to_end) = match rule.strip_suffix(b"$") {
        Some(rest) => (rest, true),
        None => (rule, false),
    };
    let mut pieces = rule.split(|byte| *byte == b'*');
    let first = pieces.next().unwrap_or(&[]);
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        if last && to_end {
            return rest.ends_with(piece);
        }
        // The first place a piece fits leaves most for the pieces behind it.
        match find(rest, piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or(&[]),
            None => return false,
        }
    }
    true
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    hay.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, address: &str) -> bool {
        Robots::parse(robots.as_bytes(), "casebook").allows(address)
    }

    #[test]
    fn the_longest_rule_decides_and_allow_wins_a_tie() {
        let robots =
            "User-agent: *\nDisallow: /archive\nAllow: /archive/open\nDisallow: /a\nAllow: /a";
        for (path, allowed) in [
            ("/archive", false),
            ("/archive/closed", false),
            ("/archive/open/1", true),
            ("/ab", true),
            ("/", true),
            ("", true),
        ] {
            assert_eq!(allows(robots, &format!("https://h.example{path}")), allowed, "{path}");
        }
    }

    #[test]
    fn our_own_group_hides_the_one_for_all() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: CaseBook/2.0\n\
                      Disallow: /private\n\nUser-agent: casebook\nDisallow: /drafts";
        for (path, allowed) in [("/news", true), ("/private", false), ("/drafts", false)] {
            assert_eq!(allows(robots, &format!("http://h.example{path}")), allowed, "{path}");
        }
        assert!(!Robots::parse(robots.as_bytes(), "else").allows("http://h.example/news"));
    }

    #[test]
    fn stars_and_ends_and_escapes() {
        let robots = "user-agent: *\ndisallow: /*.pdf$\ndisallow: /a*b*c\ndisallow: /新闻\n\
                      disallow: /%e6%96%b0\nallow: /open/index.html\ndisallow: /open";
        for (path, allowed) in [
            ("/x/y.pdf", false),
            ("/x/y.pdf?x=1", true),
            ("/a1b2c3", false),
            ("/a1c2b3", true),
            ("/%E6%96%B0%E9%97%BB/1", false),
            ("/open/", true),
            ("/open/2", false),
        ] {
            assert_eq!(allows(robots, &format!("http://h.example{path}")), allowed, "{path}");
        }
    }

    #[test]
    fn slips_delays_and_sitemaps_are_read() {
        let robots = "\u{feff}user agent *\ndissallow /no # really\nCrawl-Delay: 2.5\n\
                      Sitemap: https://h.example/map.xml\nnonsense\n: :\n";
        let read = Robots::parse(robots.as_bytes(), "casebook");
        assert_eq!(read.sitemaps, ["https://h.example/map.xml"]);
        assert!(read.allows("http://h.example/no"), "“user agent *” names nobody without a colon");
        let read = Robots::parse(b"useragent: *\ndissallow: /no\ncrawl-delay: 2.5", "casebook");
        assert_eq!((read.delay, read.allows("http://h.example/no")), (Some(2.5), false));
    }
}
