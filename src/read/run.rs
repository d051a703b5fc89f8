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

impl Run {
    /// Adds text, white space made one space, what is not printed left out; returns the bytes added.
    pub(super) fn print(&mut self, text: &str) -> usize {
        let before = self.text.len();
        // What is printed as it stands goes over in one piece.
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let space = c.is_whitespace();
            if !space && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                continue;
            }
            self.text.push_str(text.get(from..at).unwrap_or(""));
            from = at + c.len_utf8();
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
