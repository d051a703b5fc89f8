//! Who stands against whom in an article, and what that makes of plain statements.
//!
//! In: acts and claims. Out: the same claims; what a plaintiff, or an accuser beside its accusation, tells of the
//! accused one's conduct is an allegation, what the accused one says it did not do, or holds on to, a denial. What holds: only
//! claims that merely assert are touched, and no court takes a side.

use std::collections::BTreeSet;
use std::ops::Range;

use super::about::{About, about, house_of, own_names};
use super::attribution::Context;
use super::court;
use super::scan::Scan;
use super::stance::{is_party, is_past, pleads};
use crate::model::claim::{Act, Claim, Speaker, Stance};
use crate::model::entity::{EntityKind, NameIx};
use crate::model::text::Span;
use crate::rules::Whose;

/// Everybody who accuses somebody, with whom and in which paragraph; and who went to court.
struct Quarrel {
    accused: BTreeSet<(NameIx, NameIx, usize)>,
    sued: BTreeSet<(NameIx, NameIx)>,
    suing: BTreeSet<NameIx>,
    /// Whether somebody called a former one of a house is sued.
    former: bool,
}

/// Settles the plain statements of those who stand against each other.
pub(super) fn settle(cx: &Context<'_>, acts: &[Act], claims: &mut [Claim]) {
    let quarrel = Quarrel::of(cx, acts, claims);
    let plain =
        |claim: &&mut Claim| claim.stance == Stance::Asserts && !court::judges(cx, claim.speaker);
    for claim in claims.iter_mut().filter(plain) {
        let content = cx.scan.tokens.inside(claim.content);
        let cue = cx.scan.rules.lexicon.cues.meaning(&claim.rule);
        let insists = cue.is_some_and(|cue| cue.insists);
        let holds = cue.is_some_and(|cue| cue.holds);
        let labels = cue.is_some_and(|cue| cue.labels);
        if let Some(accused) = quarrel.told_of(cx, claim, &content) {
            (claim.stance, claim.target) = (Stance::Alleges, Some(accused));
        } else if let Some(accuser) = quarrel.answered(cx, claim.speaker, &content) {
            (claim.stance, claim.target) = (Stance::Denies, claim.target.or(Some(accuser)));
        } else if insists && says_no(cx.scan, &content)
            || holds && quarrel.rebuts(cx, claim.speaker, &content)
        {
            claim.stance = Stance::Denies;
        } else if labels && quarrel.belittles(cx, claim.speaker, &content) {
            claim.stance = Stance::Alleges;
        }
    }
    unsay(cx, acts, claims, &quarrel);
    agree(cx, claims);
}

/// Who has no part in any deed or accusation of the article has nothing to deny or confirm: an expert's "no" is
/// what he holds.
fn unsay(cx: &Context<'_>, acts: &[Act], claims: &mut [Claim], quarrel: &Quarrel) {
    let house = |name: NameIx| house_of(cx.scan, name);
    let doing = acts.iter().flat_map(|act| [act.actor, act.target]).flatten().map(house);
    let pairs = quarrel.accused.iter().map(|(by, accused, _)| (*by, *accused));
    let quarrelling = pairs.chain(quarrel.sued.iter().copied()).flat_map(|(a, b)| [a, b]);
    let targets = claims.iter().filter_map(|claim| claim.target).map(house);
    let parts: BTreeSet<NameIx> = doing.chain(quarrelling).chain(targets).collect();
    for claim in claims.iter_mut() {
        let cue = cx.scan.rules.lexicon.cues.meaning(&claim.rule);
        let says_so = cue.is_some_and(|cue| cue.stance != Stance::Asserts);
        let answers = matches!(claim.stance, Stance::Denies | Stance::Confirms);
        let Speaker::Named(name) = claim.speaker else { continue };
        let person = cx.scan.kind(name) == EntityKind::Person;
        let own = own_names(cx, claim.speaker);
        let outside = || {
            own.iter().all(|name| !parts.contains(name))
                && !speaks_for_house(cx, claim, &own)
                && !rejects(cx.scan, claim)
        };
        if answers && !says_so && person && outside() {
            claim.stance = Stance::Asserts;
        }
    }
}

/// Whether a statement calls something false, which anybody can.
fn rejects(scan: &Scan<'_>, claim: &Claim) -> bool {
    let content = scan.tokens.inside(claim.content);
    let table = &scan.rules.lexicon.shifts;
    table
        .all(&scan.tokens, &scan.rules.vocabulary, content)
        .iter()
        .any(|(row, _)| (row.meaning.to, row.meaning.whose) == (Stance::Denies, Whose::Any))
}

/// "We never did", 公司从未: somebody answers for a house that the words do not name.
fn speaks_for_house(cx: &Context<'_>, claim: &Claim, own: &[NameIx]) -> bool {
    let (scan, c) = (cx.scan, cx.scan.classes());
    let content = scan.tokens.inside(claim.content);
    let alone = [c.he, c.they, c.it].iter().any(|class| scan.is(content.start, *class));
    !alone && about(cx, claim.speaker, own, &content) == About::Speaker
}

/// What both sides say together accuses neither.
fn agree(cx: &Context<'_>, claims: &mut [Claim]) {
    let said: Vec<(Span, Span, Vec<NameIx>)> = claims
        .iter()
        .map(|claim| (claim.sentence, claim.content, own_names(cx, claim.speaker)))
        .collect();
    for claim in claims.iter_mut().filter(|claim| claim.stance == Stance::Alleges) {
        let Some(target) = claim.target else { continue };
        let joins = |(sentence, content, own): &(Span, Span, Vec<NameIx>)| {
            *sentence == claim.sentence && *content == claim.content && own.contains(&target)
        };
        if said.iter().any(joins) {
            (claim.stance, claim.target) = (Stance::Asserts, None);
        }
    }
}

impl Quarrel {
    fn of(cx: &Context<'_>, acts: &[Act], claims: &[Claim]) -> Self {
        let scan = cx.scan;
        let side = |name: NameIx| is_party(scan, name) || scan.kind(name) == EntityKind::Person;
        let stands = |accuser: NameIx, accused: NameIx| {
            accuser != accused && side(accused) && !cx.coref.is_court(accused)
        };
        let mut quarrel = Self {
            accused: BTreeSet::new(),
            sued: BTreeSet::new(),
            suing: BTreeSet::new(),
            former: false,
        };
        for claim in claims.iter().filter(|claim| claim.stance == Stance::Alleges) {
            let Some(accused) = claim.target.map(|name| house_of(scan, name)) else { continue };
            let accusers = own_names(cx, claim.speaker).into_iter();
            let block = block_of(scan, claim.content);
            let accusers = accusers.filter(|accuser| stands(*accuser, accused));
            quarrel.accused.extend(accusers.map(|accuser| (accuser, accused, block)));
        }
        for act in acts.iter().filter(|act| !act.negated) {
            let rule = scan.rules.lexicon.predicates.meaning(&act.rule);
            if !rule.is_some_and(|rule| rule.suit) {
                continue;
            }
            let Some(actor) = act.actor.map(|name| house_of(scan, name)) else { continue };
            let mut words = scan.tokens.inside(act.span);
            quarrel.former |= words.any(|at| scan.is(at, scan.classes().former));
            quarrel.suing.insert(actor);
            let sued = act.target.map(|name| house_of(scan, name));
            let sued = sued.filter(|sued| stands(actor, *sued));
            quarrel.sued.extend(sued.map(|sued| (actor, sued)));
        }
        quarrel
    }

    /// Whether a plaintiff, or a paper of the case, speaks of a person who is not, or no longer, its own.
    fn sues_person(&self, cx: &Context<'_>, own: &[NameIx], paper: bool, person: NameIx) -> bool {
        let suing = paper || own.iter().any(|name| self.suing.contains(name));
        let theirs = cx.coref.house(person).is_some_and(|house| own.contains(&house));
        suing && cx.scan.kind(person) == EntityKind::Person && (self.former || !theirs)
    }

    /// The accused one whose conduct a plaintiff, a paper of the case, or an accuser beside the accusation
    /// tells of.
    fn told_of(&self, cx: &Context<'_>, claim: &Claim, content: &Range<usize>) -> Option<NameIx> {
        let scan = cx.scan;
        if !is_past(scan, content) {
            return None;
        }
        let own = own_names(cx, claim.speaker);
        let filed = matches!(claim.speaker, Speaker::Document(span, _)
            if scan.tokens.inside(span).any(|at| scan.is(at, scan.classes().complaint)));
        let pleads = pleads(cx, claim.speaker) || filed && !self.suing.is_empty();
        let paper = own.is_empty() && pleads;
        let meant = match about(cx, claim.speaker, &own, content) {
            About::Other(name) => house_of(scan, name),
            // "He knew it," the accuser is quoted: the one person accused.
            About::Nobody => self.pointed(cx, content)?,
            About::Speaker => return None,
        };
        let mine = |accuser: &NameIx| paper || own.contains(accuser);
        let here = block_of(scan, claim.content);
        let accused = self.sued.iter().any(|(by, sued)| *sued == meant && mine(by))
            || self.accused.iter().any(|(by, accused, block)| {
                *accused == meant && mine(by) && (paper || block.abs_diff(here) <= 1)
            })
            || self.sues_person(cx, &own, paper, meant);
        (!own.contains(&meant) && !cx.coref.is_court(meant) && accused).then_some(meant)
    }

    /// The person that a pronoun opens a quotation for.
    fn pointed(&self, cx: &Context<'_>, content: &Range<usize>) -> Option<NameIx> {
        let scan = cx.scan;
        let quoted = cx.quotes.around(content.start).is_some();
        if !quoted || !scan.is(content.start, scan.classes().he) {
            return None;
        }
        let named = self.accused.iter().map(|(_, accused, _)| *accused);
        let named = named.chain(self.sued.iter().map(|(_, sued)| *sued));
        let mut people = named.filter(|name| scan.kind(*name) == EntityKind::Person);
        let first = people.next()?;
        people.all(|other| other == first).then_some(first)
    }

    /// Whether an accused one, told the contrary, speaks of itself or of nobody.
    fn rebuts(&self, cx: &Context<'_>, speaker: Speaker, content: &Range<usize>) -> bool {
        let own = own_names(cx, speaker);
        let accused = self.accused.iter().map(|(_, accused, _)| accused);
        let mut accused = accused.chain(self.sued.iter().map(|(_, sued)| sued));
        accused.any(|name| own.contains(name))
            && !matches!(about(cx, speaker, &own, content), About::Other(_))
    }

    /// Whether one side gives the other, or in quotation marks what has been done, a name of its own; what a court
    /// decided is not the other's.
    fn belittles(&self, cx: &Context<'_>, speaker: Speaker, content: &Range<usize>) -> bool {
        let scan = cx.scan;
        let own = own_names(cx, speaker);
        let pairs = self.accused.iter().map(|(by, accused, _)| (*by, *accused));
        let mut sides = pairs.chain(self.sued.iter().copied());
        let party = sides.any(|(by, accused)| own.contains(&by) || own.contains(&accused))
            || own.iter().any(|name| self.suing.contains(name));
        let decided = content.clone().take(2).any(|at| scan.is(at, scan.classes().verdict_word));
        let quoted = || content.clone().any(|at| cx.quotes.around(at).is_some());
        let other = match about(cx, speaker, &own, content) {
            About::Other(_) => true,
            About::Nobody => quoted(),
            About::Speaker => false,
        };
        party && !decided && other
    }

    /// The accuser whom an accused one answers with a no about itself.
    fn answered(
        &self,
        cx: &Context<'_>,
        speaker: Speaker,
        content: &Range<usize>,
    ) -> Option<NameIx> {
        let scan = cx.scan;
        let speaks = matches!(speaker, Speaker::Named(_) | Speaker::Document(_, Some(_)));
        if !speaks || !says_no(scan, content) {
            return None;
        }
        let own = own_names(cx, speaker);
        let nobody = scan.is(content.start, scan.classes().nobody);
        let itself = nobody || about(cx, speaker, &own, content) == About::Speaker;
        let said = self.accused.iter().map(|(by, accused, _)| (*by, *accused));
        let accusers = said.chain(self.sued.iter().copied());
        let accusers = accusers.filter(|(_, accused)| itself && own.contains(accused));
        let mut accusers = accusers.map(|(accuser, _)| accuser);
        accusers.find(|accuser| !own.contains(accuser))
    }
}

/// Whether the main clause of a statement says that something was not so.
fn says_no(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let c = scan.classes();
    let aside = |at: &usize| scan.is(*at, c.relative) || scan.is(*at, c.conditional);
    let mut main = content.clone().take_while(|at| !aside(at));
    let no = |at: usize| scan.is(at, c.not) || scan.is(at, c.nobody);
    main.any(|at| no(at) && !scan.is(at + 1, c.no_denial))
}

/// The number of the paragraph that holds words.
fn block_of(scan: &Scan<'_>, span: Span) -> usize {
    scan.blocks.partition_point(|block| block.span.start() <= span.start())
}
