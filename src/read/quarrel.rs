//! Who stands against whom in an article, and what that makes of plain statements.
//!
//! In: acts and claims. Out: the same claims; what an accuser tells of the accused one's conduct is an
//! allegation, what the accused one says was not so is a denial. What holds: only statements that no row of
//! words has taken for more are touched, and no court takes a side.

use std::ops::Range;

use super::about::{About, about, house_of, own_names};
use super::attribution::Context;
use super::court;
use super::scan::Scan;
use super::stance::{is_conduct, is_party, pleads};
use crate::model::claim::{Act, Claim, Speaker, Stance};
use crate::model::entity::{EntityKind, NameIx};

/// Who insists that something was not so has been told that it was.
const INSISTS: &str = "cue/insist";
/// The predicate of going to court.
const SUES: &str = "sues";
/// Tokens of the lead, in which a person sued is called a former one.
const LEAD_TOKENS: usize = 80;

/// Everybody who accuses or acts against somebody, with whom; and who went to court.
struct Quarrel {
    sides: Vec<(NameIx, NameIx)>,
    suing: Vec<NameIx>,
}

/// Settles the plain statements of those who stand against each other.
pub(super) fn settle(cx: &Context<'_>, acts: &[Act], claims: &mut [Claim]) {
    let quarrel = Quarrel::of(cx, acts, claims);
    let plain =
        |claim: &&mut Claim| claim.stance == Stance::Asserts && !court::judges(cx, claim.speaker);
    for claim in claims.iter_mut().filter(plain) {
        let content = cx.scan.tokens.inside(claim.content);
        if let Some(accused) = quarrel.told_of(cx, claim.speaker, &content) {
            (claim.stance, claim.target) = (Stance::Alleges, Some(accused));
        } else if let Some(accuser) = quarrel.answered(cx, claim.speaker, &content) {
            (claim.stance, claim.target) = (Stance::Denies, claim.target.or(Some(accuser)));
        } else if claim.rule.as_str() == INSISTS && says_no(cx.scan, &content) {
            claim.stance = Stance::Denies;
        }
    }
}

impl Quarrel {
    fn of(cx: &Context<'_>, acts: &[Act], claims: &[Claim]) -> Self {
        let scan = cx.scan;
        let accusing = claims.iter().filter(|claim| claim.stance == Stance::Alleges);
        let said = accusing.flat_map(|claim| {
            let accused = claim.target.map(|name| house_of(scan, name));
            let speakers = own_names(cx, claim.speaker).into_iter();
            speakers.filter_map(move |accuser| Some((accuser, accused?)))
        });
        let meaning = |act: &Act| scan.rules.lexicon.predicates.meaning(&act.rule);
        let done = acts.iter().filter_map(|act| {
            let rule = meaning(act)?;
            let hostile = !rule.kind.is_empty() && rule.closing.is_none() && !rule.alleged;
            let sides = (house_of(scan, act.actor?), house_of(scan, act.target?));
            (hostile && !act.negated).then_some(sides)
        });
        let side = |name: NameIx| is_party(scan, name) || scan.kind(name) == EntityKind::Person;
        let sides = said.chain(done).filter(|(accuser, accused)| {
            accuser != accused && side(*accused) && !cx.coref.is_court(*accused)
        });
        let sued = acts.iter().filter(|act| act.predicate.as_str() == SUES && !act.negated);
        Self { sides: sides.collect(), suing: sued.filter_map(|act| act.actor).collect() }
    }

    /// Whether a house that went to court, or a paper of the case, speaks of a person who is not its own.
    fn sues_person(&self, cx: &Context<'_>, own: &[NameIx], paper: bool, person: NameIx) -> bool {
        let scan = cx.scan;
        let suing = paper || own.iter().any(|name| self.suing.contains(name));
        // "Sued a former engineer": whoever is named may be the one.
        let left = (0..LEAD_TOKENS).any(|at| scan.is(at, scan.classes().former));
        let theirs = cx.coref.house(person).is_some_and(|house| own.contains(&house));
        suing && scan.kind(person) == EntityKind::Person && (left || !theirs)
    }

    /// The accused one whose conduct an accuser, or a text of a party in court, tells of.
    fn told_of(
        &self,
        cx: &Context<'_>,
        speaker: Speaker,
        content: &Range<usize>,
    ) -> Option<NameIx> {
        let scan = cx.scan;
        if !is_conduct(scan, content) {
            return None;
        }
        let own = own_names(cx, speaker);
        let filed = matches!(speaker, Speaker::Document(span, _)
            if scan.tokens.inside(span).any(|at| scan.is(at, scan.classes().complaint)));
        let pleading = own.is_empty() && (pleads(cx, speaker) || filed && !self.suing.is_empty());
        let against = |name: NameIx| {
            let mine = |accuser: &NameIx| pleading || own.contains(accuser);
            self.sides.iter().any(|(accuser, accused)| *accused == name && mine(accuser))
        };
        let meant = match about(cx, speaker, &own, content) {
            About::Other(name) => house_of(scan, name),
            // "He knew it," the accuser is quoted: the one person accused.
            About::Nobody => self.pointed(cx, content)?,
            About::Speaker => return None,
        };
        let accused = against(meant) || self.sues_person(cx, &own, pleading, meant);
        (!own.contains(&meant) && !cx.coref.is_court(meant) && accused).then_some(meant)
    }

    /// The person that a pronoun opens a quotation for.
    fn pointed(&self, cx: &Context<'_>, content: &Range<usize>) -> Option<NameIx> {
        let scan = cx.scan;
        let quoted = cx.quotes.around(content.start).is_some();
        if !quoted || !scan.is(content.start, scan.classes().he) {
            return None;
        }
        let people = self.sides.iter().map(|(_, accused)| *accused);
        let mut people = people.filter(|name| scan.kind(*name) == EntityKind::Person);
        let first = people.next()?;
        people.all(|other| other == first).then_some(first)
    }

    /// The accuser whom an accused one answers with a no.
    fn answered(
        &self,
        cx: &Context<'_>,
        speaker: Speaker,
        content: &Range<usize>,
    ) -> Option<NameIx> {
        let speaks = matches!(speaker, Speaker::Named(_) | Speaker::Document(_, Some(_)));
        if !speaks || !says_no(cx.scan, content) {
            return None;
        }
        let own = own_names(cx, speaker);
        let accusers = self.sides.iter().filter(|(_, accused)| own.contains(accused));
        let mut accusers = accusers.map(|(accuser, _)| *accuser);
        accusers.find(|accuser| !own.contains(accuser))
    }
}

/// Whether the main clause of a statement says that something was not so.
fn says_no(scan: &Scan<'_>, content: &Range<usize>) -> bool {
    let c = scan.classes();
    let main = content.clone().take_while(|at| !scan.is(*at, c.relative));
    let no = |at: usize| scan.is(at, c.not) || scan.is(at, c.nobody);
    let mut noes = main.filter(|at| no(*at) && !scan.is(at + 1, c.no_denial));
    noes.next().is_some()
}
