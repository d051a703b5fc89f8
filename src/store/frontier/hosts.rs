//! What the frontier's tables say of hosts, and of themselves.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::rows::{HostRow, Listed, State};
use super::{Result, Tables, moment};

impl Tables<'_> {
    /// What is remembered of a host.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn host(&self, origin: &str) -> Result<HostRow> {
        let mut statement = self.connection.prepare_cached(
            "SELECT robots, robots_until, failures, shut_until FROM hosts WHERE origin = ?1",
        )?;
        let reserved = "SELECT file, until FROM reservations WHERE origin = ?1";
        let reservation = self
            .connection
            .prepare_cached(reserved)?
            .query_row(params![origin], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))
            .optional()?
            .and_then(|(file, until)| Some((file, moment(Some(until))?)));
        let row = statement.query_row(params![origin], |row| {
            let robots: Option<Vec<u8>> = row.get(0)?;
            Ok(HostRow {
                robots: robots.zip(moment(row.get(1)?)),
                reservation: None,
                failures: row.get(2)?,
                shut_until: moment(row.get(3)?),
            })
        });
        Ok(HostRow { reservation, ..row.optional()?.unwrap_or_default() })
    }

    /// Remembers a host; robots rules and reservations that are known stay where none are given.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn set_host(&self, origin: &str, row: &HostRow) -> Result<()> {
        if let Some((file, until)) = &row.reservation {
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO reservations VALUES (?1, ?2, ?3)")?
                .execute(params![origin, file, until.timestamp()])?;
        }
        let (robots, until) = match &row.robots {
            Some((robots, until)) => (Some(robots), Some(until.timestamp())),
            None => (None, None),
        };
        self.connection
            .prepare_cached(
                "INSERT INTO hosts VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET
                 robots = coalesce(?2, robots), robots_until = coalesce(?3, robots_until),
                 failures = ?4, shut_until = ?5",
            )?
            .execute(params![
                origin,
                robots,
                until,
                row.failures,
                row.shut_until.map(|until| until.timestamp())
            ])?;
        Ok(())
    }

    /// Addresses of some states, by source and address.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn listed(&self, states: &[State]) -> Result<Vec<Listed>> {
        let mut statement = self
            .connection
            .prepare("SELECT ask, source, state, title, why FROM frontier ORDER BY source, key")?;
        let rows = statement.query_map([], |row| {
            Ok(Listed {
                address: row.get(0)?,
                source: row.get(1)?,
                state: State::parse(&row.get::<_, String>(2)?),
                title: row.get(3)?,
                why: row.get(4)?,
            })
        })?;
        let mut found = rows.collect::<std::result::Result<Vec<Listed>, _>>()?;
        found.retain(|row| states.contains(&row.state));
        Ok(found)
    }

    /// Addresses that are due now and were not taken up: how many a crawl left.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn count_due(&self, now: DateTime<Utc>) -> Result<usize> {
        let sql = "SELECT count(*) FROM frontier WHERE due <= ?1
                   AND source IN (SELECT source FROM wanted)";
        let count: i64 =
            self.connection.query_row(sql, params![now.timestamp()], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Sources whose listings a crawl has seen.
    ///
    /// # Errors
    /// See [`Tables::begin`].
    pub fn sources_seen(&self) -> Result<Vec<(String, DateTime<Utc>)>> {
        let mut statement = self.connection.prepare(
            "SELECT source, max(visited) FROM frontier WHERE role <> 'page' AND state = 'visited'
             AND source <> '' GROUP BY source ORDER BY source",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, moment(row.get(1)?).unwrap_or(DateTime::UNIX_EPOCH)))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
