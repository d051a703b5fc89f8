//! Style sheet and pictures, inside the binary.

use std::collections::BTreeMap;

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "site/assets/"]
struct Assets;

/// The hand-written files of the site by name, as they are sent: without notes and indentation.
pub fn assets() -> BTreeMap<String, Vec<u8>> {
    Assets::iter()
        .filter_map(|name| Some((name.to_string(), lean(&name, &Assets::get(&name)?.data))))
        .collect()
}

/// A script or style sheet without lines that only its authors need; line breaks stay, they can
/// mean something.
fn lean(name: &str, bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let note = |line: &str| match name.rsplit('.').next() {
        Some("js") => line.starts_with("//"),
        _ => line.starts_with("/*") && line.find("*/") == line.len().checked_sub(2),
    };
    if !name.ends_with(".js") && !name.ends_with(".css") {
        return bytes.to_vec();
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !note(line));
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    #[test]
    fn notes_and_indentation_are_not_sent() {
        let lean = |name, text: &str| String::from_utf8(super::lean(name, text.as_bytes()));
        assert_eq!(
            lean("a.js", "// Why.\n  f();\n\n  g(); // h\n").as_deref(),
            Ok("f();\ng(); // h\n")
        );
        assert_eq!(
            lean("a.css", "/* Why. */\na {\n  b: c;\n}\n").as_deref(),
            Ok("a {\nb: c;\n}\n")
        );
        assert_eq!(lean("a.svg", " <svg/>").as_deref(), Ok(" <svg/>"));
    }
}
