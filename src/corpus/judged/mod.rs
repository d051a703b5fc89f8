//! What editors decided, laid over what the program read.
//!
//! In: the ledger. Out: claims taken out of readings, articles grouped as named, merged and split, and,
//! last, incidents and questions as decided. What holds: nothing the program finds overrides a
//! judgement in force; the order of files changes nothing; a subject is known by its id, else by the
//! exact words it was found by, and where both are gone the judgement is an orphan with a proposed
//! repair. Not here: the rows (`rules/ledger/`), the commands that write them (`cli/desk/`).

mod claims;
mod grouping;
mod history;
mod naming;
mod nearest;
mod orphans;
mod subjects;
mod verdicts;

pub(super) use claims::judge_claims;
pub(super) use grouping::{Group, Pins};
pub(super) use naming::{disputes as dispute_names, name};
pub(super) use verdicts::apply;
