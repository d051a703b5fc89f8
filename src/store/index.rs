//! `casebook.sqlite`: the index of captures and the memo of readings. Derived, never the truth.
//!
//! What holds: deleting the file loses nothing; the index always describes a prefix of the archive,
//! and what lies behind it is read in when the store is opened.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::archive::Place;
use crate::model::source::{Capture, CaptureId};

/// Raised when the tables change; an index of another version is made anew.
const SCHEMA_VERSION: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE captures (
        id TEXT PRIMARY KEY, requested TEXT NOT NULL, fetched INTEGER NOT NULL,
        media TEXT NOT NULL, digest TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sightings (
        id TEXT NOT NULL, fetched INTEGER NOT NULL, PRIMARY KEY (id, fetched)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE files (name TEXT PRIMARY KEY, length INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE memo (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
";

/// The database.
pub(super) struct Index {
    pub(super) connection: Connection,
}

/// What is known of a capture.
#[derive(Debug, Clone)]
pub(super) struct Indexed {
    pub capture: Capture,
    /// When it was found last.
    pub seen: DateTime<Utc>,
    pub place: Place,
}

impl Index {
    /// Opens the database, making it anew where it is missing, damaged or of another version.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        match Self::try_open(path) {
            Ok(index) => Ok(index),
            Err(_) => {
                for suffix in ["", "-wal", "-shm"] {
                    let mut name = path.as_os_str().to_os_string();
                    name.push(suffix);
                    let _ = std::fs::remove_file(name);
                }
                Self::try_open(path).map_err(StoreError::Index)
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            SCHEMA_VERSION => {
                connection.query_row("SELECT count(*) FROM files", [], |_| Ok(()))?;
            }
            0 => {
                connection.execute_batch(SCHEMA)?;
                connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            _ => return Err(rusqlite::Error::InvalidQuery),
        }
        connection.execute_batch(super::frontier::SCHEMA)?;
        Ok(Self { connection })
    }

    pub(super) fn begin(&self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("BEGIN IMMEDIATE")?)
    }

    pub(super) fn commit(&self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    /// Names and indexed lengths of the archive's files.
    pub(super) fn files(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT name, length FROM files ORDER BY name")?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn set_length(&self, name: &str, length: u64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO files VALUES (?1, ?2) ON CONFLICT DO UPDATE SET length = ?2",
            )?
            .execute(params![name, length as i64])?;
        Ok(())
    }

    /// Forgets everything about the archive; the memo stays.
    pub(super) fn forget(&self) -> Result<(), StoreError> {
        let tables = "DELETE FROM captures; DELETE FROM sightings; DELETE FROM files;";
        Ok(self.connection.execute_batch(tables)?)
    }

    /// Whether a capture is known.
    pub(super) fn knows(&self, id: CaptureId) -> Result<bool, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT 1 FROM captures WHERE id = ?1")?;
        Ok(statement.exists(params![id.to_string()])?)
    }

    /// Notes a capture at its place; the place of the first record stays.
    pub(super) fn add(&self, capture: &Capture, place: &Place) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO captures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
            .execute(params![
                capture.id.to_string(),
                capture.requested,
                capture.fetched.timestamp(),
                capture.media,
                capture.digest,
                place.file,
                place.offset as i64,
            ])?;
        self.sight(capture.id, capture.fetched).map(|_| ())
    }

    /// Notes that a capture was found at a time; false where that was known.
    pub(super) fn sight(&self, id: CaptureId, fetched: DateTime<Utc>) -> Result<bool, StoreError> {
        let changed = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO sightings VALUES (?1, ?2)")?
            .execute(params![id.to_string(), fetched.timestamp()])?;
        Ok(changed > 0)
    }

    /// When a capture was first found.
    pub(super) fn first_seen(&self, id: CaptureId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT min(fetched) FROM sightings WHERE id = ?1")?;
        let seconds: Option<i64> =
            statement.query_row(params![id.to_string()], |row| row.get(0))?;
        Ok(seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
    }

    /// All captures by id, each dated by its first sighting, and by its last up to a moment.
    pub(super) fn captures(&self, until: DateTime<Utc>) -> Result<Vec<Indexed>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.id, c.requested, min(s.fetched), c.media, c.digest, c.file, c.offset,
                    max(CASE WHEN s.fetched <= ?1 THEN s.fetched END)
             FROM captures c JOIN sightings s ON s.id = c.id GROUP BY c.id ORDER BY c.id",
        )?;
        let rows = statement.query_map(params![until.timestamp()], |row| {
            let id: String = row.get(0)?;
            let fetched: i64 = row.get(2)?;
            let seen: Option<i64> = row.get(7)?;
            let moment = |seconds| DateTime::from_timestamp(seconds, 0);
            Ok(Indexed {
                seen: moment(seen.unwrap_or(fetched)).unwrap_or(DateTime::UNIX_EPOCH),
                capture: Capture {
                    id: CaptureId::parse(&id).ok_or(rusqlite::Error::InvalidQuery)?,
                    requested: row.get(1)?,
                    fetched: moment(fetched).unwrap_or(DateTime::UNIX_EPOCH),
                    media: row.get(3)?,
                    digest: row.get(4)?,
                },
                place: Place { file: row.get(5)?, offset: row.get::<_, i64>(6)? as u64 },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn remembered(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT value FROM memo WHERE key = ?1")?;
        Ok(statement.query_row(params![key], |row| row.get(0)).optional()?)
    }

    pub(super) fn remember(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO memo VALUES (?1, ?2)")?
            .execute(params![key, value])?;
        Ok(())
    }
}
