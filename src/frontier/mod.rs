//! What to fetch next and what to make of it, without fetching: pure.
//!
//! In: sources, addresses, robots rules, listings, answers of servers, and the moment as a value.
//! Out: the next visit, the moment to wait for, verdicts, items. What holds: the same events at the
//! same moments give the same visits; nothing here waits, asks or fails. Not here: the network
//! (`crawl/`), the tables the frontier is kept in (`store/`).

mod address;
mod feed;
mod head;
mod host;
mod listing;
mod loose;
mod machine;
mod pace;
mod reservation;
mod robots;
mod rules;
mod sitemap;
mod verdict;

pub use address::{Unfit, found, given, host_of, path_of};
pub use feed::feed;
pub use head::{Head, head, links};
pub use host::{Manners, Memory};
pub use listing::{Choice, choose, is_old, slug};
pub use machine::{After, Answer, Frontier, HELD_MAX, Limits, Next};
pub use pace::{backoff, retry, revisit};
pub use reservation::Reservation;
pub use robots::Robots;
pub use sitemap::{Sitemap, inflated, sitemap};
pub use verdict::{Reserved, Verdict, canonical, retry_after, verdict};
