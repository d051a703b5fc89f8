//! Whether a word is the verb of a clause: listed ones, and past forms nobody has listed.

use super::scan::Scan;
use crate::rules::Shape;

/// A verb, auxiliary or modal outside names.
pub(super) fn is_finite_verb(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    // "This helped it": what points back stands alone before a past form.
    let pointed =
        scan.is(index.wrapping_sub(1), c.demonstrative) && scan.letters(index).ends_with("ed");
    scan.mention_over(index).is_none()
        && (scan.is(index, c.aux)
            || scan.is(index, c.modal)
            || is_past_form(scan, index)
            || scan.is(index, c.verb)
                && (!scan.is(index.wrapping_sub(1), c.det) || pointed)
                && !scan.is(index.wrapping_sub(1), c.possessive)
                && !scan.says(index.wrapping_sub(1), "to"))
}

/// The past form of a verb nobody has listed: right behind who did it and before what was done.
fn is_past_form(scan: &Scan<'_>, index: usize) -> bool {
    let c = scan.classes();
    let letters = scan.letters(index);
    let past = scan.at(index).shape == Shape::Lower && letters.len() > 4 && letters.ends_with("ed");
    let (before, next) = (index.wrapping_sub(1), index + 1);
    if !past || before == usize::MAX || scan.is(index, c.verb) {
        return false;
    }
    let pronoun = [c.he, c.it, c.they].iter().any(|class| scan.is(before, *class));
    let doer = scan.mention_over(before).is_some_and(|m| scan.kind(m.name).can_act())
        || [c.human, c.company, c.org_word].iter().any(|class| scan.is(before, *class));
    let done =
        scan.is(next, c.det) || scan.is(next, c.possessive) || scan.mention_over(next).is_some();
    pronoun || doer && done
}
