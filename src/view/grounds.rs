//! How the facts of an article's metadata are known, as `annotate` prints it.

use serde::Serialize;

use crate::model::ground::{Ground, Grounds};

/// One fact: where it was found, and the share of facts found there that hold.
#[derive(Debug, Serialize)]
struct GroundOut {
    basis: &'static str,
    confidence: f64,
}

/// The facts that were found.
#[derive(Debug, Serialize)]
pub struct GroundsOut {
    title: Option<GroundOut>,
    byline: Option<GroundOut>,
    outlet: Option<GroundOut>,
    published: Option<GroundOut>,
    modified: Option<GroundOut>,
    language: Option<GroundOut>,
}

/// Makes the published form.
pub fn grounds(grounds: &Grounds) -> GroundsOut {
    let out = |ground: Option<Ground>| {
        ground.map(|Ground { basis, confidence }| GroundOut {
            basis: basis.word(),
            confidence: f64::from(confidence) / 100.0,
        })
    };
    GroundsOut {
        title: out(grounds.title),
        byline: out(grounds.byline),
        outlet: out(grounds.outlet),
        published: out(grounds.published),
        modified: out(grounds.modified),
        language: out(grounds.language),
    }
}
