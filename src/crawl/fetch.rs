//! One fetch: a request out, the answer as it came, within limits.
//!
//! What holds: no redirect is followed here, no cookie kept, no coding undone; certificates are
//! verified; bytes, seconds and header fields have limits; the address is checked as written and as
//! resolved.

use std::error::Error;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::CrawlError;
use super::guard;
use super::names::{NameError, Names};
use crate::model::crawl::{Fault, Observation, Role, Visit};

/// Most bytes of a body as sent.
pub const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most bytes of a sitemap as sent.
const SITEMAP_BYTES_MAX: usize = 52 * 1024 * 1024;
/// Most bytes of all header fields together, and how many there may be.
const HEADER_BYTES_MAX: usize = 64 * 1024;
const HEADER_FIELDS_MAX: usize = 128;
/// Idle connections kept for one host.
const IDLE_MAX: usize = 16;

/// How to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetching {
    /// Who we say we are: product, version, contact.
    pub user_agent: String,
    /// How names are resolved.
    pub names: Names,
    /// Time for one fetch.
    pub timeout: Duration,
}

/// A client that fetches.
#[derive(Debug, Clone)]
pub(super) struct Web {
    client: reqwest::Client,
    settings: Fetching,
}

impl Web {
    pub(super) fn new(settings: Fetching) -> Result<Self, CrawlError> {
        // A second call finds the provider in place.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            reqwest::Client::builder()
                .user_agent(settings.user_agent.clone())
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .referer(false)
                .connect_timeout(settings.timeout.min(Duration::from_secs(20)))
                .timeout(settings.timeout)
                .pool_max_idle_per_host(IDLE_MAX)
                .http1_max_headers(HEADER_FIELDS_MAX)
                .http2_max_header_list_size(HEADER_BYTES_MAX as u32)
                .dns_resolver(settings.names)
        };
        // A machine without certificates of its own can still fetch what is not encrypted.
        let client = builder()
            .build()
            .or_else(|_| builder().tls_certs_only([]).build())
            .map_err(|error| CrawlError::Client(chain(&error)))?;
        Ok(Self { client, settings })
    }

    /// Asks for one address.
    pub(super) async fn get(&self, visit: &Visit) -> Result<Observation, Fault> {
        let url = Url::parse(&visit.address.ask)
            .map_err(|error| Fault::Forbidden(format!("the address does not parse ({error})")))?;
        if !self.settings.names.allow_private
            && let Some(why) = guard::refusal(&url)
        {
            return Err(Fault::Forbidden(why));
        }
        let fields = fields(visit);
        let request = request_head(&url, &self.settings.user_agent, &fields);
        let at = Utc::now();
        let answer = self.client.get(url).headers(fields).send().await;
        let response = answer.map_err(|error| fault(&error, &self.settings))?;
        let head = response_head(&response)?;
        let status = response.status().as_u16();
        let server = response.remote_addr().map(|address| address.ip().to_string());
        let protocol = match response.version() {
            reqwest::Version::HTTP_2 => "h2",
            reqwest::Version::HTTP_10 => "http/1.0",
            _ => "http/1.1",
        };
        let body = self.body(response, visit.role).await?;
        let took_ms = u64::try_from((Utc::now() - at).num_milliseconds()).unwrap_or(0);
        Ok(Observation {
            address: visit.address.ask.clone(),
            at: whole_seconds(at),
            took_ms,
            request,
            status,
            head,
            body,
            server,
            protocol,
        })
    }

    async fn body(&self, mut response: reqwest::Response, role: Role) -> Result<Vec<u8>, Fault> {
        let bytes_max = if role == Role::Sitemap { SITEMAP_BYTES_MAX } else { BODY_BYTES_MAX };
        let too_large = || Fault::TooLarge(format!("the body is larger than {bytes_max} bytes"));
        if response.content_length().is_some_and(|length| length > bytes_max as u64) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        loop {
            let chunk = response.chunk().await.map_err(|error| fault(&error, &self.settings))?;
            let Some(chunk) = chunk else { return Ok(body) };
            if body.len() + chunk.len() > bytes_max {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
    }
}

fn whole_seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(0)
}

/// The fields of a request beside `host` and `user-agent`.
fn fields(visit: &Visit) -> HeaderMap {
    let accept = match visit.role {
        Role::Feed | Role::Sitemap => {
            "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
        }
        Role::Robots => "text/plain, */*;q=0.5",
        Role::Reservation => "application/json, */*;q=0.5",
        Role::Home | Role::Section | Role::Page => "text/html, application/xhtml+xml, */*;q=0.5",
    };
    let mut fields = HeaderMap::new();
    let mut put = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            fields.insert(HeaderName::from_static(name), value);
        }
    };
    put("accept", Some(accept));
    put("accept-encoding", Some("gzip, deflate, br"));
    put("if-none-match", visit.validators.etag.as_deref());
    put("if-modified-since", visit.validators.modified.as_deref());
    fields
}

fn request_head(url: &Url, user_agent: &str, fields: &HeaderMap) -> Vec<u8> {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host_str().unwrap_or("");
    let mut head = format!(
        "GET {}{query} HTTP/1.1\r\nhost: {host}{port}\r\nuser-agent: {user_agent}\r\n",
        url.path()
    )
    .into_bytes();
    push_fields(&mut head, fields);
    head
}

/// Status line and fields as they are archived. The body has lost its transfer coding on the way, so the
/// field that names it is renamed, as Common Crawl does.
fn response_head(response: &reqwest::Response) -> Result<Vec<u8>, Fault> {
    let status = response.status();
    let reason = status.canonical_reason().unwrap_or("");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
    push_fields(&mut head, response.headers());
    match head.len() > HEADER_BYTES_MAX {
        true => Err(Fault::TooLarge(format!("the header is larger than {HEADER_BYTES_MAX} bytes"))),
        false => Ok(head),
    }
}

fn push_fields(head: &mut Vec<u8>, fields: &HeaderMap) {
    for (name, value) in fields {
        if name == reqwest::header::TRANSFER_ENCODING {
            head.extend_from_slice(b"x-crawler-");
        }
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
}

/// What an error of the client means.
fn fault(error: &reqwest::Error, settings: &Fetching) -> Fault {
    let words = chain(error);
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(name) = inner.downcast_ref::<NameError>() {
            return match name {
                NameError::Barred(why) => Fault::Forbidden(why.clone()),
                NameError::Unknown(why) => Fault::NoName(why.clone()),
            };
        }
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return Fault::Tls(tls.to_string());
        }
        // An error of TLS comes wrapped as one of the connection.
        let wrapped = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(tls) = wrapped.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            return Fault::Tls(tls.to_string());
        }
        cause = inner.source();
    }
    match () {
        () if error.is_timeout() => {
            Fault::Slow(format!("no end after {} seconds", settings.timeout.as_secs_f32()))
        }
        () if error.is_connect() => Fault::NoConnection(words),
        () => Fault::Broken(words),
    }
}

/// An error with its causes, from the last one up to the first that says more.
fn chain(error: &dyn Error) -> String {
    let mut last = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        last = inner.to_string();
        cause = inner.source();
    }
    last
}
