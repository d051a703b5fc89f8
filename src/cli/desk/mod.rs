//! The editor's commands: what changed, what is open, what needs a decision, and decisions.

mod diff;

pub(super) use diff::diff;
