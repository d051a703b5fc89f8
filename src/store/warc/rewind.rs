//! A reader that can go back to a mark: how a broken record is left behind without losing the next.

use std::io::{self, BufRead, Read};

/// Most bytes kept for going back; a longer record is left behind by skipping forward only.
const KEPT_BYTES_MAX: usize = 64 * 1024 * 1024;
const CHUNK_BYTES: usize = 64 * 1024;

/// Remembers what was read since the last mark.
pub(super) struct Rewind<R> {
    inner: R,
    kept: Vec<u8>,
    /// Position within `kept`.
    at: usize,
    /// Offset of `kept[0]` in the stream.
    base: u64,
    ended: bool,
}

impl<R: Read> Rewind<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, kept: Vec::new(), at: 0, base: 0, ended: false }
    }

    /// Gives up on the stream.
    pub(super) fn end(&mut self) {
        self.at = self.kept.len();
        self.ended = true;
    }

    /// Offset in the stream of the next byte.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Forgets what lies before the current position.
    pub(super) fn mark(&mut self) {
        self.kept.drain(..self.at);
        self.base += self.at as u64;
        self.at = 0;
    }

    /// Goes back to `bytes` after the mark, if they are still kept.
    pub(super) fn back_to(&mut self, bytes: usize) {
        self.at = bytes.min(self.at);
    }

    /// Reads until at least `wanted` bytes lie ahead or the stream ends, and shows them.
    pub(super) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while !self.ended && self.kept.len() - self.at < wanted {
            self.fill()?;
        }
        Ok(self.kept.get(self.at..).unwrap_or(&[]))
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.kept.len() > KEPT_BYTES_MAX {
            self.mark();
        }
        let from = self.kept.len();
        self.kept.resize(from + CHUNK_BYTES, 0);
        let read = match self.kept.get_mut(from..) {
            Some(room) => loop {
                match self.inner.read(room) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            },
            None => Ok(0),
        };
        self.kept.truncate(from + read.as_ref().copied().unwrap_or(0));
        self.ended = matches!(read, Ok(0));
        read.map(|_| ())
    }
}

impl<R: Read> Read for Rewind<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let len = available.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..len), available.get(..len)) {
            to.copy_from_slice(from);
        }
        self.consume(len);
        Ok(len)
    }
}

impl<R: Read> BufRead for Rewind<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.kept.len());
    }
}
