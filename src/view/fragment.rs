//! The part of an address that leads to words in a page.

/// A text fragment (WICG Scroll to Text Fragment) that finds the passage by its first and last words.
pub fn fragment(passage: &str) -> String {
    let words: Vec<&str> = passage.split_whitespace().collect();
    // Letters of other scripts may stand in an address as they are; signs could be read as syntax.
    let encode = |text: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._~".contains(c);
        let other = |c: char| !c.is_ascii() && c.is_alphanumeric();
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if plain(c) || other(c) {
                out.push(c);
            } else {
                let mut bytes = [0; 4];
                let bytes = c.encode_utf8(&mut bytes).bytes();
                bytes.for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
        }
        out
    };
    let (start, end) = if words.len() > 9 {
        let first = words.iter().take(5).copied().collect::<Vec<_>>().join(" ");
        let last = words.iter().skip(words.len() - 3).copied().collect::<Vec<_>>().join(" ");
        (first, Some(last))
    } else if words.len() <= 2 && passage.chars().count() > 24 {
        let chars: Vec<char> = passage.chars().collect();
        let first: String = chars.iter().take(10).collect();
        let last: String = chars.iter().skip(chars.len() - 6).collect();
        (first, Some(last))
    } else {
        (words.join(" "), None)
    };
    match (start.is_empty(), end) {
        (true, _) => String::new(),
        (false, Some(end)) => format!("#:~:text={},{}", encode(&start), encode(&end)),
        (false, None) => format!("#:~:text={}", encode(&start)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_sentence() {
        assert_eq!(fragment("He said no"), "#:~:text=He%20said%20no");
        assert_eq!(
            fragment("one two three four five six seven eight nine ten eleven twelve thirteen"),
            "#:~:text=one%20two%20three%20four%20five,eleven%20twelve%20thirteen"
        );
        assert_eq!(
            fragment("槐汀说，“不”。"),
            "#:~:text=槐汀说%EF%BC%8C%E2%80%9C不%E2%80%9D%E3%80%82"
        );
    }
}
