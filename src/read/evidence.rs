//! What the words around an unknown name say of its kind.

use super::letters::{is_family_name, is_league};
use super::scan::Scan;
use crate::model::entity::{EntityId, EntityKind, NameIx};
use crate::model::text::Span;
use crate::rules::{ClassId, Frame, Shape};

/// Points for each kind, summed over all places where the name stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    organization: i32,
    government: i32,
    person: i32,
    product: i32,
    place: i32,
    legal: i32,
    owner: Option<NameIx>,
    words: usize,
    /// Places where the name stands, and those behind "in" or "at".
    places: i32,
    inside: i32,
    /// Whether it has officers, as houses have, or people who speak for it, as people have too.
    staffed: bool,
    voiced: bool,
    /// Places where a word for products stands behind it, and the points of all of them.
    followed: i32,
    followed_points: i32,
    /// Whether ordinary words or an article speak against a person.
    thing: bool,
}

impl Evidence {
    /// Weighs one place.
    pub(super) fn take(&mut self, scan: &Scan<'_>, span: Span) {
        let range = scan.tokens.inside(span);
        let (from, to) = (range.start, range.end);
        let c = scan.classes();
        let words = range.clone().filter(|i| *i == from || scan.at(*i).spaced).count();
        self.words = self.words.max(words);
        self.shape(scan, from, to);
        let before = from.checked_sub(1).unwrap_or(usize::MAX);
        let is_before = |class| scan.is(before, class);
        // Before it.
        let rank = is_before(c.rank) && scan.at(before).is_capital();
        if is_before(c.title) || is_before(c.honorific) || rank {
            self.person += 6;
        }
        let called = scan.is(from, c.given_name) && to - from == 2;
        if (is_before(c.org_word) || is_before(c.house_word)) && !called {
            self.organization += 6;
        }
        if is_before(c.product_word) || is_before(c.product_noun) || is_before(c.ware) {
            self.product += 5;
        }
        // "the president of Veltrane", "analysts at Veltrane"
        let whose = |class| before.checked_sub(1).is_some_and(|i| scan.is(i, class));
        if scan.says(before, "of") && whose(c.title) || scan.says(before, "at") && whose(c.human) {
            self.organization += 3;
        }
        self.places += 1;
        if scan.says_any(before..before.saturating_add(1), &["in", "near"]) && range.len() <= 2 {
            // "a stake in Veltrane"
            match whose(c.holding) {
                true => self.organization += 3,
                false => self.inside += 1,
            }
        }
        // "the Corrieshaw jets": what is before a ware is no person.
        self.thing |=
            scan.is(to, c.ware) || is_before(c.article) || (from..to).any(|i| scan.is(i, c.thing));
        let article = usize::from(is_before(c.article));
        let verb = before.checked_sub(article).unwrap_or(usize::MAX);
        if scan.says_any(verb..verb.saturating_add(1), &["called", "named", "dubbed"]) {
            self.product += 2;
        }
        // "Orison's Wrenlight": a possessive of a house before it.
        if scan.says(before, "'s")
            && let Some(mention) = from.checked_sub(2).and_then(|i| scan.mention_over(i))
            && matches!(scan.kind(mention.name), EntityKind::Organization | EntityKind::Government)
        {
            self.product += 3;
            self.owner = Some(mention.name);
        }
        // Behind it.
        let after_comma = scan.letters(to) == ",";
        let next = if after_comma { to + 1 } else { to };
        // "Ann Ruo of the University of Harnvik, who": she is meant.
        let person = after_comma && !scan.says(verb, "of");
        if person && (scan.says(next, "who") || (next..next + 5).any(|i| scan.is(i, c.title))) {
            let apposition = (next..next + 7)
                .take_while(|i| scan.letters(*i) != ",")
                .any(|i| scan.is(i, c.title));
            self.person += if apposition || scan.says(next, "who") { 4 } else { 0 };
        }
        self.made(scan, before, next);
        self.apposition(scan, to);
        self.follows(scan, to);
        // "HARNVIK, March 3 (Farwire) -", "HARNVIK —": a dateline.
        let opens = from == 0 || scan.is_break(from - 1);
        let dated = matches!(scan.letters(to), "-" | "–" | "—" | "(" | ",");
        if opens && dated && (from..to).all(|i| scan.at(i).shape == Shape::Upper) {
            self.place += 8;
        }
        if scan.says(to, "'s") {
            let speaks = |i: usize| scan.is(i, c.spokes) || scan.is(i, c.counsel);
            self.voiced |= (to + 1..to + 4).any(speaks);
            self.staffed |= (to + 1..to + 4).any(|i| scan.is(i, c.title) && !speaks(i));
        }
        if scan.letters(to) == "-" && scan.says(to + 1, "based") {
            self.place += 6;
        }
        if scan.is(to, c.product_word) && !scan.at(to).is_capital() {
            self.followed_points += 3;
        }
        if after_comma
            && scan.mention_over(next).is_some_and(|m| scan.kind(m.name) == EntityKind::Place)
            && is_before(c.prep)
        {
            self.place += 3;
        }
        // "Wrenlight 2.3", "Wrenlight 900 engines"
        let counted = scan.is(to + 1, c.ware) && scan.letters(to).len() >= 3;
        if scan.at(to).shape == Shape::Number && (scan.letters(to).contains('.') || counted) {
            self.product += 5;
        }
        if scan.is(to, c.place_word) && !scan.at(to).is_capital() {
            self.place += 5;
        }
    }

    /// "Wrenlight, made by Orison Labs", "uninstall Wrenlight".
    fn made(&mut self, scan: &Scan<'_>, before: usize, next: usize) {
        let c = scan.classes();
        if scan.is(next, c.made) && scan.says(next + 1, "by") || scan.is(before, c.handled) {
            self.product += 4;
        }
    }

    /// "Wrenlight, a planning assistant sold by …": the noun of the apposition.
    fn apposition(&mut self, scan: &Scan<'_>, to: usize) {
        let c = scan.classes();
        let opens = scan.is(to + 1, c.det) || scan.mention_over(to + 1).is_some();
        if scan.letters(to) != "," || !opens {
            return;
        }
        let nouns = [c.title, c.human, c.product_noun, c.product_word, c.ware, c.authority]
            .into_iter()
            .chain([c.company, c.org_word]);
        let nouns: Vec<ClassId> = nouns.collect();
        let head = (to + 2..to + 11)
            .take_while(|i| {
                !scan.is(*i, c.prep)
                    && !scan.is(*i, c.relative)
                    && !scan.is_comma(*i)
                    && !scan.is(*i, c.stop)
            })
            .filter(|i| nouns.iter().any(|class| scan.is(*i, *class)))
            .last();
        let Some(head) = head else { return };
        if scan.is(head, c.title) || scan.is(head, c.human) {
            self.person += 4;
        } else if [c.product_noun, c.product_word, c.ware].iter().any(|n| scan.is(head, *n)) {
            self.product += 6;
        } else if scan.is(head, c.authority) && !scan.is(head, c.company) {
            self.government += 5;
        } else if scan.is(head, c.company) || scan.is(head, c.org_word) {
            self.organization += 5;
        }
    }

    /// "the Wrenlight chat assistant", "Wrenlight users", "Wrenlight 2.3"; "Ruo said".
    fn follows(&mut self, scan: &Scan<'_>, to: usize) {
        let c = scan.classes();
        let noun = (to..to + 3)
            .take_while(|i| scan.at(*i).shape == Shape::Lower && !scan.is(*i, c.prep))
            .find(|i| scan.is(*i, c.product_noun) || scan.is(*i, c.product_word));
        if noun.is_some() && !scan.is(to, c.verb) && !scan.is(to, c.aux) {
            self.followed += 1;
            self.followed_points += 3;
        }
        if scan.is(to, c.user_word) {
            self.product += 3;
        }
        let speaks = scan.rules.lexicon.cues.at(&scan.tokens, &scan.rules.vocabulary, to, to + 3);
        if speaks.is_some_and(|(row, _)| row.meaning.frames.contains(&Frame::Inverted)) {
            self.person += 2;
            self.organization += 2;
        }
    }

    /// The letters themselves.
    fn shape(&mut self, scan: &Scan<'_>, from: usize, to: usize) {
        let c = scan.classes();
        let last = to.saturating_sub(1);
        let many = to - from > 1;
        if many && scan.is(last, c.org_suffix) && !scan.is(last, c.gov_word) {
            self.organization += 9;
        }
        if many && scan.is(from, c.house_first) {
            self.organization += 5;
        }
        // "University of Harnvik", "Writers for Fair Pay"
        let whole = scan.is(from, c.org_suffix) && scan.says(from + 1, "of");
        if whole || is_league(scan, from, to) {
            self.sign(EntityKind::Organization, 9);
        }
        // "SK Harnvik": people have no words in capitals.
        self.thing |= many
            && (from..to)
                .any(|i| scan.at(i).shape == Shape::Upper && scan.letters(i).chars().count() > 1);
        let press = (from..to).any(|i| matches!(scan.letters(i), "Press" | "News"));
        if (from..to).any(|i| scan.is(i, c.gov_word)) && many {
            if press {
                self.organization += 7;
            } else {
                self.government += 10;
            }
        }
        if many && scan.is(last, c.variant) && !scan.is(from, c.given_name) {
            self.product += 4;
        }
        if many && scan.is(last, c.law_word) {
            self.legal += 9;
        }
        if many && (from..to).any(|i| matches!(scan.letters(i), "v" | "vs")) {
            self.legal += 9;
        }
        if many && scan.is(last, c.place_word) || scan.is(from, c.place_port) && many {
            self.place += 5;
        }
        if scan.letters(from + 1) == "&" || (from..to).any(|i| scan.letters(i) == "&") {
            self.organization += 5;
        }
        // "Harnvik Deal": an ordinary noun ends no person's name.
        let nouns =
            [c.mute, c.document, c.company, c.product_noun, c.ware, c.house_word, c.org_word];
        self.thing |= many && nouns.iter().any(|n| scan.is(last, *n));
        // "Douglas Aircraft" is nobody's name.
        let thing = scan.is(last, c.thing) || scan.is(last, c.ware);
        if scan.is(from, c.given_name) && (2..=4).contains(&(to - from)) && !thing {
            self.person += 5;
        }
        // "Wrenlight 3": a number behind a name is a version.
        if many && scan.at(last).shape == Shape::Number && scan.at(from).shape != Shape::Number {
            self.product += 3;
            self.thing = true;
        }
        if (from..to).any(|i| {
            let shape = scan.at(i).shape;
            shape == Shape::Mixed && !is_family_name(scan.letters(i)) || shape == Shape::Number
        }) {
            self.product += 2;
        }
    }

    /// Adds what a short form gathered.
    pub(super) fn add(&mut self, other: &Evidence) {
        self.organization += other.organization;
        self.government += other.government;
        self.person += other.person;
        self.product += other.product;
        self.place += other.place;
        self.legal += other.legal;
        self.places += other.places;
        self.inside += other.inside;
        self.followed += other.followed;
        self.followed_points += other.followed_points;
        self.thing |= other.thing;
        self.staffed |= other.staffed;
        self.voiced |= other.voiced;
        self.owner = self.owner.or(other.owner);
    }

    /// Notes that the last word alone stands for the whole, as with people; or the first, as with
    /// houses.
    pub(super) fn shortened(&mut self, to_last: bool) {
        if to_last {
            self.person += 4;
        } else {
            self.organization += 4;
        }
    }

    /// Notes the house that makes it.
    pub(super) fn made_by(&mut self, house: NameIx) {
        self.owner = self.owner.or(Some(house));
    }

    /// Takes a sign for a kind.
    pub(super) fn sign(&mut self, kind: EntityKind, points: i32) {
        match kind {
            EntityKind::Organization => self.organization += points,
            EntityKind::Government => self.government += points,
            EntityKind::Person => self.person += points,
            EntityKind::Product => self.product += points,
            EntityKind::Place => self.place += points,
            EntityKind::Legal => self.legal += points,
        }
        self.thing |= kind != EntityKind::Person;
    }

    fn houses(&self) -> i32 {
        let person = self.words == 2 && !self.thing;
        if self.staffed || self.voiced && !person { 4 } else { 0 }
    }

    /// The kind that words around the name speak for, if any do.
    pub(super) fn sure(&self) -> Option<EntityKind> {
        let silent = Self { words: 0, thing: true, ..*self };
        let points =
            [self.organization, self.government, self.person, self.product, self.place, self.legal];
        (points.into_iter().max().unwrap_or(0) >= 3).then(|| silent.kind())
    }

    /// The kind most points speak for; two capitalised words without any sign are a person.
    pub(super) fn kind(&self) -> EntityKind {
        // "Veltrane software", said once of a name that stands often alone, is what a house makes.
        let made = if self.followed * 4 < self.places { 0 } else { self.followed_points };
        // Where a name mostly stands behind "in", it is a place.
        let place = if self.inside * 2 > self.places { 3 } else { 0 };
        let points = [
            (self.legal, EntityKind::Legal),
            (self.government, EntityKind::Government),
            (self.organization + self.houses(), EntityKind::Organization),
            (self.person, EntityKind::Person),
            (self.product + made, EntityKind::Product),
            (self.place + place, EntityKind::Place),
        ];
        let best = points.iter().max_by_key(|(points, kind)| (*points, std::cmp::Reverse(*kind)));
        let person = self.words == 2 && !self.thing;
        match best {
            // "Ann Ruo said" speaks for a person as much as for a house.
            Some((points, EntityKind::Organization)) if person && *points == self.person => {
                EntityKind::Person
            }
            Some((points, kind)) if *points >= 2 => *kind,
            _ if person => EntityKind::Person,
            _ => EntityKind::Organization,
        }
    }

    /// The house the name was found beside, where the registry knows it.
    pub(super) fn owner(&self, scan: &Scan<'_>) -> Option<EntityId> {
        let owner = self.owner.filter(|_| self.kind() == EntityKind::Product)?;
        scan.names.get(owner.0 as usize).and_then(|name| name.id.clone())
    }
}
