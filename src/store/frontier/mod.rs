//! The frontier's tables: every address known, when it is due, what came of it; hosts and their rules.
//!
//! Derived like everything in `casebook.sqlite`: sources and archive make it anew. What holds: a row
//! changes in the same transaction as the place in the archive up to which it is true.

mod hosts;
mod rows;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use crate::model::crawl::{Address, Role, Validators, Visit};

pub use rows::{Change, HostRow, Known, Listed, NewRow, State};

pub(in crate::store) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS frontier (
        key TEXT PRIMARY KEY, ask TEXT NOT NULL, origin TEXT NOT NULL, role TEXT NOT NULL,
        source TEXT NOT NULL, state TEXT NOT NULL, due INTEGER, run INTEGER NOT NULL,
        etag TEXT, modified TEXT, digest TEXT, visited INTEGER, interval INTEGER,
        failures INTEGER NOT NULL, hops INTEGER NOT NULL, via TEXT, title TEXT, why TEXT,
        listed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS frontier_due ON frontier (origin, due) WHERE due IS NOT NULL;
    CREATE TABLE IF NOT EXISTS hosts (
        origin TEXT PRIMARY KEY, robots BLOB, robots_until INTEGER, failures INTEGER NOT NULL,
        shut_until INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS reservations (
        origin TEXT PRIMARY KEY, file BLOB NOT NULL, until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS crawls (
        one INTEGER PRIMARY KEY, run INTEGER NOT NULL, file TEXT NOT NULL, length INTEGER NOT NULL
    ) STRICT;
    CREATE TEMP TABLE IF NOT EXISTS wanted (source TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
";

/// The tables, inside a transaction of the casebook.
pub struct Tables<'a> {
    pub(in crate::store) connection: &'a Connection,
}

type Result<T> = std::result::Result<T, StoreError>;

/// The key of a row: an article and a listing may share an address.
fn key_of(visit: &Visit) -> String {
    match visit.role {
        Role::Page => visit.address.key.clone(),
        role => format!("{} {}", role.word(), visit.address.key),
    }
}

fn moment(seconds: Option<i64>) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds?, 0)
}

impl Tables<'_> {
    /// Begins a crawl over some sources (all of them where none is named) and gives its number.
    ///
    /// # Errors
    /// A database that fails, as everywhere here.
    pub fn begin(&self, wanted: Option<&[String]>) -> Result<i64> {
        self.connection.execute_batch(
            "DELETE FROM wanted;
             INSERT INTO crawls VALUES (1, 1, '', 0) ON CONFLICT DO UPDATE SET run = run + 1;",
        )?;
        match wanted {
            None => {
                let all = "INSERT INTO wanted SELECT DISTINCT source FROM frontier";
                self.connection.execute(all, [])?;
            }
            Some(ids) => {
                for id in ids {
                    self.want(id)?;
                }
            }
        }
        let run = "SELECT run FROM crawls WHERE one = 1";
        Ok(self.connection.query_row(run, [], |row| row.get(0))?)
    }

    /// Adds a source to those that are crawled.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn want(&self, source: &str) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO wanted VALUES (?1)";
        self.connection.prepare_cached(sql)?.execute(params![source])?;
        Ok(())
    }

    /// Up to where in the archive the tables are true: a file's name and a length.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn position(&self) -> Result<Option<(String, u64)>> {
        let row = self
            .connection
            .query_row("SELECT file, length FROM crawls WHERE one = 1", [], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)? as u64))
            })
            .optional()?;
        Ok(row.filter(|(file, _)| !file.is_empty()))
    }

    pub(in crate::store) fn set_position(&self, file: &str, length: u64) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE crawls SET file = ?1, length = ?2 WHERE one = 1")?
            .execute(params![file, length as i64])?;
        Ok(())
    }

    /// What is known of an address.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn known(&self, visit: &Visit) -> Result<Option<Known>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT state, run, digest, visited, interval, failures FROM frontier WHERE key = ?1",
        )?;
        let row = statement.query_row(params![key_of(visit)], |row| {
            Ok(Known {
                state: State::parse(&row.get::<_, String>(0)?),
                run: row.get(1)?,
                digest: row.get(2)?,
                visited: moment(row.get(3)?),
                interval: row.get(4)?,
                failures: row.get(5)?,
            })
        });
        Ok(row.optional()?)
    }

    /// Adds an address; false where it is known.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn add(&self, now: DateTime<Utc>, row: &NewRow<'_>) -> Result<bool> {
        let visit = row.visit;
        let added = self
            .connection
            .prepare_cached(
                "INSERT OR IGNORE INTO frontier (key, ask, origin, role, source, state, due, run,
                 failures, hops, via, title, why, listed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                key_of(visit),
                visit.address.ask,
                visit.address.origin,
                visit.role.word(),
                visit.source,
                row.state.word(),
                row.due.map(|due| due.timestamp()),
                visit.hops,
                visit.via,
                row.title,
                row.why,
                now.timestamp(),
            ])?;
        Ok(added > 0)
    }

    /// Makes an address due that is known, at another spelling if need be.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn make_due(&self, due: DateTime<Utc>, visit: &Visit) -> Result<()> {
        self.connection
            .prepare_cached(
                "UPDATE frontier SET due = ?2, ask = ?3, origin = ?4, hops = ?5, source = ?6,
                 run = 0 WHERE key = ?1",
            )?
            .execute(params![
                key_of(visit),
                due.timestamp(),
                visit.address.ask,
                visit.address.origin,
                visit.hops,
                visit.source
            ])?;
        Ok(())
    }

    /// Makes every address of the wanted sources due that is ever due.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn make_all_due(&self, due: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE frontier SET due = ?1 WHERE due > ?1
                   AND source IN (SELECT source FROM wanted)";
        self.connection.execute(sql, params![due.timestamp()])?;
        Ok(())
    }

    /// Writes what a visit changed.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn settle(&self, now: DateTime<Utc>, visit: &Visit, change: &Change<'_>) -> Result<()> {
        let (came, digest) = match &change.came {
            Some((validators, digest)) => (Some(validators), Some(*digest)),
            None => (None, None),
        };
        self.connection
            .prepare_cached(
                "UPDATE frontier SET state = coalesce(?2, state), due = ?3,
                 etag = CASE WHEN ?4 IS NULL THEN etag ELSE ?5 END,
                 modified = CASE WHEN ?4 IS NULL THEN modified ELSE ?6 END,
                 digest = coalesce(?4, digest), visited = ?7, interval = ?8, failures = ?9,
                 why = ?10 WHERE key = ?1",
            )?
            .execute(params![
                key_of(visit),
                change.state.map(State::word),
                change.due.map(|due| due.timestamp()),
                digest,
                came.and_then(|v| v.etag.as_deref()),
                came.and_then(|v| v.modified.as_deref()),
                now.timestamp(),
                change.interval,
                change.failures,
                change.why,
            ])?;
        Ok(())
    }

    /// Hosts that have something due for this crawl.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn origins_due(&self, now: DateTime<Utc>, run: i64) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare(
            "SELECT DISTINCT origin FROM frontier WHERE due <= ?1 AND run <> ?2
             AND source IN (SELECT source FROM wanted) ORDER BY origin",
        )?;
        let rows = statement.query_map(params![now.timestamp(), run], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Takes up what is due at a host, listings first; each address once in a crawl.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn take(
        &self,
        now: DateTime<Utc>,
        run: i64,
        origin: &str,
        limit: usize,
    ) -> Result<Vec<Visit>> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE frontier SET run = ?2 WHERE key IN (
                SELECT key FROM frontier WHERE origin = ?3 AND due <= ?1 AND run <> ?2
                AND source IN (SELECT source FROM wanted) ORDER BY due LIMIT ?4)
             RETURNING ask, key, origin, role, source, etag, modified, hops, via",
        )?;
        let rows =
            statement.query_map(params![now.timestamp(), run, origin, limit as i64], visit_of)?;
        let mut visits = rows.collect::<std::result::Result<Vec<Visit>, _>>()?;
        visits.sort_by(|a, b| (a.role, &a.address.key).cmp(&(b.role, &b.address.key)));
        Ok(visits)
    }

    /// The visit an address stands for, by its spelling.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn visit_to(&self, key: &str, role: Role) -> Result<Option<Visit>> {
        let key = match role {
            Role::Page => key.to_string(),
            role => format!("{} {key}", role.word()),
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT ask, key, origin, role, source, etag, modified, hops, via FROM frontier
             WHERE key = ?1",
        )?;
        Ok(statement.query_row(params![key], visit_of).optional()?)
    }
}

fn visit_of(row: &Row<'_>) -> rusqlite::Result<Visit> {
    let (key, role): (String, String) = (row.get(1)?, row.get(3)?);
    let role = Role::parse(&role).unwrap_or(Role::Page);
    let bare = match role {
        Role::Page => key,
        role => key.strip_prefix(role.word()).unwrap_or(&key).trim_start().to_string(),
    };
    Ok(Visit {
        address: Address { ask: row.get(0)?, key: bare, origin: row.get(2)? },
        role,
        source: row.get(4)?,
        validators: Validators { etag: row.get(5)?, modified: row.get(6)? },
        hops: row.get(7)?,
        failures: 0,
        via: row.get(8)?,
    })
}
