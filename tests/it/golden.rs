//! Golden text: compared exactly, rewritten under `BLESS=1`.

use std::fs;
use std::path::Path;

/// Whether today's answers are to be written down.
pub fn blessing() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

/// Compares a text with a file of the repository, or writes it there.
pub fn check(path: &Path, today: &str) {
    if blessing() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, today).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    let diff = diff(&expected, today);
    assert!(expected == today, "{} differs; BLESS=1 takes today's answer:\n{diff}", path.display());
}

/// The lines that left (-) and came (+), without what both share at both ends.
pub fn diff(expected: &str, today: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), today.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (left, came) = (&old[same..old.len() - tail], &new[same..new.len() - tail]);
    let mut lines: Vec<String> = left.iter().map(|line| format!("    - {line}")).collect();
    lines.extend(came.iter().map(|line| format!("    + {line}")));
    lines.truncate(60);
    lines.join("\n")
}
