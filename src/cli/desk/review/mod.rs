//! `review`: the queue of what needs a decision, with the evidence on screen.
//!
//! In: the queue and keys. Out: judgements, each signed and reasoned, written as they are made. What
//! holds: what a key does is decided by `board`, a pure state machine; `screen` only draws it.

mod board;
mod screen;

use std::io::{self, BufWriter, IsTerminal, Write};

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};

use self::board::{Board, Key, Wish};
use super::args::{ReviewArgs, Signed};
use super::choices::ListFormat;
use super::judge::Desk;
use super::signature::sign;
use crate::cli::Outcome;
use crate::cli::commands::Result;
use crate::pipeline;
use crate::view::review::{Item, queue};

/// Passages printed with an item where no terminal is.
const LINES_EVIDENCE_MAX: usize = 2;

/// Shows the queue: at a terminal to work through, else as lines or JSON. Nothing to do ends with 1.
pub(super) fn review(desk: &Desk<'_>, args: &ReviewArgs) -> Result {
    let record = pipeline::open_record(desk.home, desk.today, desk.jobs, |_, _| {})?;
    let mut items = queue(&record.kb);
    let count = items.len();
    items.truncate(args.limit.unwrap_or(count));
    let format = match args.format {
        None if io::stdout().is_terminal() && io::stdin().is_terminal() && count > 0 => {
            return work(desk, args, items);
        }
        format => format.unwrap_or(ListFormat::Table),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        ListFormat::Json => {
            let body = serde_json::json!({
                "as_of": desk.today.to_string(), "count": count, "items": items
            });
            serde_json::to_writer_pretty(&mut out, &body).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ListFormat::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.write_record(["weight", "matter", "id", "title", "note", "incident", "path"])?;
            for item in &items {
                let [incident, path] =
                    [&item.incident, &item.path].map(|value| value.clone().unwrap_or_default());
                let weight = item.weight.to_string();
                let matter = item.matter.word();
                let cells = [&weight, matter, &item.id, &item.title, &item.note, &incident, &path];
                writer.write_record(cells)?;
            }
            writer.flush()?;
        }
        ListFormat::Table => {
            for item in &items {
                let title = item.title.split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(out, "{:>4} {:<13} {title}", item.weight, item.matter.word())?;
                writeln!(out, "{:19}{}", "", item.note)?;
                for shown in item.evidence.iter().take(LINES_EVIDENCE_MAX) {
                    let words = crate::view::line::clipped(&shown.words).replace('\n', " ");
                    writeln!(out, "{:19}“{words}” — {} {}", "", shown.outlet, shown.published)?;
                }
                let path = item.path.as_deref().unwrap_or("");
                writeln!(out, "{:19}{}  {path}", "", item.id)?;
            }
            writeln!(out, "{} of {count} to review as of {}", items.len(), desk.today)?;
        }
    }
    out.flush()?;
    Ok(if count == 0 { Outcome::Findings } else { Outcome::Done })
}

/// Works through the queue at a terminal.
fn work(desk: &Desk<'_>, args: &ReviewArgs, items: Vec<Item>) -> Result {
    let mut board = Board::of(items);
    let mut terminal = ratatui::try_init()?;
    let ended = (|| -> anyhow::Result<()> {
        loop {
            terminal.draw(|frame| screen::draw(frame, &board))?;
            let Some(key) = key(&event::read()?) else { continue };
            match board.press(key) {
                Wish::Nothing => {}
                Wish::Quit => return Ok(()),
                Wish::Judge { asked, why } => {
                    board.say("checking what it changes …");
                    terminal.draw(|frame| screen::draw(frame, &board))?;
                    let signed = Signed { why, by: args.by.clone(), dry_run: false };
                    let made = sign(desk.home, desk.today, desk.fixed, &signed).and_then(|by| {
                        let made =
                            pipeline::judge(desk.home, desk.today, desk.jobs, &by, &asked, false)?;
                        Ok(made)
                    });
                    match made {
                        Ok(made) => {
                            let [_, after] = &made.records;
                            board.judged(&made.judgement, made.changes.len(), queue(after));
                        }
                        Err(error) => board.refused(&format!("{error:#}")),
                    }
                }
            }
        }
    })();
    ratatui::try_restore()?;
    ended?;
    for id in board.made() {
        crate::cli::report::say(&format!("made {id}"));
    }
    Ok(Outcome::Done)
}

/// What a press of a key means; nothing for what the board has no use for.
fn key(event: &Event) -> Option<Key> {
    let Event::Key(pressed) = event else { return None };
    if pressed.kind == KeyEventKind::Release {
        return None;
    }
    let control = pressed.modifiers.contains(KeyModifiers::CONTROL);
    match pressed.code {
        KeyCode::Char('c') if control => Some(Key::Quit),
        KeyCode::Char(_) if control => None,
        KeyCode::Char(letter) => Some(Key::Letter(letter)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Escape),
        KeyCode::Backspace => Some(Key::Rub),
        KeyCode::Left => Some(Key::Back),
        KeyCode::Right | KeyCode::Tab => Some(Key::On),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        _ => None,
    }
}
