//! How near two words are: the edit distance that typos, suggestions and `word~` share.

/// Longest word that is compared, in characters.
const CHARS_MAX: usize = 64;

/// Edits that a word of so many characters may be off before it is another word.
pub fn tolerance(chars: usize) -> usize {
    match chars {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Whether one word becomes the other by at most so many insertions, deletions, replacements or
/// swaps of neighbours (optimal string alignment).
pub fn within(a: &str, b: &str, most: usize) -> bool {
    distance(a, b, most).is_some()
}

/// The edit distance, where it is at most `most`.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().take(CHARS_MAX).collect();
    let b: Vec<char> = b.chars().take(CHARS_MAX).collect();
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut best = cell(&last, j) + usize::from(x != y);
            best = best.min(cell(&last, j + 1) + 1).min(cell(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(cell(&before, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_none_or(|best| *best > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|found| *found <= most)
}

/// The nearest of several words, where one is near enough to be meant.
pub fn nearest<'a>(word: &str, all: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let most = tolerance(word.chars().count()).max(1);
    let near = all.into_iter().filter_map(|other| {
        distance(&word, &other.to_lowercase(), most).map(|found| (found, other))
    });
    near.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swaps_count_once() {
        for (a, b, found) in [
            ("antropic", "anthropic", Some(1)),
            ("alibbaa", "alibaba", Some(1)),
            ("ban", "ban", Some(0)),
            ("stanec", "stance", Some(1)),
            ("ban", "banana", None),
            ("阿里爸爸", "阿里巴巴", Some(2)),
        ] {
            assert_eq!(distance(a, b, 2), found, "{a} {b}");
            assert_eq!(distance(b, a, 2), found, "{b} {a}");
        }
        assert_eq!(nearest("vendr", ["person", "vendor"]), Some("vendor"));
        assert_eq!(nearest("zzz", ["person", "vendor"]), None);
    }
}
