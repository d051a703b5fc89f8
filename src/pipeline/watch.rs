//! Waits until something that a build depends on changes: archive, data or settings.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use notify::{RecursiveMode, Watcher};

use super::PipelineError;

/// How long the disk has to be quiet before a change counts as whole.
const QUIET: Duration = Duration::from_millis(50);

/// Calls `changed` after each burst of changes, until it returns false.
///
/// # Errors
/// A folder that cannot be watched, and what `changed` fails with.
pub fn watch(
    home: &Path,
    mut changed: impl FnMut() -> Result<bool, PipelineError>,
) -> Result<(), PipelineError> {
    let failed = |error: notify::Error| PipelineError::Watch(error.to_string());
    let (tell, told) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is no change of it.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = tell.send(());
        }
    })
    .map_err(failed)?;
    for (name, mode) in [
        ("archive", RecursiveMode::Recursive),
        ("data", RecursiveMode::Recursive),
        ("casebook.toml", RecursiveMode::NonRecursive),
    ] {
        let path = home.join(name);
        if path.exists() {
            watcher.watch(&path, mode).map_err(failed)?;
        }
    }
    while told.recv().is_ok() {
        loop {
            match told.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
        if !changed()? {
            return Ok(());
        }
    }
    Ok(())
}
