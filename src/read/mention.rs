//! Known names in an article: the registry's, and the versions of known families.
//!
//! In: the text and the registry. Out: names with their mentions. What holds: a guarded name counts
//! only beside a companion in its sentence; "Claude 3.7 Sonnet" is a product of its own that belongs
//! to its family.

use std::collections::{HashMap, HashSet};

use super::scan::Scan;
use crate::model::entity::{Entity, EntityId, EntityKind, EntityRole, Mention, Name, NameIx};
use crate::model::rule::RuleId;
use crate::model::text::Span;
use crate::rules::{KnownName, Mark, Shape, sort};

/// Finds known names and notes them on the scan.
pub(super) fn find(scan: &mut Scan<'_>) {
    let rules = scan.rules;
    let mut book = Book::default();
    let mut end = 0;
    let hits = rules.registry.find(scan.body);
    let stands = |known: KnownName| {
        let sentence = scan.sentence_at(known.span.start());
        sentence.is_some_and(|s| rules.registry.stands(known, s.span.of(scan.body)))
    };
    // Where a name is sure once, its guarded forms are sure in the whole text.
    let sure: HashSet<&EntityId> = hits
        .iter()
        .filter(|known| !rules.registry.is_guarded(**known))
        .filter_map(|known| rules.registry.entry(*known).map(|(entity, _)| &entity.id))
        .collect();
    let kept: Vec<KnownName> = hits
        .iter()
        .copied()
        .filter(|known| {
            let entity = rules.registry.entry(*known).map(|(entity, _)| &entity.id);
            scan.sentence_at(known.span.start()).is_some()
                && (stands(*known) || entity.is_some_and(|id| sure.contains(id)))
        })
        .collect();
    for known in kept {
        let Some((entity, rule)) = rules.registry.entry(known) else { continue };
        if known.span.start() < end {
            continue;
        }
        // "Dow Jones" of the "Dow Jones Industrial Average"; but "FTSE Russell" is a house.
        let letters = known.span.of(scan.body);
        let named = letters.strip_prefix("The ").unwrap_or(letters).len();
        if entity.kind == EntityKind::Organization
            && scan.nameless_over(known.span).is_some_and(|span| span.len() >= named)
        {
            continue;
        }
        if is_inside_address(scan.body, known.span)
            || is_currency(scan.body, known.span)
            || is_part_of_person(scan.body, known.span)
        {
            continue;
        }
        let span = match entity.kind {
            EntityKind::Person => match with_given(scan, known.span, end) {
                // "Tom Renholt" is not the Ada Renholt that is known.
                whole if !is_same_person(whole.of(scan.body), &entity.name) => continue,
                whole => whole,
            },
            _ if entity.family => with_version(scan, known.span),
            _ => known.span,
        };
        end = span.end();
        let index = if span == known.span || entity.kind == EntityKind::Person {
            book.known(entity, rule)
        } else {
            match rules.registry.named(span.of(scan.body)) {
                Some(version) => book.known(version, rule),
                None => {
                    // "Opus 4.5" is the "Claude Opus 4.5".
                    let rest = span.of(scan.body).get(known.span.len()..).unwrap_or("");
                    book.version(entity, &format!("{}{rest}", entity.name), rule)
                }
            }
        };
        scan.mentions.push(Mention { span, name: index });
    }
    scan.names = book.names;
    let mentions = scan.mentions.clone();
    for mention in &mentions {
        mark(scan, mention);
    }
}

/// Notes a mention on its first token, so that patterns can ask for names.
pub(super) fn mark(scan: &mut Scan<'_>, mention: &Mention) {
    let from = scan.tokens.index_at(mention.span.start());
    let to = scan.tokens.index_at(mention.span.end()).max(from + 1);
    let Some(name) = scan.names.get(mention.name.0 as usize) else { return };
    let mut sorts = match name.kind {
        EntityKind::Organization => sort::ORGANIZATION,
        EntityKind::Government => sort::GOVERNMENT,
        EntityKind::Person => sort::PERSON,
        EntityKind::Product => sort::PRODUCT,
        EntityKind::Place => sort::PLACE,
        EntityKind::Legal => sort::LEGAL,
    };
    if name.reports {
        sorts |= sort::OUTLET;
    }
    let entity = name.id.as_ref().and_then(|id| scan.rules.registry.get(id));
    if entity.is_some_and(|entity| entity.is(EntityRole::Platform)) {
        sorts |= sort::PLATFORM;
    }
    let len = u16::try_from(to - from).unwrap_or(u16::MAX);
    scan.tokens.set_mark(from, Mark { len, sorts });
}

/// Names of one article by what they stand for.
#[derive(Default)]
struct Book {
    names: Vec<Name>,
    by_id: HashMap<EntityId, NameIx>,
    by_letters: HashMap<String, NameIx>,
}

impl Book {
    fn known(&mut self, entity: &Entity, rule: &RuleId) -> NameIx {
        if let Some(index) = self.by_id.get(&entity.id) {
            return *index;
        }
        let index = NameIx(self.names.len() as u32);
        self.names.push(Name {
            name: entity.name.clone(),
            kind: entity.kind,
            id: Some(entity.id.clone()),
            owner: entity.owner.clone(),
            house: None,
            reports: entity.reports(),
            rule: rule.clone(),
        });
        self.by_id.insert(entity.id.clone(), index);
        index
    }

    fn version(&mut self, family: &Entity, letters: &str, rule: &RuleId) -> NameIx {
        let key = letters.to_lowercase();
        if let Some(index) = self.by_letters.get(&key) {
            return *index;
        }
        let index = NameIx(self.names.len() as u32);
        self.names.push(Name {
            name: letters.to_string(),
            kind: EntityKind::Product,
            id: None,
            owner: Some(family.id.clone()),
            house: None,
            reports: false,
            rule: rule.clone(),
        });
        self.by_letters.insert(key, index);
        index
    }
}

/// Whether a given name found may be that of a person.
fn is_same_person(found: &str, name: &str) -> bool {
    !found.contains(' ') || !found.is_ascii() || found.chars().next() == name.chars().next()
}

/// Takes in the given name and the initial before a family name: "Ada T. Renholt".
fn with_given(scan: &Scan<'_>, span: Span, floor: usize) -> Span {
    let at = scan.tokens.index_at(span.start());
    let initial = at.checked_sub(2).filter(|i| {
        scan.letters(*i + 1) == "." && scan.at(*i).is_capital() && scan.letters(*i).len() == 1
    });
    let given = initial
        .unwrap_or(at)
        .checked_sub(1)
        .filter(|i| scan.is(*i, scan.classes().given_name) && scan.at(*i).is_capital());
    let short = !span.of(scan.body).contains(' ');
    match given.map(|i| scan.at(i).start()) {
        Some(start) if short && start >= floor => Span::new(start, span.end()),
        _ => span,
    }
}

/// Takes in the version behind the name of a family: "3.5 Sonnet", "-4o", "3.x", "Pro".
pub(super) fn with_version(scan: &Scan<'_>, span: Span) -> Span {
    let first = scan.tokens.index_at(span.start());
    let mut next = first;
    while scan.at(next).start() < span.end() {
        next += 1;
    }
    let mut end = scan.at(next.saturating_sub(1)).end().max(span.end());
    for _ in 0..4 {
        let token = scan.at(next);
        let hyphen = scan.letters(next) == "-" && !token.spaced;
        let word = if hyphen { next + 1 } else { next };
        let glued = hyphen && !scan.at(word).spaced;
        if hyphen && !glued || !is_version_word(scan, word, glued) {
            break;
        }
        end = scan.at(word).end();
        next = word + 1;
        // "3.x"
        if scan.letters(next) == "."
            && !scan.at(next).spaced
            && scan.letters(next + 1) == "x"
            && !scan.at(next + 1).spaced
        {
            end = scan.at(next + 1).end();
            next += 2;
        }
    }
    Span::new(span.start(), end)
}

fn is_version_word(scan: &Scan<'_>, index: usize, glued: bool) -> bool {
    let token = scan.at(index);
    match token.shape {
        Shape::Number => {
            let small = token.number.is_none_or(|n| n < 100);
            let counts = scan.at(index + 1).shape == Shape::Lower
                && !scan.is(index + 1, scan.classes().verb)
                && !scan.is(index + 1, scan.classes().aux)
                && !scan.is(index + 1, scan.classes().prep)
                && !scan.is(index + 1, scan.classes().conj)
                && !scan.is(index + 1, scan.classes().product_noun)
                && !scan.is(index + 1, scan.classes().modal);
            let quantity =
                matches!(scan.letters(index + 1), "%" | "-" | "年" | "月" | "日" | "个" | "万");
            small && (glued || scan.letters(index).contains('.') || !counts && !quantity)
        }
        Shape::Mixed => {
            let letters = scan.letters(index);
            letters.len() <= 6 && letters.starts_with(|c: char| c.is_ascii_digit())
                || glued && letters.len() <= 6
        }
        Shape::Title | Shape::Upper => scan.is(index, scan.classes().variant),
        Shape::Lower => {
            glued && (scan.is(index, scan.classes().variant) || scan.letters(index).len() <= 2)
        }
        _ => false,
    }
}

/// A name inside an e-mail address or a web address names nothing.
fn is_inside_address(body: &str, span: Span) -> bool {
    let before = body.get(..span.start()).unwrap_or("").chars().next_back();
    let after = body.get(span.end()..).unwrap_or("");
    let domain =
        after.starts_with('.') && after.chars().nth(1).is_some_and(|c| c.is_ascii_lowercase());
    matches!(before, Some('@' | '/'))
        || after.starts_with('@')
        || domain && !after.starts_with(".ai ")
}

/// 奥西安·克鲁: letters before or behind the point between the names of a person.
fn is_part_of_person(body: &str, span: Span) -> bool {
    let han = !span.of(body).is_ascii();
    let before = body.get(..span.start()).unwrap_or("").ends_with('·');
    let after = body.get(span.end()..).unwrap_or("").starts_with('·');
    han && (before || after) && !span.of(body).contains('·')
}

/// "US$3bn", "HK$": the letters before a sign of money name no place.
pub(super) fn is_currency(body: &str, span: Span) -> bool {
    body.get(span.end()..).is_some_and(|after| after.starts_with(['$', '£', '€']))
}
