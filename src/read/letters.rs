//! What the letters of a name say by themselves.

use super::scan::Scan;

/// "Writers for Fair Pay": people of a kind, and what they want.
pub(super) fn is_league(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let people = scan.is(from, scan.classes().human) && scan.letters(from).ends_with('s');
    people && scan.at(from).is_capital() && to > from + 2 && scan.says(from + 1, "for")
}

/// "McRenholt", "DeVeltrane": a capital inside the name of a family.
pub(super) fn is_family_name(letters: &str) -> bool {
    let beginnings = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Fitz", "O'", "O’"];
    beginnings.iter().filter_map(|beginning| letters.strip_prefix(beginning)).any(|rest| {
        rest.starts_with(char::is_uppercase) && rest.chars().skip(1).all(char::is_lowercase)
    })
}
