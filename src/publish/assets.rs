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
    let lean = lines.flat_map(|line| [line, "\n"]).collect::<String>();
    if name.ends_with(".css") { dense(&lean).into_bytes() } else { lean.into_bytes() }
}

/// A style sheet without the blanks that mean nothing: around braces, semicolons and commas, and behind the
/// colon of a declaration; what stands in quotation marks stays.
fn dense(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quoted = false;
    for c in css.chars() {
        quoted ^= c == '"';
        let before = out.chars().next_back();
        let blank = c.is_whitespace() && !quoted;
        if blank && before.is_none_or(|b| b.is_whitespace() || "{};,:".contains(b)) {
            continue;
        }
        if !quoted && "{};,".contains(c) {
            out.truncate(out.trim_end().len());
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
        }
        out.push(if blank { ' ' } else { c });
    }
    out
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
        assert_eq!(lean("a.css", "/* Why. */\na {\n  b: c;\n}\n").as_deref(), Ok("a{b:c}"));
        assert_eq!(
            lean("a.css", "a :hover, b { content: \", { \"; width: calc(1px + 2px); }\n@media (x: y) {\n  a { b: c d }\n}\n").as_deref(),
            Ok("a :hover,b{content:\", { \";width:calc(1px + 2px)}@media (x:y){a{b:c d}}")
        );
        assert_eq!(lean("a.svg", " <svg/>").as_deref(), Ok(" <svg/>"));
    }
}
