//! A crawl is not turned against its owner, and loses nothing when it is killed.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::crawl::records;
use crate::desk::{Desk, archive_bytes, page};
use crate::web::Web;

/// The codes of a crawl's troubles with their addresses.
fn troubles(desk: &Desk, words: &[&str]) -> Vec<String> {
    let args = [&["crawl", "--format", "json", "--delay", "0", "--patience", "0"], words].concat();
    let json = desk.run(&args).json();
    let told = json["troubles"].as_array().unwrap().iter();
    told.map(|t| format!("{} {}", t["code"].as_str().unwrap(), t["address"].as_str().unwrap()))
        .collect()
}

#[test]
fn names_that_lead_inside_are_not_followed() {
    let desk = Desk::new();
    let web = Web::serve(Path::new("tests/web/versions"));
    let at = web.address.to_string();
    // Every name resolves to loopback, as a name under a stranger's control may at any moment.
    let found = troubles(&desk, &["--connect-to", &at, "http://rebound.example/n/plain"]);
    assert_eq!(found, ["forbidden-address http://rebound.example/n/plain"]);
    assert!(web.requests().is_empty(), "the server inside was asked");
    assert_eq!(records(&desk.home()), [""; 0]);
}

#[test]
fn redirects_do_not_lead_inside() {
    let dir = tempfile::tempdir().unwrap();
    let targets =
        ["http://127.0.0.1/", "http://[::ffff:169.254.169.254]/latest/", "file:///etc/passwd"];
    let mut rules = String::new();
    for (number, target) in targets.iter().enumerate() {
        rules.push_str(&format!(
            "[[rule]]\nat = \"harbour.example/n/{number}\"\nstatus = 302\nheaders = {{ location = \"{target}\" }}\n"
        ));
    }
    fs::write(dir.path().join("rules.toml"), rules).unwrap();
    let web = Web::serve(dir.path());
    // The folder's server stands for the outside: it alone may be reached inside.
    let at = web.address.to_string();
    for (number, target) in targets.iter().enumerate() {
        let desk = Desk::new();
        let address = format!("http://harbour.example/n/{number}");
        let found = troubles(&desk, &["--connect-to", &at, "--outside", &at, &address]);
        let told = found
            .iter()
            .any(|t| t.starts_with("forbidden-address") || t.starts_with("other-scheme"));
        assert!(told, "{target}: {found:?}");
        let asked = web.requests();
        assert!(asked.iter().all(|line| line.starts_with("harbour.example/")), "{asked:?}");
    }
}

#[test]
fn a_certificate_nobody_vouches_for_is_refused() {
    let (address, _) = tls_server();
    let desk = Desk::new();
    let at = address.to_string();
    let words = ["--connect-to", &at, "--allow-private", "https://harbour.example/n/1"];
    let found = troubles(&desk, &words);
    assert!(
        found.iter().any(|t| t.starts_with("bad-certificate")
            || t.starts_with("no-robots https://harbour.example")),
        "{found:?}"
    );
    assert_eq!(records(&desk.home()), [""; 0]);
}

/// A server whose certificate is its own.
fn tls_server() -> (std::net::SocketAddr, std::thread::JoinHandle<()>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cert = CertificateDer::from_pem_file("tests/it/tls/cert.pem").unwrap();
    let key = PrivateKeyDer::from_pem_file("tests/it/tls/key.pem").unwrap();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = Arc::new(config);
    let thread = std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            let _ = tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        }
    });
    (address, thread)
}

/// A folder of pages with a feed that lists them, as a web.
pub fn many(pages: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let host = dir.path().join("harbour.example");
    fs::create_dir_all(host.join("filings")).unwrap();
    let mut map = String::from("<urlset>");
    for number in 0..pages {
        fs::write(host.join(format!("filings/{number}.html")), page(number)).unwrap();
        map.push_str(&format!("<url><loc>http://harbour.example/filings/{number}</loc></url>"));
    }
    fs::write(host.join("map.xml"), map + "</urlset>").unwrap();
    let source = "[[source]]\nid = \"harbour\"\nname = \"H\"\nlanguage = \"en\"\ngate = false\n\
                  sitemaps = [\"http://harbour.example/map.xml\"]\n";
    fs::write(dir.path().join("sources.toml"), source).unwrap();
    dir
}

#[test]
fn a_killed_crawl_loses_no_page_and_keeps_none_twice() {
    let web = many(300);
    let folder = web.path().to_str().unwrap();
    let clean = Desk::new();
    clean.run(&["crawl", "--web", folder]).ends(0);
    let expected = records(&clean.home());
    assert_eq!(expected.len(), 302, "robots rules, sitemap, pages");
    let length = archive_bytes(&clean.home());

    let desk = Desk::new();
    let mut kills = 0;
    for share in [1, 2, 10, 40, 41, 80] {
        let mut child = desk.start(&["crawl", "--web", folder]);
        let deadline = Instant::now() + Duration::from_secs(120);
        while child.try_wait().unwrap().is_none() {
            if archive_bytes(&desk.home()) >= length * share / 100 {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
                break;
            }
            assert!(Instant::now() < deadline, "the crawl hangs");
            std::thread::yield_now();
        }
    }
    let last = desk.run(&["crawl", "--web", folder]);
    assert!(last.code <= 1, "{}", last.err);
    assert_eq!(records(&desk.home()), expected);
    assert!(kills >= 4, "only {kills} of 6 crawls were killed in time");

    // The database is derived: without it, nothing that lies in the archive is asked for again.
    fs::remove_file(desk.home().join("casebook.sqlite")).unwrap();
    let again = desk.run(&["crawl", "--web", folder, "--format", "json"]).json();
    assert_eq!(again["new"], 0, "{again}");
    assert_eq!(records(&desk.home()).iter().filter(|r| r.contains(" page ")).count(), 300);
}

#[test]
fn the_sample_web_is_crawled_as_it_is_taken_in() {
    let crawled = Desk::new();
    let run = crawled.run(&["crawl", "--web", "data/sample", "--format", "json"]).ends(0);
    assert_eq!(run.json()["new"], 14, "{}", run.err);
    crawled.run(&["build"]);
    let hosts = |urls: Vec<String>| -> Vec<String> {
        urls.iter().map(|url| url.trim_end_matches(".html").replace("http:", "https:")).collect()
    };
    assert_eq!(hosts(crawled.articles()), hosts(Desk::with_sample().articles()));
}
