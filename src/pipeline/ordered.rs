//! Work done by several threads, results in the order of the work, memory bounded.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

/// Jobs under way per worker.
const AHEAD: usize = 2;

/// Items of a batch.
const BATCH: usize = 32;

/// Items in batches, for work so small that handing over each would cost more than the work.
pub(super) fn batches<T>(items: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut items = items.into_iter();
    std::iter::from_fn(move || {
        let batch: Vec<T> = items.by_ref().take(BATCH).collect();
        (!batch.is_empty()).then_some(batch)
    })
}

/// As [`run`], batch by batch.
pub(super) fn run_batches<T, R>(
    batches: impl Iterator<Item = Vec<T>> + Send,
    workers: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) where
    T: Send,
    R: Send,
{
    let work = |batch: Vec<T>| batch.into_iter().map(&work).collect::<Vec<R>>();
    run(batches, workers, work, |results| results.into_iter().all(&mut take));
}

/// Runs `work` on every item with `workers` threads and hands the results to `take` in order.
///
/// At most a few items per worker are in memory at once. `take` returns false to stop early.
pub(super) fn run<I, T, R>(
    items: I,
    workers: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    let workers = workers.max(1);
    let (job_in, job_out) = sync_channel::<(usize, T)>(workers * AHEAD);
    let (result_in, result_out) = sync_channel::<(usize, R)>(workers * AHEAD);
    let job_out = Mutex::new(job_out);
    let stopped = AtomicBool::new(false);
    thread::scope(|scope| {
        let (job_out, work, stopped) = (&job_out, &work, &stopped);
        for _ in 0..workers {
            let result_in = result_in.clone();
            scope.spawn(move || {
                loop {
                    // A poisoned lock means another worker panicked; the scope reports it.
                    let job = match job_out.lock() {
                        Ok(jobs) => jobs.recv(),
                        Err(_) => return,
                    };
                    let Ok((index, item)) = job else { return };
                    // Jobs nobody wants any more are taken all the same: the feeder may be waiting
                    // for room.
                    if !stopped.load(Ordering::Relaxed) {
                        let _ = result_in.send((index, work(item)));
                    }
                }
            });
        }
        drop(result_in);
        scope.spawn(move || {
            for job in items.enumerate() {
                if stopped.load(Ordering::Relaxed) || job_in.send(job).is_err() {
                    return;
                }
            }
        });
        let mut waiting: BTreeMap<usize, R> = BTreeMap::new();
        let mut next = 0;
        for (index, result) in result_out {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if !take(result) {
                    stopped.store(true, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_order() {
        let mut seen = Vec::new();
        super::run(
            0..1000u64,
            4,
            |n| n * 2,
            |n| {
                seen.push(n);
                true
            },
        );
        assert_eq!(seen, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn stopping_early_ends_all_threads() {
        let mut seen = 0;
        super::run(
            0..100_000u64,
            3,
            |n| n,
            |n| {
                seen = n;
                n < 10
            },
        );
        assert_eq!(seen, 10);
    }
}
