//! Who is known by which names, and where they stand in a text.
//!
//! In: rows of `data/entities/`. Out: entries, and an automaton over all their names in every
//! script. What holds: a name counts only at word boundaries, in its own case or in capitals, and a
//! guarded name only where one of its companions stands in the same sentence.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::lexer::is_han;
use super::load::{Layer, Located, Row, table};
use crate::model::edtf::Edtf;
use crate::model::entity::{Entity, EntityId, EntityKind, EntityRole};
use crate::model::finding::Finding;
use crate::model::rule::RuleId;
use crate::model::text::Span;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Former {
    name: String,
    until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Guarded {
    name: String,
    near: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityRow {
    id: String,
    name: String,
    kind: String,
    #[serde(default)]
    roles: Vec<String>,
    owner: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    former: Vec<Former>,
    #[serde(default)]
    guarded: Vec<Guarded>,
    #[serde(default)]
    family: bool,
    #[serde(default)]
    called: Vec<String>,
    country: Option<String>,
    ticker: Option<String>,
    wikidata: Option<String>,
    site: Option<String>,
    lang: Option<String>,
    tz: Option<String>,
}

impl Row for EntityRow {
    const TABLE: &'static str = "entity";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Clone)]
struct Alias {
    entity: usize,
    letters: String,
    near: Option<Vec<String>>,
}

/// A known name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownName {
    /// Its letters.
    pub span: Span,
    /// Index of the entry.
    entity: usize,
    /// Index of the alias.
    alias: usize,
}

/// The entries and the automaton over their names.
#[derive(Debug, Clone)]
pub struct Registry {
    entries: Vec<(Entity, RuleId)>,
    by_id: BTreeMap<EntityId, usize>,
    by_site: BTreeMap<String, usize>,
    zones: BTreeMap<EntityId, String>,
    by_name: HashMap<String, usize>,
    /// "Chinese": the country a word means.
    by_adjective: HashMap<String, String>,
    aliases: Vec<Alias>,
    automaton: Option<AhoCorasick>,
}

impl Registry {
    /// Loads the registry; faults are collected, sound entries kept.
    pub(super) fn load(layers: &[Layer<'_>], faults: &mut Vec<Finding>) -> Self {
        let mut registry = Self {
            entries: Vec::new(),
            by_id: BTreeMap::new(),
            by_site: BTreeMap::new(),
            zones: BTreeMap::new(),
            by_name: HashMap::new(),
            by_adjective: HashMap::new(),
            aliases: Vec::new(),
            automaton: None,
        };
        let mut owners = Vec::new();
        for Located { row, place } in table::<EntityRow>(layers, "entities/", faults) {
            match entity(&row) {
                Ok(entity) => {
                    for name in row.guarded.iter().filter(|g| g.near.is_empty()).map(|g| &g.name) {
                        let message = format!(
                            "“{name}” has an empty near and would never count; name its companions"
                        );
                        faults.push(Finding::error("bad-row", message).at(place.clone()));
                    }
                    owners.push((entity.owner.clone(), place.clone()));
                    if let Some(zone) = &row.tz {
                        registry.zones.insert(entity.id.clone(), zone.clone());
                    }
                    registry.add(entity, &row.guarded, &place, faults);
                }
                Err(message) => faults.push(Finding::error("bad-row", message).at(place)),
            }
        }
        for (owner, place) in owners {
            if let Some(owner) = owner.filter(|owner| !registry.by_id.contains_key(owner)) {
                let message = format!("the owner “{owner}” is no entity; add it or correct its id");
                faults.push(Finding::error("unknown-owner", message).at(place));
            }
        }
        registry.automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(registry.aliases.iter().map(|alias| alias.letters.as_str()))
            .ok();
        registry
    }

    fn add(&mut self, entity: Entity, guarded: &[Guarded], place: &str, faults: &mut Vec<Finding>) {
        let index = self.entries.len();
        let former = entity.former.iter().map(|(name, _)| name);
        let open = std::iter::once(&entity.name).chain(&entity.names).chain(former);
        let is_guarded = |name: &str| guarded.iter().any(|g| g.name == name);
        let mut names: Vec<(String, Option<Vec<String>>)> =
            open.filter(|name| !is_guarded(name)).map(|name| (name.clone(), None)).collect();
        names.extend(guarded.iter().map(|g| (g.name.clone(), Some(g.near.clone()))));
        for (letters, near) in names {
            let folded = letters.to_lowercase();
            match self.by_name.get(&folded) {
                Some(other) if *other != index => {
                    let other = self.entries.get(*other).map_or("", |(e, _)| e.id.as_str());
                    let message = format!(
                        "the name “{letters}” belongs to “{other}” already; keep one of them"
                    );
                    faults.push(Finding::error("doubled-name", message).at(place));
                    continue;
                }
                Some(_) => continue,
                None => {}
            }
            self.by_name.insert(folded, index);
            self.aliases.push(Alias { entity: index, letters, near });
        }
        if let Some(site) = &entity.site
            && (entity.is(EntityRole::Outlet)
                || entity.is(EntityRole::Agency)
                || !self.by_site.contains_key(site))
        {
            self.by_site.insert(site.clone(), index);
        }
        if let (EntityKind::Place, Some(country)) = (entity.kind, &entity.country) {
            let words = entity.called.iter().map(|word| (word.clone(), country.clone()));
            self.by_adjective.extend(words);
        }
        self.by_id.insert(entity.id.clone(), index);
        let rule = RuleId::new("entity", entity.id.as_str());
        self.entries.push((entity, rule));
    }

    /// All entries, in order of the files.
    pub fn entries(&self) -> impl Iterator<Item = &Entity> {
        self.entries.iter().map(|(entity, _)| entity)
    }

    /// The entry of an id.
    pub fn get(&self, id: &EntityId) -> Option<&Entity> {
        self.by_id.get(id).and_then(|index| self.entries.get(*index)).map(|(entity, _)| entity)
    }

    /// The code of the country that an adjective or the name of a place means.
    pub fn country_meant(&self, word: &str) -> Option<&str> {
        self.by_adjective.get(word).map(String::as_str)
    }

    /// The entry a name belongs to, whatever its case; guarded names included.
    pub fn named(&self, name: &str) -> Option<&Entity> {
        let index = self.by_name.get(&name.trim().to_lowercase())?;
        self.entries.get(*index).map(|(entity, _)| entity)
    }

    /// The outlet of an address's host, by its registrable domain.
    pub fn outlet_at(&self, host: &str) -> Option<&Entity> {
        let mut rest = host;
        loop {
            if let Some((entity, _)) = self.by_site.get(rest).and_then(|i| self.entries.get(*i)) {
                return Some(entity);
            }
            rest = rest.split_once('.').map(|(_, rest)| rest).filter(|rest| rest.contains('.'))?;
        }
    }

    /// The name of the time zone an entry keeps.
    pub fn zone(&self, entity: &EntityId) -> Option<&str> {
        self.zones.get(entity).map(String::as_str)
    }

    /// The entry and rule of a name found in a text.
    pub fn entry(&self, known: KnownName) -> Option<(&Entity, &RuleId)> {
        self.entries.get(known.entity).map(|(entity, rule)| (entity, rule))
    }

    /// Whether a found name counts in a sentence: unguarded, or one of its companions is there.
    pub fn stands(&self, known: KnownName, sentence: &str) -> bool {
        match self.aliases.get(known.alias).and_then(|alias| alias.near.as_ref()) {
            None => true,
            Some(near) => near.iter().any(|companion| contains_word(sentence, companion)),
        }
    }

    /// Whether a found name needs a companion.
    pub fn is_guarded(&self, known: KnownName) -> bool {
        self.aliases.get(known.alias).is_some_and(|alias| alias.near.is_some())
    }

    /// All known names of a text, leftmost and longest first, guards not yet looked at.
    pub fn find(&self, text: &str) -> Vec<KnownName> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut hits: Vec<KnownName> = Vec::new();
        for hit in automaton.find_overlapping_iter(text) {
            let span = Span::new(hit.start(), hit.end());
            let Some(alias) = self.aliases.get(hit.pattern().as_usize()) else { continue };
            let family = self.entries.get(alias.entity).is_some_and(|(entity, _)| entity.family);
            if at_boundaries(text, span, family) && same_case(span.of(text), &alias.letters) {
                hits.push(KnownName {
                    span,
                    entity: alias.entity,
                    alias: hit.pattern().as_usize(),
                });
            }
        }
        hits.sort_by_key(|hit| (hit.span.start(), std::cmp::Reverse(hit.span.end())));
        let mut end = 0;
        hits.retain(|hit| {
            let keep = hit.span.start() >= end;
            if keep {
                end = hit.span.end();
            }
            keep
        });
        hits
    }
}

fn entity(row: &EntityRow) -> Result<Entity, String> {
    let id = EntityId::parse(&row.id)
        .ok_or_else(|| format!("“{}” is no id; use small letters, digits and hyphens", row.id))?;
    let kind = EntityKind::from_word(&row.kind).ok_or_else(|| {
        let words: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("“{}” is no kind; write one of {}", row.kind, words.join(", "))
    })?;
    let mut roles = Vec::new();
    for word in &row.roles {
        let role = EntityRole::WORDS.iter().find(|(w, _)| w == word).ok_or_else(|| {
            let words: Vec<&str> = EntityRole::WORDS.iter().map(|(w, _)| *w).collect();
            format!("“{word}” is no role; write one of {}", words.join(", "))
        })?;
        roles.push(role.1);
    }
    let owner = match &row.owner {
        Some(owner) => {
            Some(EntityId::parse(owner).ok_or_else(|| format!("“{owner}” is no id of an owner"))?)
        }
        None => None,
    };
    let mut former = Vec::new();
    for Former { name, until } in &row.former {
        let until = match until {
            Some(text) => Some(Edtf::parse(text).ok_or_else(|| {
                format!("“{text}” is no date; write 2025, 2025-04 or 2025-04-30")
            })?),
            None => None,
        };
        former.push((name.clone(), until));
    }
    Ok(Entity {
        id,
        name: row.name.clone(),
        kind,
        roles,
        owner,
        names: row.names.clone(),
        former,
        family: row.family,
        called: row.called.clone(),
        country: row.country.clone(),
        ticker: row.ticker.clone(),
        wikidata: row.wikidata.clone(),
        site: row.site.clone(),
        lang: row.lang.clone(),
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

fn at_boundaries(text: &str, span: Span, family: bool) -> bool {
    let inside = span.of(text);
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    let after = text.get(span.end()..).and_then(|t| t.chars().next());
    let starts = inside.chars().next().is_some_and(is_letter);
    let ends = inside.chars().next_back().is_some_and(is_letter);
    let clear_before = !starts || !before.is_some_and(is_letter);
    let clear_after = !ends
        || !after.is_some_and(is_letter)
        || family && after.is_some_and(|c| c.is_ascii_digit());
    clear_before && clear_after
}

/// The letters as entered, or all in capitals where the name is long enough to be no other word.
fn same_case(found: &str, letters: &str) -> bool {
    found == letters || found.chars().count() > 3 && found == letters.to_uppercase()
}

fn contains_word(sentence: &str, word: &str) -> bool {
    sentence
        .match_indices(word)
        .any(|(at, hit)| at_boundaries(sentence, Span::new(at, at + hit.len()), false))
}
