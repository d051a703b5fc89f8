//! A run of text between two boundaries of blocks, as it is collected.

/// What was printed since the last boundary.
#[derive(Default)]
pub(super) struct Run {
    pub text: String,
    /// Bytes in links, links, bytes in bold type.
    pub linked: usize,
    pub links: usize,
    pub strong: usize,
    /// Machine-readable time of the first `<time>`.
    pub datetime: Option<String>,
}

/// Whether a byte belongs to characters that are neither white space nor left out, or to the inside
/// of any character.
fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e | 0x80..=0xc1 | 0xc3..=0xe0 | 0xe4..=0xee | 0xf0..=0xff)
}

impl Run {
    /// Begins anew; the room and the time are kept.
    pub(super) fn clear_text(&mut self) {
        self.text.clear();
        (self.linked, self.links, self.strong) = (0, 0, 0);
    }

    /// Adds text, white space made one space, what is not printed left out; returns the bytes added.
    pub(super) fn print(&mut self, text: &str) -> usize {
        let before = self.text.len();
        // What is printed as it stands goes over in one piece.
        let (mut from, mut at) = (0, 0);
        let bytes = text.as_bytes();
        while let Some(found) =
            bytes.get(at..).and_then(|rest| rest.iter().position(|b| !is_plain(*b)))
        {
            at += found;
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let start = at;
            at += c.len_utf8();
            let space = c.is_whitespace();
            if !space && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                continue;
            }
            // One space between two words stays where it is.
            if c == ' ' && start > from && bytes.get(at).is_some_and(|next| is_plain(*next)) {
                continue;
            }
            let (at, end) = (start, at);
            self.text.push_str(text.get(from..at).unwrap_or(""));
            from = end;
            let apart = matches!(self.text.as_bytes().last(), None | Some(b' ' | b'\n'));
            if space && !apart {
                self.text.push(' ');
            }
        }
        self.text.push_str(text.get(from..).unwrap_or(""));
        self.text.len() - before
    }

    /// Notes a line break; true for the second of two in a row, which ends a paragraph.
    pub(super) fn breaks(&mut self) -> bool {
        let trimmed = self.text.trim_end_matches(' ').len();
        self.text.truncate(trimmed);
        let second = self.text.ends_with('\n');
        if !second && !self.text.is_empty() {
            self.text.push('\n');
        }
        second
    }
}
