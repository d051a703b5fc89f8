//! One article as `annotate --format article` prints it: metadata, main text and typed blocks.

use serde::Serialize;

use super::annotation::printed;
use super::grounds::{GroundsOut, grounds};
use crate::model::article::Article;
use crate::model::finding::Finding;
use crate::model::reading::WeighedBlock;

/// An article without what is read from its sentences.
#[derive(Debug, Serialize)]
pub struct ArticleOut<'a> {
    url: &'a str,
    requested: &'a str,
    title: Option<&'a str>,
    byline: Option<String>,
    outlet: Option<&'a str>,
    published: Option<String>,
    published_basis: Option<&'static str>,
    modified: Option<String>,
    modified_basis: Option<&'static str>,
    language: &'a str,
    metadata: GroundsOut,
    text: String,
    blocks: Vec<BlockOut<'a>>,
    findings: Vec<FindingOut<'a>>,
}

#[derive(Debug, Serialize)]
struct BlockOut<'a> {
    kind: &'static str,
    text: &'a str,
    /// Its language, where it is not that of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    /// When the entry of the live blog came out that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

#[derive(Debug, Serialize)]
struct FindingOut<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
}

/// Makes the published form of an article.
pub fn article<'a>(article: &'a Article, findings: &'a [Finding]) -> ArticleOut<'a> {
    ArticleOut {
        url: &article.url,
        requested: &article.requested,
        title: article.title(),
        byline: (!article.byline.is_empty()).then(|| article.byline.join(", ")),
        outlet: article.outlet.as_deref(),
        published: article.published.as_ref().map(printed),
        published_basis: article.published.as_ref().map(|p| p.basis.word()),
        modified: article.modified.as_ref().map(printed),
        modified_basis: article.modified.as_ref().map(|p| p.basis.word()),
        language: article.language.code(),
        metadata: grounds(&article.grounds),
        text: article.text(),
        blocks: article
            .blocks
            .iter()
            .enumerate()
            .map(|(index, block)| BlockOut {
                kind: block.kind.word(),
                text: article.words(block.span),
                language: article
                    .language_of(index)
                    .filter(|code| *code != article.language.code()),
                at: article.entry_of(block.span).map(|entry| entry.at.format("%FT%R").to_string()),
            })
            .collect(),
        findings: findings
            .iter()
            .map(|finding| FindingOut {
                code: &finding.code,
                severity: finding.severity.word(),
                message: &finding.message,
            })
            .collect(),
    }
}

/// The blocks of a page as `annotate --format blocks` prints them.
#[derive(Debug, Serialize)]
pub struct BlocksOut<'a> {
    requested: &'a str,
    /// Names of the numbers of each block.
    numbers: Vec<&'static str>,
    blocks: Vec<WeighedOut<'a>>,
}

#[derive(Debug, Serialize)]
struct WeighedOut<'a> {
    kind: &'static str,
    text: &'a str,
    numbers: Vec<i32>,
}

/// Makes the published form of weighed blocks.
pub fn blocks<'a>(requested: &'a str, weighed: &'a [WeighedBlock]) -> BlocksOut<'a> {
    let numbers = weighed.first().map(|block| &block.numbers);
    BlocksOut {
        requested,
        numbers: numbers.into_iter().flatten().map(|(name, _)| *name).collect(),
        blocks: weighed
            .iter()
            .map(|block| WeighedOut {
                kind: block.kind.word(),
                text: &block.text,
                numbers: block.numbers.iter().map(|(_, value)| *value).collect(),
            })
            .collect(),
    }
}
