//! Claims of an incident.

use super::article::source;
use super::keys::{Names, json};
use crate::model::claim::{Claim, Speaker};
use crate::model::edtf::Edtf;
use crate::model::incident::Incident;
use crate::model::life::Life;
use crate::model::query::{DocKind, Field, SearchDoc};
use crate::model::reading::Reading;
use crate::view::annotation::speaker;
use crate::view::export::claim_out;
use crate::view::place::incident_path;
use crate::view::words;

pub(super) fn claims(incident: &Incident, names: &mut Names<'_>) -> Vec<SearchDoc> {
    let kb = names.kb;
    let claims = incident.claims.iter().filter_map(|(capture, id)| kb.claim(*capture, *id));
    let mut docs: Vec<SearchDoc> = claims
        .map(|(reading, claim)| one(incident, reading, claim, kb.lives.of(reading, claim), names))
        .collect();
    let ended = kb.lives.ended_in(&incident.articles);
    let ended = ended.map(|(ended, reading, claim)| {
        let known = reading.article.day();
        // Once it is gone, only who asks for a day on which it stood finds it.
        let gone = ended.life.ended.map(|at| at.date_naive().max(known));
        SearchDoc { known, gone, ..one(incident, reading, claim, ended.life, names) }
    });
    docs.extend(ended);
    docs
}

fn one(
    incident: &Incident,
    reading: &Reading,
    claim: &Claim,
    life: Life,
    names: &mut Names<'_>,
) -> SearchDoc {
    let kb = names.kb;
    let capture = reading.article.capture;
    let (name, kind) = speaker(reading, claim.speaker);
    let mut keys = names.incident(incident);
    keys.word(Field::Kind, DocKind::Claim.word());
    keys.word(Field::Stance, claim.stance.word());
    keys.word(Field::Speaker, kind);
    let house = match claim.speaker {
        Speaker::Named(who) | Speaker::Outlet(who) => Some(who),
        Speaker::Document(_, house) | Speaker::Anonymous(_, house) => house,
        Speaker::Here => None,
    };
    match house.and_then(|index| kb.who(reading, index)) {
        Some(who) => {
            names.who(Field::Speaker, &who, &mut keys);
        }
        None => names.named(Field::Speaker, &crate::model::terms::fold(name), name, &mut keys),
    }
    if let Some(target) = claim.target.and_then(|index| kb.who(reading, index)) {
        names.who(Field::Target, &target, &mut keys);
    }
    names.article(&reading.article, &mut keys);
    keys.flag("quoted", claim.quoted);
    keys.flag("hedged", !claim.hedges.is_empty());
    let sides = incident.contradictions.iter().flat_map(|c| [c.a, c.b]);
    let mut sides = sides.filter(|side| side.capture == capture);
    let opposed =
        sides.any(|s| s.span.start() < claim.content.end() && claim.content.start() < s.span.end());
    keys.flag("contradicted", opposed);
    let day = reading.article.day();
    keys.years(Edtf::day(day));
    let id = claim.id.to_string();
    SearchDoc {
        kind: DocKind::Claim,
        group: incident.id.address(),
        title: format!("{name} {}", words::attitude(claim)),
        title_zh: None,
        body: reading.words(claim.content).to_string(),
        names: String::new(),
        path: format!("{}#c-{}", incident_path(incident), claim.id.short()),
        date: Some(Edtf::day(day)),
        known: day,
        changed: day,
        gone: None,
        roots: 1,
        keys: names.count(keys),
        source: source(reading),
        published: true,
        record: json(&claim_out(reading, claim, Some(incident.id.address()), life)),
        id,
    }
}
