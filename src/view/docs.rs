//! What can be searched: incidents, claims, questions and articles as documents.

use super::annotation::speaker;
use super::place::incident_path;
use crate::model::article::Article;
use crate::model::edtf::Edtf;
use crate::model::entity::{EntityId, EntityKind, EntityRole, Who};
use crate::model::incident::Incident;
use crate::model::kb::KnowledgeBase;
use crate::model::query::{DocKind, Field, SearchDoc};
use crate::model::reading::Reading;

/// Most characters of an article that are searched.
const ARTICLE_CHARS_MAX: usize = 60_000;

/// Makes the documents of the record, incidents first.
pub fn search_docs(kb: &KnowledgeBase) -> Vec<SearchDoc> {
    let mut docs: Vec<SearchDoc> = kb.incidents.iter().map(|i| incident_doc(kb, i)).collect();
    for incident in &kb.incidents {
        docs.extend(question_docs(kb, incident));
        docs.extend(claim_docs(kb, incident));
    }
    docs.extend(kb.readings.values().map(|reading| article_doc(kb, reading)));
    docs
}

/// Every name somebody goes by, and the id: `vendor:BABA` finds what `vendor:阿里巴巴` finds.
fn names_of(kb: &KnowledgeBase, who: &Who) -> Vec<String> {
    let mut names = vec![who.name.clone()];
    if let Some(entity) = who.id.as_ref().and_then(|id| kb.entities.get(id)) {
        names.push(entity.id.to_string());
        names.extend(entity.names.iter().cloned());
        names.extend(entity.former.iter().map(|(name, _)| name.clone()));
    }
    names
}

fn party_fields(kb: &KnowledgeBase, who: &Who, fields: &mut Vec<(Field, String)>) {
    let field = match who.kind {
        EntityKind::Organization | EntityKind::Government => Field::Vendor,
        EntityKind::Product => Field::Product,
        EntityKind::Person => Field::Person,
        EntityKind::Place | EntityKind::Legal => return,
    };
    fields.extend(names_of(kb, who).into_iter().map(|name| (field, name)));
    // A product leads to its maker as well.
    let owner = who.id.as_ref().and_then(|id| kb.entities.get(id)).and_then(|e| e.owner.as_ref());
    if field == Field::Product
        && let Some(owner) = owner
    {
        fields.extend(house_names(kb, owner).into_iter().map(|name| (Field::Vendor, name)));
    }
}

fn house_names(kb: &KnowledgeBase, id: &EntityId) -> Vec<String> {
    kb.entities
        .get(id)
        .map(|e| names_of(kb, &Who { id: Some(e.id.clone()), name: e.name.clone(), kind: e.kind }))
        .unwrap_or_default()
}

fn incident_fields(kb: &KnowledgeBase, incident: &Incident) -> Vec<(Field, String)> {
    let mut fields = Vec::new();
    for party in &incident.parties {
        party_fields(kb, &party.who, &mut fields);
    }
    fields.extend(incident.types.iter().map(|kind| (Field::Type, kind.clone())));
    fields.push((Field::Status, incident.status.word().into()));
    fields.extend(incident.dispute.iter().map(|id| (Field::Dispute, id.to_string())));
    fields
}

fn incident_doc(kb: &KnowledgeBase, incident: &Incident) -> SearchDoc {
    let mut body = vec![incident.title.clone()];
    body.extend(incident.title_zh.clone());
    if let Some(editor) = &incident.editor {
        body.push(editor.summary.clone());
        body.extend(editor.summary_zh.clone());
        body.extend(editor.notes.iter().cloned());
    }
    body.extend(incident.timeline.iter().map(|entry| entry.summary.clone()));
    body.extend(incident.parties.iter().flat_map(|party| names_of(kb, &party.who)));
    let mut fields = incident_fields(kb, incident);
    if let Some(editor) = &incident.editor {
        fields.extend(editor.products.iter().map(|product| (Field::Product, product.clone())));
    }
    fields.sort();
    fields.dedup();
    SearchDoc {
        kind: DocKind::Incident,
        id: incident.id.address(),
        title: incident.title.clone(),
        body: body.join(". "),
        path: incident_path(incident),
        date: Some(incident.opened),
        fields,
    }
}

fn question_docs<'a>(
    kb: &'a KnowledgeBase,
    incident: &'a Incident,
) -> impl Iterator<Item = SearchDoc> + 'a {
    incident.questions.iter().map(move |question| {
        let mut fields = incident_fields(kb, incident);
        fields.push((Field::Question, question.state.now().word().into()));
        for who in &question.about {
            party_fields(kb, who, &mut fields);
        }
        fields.sort();
        fields.dedup();
        SearchDoc {
            kind: DocKind::Question,
            id: question.id.to_string(),
            title: question.text.clone(),
            body: std::iter::once(question.text.clone())
                .chain(question.variants.clone())
                .collect::<Vec<_>>()
                .join(" "),
            path: format!("{}#q-{}", incident_path(incident), question.id.short()),
            date: question.due.or(Some(incident.opened)),
            fields,
        }
    })
}

fn claim_docs<'a>(
    kb: &'a KnowledgeBase,
    incident: &'a Incident,
) -> impl Iterator<Item = SearchDoc> + 'a {
    incident.claims.iter().filter_map(move |(capture, id)| {
        let (reading, claim) = kb.claim(*capture, *id)?;
        let (name, kind) = speaker(reading, claim.speaker);
        let content = reading.words(claim.content);
        let mut fields = incident_fields(kb, incident);
        fields.push((Field::Stance, claim.stance.word().into()));
        fields.push((Field::Speaker, name.to_string()));
        fields.push((Field::Speaker, kind.to_string()));
        if let Some(target) = claim.target.and_then(|ix| kb.who(reading, ix)) {
            fields.extend(names_of(kb, &target).into_iter().map(|name| (Field::Target, name)));
        }
        fields.extend(article_fields(&reading.article));
        fields.sort();
        fields.dedup();
        Some(SearchDoc {
            kind: DocKind::Claim,
            id: claim.id.to_string(),
            title: format!("{name} {}", super::words::stance(claim.stance)),
            body: content.to_string(),
            path: format!("{}#c-{}", incident_path(incident), claim.id.short()),
            date: reading.article.published.map(|p| Edtf::day(p.day)),
            fields,
        })
    })
}

fn article_fields(article: &Article) -> Vec<(Field, String)> {
    let mut fields = vec![(Field::Lang, article.language.code().to_string())];
    fields.extend(article.outlet.iter().map(|outlet| (Field::Outlet, outlet.clone())));
    fields
}

fn article_doc(kb: &KnowledgeBase, reading: &Reading) -> SearchDoc {
    let article = &reading.article;
    let mut fields = article_fields(article);
    for name in &reading.names {
        let who = Who { id: name.id.clone(), name: name.name.clone(), kind: name.kind };
        let outlet = name
            .id
            .as_ref()
            .and_then(|id| kb.entities.get(id))
            .is_some_and(|e| e.is(EntityRole::Outlet) || e.is(EntityRole::Agency));
        if !outlet {
            party_fields(kb, &who, &mut fields);
        }
    }
    fields.extend(reading.topics.iter().map(|(kind, _)| (Field::Type, kind.clone())));
    fields.sort();
    fields.dedup();
    let home = kb.incidents.iter().find(|i| i.articles.contains(&article.capture));
    SearchDoc {
        kind: DocKind::Article,
        id: article.capture.to_string(),
        title: article.title().unwrap_or("(no headline)").to_string(),
        body: article.text().chars().take(ARTICLE_CHARS_MAX).collect(),
        path: home.map(incident_path).unwrap_or_default(),
        date: article.published.map(|p| Edtf::day(p.day)),
        fields,
    }
}
