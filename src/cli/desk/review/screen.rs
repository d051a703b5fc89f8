//! The board as it is drawn: what is asked, the words to decide on, the keys.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Paragraph, Wrap};

use super::board::{Board, Typing};
use crate::pipeline::Asked;
use crate::view::review::{Item, Matter, Shown, verdicts};

/// Narrowest screen on which two accounts stand side by side.
const ABREAST_COLUMNS_MIN: u16 = 80;

/// Draws the board.
pub(super) fn draw(frame: &mut Frame<'_>, board: &Board) {
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(6), Constraint::Min(3), Constraint::Length(3)])
            .areas(frame.area());
    let Some(item) = board.item() else {
        let done = Paragraph::new("Nothing is left to review.").block(Block::bordered());
        frame.render_widget(done, body);
        frame.render_widget(prompt(board), foot);
        return;
    };
    frame.render_widget(heading(board, item), head);
    let abreast = item.matter == Matter::Contradiction && body.width >= ABREAST_COLUMNS_MIN;
    match item.evidence.as_slice() {
        [a, b] if abreast => {
            let halves = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]);
            let [left, right]: [Rect; 2] = halves.areas(body);
            for (shown, area) in [(a, left), (b, right)] {
                frame.render_widget(evidence(std::slice::from_ref(shown), board.scroll()), area);
            }
        }
        all => frame.render_widget(evidence(all, board.scroll()), body),
    }
    frame.render_widget(prompt(board), foot);
}

fn bold(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().add_modifier(Modifier::BOLD))
}

fn dim(text: impl Into<String>) -> Span<'static> {
    Span::styled(text.into(), Style::new().add_modifier(Modifier::DIM))
}

fn heading(board: &Board, item: &Item) -> Paragraph<'static> {
    let (at, all) = board.place();
    let mut lines = vec![
        Line::from(vec![
            bold(format!("{at} of {all}  ")),
            Span::raw(format!("{}  ", item.matter.word())),
            dim(format!("weight {}", item.weight)),
        ]),
        Line::from(bold(one_line(&item.title))),
        Line::from(one_line(&item.note)),
    ];
    if let Some(title) = item.incident_title.as_ref().filter(|title| **title != item.title) {
        lines.push(Line::from(dim(format!("in “{}”", one_line(title)))));
    }
    lines.push(Line::from(item.matter.question()));
    Paragraph::new(lines)
}

/// Text of a page, with nothing in it that a terminal would obey.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn evidence(list: &[Shown], scroll: u16) -> Paragraph<'static> {
    let mut text = Text::default();
    for shown in list {
        let parts = [shown.outlet.as_str(), shown.published.as_str(), shown.url.as_str()];
        let parts: Vec<String> =
            parts.into_iter().filter(|part| !part.is_empty()).map(one_line).collect();
        text.push_line(Line::from(vec![
            bold(format!("{}  ", shown.label)),
            dim(parts.join(" · ")),
        ]));
        text.push_line(Line::from(format!("“{}”", one_line(&shown.words))));
        if !shown.sentence.is_empty() {
            text.push_line(Line::from(dim(one_line(&shown.sentence))));
        }
        text.push_line(Line::default());
    }
    if list.is_empty() {
        text.push_line(Line::from(dim("no words on record")));
    }
    Paragraph::new(text).wrap(Wrap { trim: true }).scroll((scroll, 0)).block(Block::bordered())
}

fn prompt(board: &Board) -> Paragraph<'static> {
    let typed = |label: String, text: &str| {
        vec![
            Line::from(vec![bold(label), Span::raw(format!("{text}▏"))]),
            Line::from(dim("Enter signs, Esc leaves it")),
        ]
    };
    let lines = match board.typing() {
        Typing::Name(text) => typed("name: ".into(), text),
        Typing::Reason(asked, text) => typed(format!("{}, because: ", verb(asked)), text),
        Typing::Nothing => {
            let mut keys: Vec<String> = Vec::new();
            for verdict in board.item().map(verdicts).unwrap_or_default() {
                keys.extend(verdict.chars().next().map(|key| format!("{key} {verdict}")));
            }
            keys.extend(["s skip", "p back", "j k scroll", "u undo", "q quit"].map(String::from));
            keys.dedup();
            vec![Line::from(board.message().to_string()), Line::from(dim(keys.join("   ")))]
        }
    };
    let mut lines = lines;
    if *board.typing() != Typing::Nothing && !board.message().is_empty() {
        lines.push(Line::from(board.message().to_string()));
    }
    Paragraph::new(lines)
}

fn verb(asked: &Asked) -> String {
    match asked {
        Asked::Confirm(_) => "confirm".into(),
        Asked::Reject(_) => "reject".into(),
        Asked::Undo(Some(id)) => format!("undo {id}"),
        Asked::Undo(None) => "undo your last".into(),
        Asked::Mint { name, .. } => format!("name it {name}"),
        Asked::Merge { .. } => "merge".into(),
        Asked::Split { .. } => "split".into(),
        Asked::Answer { .. } => "answer".into(),
        Asked::Settle { .. } => "settle".into(),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::super::board::{Key, Wish};
    use super::*;
    use crate::model::judgement::{Judgement, JudgementId, Made, Verdict};

    fn item(matter: Matter, id: &str, title: &str) -> Item {
        let shown = |label, words: &str| Shown {
            label,
            outlet: "The Harbour Ledger".into(),
            published: "2026-07-03".into(),
            url: "https://harbourledger.example/ban".into(),
            words: words.into(),
            sentence: String::new(),
        };
        Item {
            weight: 620,
            matter,
            id: id.into(),
            title: title.into(),
            note: "found by dates".into(),
            incident: Some("p-1".into()),
            incident_title: Some("Harnvik bans the chatbot".into()),
            path: None,
            name: Some("harnvik-ban".into()),
            evidence: vec![
                shown("one account", "on July 6"),
                shown("the other", "on July 8\u{1b}[31m"),
            ],
        }
    }

    fn board() -> Board {
        Board::of(vec![
            item(Matter::Contradiction, "aaaaaaaa", "Date: July 6 or July 8"),
            item(Matter::Proposed, "p-1", "Harnvik bans the chatbot"),
            item(Matter::Name, "Cadrel", "Cadrel"),
        ])
    }

    fn drawn(board: &Board, width: u16) -> Vec<String> {
        let Ok(mut terminal) = Terminal::new(TestBackend::new(width, 20));
        let Ok(_) = terminal.draw(|frame| draw(frame, board));
        let buffer = terminal.backend().buffer();
        let rows = buffer.content().chunks(usize::from(width));
        rows.map(|row| row.iter().map(|cell| cell.symbol()).collect()).collect()
    }

    fn typed(board: &mut Board, text: &str) {
        text.chars().for_each(|letter| drop(board.press(Key::Letter(letter))));
    }

    #[test]
    fn two_accounts_stand_side_by_side_with_their_sources() {
        let rows = drawn(&board(), 100);
        assert!(rows.iter().any(|row| row.contains("1 of 3  contradiction")), "{rows:#?}");
        assert!(rows.iter().any(|row| row.contains("“on July 6”") && row.contains("“on July 8")));
        assert!(rows.iter().any(|row| row.contains("Can these two accounts not both hold?")));
        assert!(rows.iter().any(|row| row.contains("c confirm   r reject   s skip")));
        // What a page says is printed, not obeyed.
        assert!(rows.iter().all(|row| !row.contains('\u{1b}')));
        let narrow = drawn(&board(), 60);
        assert!(!narrow.iter().any(|row| row.contains("July 6”") && row.contains("“on July 8")));
    }

    #[test]
    fn a_verdict_needs_a_reason_and_can_be_left() {
        let mut board = board();
        assert_eq!(board.press(Key::Letter('r')), Wish::Nothing);
        assert!(drawn(&board, 100).iter().any(|row| row.contains("reject, because: ")));
        assert_eq!(board.press(Key::Enter), Wish::Nothing);
        assert!(drawn(&board, 100).iter().any(|row| row.contains("needs a reason")));
        // Keys are letters now, not commands.
        typed(&mut board, "quot");
        board.press(Key::Rub);
        let wish = board.press(Key::Enter);
        let asked = Asked::Reject("aaaaaaaa".into());
        assert_eq!(wish, Wish::Judge { asked, why: "quo".into() });

        board.press(Key::Letter('c'));
        typed(&mut board, "no");
        assert_eq!(board.press(Key::Escape), Wish::Nothing);
        assert!(drawn(&board, 100).iter().any(|row| row.contains("nothing was decided")));
        // One press too many does not leave the board.
        assert_eq!(board.press(Key::Escape), Wish::Nothing);
        assert_eq!(board.press(Key::Letter('q')), Wish::Quit);
        board.press(Key::Letter('c'));
        assert_eq!(board.press(Key::Quit), Wish::Quit);
    }

    #[test]
    fn skipping_ends_at_the_ends_and_scrolls_from_the_top() {
        let mut board = board();
        board.press(Key::Down);
        board.press(Key::PageDown);
        assert_eq!(board.scroll(), 11);
        board.press(Key::Letter('s'));
        assert_eq!((board.place(), board.scroll()), ((2, 3), 0));
        board.press(Key::On);
        board.press(Key::Letter('n'));
        assert_eq!((board.place(), board.message()), ((3, 3), "that was the last; q leaves"));
        board.press(Key::Letter('c'));
        assert_eq!(board.message(), "there is nothing to confirm here");
        (0..5).for_each(|_| drop(board.press(Key::Back)));
        assert_eq!(board.place(), (1, 3));
    }

    #[test]
    fn an_incident_is_named_and_the_queue_moves_up() {
        let mut board = board();
        board.press(Key::Letter('m'));
        assert_eq!(board.message(), "only a proposed incident can be named here");
        board.press(Key::Letter('s'));
        board.press(Key::Letter('m'));
        assert!(drawn(&board, 100).iter().any(|row| row.contains("name: harnvik-ban")));
        typed(&mut board, "-2");
        board.press(Key::Enter);
        typed(&mut board, "So.");
        let Wish::Judge { asked: Asked::Mint { id, name, .. }, why } = board.press(Key::Enter)
        else {
            unreachable!("a name and a reason make a judgement")
        };
        assert_eq!((id.as_str(), name.as_str(), why.as_str()), ("p-1", "harnvik-ban-2", "So."));

        let Some((id, day)) = JudgementId::parse("j-1").zip(Made::parse("2026-07-10")) else {
            unreachable!("both are sound")
        };
        let verdict = Verdict::Undo { judgement: id.clone() };
        let (by, why, place) = ("Ada Renholt".into(), "So.".into(), String::new());
        let made = Judgement { id, place, by, on: day, why, verdict };
        board.judged(&made, 3, vec![item(Matter::Name, "Cadrel", "Cadrel")]);
        assert_eq!((board.place(), board.made()), ((1, 1), &["j-1".to_string()][..]));
        assert_eq!(board.message(), "undo: j-1 (3 changes)");
        // What was made here is what is taken back.
        board.press(Key::Letter('u'));
        assert_eq!(*board.typing(), Typing::Reason(Asked::Undo(Some("j-1".into())), String::new()));
        board.press(Key::Escape);
        board.judged(&made, 0, Vec::new());
        assert!(drawn(&board, 100).iter().any(|row| row.contains("Nothing is left to review.")));
        board.press(Key::Letter('s'));
        board.refused("the disk is full");
        assert!(drawn(&board, 100).iter().any(|row| row.contains("not done: the disk is full")));
    }
}
