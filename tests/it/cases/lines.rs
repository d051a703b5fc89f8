//! Facts as lines: one record each, in order of the text, words instead of offsets.

use casebook::corpus::resolve;
use casebook::model::claim::{Speaker, Via};
use casebook::model::date::{Basis, Modifier};
use casebook::model::entity::NameIx;
use casebook::model::finding::Noted;
use casebook::model::incident::Contradiction;
use casebook::model::kb::KnowledgeBase;
use casebook::model::reading::{CitationKind, Reading};
use casebook::model::relation::End;
use casebook::model::source::CaptureId;
use casebook::model::standing::{Account, Outcome, Reason};
use casebook::model::text::{Evidence, Span};
use casebook::rules::Rules;
use casebook::view::annotation;
use chrono::NaiveDate;

/// Parts of a line, the empty ones left out.
fn line(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\n', "⏎"))
}

fn list(label: &str, items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("{label}{}", items.join(", ")) }
}

fn when(condition: bool, word: &str) -> String {
    if condition { word.into() } else { String::new() }
}

/// Lines of one kind for every article of a case; `None` for kinds of the whole record.
pub fn of_article(kind: &str, read: &[Noted<Reading>]) -> Option<Vec<String>> {
    let one: fn(&Noted<Reading>) -> Vec<String> = match kind {
        "page" => page,
        "blocks" => blocks,
        "sentences" => {
            |noted| noted.value.sentences.iter().map(|s| noted.value.words(*s).into()).collect()
        }
        "names" => names,
        "dates" => dates,
        "events" => events,
        "acts" => acts,
        "claims" => claims,
        "told" => |noted| {
            let reading = &noted.value;
            reading.claims.iter().map(|claim| quoted(reading.words(claim.told))).collect()
        },
        "questions" => questions,
        "sources" => sources,
        "findings" => findings,
        _ => return None,
    };
    let many = read.len() > 1;
    let number = |n: usize, text: String| if many { format!("{}: {text}", n + 1) } else { text };
    let lines = read.iter().enumerate();
    Some(
        lines
            .flat_map(|(n, noted)| one(noted).into_iter().map(move |text| number(n, text)))
            .collect(),
    )
}

fn page(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let article = &reading.article;
    let optional = |key: &str, value: Option<&str>| value.map(|value| format!("{key}: {value}"));
    let published = article.published.map(|published| {
        let moment = published.moment.map(|m| m.to_rfc3339()).unwrap_or(published.day.to_string());
        format!("published: {moment} ({})", published.basis.word())
    });
    let modified = article.modified.map(|modified| {
        let moment = modified.moment.map(|m| m.to_rfc3339()).unwrap_or(modified.day.to_string());
        format!("modified: {moment} ({})", modified.basis.word())
    });
    let lines = [
        Some(format!("url: {}", article.url)),
        optional("title", article.title()),
        (!article.byline.is_empty()).then(|| format!("byline: {}", article.byline.join(", "))),
        optional("outlet", article.outlet.as_deref()),
        published,
        modified,
        Some(format!("language: {}", article.language.code())),
        Some(format!("about a dispute: {}", if reading.is_relevant() { "yes" } else { "no" })),
    ];
    lines.into_iter().flatten().collect()
}

fn blocks(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let blocks = reading.article.blocks.iter().map(|block| {
        let (kind, section) = (format!("{:?}", block.kind), format!("{:?}", block.section));
        let article = &reading.article;
        let at = article.entry_of(block.span).map(|entry| format!(" at {}", entry.at));
        let index = article.blocks.iter().position(|other| other.span == block.span);
        let own = index.and_then(|index| article.language_of(index)).unwrap_or("");
        let language =
            if own == article.language.code() { String::new() } else { format!(" [{own}]") };
        let section = if section == "Report" {
            String::new()
        } else {
            format!(" ({})", section.to_lowercase())
        };
        format!(
            "{}{section}{}{language} | {}",
            kind.to_lowercase(),
            at.unwrap_or_default(),
            reading.words(block.span).replace('\n', "⏎")
        )
    });
    blocks.collect()
}

fn names(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let lines = reading.names.iter().enumerate().filter_map(|(index, name)| {
        let mut surfaces: Vec<String> = Vec::new();
        for mention in reading.mentions.iter().filter(|m| m.name.0 as usize == index) {
            let words = quoted(reading.words(mention.span));
            if !surfaces.contains(&words) {
                surfaces.push(words);
            }
        }
        let plain = surfaces == [quoted(&name.name)];
        let id = name.id.as_ref().map_or(String::new(), |id| format!("id {id}"));
        let owner = name.owner.as_ref().map_or(String::new(), |owner| format!("of {owner}"));
        let surfaces_shown = if plain { String::new() } else { list("as ", &surfaces) };
        (!surfaces.is_empty())
            .then(|| line([name.name.clone(), name.kind.word().into(), id, owner, surfaces_shown]))
    });
    lines.collect()
}

fn dates(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let lines = reading.dates.iter().map(|date| {
        let modifier = date.modifier.map_or("", Modifier::word);
        let basis = match date.basis {
            Basis::Stated => "stated".into(),
            Basis::Anchored(anchor) => match anchor {
                casebook::model::date::Anchor::Published => "from publication".into(),
                casebook::model::date::Anchor::Captured => "from capture".into(),
                casebook::model::date::Anchor::Text(span) => {
                    format!("from {}", quoted(reading.words(span)))
                }
            },
            Basis::Reported(_) => "reported".into(),
            Basis::Corroborated(..) => "corroborated".into(),
        };
        let value = format!("{} → {}", quoted(reading.words(date.span)), date.value);
        line([value, modifier.into(), basis])
    });
    lines.collect()
}

fn all_names(reading: &Reading, names: &[NameIx]) -> Vec<String> {
    names.iter().map(|index| reading.name_text(*index).to_string()).collect()
}

fn events(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let lines = reading.events.iter().map(|event| {
        let parties = list("", &all_names(reading, &event.parties));
        line([
            event.date.to_string(),
            event.role.word().into(),
            quoted(reading.words(event.span)),
            parties,
        ])
    });
    lines.collect()
}

fn acts(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let lines = reading.acts.iter().map(|act| {
        let name =
            |index: Option<NameIx>| index.map_or("?", |index| reading.name_text(index)).to_string();
        line([
            format!("{} → {}", name(act.actor), name(act.target)),
            act.predicate.to_string(),
            when(act.negated, "denied"),
            when(act.planned, "planned"),
            quoted(reading.words(act.span)),
        ])
    });
    lines.collect()
}

fn claims(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let words = |span: Span| quoted(reading.words(span));
    let lines = reading.claims.iter().map(|claim| {
        let (speaker, kind) = annotation::speaker(reading, claim.speaker);
        let kind = match claim.speaker {
            Speaker::Named(_) => String::new(),
            Speaker::Here => " (this outlet)".into(),
            Speaker::Document(_, Some(of)) | Speaker::Anonymous(_, Some(of)) => {
                format!(" ({kind}, of {})", reading.name_text(of))
            }
            _ => format!(" ({kind})"),
        };
        let via: Vec<String> = claim
            .via
            .iter()
            .map(|via| match via {
                Via::Name(index) => reading.name_text(*index).to_string(),
                Via::Phrase(span) => words(*span),
            })
            .collect();
        let hedges: Vec<String> = claim.hedges.iter().map(|hedge| words(*hedge)).collect();
        line([
            format!("{} — {speaker}{kind}", words(claim.content)),
            claim.stance.word().into(),
            when(claim.several, "several"),
            claim.cue.map_or(String::new(), |cue| format!("cue: {}", reading.words(cue))),
            claim
                .target
                .map_or(String::new(), |target| format!("about {}", reading.name_text(target))),
            list("via ", &via),
            list("hedged ", &hedges),
            when(claim.quoted, "quoted"),
        ])
    });
    lines.collect()
}

fn questions(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let lines = reading.asks.iter().map(|ask| {
        let due = ask.due.map_or(String::new(), |due| format!("due {due}"));
        let about = list("about ", &all_names(reading, &ask.about));
        line([ask.kind.word().into(), quoted(reading.words(ask.span)), about, due])
    });
    lines.collect()
}

fn sources(noted: &Noted<Reading>) -> Vec<String> {
    let reading = &noted.value;
    let lines = reading.citations.iter().map(|citation| {
        let kind = match citation.kind {
            CitationKind::Reported => "reported",
            CitationKind::Witnessed => "witnessed",
            CitationKind::First => "first",
            CitationKind::Listed => "listed",
            CitationKind::Carrier => "carrier",
            CitationKind::Wire => "wire",
        };
        let outlet = citation.outlet.map_or("?", |outlet| reading.name_text(outlet));
        line([outlet.into(), kind.into(), quoted(reading.words(citation.span))])
    });
    lines.collect()
}

fn findings(noted: &Noted<Reading>) -> Vec<String> {
    let lines = noted.findings.iter().map(|finding| {
        let words = finding.span.map_or(String::new(), |span| quoted(noted.value.words(span)));
        line([finding.severity.word().into(), finding.code.clone(), words, finding.message.clone()])
    });
    lines.collect()
}

/// The record of all articles of a case; articles go by their number in the case.
pub struct Record {
    kb: KnowledgeBase,
    order: Vec<CaptureId>,
}

impl Record {
    pub fn of(read: &[Noted<Reading>], rules: &Rules, today: NaiveDate) -> Self {
        let order = read.iter().map(|noted| noted.value.article.capture).collect();
        let readings = read.iter().map(|noted| noted.value.clone()).collect();
        Self { kb: resolve(readings, rules, today).value, order }
    }

    /// Lines of one kind; `None` where there is no such kind.
    pub fn lines(&self, kind: &str) -> Option<Vec<String>> {
        match kind {
            "incidents" => Some(self.incidents()),
            "ledger" => Some(self.ledger()),
            "positions" => Some(self.positions()),
            "parties" => Some(self.parties()),
            "parts" => Some(self.parts()),
            "timeline" => Some(self.timeline()),
            "roots" => Some(self.roots()),
            "tracked" => Some(self.tracked()),
            "contradictions" => Some(self.contradictions()),
            "disputes" => Some(self.disputes()),
            "relations" => Some(self.relations()),
            "missing" => Some(self.missing()),
            _ => None,
        }
    }

    fn number(&self, capture: CaptureId) -> usize {
        self.order.iter().position(|known| *known == capture).map_or(0, |at| at + 1)
    }

    fn articles(&self, captures: impl Iterator<Item = CaptureId>) -> String {
        let mut numbers: Vec<usize> = captures.map(|capture| self.number(capture)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        list("in ", &numbers.iter().map(usize::to_string).collect::<Vec<_>>())
    }

    fn evidence(&self, evidence: Evidence) -> String {
        format!("{} {}", self.number(evidence.capture), quoted(self.kb.words(evidence)))
    }

    fn incidents(&self) -> Vec<String> {
        let lines = self.kb.incidents.iter().map(|incident| {
            line([
                incident.title.clone(),
                incident.opened.to_string(),
                incident.types.join(", "),
                incident.status.word().into(),
                self.articles(incident.articles.iter().copied()),
                self.articles(incident.passages.iter().map(|e| e.capture))
                    .replace("in ", "passage in "),
                format!("roots {}", incident.roots()),
            ])
        });
        lines.collect()
    }

    fn ledger(&self) -> Vec<String> {
        let claims = self.kb.incidents.iter().flat_map(|incident| {
            incident.claims.iter().map(move |(capture, claim)| (incident, *capture, *claim))
        });
        let lines = claims.filter_map(|(incident, capture, claim)| {
            let (reading, claim) = self.kb.claim(capture, claim)?;
            Some(line([
                incident.title.clone(),
                claim.stance.word().into(),
                format!("{} {}", self.number(capture), quoted(reading.words(claim.content))),
            ]))
        });
        lines.collect()
    }

    fn positions(&self) -> Vec<String> {
        let positions = self.kb.incidents.iter().flat_map(|incident| &incident.positions);
        let lines = positions.filter_map(|position| {
            let (capture, claim) = position.tellings.first()?;
            let (reading, claim) = self.kb.claim(*capture, *claim)?;
            Some(line([
                format!("{} {}", self.number(*capture), quoted(reading.words(claim.content))),
                position.stance.word().into(),
                self.articles(position.tellings.iter().map(|(capture, _)| *capture)),
                format!("roots {}", position.roots),
            ]))
        });
        lines.collect()
    }

    fn parties(&self) -> Vec<String> {
        let parties = self.kb.incidents.iter().flat_map(|incident| &incident.parties);
        parties.map(|party| line([party.who.name.clone(), party.role.word().into()])).collect()
    }

    fn parts(&self) -> Vec<String> {
        let incidents = self.kb.incidents.iter();
        let parties = incidents.flat_map(|of| of.parties.iter().map(move |party| (of, party)));
        let known = parties.filter_map(|(of, party)| Some((of, party, party.who.id.as_ref()?)));
        let lines = known.map(|(of, party, id)| {
            let part =
                |kind: &String| format!("{kind} {}", of.part_in(kind, id, party.role).word());
            let parts = of.types.iter().map(part);
            line(std::iter::once(party.who.name.clone()).chain(parts))
        });
        lines.collect()
    }

    fn timeline(&self) -> Vec<String> {
        let entries = self.kb.incidents.iter().flat_map(|incident| &incident.timeline);
        let lines = entries.map(|entry| {
            let differing: Vec<String> = entry
                .differing
                .iter()
                .map(|(date, e)| format!("{date} {}", self.evidence(*e)))
                .collect();
            line([
                entry.date.to_string(),
                entry.role.word().into(),
                entry.summary.clone(),
                self.articles(entry.evidence.iter().map(|e| e.capture)),
                format!("roots {}", entry.roots),
                format!("known {}", entry.known_at),
                match entry.basis {
                    Basis::Corroborated(capture, _) => {
                        format!("year from {}", self.number(capture))
                    }
                    _ => String::new(),
                },
                list("differing ", &differing),
            ])
        });
        lines.collect()
    }

    fn roots(&self) -> Vec<String> {
        let mut all: Vec<_> =
            self.kb.incidents.iter().flat_map(|incident| &incident.lineage).collect();
        all.sort_by_key(|derivation| self.number(derivation.capture));
        let names = |list: &[casebook::model::entity::Who]| {
            list.iter().map(|w| w.name.clone()).collect::<Vec<_>>()
        };
        let lines = all.into_iter().map(|derivation| {
            line([
                self.number(derivation.capture).to_string(),
                derivation
                    .copies
                    .map_or(String::new(), |copied| format!("copies {}", self.number(copied))),
                derivation
                    .translates
                    .map_or(String::new(), |told| format!("translates {}", self.number(told))),
                list("from ", &names(&derivation.named)),
                list("carried by ", &names(&derivation.carriers)),
                list("roots ", &derivation.roots),
            ])
        });
        lines.collect()
    }

    fn tracked(&self) -> Vec<String> {
        let questions = self.kb.incidents.iter().flat_map(|incident| &incident.questions);
        let lines = questions.map(|question| {
            let steps: Vec<String> = question
                .state
                .steps()
                .iter()
                .map(|s| format!("{} {}", s.on, s.to.word()))
                .collect();
            let answers: Vec<String> = question
                .answers
                .iter()
                .map(|a| {
                    let by = a.by.as_ref().map_or(String::new(), |by| format!(" by {}", by.name));
                    format!("{}{by}", self.evidence(a.evidence))
                })
                .collect();
            line([
                question.state.now().word().into(),
                question.text.clone(),
                self.articles(question.raised.iter().map(|e| e.capture)),
                question.due.map_or(String::new(), |due| format!("due {due}")),
                list("since ", &steps),
                list("answers ", &answers),
            ])
        });
        lines.collect()
    }

    fn contradictions(&self) -> Vec<String> {
        let all = self.kb.incidents.iter().flat_map(|incident| &incident.contradictions);
        let standing = |c: &Contradiction| match &c.standing {
            standing if standing.outcome == Outcome::Open => String::new(),
            standing => {
                let reason = standing.reason.map_or("", Reason::word);
                let holds = standing.holds.map(Account::word);
                let holds = holds.map_or(String::new(), |a| format!(", {a} holds"));
                let by =
                    standing.by.as_ref().map_or(String::new(), |by| format!(", by {}", by.name));
                let words =
                    standing.because.map_or(String::new(), |e| format!(", {}", self.evidence(e)));
                format!("{} ({reason}{holds}{by}{words})", standing.outcome.word())
            }
        };
        let pair = |c: &Contradiction| {
            line([c.topic.clone(), self.evidence(c.a), self.evidence(c.b), standing(c)])
        };
        all.map(pair).collect()
    }

    fn relations(&self) -> Vec<String> {
        let all = self.kb.incidents.iter().flat_map(|incident| {
            let later = incident.relations.iter().filter(|r| r.end == End::Later);
            later.map(move |relation| (incident, relation))
        });
        let lines = all.map(|(incident, relation)| {
            let other = self.kb.incident(&relation.other).map_or("", |other| &other.title);
            line([
                incident.title.clone(),
                relation.tie.word().into(),
                other.into(),
                self.evidence(relation.words),
            ])
        });
        lines.collect()
    }

    fn missing(&self) -> Vec<String> {
        let all = self.kb.incidents.iter().flat_map(|incident| &incident.missing);
        let lines = all.map(|missing| {
            let searched = self.articles(missing.searched.iter().copied());
            line([
                self.evidence(missing.words),
                format!("from {}", missing.outlet),
                format!("not {searched}"),
            ])
        });
        lines.collect()
    }

    fn disputes(&self) -> Vec<String> {
        let lines = self.kb.disputes.iter().map(|dispute| {
            let parties: Vec<String> =
                dispute.parties.iter().map(|party| party.name.clone()).collect();
            line([
                dispute.title.clone(),
                list("", &parties),
                format!("incidents {}", dispute.incidents.len()),
            ])
        });
        lines.collect()
    }
}
