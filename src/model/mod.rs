//! The nouns of the record: no behaviour beyond their own invariants.
//!
//! | noun | means |
//! |---|---|
//! | capture | distinct bytes found at an address |
//! | article | what a capture says, as typed blocks over one body of text |
//! | name, mention | somebody or something named in one article, and where |
//! | claim | an attributed statement: speaker, stance, content, cue, via |
//! | act | who did what to whom |
//! | event | a dated happening |
//! | ask, question | a sentence that leaves something open; the open point across articles |
//! | incident, dispute | one dated conflict; a lasting quarrel |
//! | source, visit, observation | a publisher to fetch from; an address to ask for; what came back |
//! | change | what became new, different or gone between two days |
//! | evidence | the exact bytes that support a fact |
//! | judgement, ledger | a signed, dated, reasoned decision of an editor; all of them in order |
//! | subject, orphan | what a judgement is about; a judgement whose subject is gone |
//! | finding | something noticed that a person should see |
//!
//! Deliberately not here: rules, reading, IO.

pub mod article;
pub mod change;
pub mod claim;
pub mod crawl;
pub mod date;
pub mod editor;
pub mod edtf;
pub mod entity;
pub mod finding;
pub mod ground;
pub mod history;
pub mod id;
pub mod incident;
pub mod judgement;
pub mod kb;
pub mod life;
pub mod lookup;
pub mod party;
pub mod point;
pub mod query;
pub mod question;
pub mod quotation;
pub mod reading;
pub mod relation;
pub mod rule;
pub mod source;
pub mod standing;
pub mod subject;
pub mod terms;
pub mod text;
pub mod tree;
