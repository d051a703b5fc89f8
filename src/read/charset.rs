//! Bytes to text: byte order mark, then the server's charset, then the page's own, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::model::finding::Finding;

/// Bytes of the head in which a page may name its own charset (HTML standard, prescan).
const PRESCAN_BYTES: usize = 4096;
/// Bytes looked at to guess a charset nobody names.
const GUESS_BYTES: usize = 64 * 1024;

/// Decodes a body; bytes that fit nothing become U+FFFD and a finding.
pub(super) fn decode(body: &[u8], media: &str, findings: &mut Vec<Finding>) -> String {
    let named = Encoding::for_bom(body).map(|(encoding, _)| encoding);
    let valid_utf8 = named.is_none() && std::str::from_utf8(body).is_ok();
    let encoding = named.unwrap_or_else(|| {
        if valid_utf8 {
            return UTF_8;
        }
        // What does not decode as UTF-8 is not UTF-8, whatever its label says.
        let label = |label: Option<&str>| {
            label.and_then(|l| Encoding::for_label(l.as_bytes())).filter(|e| *e != UTF_8)
        };
        label(parameter(media, "charset").as_deref())
            .or_else(|| label(declared(body).as_deref()))
            .unwrap_or_else(|| guess(body))
    });
    let (text, used, broken) = encoding.decode(body);
    if broken {
        let message = format!(
            "some bytes are no {}; they are shown as U+FFFD, check the capture",
            used.name()
        );
        findings.push(Finding::warning("undecodable-bytes", message));
    }
    text.into_owned()
}

fn guess(body: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body.get(..GUESS_BYTES).unwrap_or(body), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// A parameter of a media type, without quotation marks.
fn parameter(media: &str, name: &str) -> Option<String> {
    media.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_string())
    })
}

/// The charset a page declares in its first bytes: `<meta charset=…>`, `http-equiv`, `<?xml …?>`.
fn declared(body: &[u8]) -> Option<String> {
    let head = body.get(..PRESCAN_BYTES).unwrap_or(body);
    let head: String = head.iter().map(|b| b.to_ascii_lowercase() as char).collect();
    let after = ["charset=", "charset =", "encoding="]
        .iter()
        .find_map(|key| head.split_once(key))
        .map(|(_, after)| after)?;
    let value = after.trim_start_matches([' ', '"', '\'']);
    let label: String = value
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &[u8], media: &str) -> String {
        decode(body, media, &mut Vec::new())
    }

    #[test]
    fn the_page_names_its_charset() {
        let (body, _, _) = encoding_rs::GB18030.encode("<meta charset=gb18030><p>禁令</p>");
        assert!(text(&body, "text/html").contains("禁令"));
    }

    #[test]
    fn a_wrong_label_does_not_spoil_utf8() {
        assert_eq!(text("naïve 禁令".as_bytes(), "text/html; charset=iso-8859-1"), "naïve 禁令");
    }

    #[test]
    fn an_unnamed_charset_is_guessed() {
        let sentence =
            "内容监管部门表示，公司应当在三十日内提交整改报告，否则将处以罚款。".repeat(4);
        let (body, _, _) = encoding_rs::GBK.encode(&sentence);
        assert_eq!(text(&body, ""), sentence);
        let (body, _, _) = encoding_rs::WINDOWS_1252.encode("The café’s “owner” said no – twice.");
        assert_eq!(text(&body, "text/plain"), "The café’s “owner” said no – twice.");
    }

    #[test]
    fn broken_bytes_are_a_finding() {
        let mut findings = Vec::new();
        let (mut body, _, _) = encoding_rs::UTF_16LE.encode("a");
        let body = [&[0xff, 0xfe][..], body.to_mut(), &[0x00, 0xd8]].concat();
        decode(&body, "", &mut findings);
        assert_eq!(findings.len(), 1);
    }
}
