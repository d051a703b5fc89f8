//! Where the next page begins, as a word that readers hand back.

/// Groups that can be paged through.
const OFFSET_MAX: usize = 10_000;

/// Writes a place.
pub(super) fn write(offset: usize) -> Option<String> {
    (offset <= OFFSET_MAX).then(|| format!("o{offset}"))
}

/// Reads a place; `None` for what is none.
pub(super) fn read(cursor: &str) -> Option<usize> {
    let digits = cursor.strip_prefix('o')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|offset| plain && *offset <= OFFSET_MAX)
}
