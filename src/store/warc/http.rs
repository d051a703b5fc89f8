//! The payload of an HTTP response as it lies in a record: chunks joined, compression undone.
//!
//! Crawlers differ: some store bodies as they came, some already decoded with the old header left
//! in place. So a coding is undone only where the bytes bear it out.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A response taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Payload {
    pub status: u16,
    /// In small letters, parameters kept.
    pub media: String,
    pub body: Vec<u8>,
    /// What went wrong, though the rest could be used.
    pub fault: Option<String>,
}

/// Most header fields of a response.
const FIELDS_MAX: usize = 256;

/// Takes an HTTP response apart; `bytes_max` bounds the decoded body.
pub(in crate::store) fn payload(block: &[u8], bytes_max: usize) -> Result<Payload, String> {
    let mut fields = vec![httparse::EMPTY_HEADER; FIELDS_MAX];
    let mut response = httparse::Response::new(&mut fields);
    let head = match httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, block)
    {
        Ok(httparse::Status::Complete(len)) => len,
        Ok(httparse::Status::Partial) => return Err("the HTTP header is cut off".into()),
        Err(error) => return Err(format!("the HTTP header cannot be parsed ({error})")),
    };
    let field = |name: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).trim().to_ascii_lowercase())
    };
    let mut fault = None;
    let mut body = block.get(head..).unwrap_or(&[]).to_vec();
    if field("transfer-encoding").is_some_and(|coding| coding.contains("chunked"))
        && let Some(joined) = dechunked(&body)
    {
        body = joined;
    }
    for coding in field("content-encoding").unwrap_or_default().split(',').rev() {
        match undone(coding.trim(), &body, bytes_max) {
            Ok(Some((decoded, damage))) => {
                body = decoded;
                fault = fault.or(damage);
            }
            Ok(None) => {}
            Err(message) => fault = Some(message),
        }
    }
    if body.len() > bytes_max {
        body.truncate(bytes_max);
        fault = Some(format!("the body is longer than {bytes_max} bytes; the rest is left out"));
    }
    let media = field("content-type").unwrap_or_default();
    Ok(Payload { status: response.code.unwrap_or(0), media, body, fault })
}

/// Bytes of line and fields of a response, their empty line included, and the status.
pub(in crate::store) fn head_length(block: &[u8]) -> Option<(usize, u16)> {
    let mut fields = vec![httparse::EMPTY_HEADER; FIELDS_MAX];
    let mut response = httparse::Response::new(&mut fields);
    match response.parse(block) {
        Ok(httparse::Status::Complete(length)) => Some((length, response.code.unwrap_or(0))),
        Ok(httparse::Status::Partial) | Err(_) => None,
    }
}

/// Joins chunks (RFC 9112 §7.1); `None` where the body is not chunked after all.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line_end = rest.iter().take(64).position(|b| *b == b'\n')?;
        let line = std::str::from_utf8(rest.get(..line_end)?).ok()?;
        let size = line.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(line_end + 1..)?;
        if size == 0 {
            return Some(joined);
        }
        // A body that was cut keeps what it has of its last chunk.
        let chunk = rest.get(..size.min(rest.len()))?;
        joined.extend_from_slice(chunk);
        rest = rest.get(chunk.len()..)?;
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(joined);
        }
    }
}

/// Bytes, and what was wrong with the rest.
type Decoded = (Vec<u8>, Option<String>);

/// Undoes one content coding; `Ok(None)` where the bytes do not bear it.
fn undone(coding: &str, body: &[u8], bytes_max: usize) -> Result<Option<Decoded>, String> {
    let decoder: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => Box::new(MultiGzDecoder::new(body)),
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            Box::new(ZlibDecoder::new(body))
        }
        "deflate" => Box::new(DeflateDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, 16 * 1024)),
        "" | "identity" | "gzip" | "x-gzip" => return Ok(None),
        other => {
            return Err(format!("the content coding “{other}” is not known; fetch without it"));
        }
    };
    let mut decoded = Vec::new();
    // One byte more than allowed shows that there was more.
    let result = decoder.take(bytes_max as u64 + 1).read_to_end(&mut decoded);
    match result {
        Ok(_) => Ok(Some((decoded, None))),
        Err(_) if decoded.is_empty() => Ok(None),
        Err(error) => {
            // What was decoded before the damage is still worth reading.
            let bytes = decoded.len();
            let damage = format!("the body is damaged or cut off after {bytes} bytes ({error})");
            Ok(Some((decoded, Some(damage))))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body(block: &[u8]) -> Result<String, String> {
        payload(block, 1000).map(|p| String::from_utf8_lossy(&p.body).into_owned())
    }

    #[test]
    fn chunks_are_joined_and_false_ones_left() {
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5;x=1\r\npedia\r\n0\r\n\r\n";
        assert_eq!(body(chunked).as_deref(), Ok("Wikipedia"));
        let joined = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>already joined</p>";
        assert_eq!(body(joined).as_deref(), Ok("<p>already joined</p>"));
    }

    #[test]
    fn gzip_is_undone_where_it_is_there() -> std::io::Result<()> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"<p>text</p>")?;
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        let block = [head.clone(), encoder.finish()?].concat();
        assert_eq!(body(&block).as_deref(), Ok("<p>text</p>"));
        assert_eq!(body(&[head, b"<p>plain</p>".to_vec()].concat()).as_deref(), Ok("<p>plain</p>"));
        Ok(())
    }

    #[test]
    fn a_bomb_is_cut() -> std::io::Result<()> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'a'; 1_000_000])?;
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        let cut = payload(&[head, encoder.finish()?].concat(), 1000);
        assert_eq!(cut.map(|p| (p.body.len(), p.fault.is_some())), Ok((1000, true)));
        Ok(())
    }
}
