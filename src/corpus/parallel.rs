//! One piece of work for each of many items, by several threads.
//!
//! What holds: results stand in the order of the items, so that the number of threads changes nothing
//! but the time.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Items a thread takes at once.
const BATCH: usize = 16;
/// Most threads; more wait for memory rather than work.
const THREADS_MAX: usize = 8;

/// Maps items with several threads.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_with(items, || (), |(), item| work(item))
}

/// Maps items with several threads, each of which has something of its own to work with.
pub(super) fn map_with<T: Sync, R: Send, S>(
    items: &[T],
    own: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX);
    if threads == 1 || items.len() <= BATCH {
        let mut state = own();
        return items.iter().map(|item| work(&mut state, item)).collect();
    }
    let next = AtomicUsize::new(0);
    let batches = || {
        let mut state = own();
        let mut done: Vec<(usize, Vec<R>)> = Vec::new();
        loop {
            let at = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) = items.get(at..).filter(|rest| !rest.is_empty()) else { return done };
            let results = batch.iter().take(BATCH).map(|item| work(&mut state, item));
            done.push((at, results.collect()));
        }
    };
    let mut done: Vec<(usize, Vec<R>)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(batches)).collect();
        let joined = running.into_iter().map(|thread| thread.join());
        joined
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(super::map(&items, |n| n * 2), (0..1000).map(|n| n * 2).collect::<Vec<_>>());
    }
}
