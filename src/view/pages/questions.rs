//! The board of open questions.

use askama::Template;

use super::parts::{QuestionLine, question_line};
use super::{Frame, rendered};
use crate::model::question::QuestionState;
use crate::view::site::Site;

/// Questions of one kind.
pub struct Board {
    pub anchor: &'static str,
    pub heading: &'static str,
    pub note: &'static str,
    pub questions: Vec<QuestionLine>,
}

#[derive(Template)]
#[template(path = "questions.html")]
struct QuestionsPage {
    frame: Frame,
    boards: Vec<Board>,
}

/// Renders the board.
pub fn questions(site: &Site<'_>) -> String {
    let mut boards = vec![
        Board {
            anchor: "overdue",
            heading: "Overdue",
            note: "The day has passed and no captured article says what came of it.",
            questions: vec![],
        },
        Board {
            anchor: "due",
            heading: "Due",
            note: "With a day on which something is to happen.",
            questions: vec![],
        },
        Board {
            anchor: "contested",
            heading: "Contested",
            note: "Two sides are on record.",
            questions: vec![],
        },
        Board {
            anchor: "partly",
            heading: "Partly answered",
            note: "Part of it is settled; the rest stays open.",
            questions: vec![],
        },
        Board {
            anchor: "open",
            heading: "Open",
            note: "Nothing on record settles it.",
            questions: vec![],
        },
        Board {
            anchor: "closed",
            heading: "Closed",
            note: "Answered, moot or taken up elsewhere.",
            questions: vec![],
        },
    ];
    for incident in &site.kb.incidents {
        for question in &incident.questions {
            let line = question_line(site, incident, question);
            let place = match question.state.now() {
                QuestionState::Open if line.overdue => 0,
                QuestionState::Open if line.due.is_some() => 1,
                QuestionState::Contested => 2,
                QuestionState::PartlyAnswered => 3,
                QuestionState::Open => 4,
                QuestionState::Answered
                | QuestionState::Stale
                | QuestionState::Moot
                | QuestionState::Superseded => 5,
            };
            if let Some(board) = boards.get_mut(place) {
                board.questions.push(line);
            }
        }
    }
    boards.retain(|board| !board.questions.is_empty());
    let page = QuestionsPage {
        frame: Frame::new(
            site,
            "questions/",
            "Open questions",
            "What is asked and not yet answered, in every dispute on record.",
            "questions",
        ),
        boards,
    };
    rendered(&page)
}
