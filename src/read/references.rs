//! Character references such as `&amp;` and `&#8217;`, as the HTML standard reads them.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a reference stands; names without their semicolon are read in text only where an address
/// may hold the same letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// A text with its references read; what is none stays as it is.
pub(super) fn read(text: &str, place: Place) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        whole.push_str(before);
        let length = match behind.strip_prefix('#') {
            Some(number) => numeric(number, &mut whole).map(|length| length + 1),
            None => named(behind, place, &mut whole),
        };
        if length.is_none() {
            whole.push('&');
        }
        rest = behind.get(length.unwrap_or(0)..).unwrap_or("");
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// Reads what follows `&#`; the bytes read.
fn numeric(text: &str, whole: &mut String) -> Option<usize> {
    let (base, from) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text.get(from..)?;
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(base)).count();
    if length == 0 {
        return None;
    }
    // A number that does not fit is none of a character either.
    let number = u32::from_str_radix(digits.get(..length)?, base).unwrap_or(u32::MAX);
    let replaced = number.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    let read = replaced.or(char::from_u32(number)).filter(|c| *c != '\0');
    whole.push(read.unwrap_or(char::REPLACEMENT_CHARACTER));
    let ends = digits.get(length..).is_some_and(|rest| rest.starts_with(';'));
    Some(from + length + usize::from(ends))
}

/// Reads the longest name that follows `&`; the bytes read.
fn named(text: &str, place: Place, whole: &mut String) -> Option<usize> {
    let mut found = None;
    // The table holds every beginning of a name as well, so the first miss ends the search.
    for length in 1..=text.len() {
        let Some(read) = text.get(..length).and_then(|name| NAMED_ENTITIES.get(name)) else {
            break;
        };
        if read.0 != 0 {
            found = Some((length, *read));
        }
    }
    let (length, (first, second)) = found?;
    let closed = text.get(..length)?.ends_with(';');
    let next = text.get(length..)?.chars().next();
    if place == Place::Attribute
        && !closed
        && next.is_some_and(|c| c == '=' || c.is_ascii_alphanumeric())
    {
        return None;
    }
    let chars = [first, second].into_iter().filter(|code| *code != 0);
    whole.extend(chars.filter_map(char::from_u32));
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_do() {
        for (written, text, attribute) in [
            ("a &amp; b", "a & b", "a & b"),
            ("&ampb &amp=c", "&b &=c", "&ampb &amp=c"),
            ("&notit; &notin;", "¬it; ∉", "&notit; ∉"),
            ("&#8217;&#x2019&#X2019;", "’’’", "’’’"),
            (
                "&#150;&#0;&#xd800;&#99999999999;",
                "–\u{fffd}\u{fffd}\u{fffd}",
                "–\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("&#; &#x; & &xyzzy; &", "&#; &#x; & &xyzzy; &", "&#; &#x; & &xyzzy; &"),
            ("&NotEqualTilde;&é", "≂̸&é", "≂̸&é"),
        ] {
            assert_eq!(read(written, Place::Text), text);
            assert_eq!(read(written, Place::Attribute), attribute);
        }
    }
}
