//! Where a crawl must not go: this machine, its network, the services of its cloud.
//!
//! In: hosts as written, addresses as resolved. Out: why not. What holds: only global unicast
//! addresses pass (IANA special-purpose registries, RFC 6890), whatever form they come in: IPv4 inside
//! IPv6, translated, tunnelled. Checked as written, and again for every address a name resolves to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Ports that pages are served on.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Names that lead inside, with everything below them.
const INSIDE: [&str; 12] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "in-addr.arpa",
    "ip6.arpa",
];

/// Says why an address must not be asked for, as it is written.
pub(super) fn refusal(url: &Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Some(format!("“{}:” is not fetched; only http and https are", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("the address carries a name or password".into());
    }
    if let Some(port) = url.port().filter(|port| !PORTS.contains(port)) {
        return Some(format!("port {port} serves no pages"));
    }
    match url.host() {
        None => Some("the address names no host".into()),
        Some(Host::Ipv4(ip)) => refusal_of(ip.into()),
        Some(Host::Ipv6(ip)) => refusal_of(ip.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let below = |domain: &&str| {
                name.strip_suffix(*domain)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            };
            let inside = INSIDE.iter().any(below) || !name.contains('.');
            inside.then(|| format!("“{name}” is a name of a private network"))
        }
    }
}

/// Says why an address of the network must not be connected to.
pub(super) fn refusal_of(ip: IpAddr) -> Option<String> {
    let kind = match ip {
        IpAddr::V4(v4) => kind_of_v4(v4),
        IpAddr::V6(v6) => kind_of_v6(v6),
    };
    kind.map(|kind| format!("{ip} is {kind}"))
}

fn kind_of_v4(ip: Ipv4Addr) -> Option<&'static str> {
    match ip.octets() {
        [0, ..] => Some("an address of “this network”"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some("an address of a private network"),
        // Public or shared numbers behind which clouds keep services of their own.
        [168, 63, 129, 16] | [100, 100, 100, 200] => Some("a service of a cloud"),
        [100, 64..=127, ..] => Some("an address of a provider’s own network"),
        [127, ..] => Some("this machine"),
        [169, 254, ..] => Some("an address of the local link, where clouds keep their keys"),
        [192, 0, 0, _] | [192, 88, 99, _] => Some("reserved for protocols"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Some("reserved for examples"),
        [198, 18..=19, ..] => Some("reserved for measurements"),
        [224..=239, ..] => Some("an address of many receivers"),
        [240..=255, ..] => Some("reserved"),
        _ => None,
    }
}

fn kind_of_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let tail = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        kind_of_v4(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("no address"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("this machine"),
        // Mapped, compatible, translated (RFC 4291, 2765, 6052): the number inside decides.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => tail(high, low),
        [0, 0, 0, 0, 0, 0, ..] => Some("an address of an old form"),
        [0x64, 0xff9b, 1, ..] => Some("an address of a private network, translated"),
        [0x100, 0, 0, 0 | 1, ..] => Some("an address that discards"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("reserved for examples"),
        // Teredo, ORCHID and other protocols.
        [0x2001, 0..=0x1ff, ..] => Some("reserved for protocols"),
        [0x2002, ..] => Some("a tunnel"),
        [0x5f00, ..] => Some("reserved for routing"),
        [0xfc00..=0xfdff, ..] => Some("an address of a private network"),
        [0xfe80..=0xfebf, ..] => Some("an address of the local link"),
        [0xfec0..=0xfeff, ..] => Some("an address of a site’s own network"),
        [0xff00..=0xffff, ..] => Some("an address of many receivers"),
        // Only 2000::/3 is global unicast.
        [0x2000..=0x3fff, ..] => None,
        _ => Some("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses and tricks, none of which may be asked for.
    const REFUSED: &[&str] = &[
        // This machine, in every spelling.
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.255.255.254/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://１２７.０.０.１/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://www.localhost/",
        "http://localhost.localdomain/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        // Private networks.
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://0xc0a80101/",
        "http://100.64.0.1/",
        "http://[fc00::1]/",
        "http://[fd12:3456:789a::1]/",
        "http://[::ffff:192.168.0.1]/",
        "http://[64:ff9b:1::10.0.0.1]/",
        "http://router.lan/",
        "http://wiki.corp/",
        "http://printer/",
        "http://nas.home.arpa/",
        // Local link and the keys of clouds.
        "http://169.254.169.254/latest/meta-data/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://metadata.google.internal/",
        "http://METADATA.google.internal./",
        "http://168.63.129.16/",
        "http://100.100.100.200/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        // Everything else that is no page.
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://198.51.100.7/",
        "http://203.0.113.9/",
        "http://192.88.99.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[ff02::1]/",
        "http://[2001:db8::1]/",
        "http://[2001::1]/",
        "http://[100::1]/",
        "http://[4000::1]/",
        "http://harbourledger.example:22/",
        "http://harbourledger.example:6379/",
        "https://harbourledger.example:25/",
        "http://good.example@harbourledger.example/",
        "http://user:word@harbourledger.example/",
        "ftp://harbourledger.example/",
        "file:///etc/passwd",
        "gopher://harbourledger.example/",
        "data:text/html,x",
        "javascript:alert(1)",
    ];

    #[test]
    fn nothing_private_is_asked_for() {
        assert!(REFUSED.len() >= 40);
        for address in REFUSED {
            match Url::parse(address) {
                Ok(url) => assert!(refusal(&url).is_some(), "{address} passes as {url}"),
                // What does not parse is not asked for either.
                Err(error) => assert!(!error.to_string().is_empty(), "{address}"),
            }
        }
    }

    #[test]
    fn the_public_web_passes() -> Result<(), url::ParseError> {
        for address in [
            "https://harbourledger.example/news",
            "http://farwire.example:8080/",
            "http://8.8.8.8/",
            "http://172.15.0.1/",
            "http://172.32.0.1/",
            "http://[2606:4700::1111]/",
            "http://[::ffff:8.8.8.8]/",
            "http://[64:ff9b::8.8.8.8]/",
            "https://新闻.example/",
        ] {
            assert_eq!(refusal(&Url::parse(address)?), None, "{address}");
        }
        Ok(())
    }
}
