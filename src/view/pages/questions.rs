//! The board of open questions.

use askama::Template;

use super::frame::Frame;
use super::parts::{QuestionLine, question_line};
use super::rendered;
use super::search::searched;
use crate::model::question::QuestionState;
use crate::view::agenda::is_overdue;
use crate::view::line::Link;
use crate::view::place::Place;
use crate::view::site::Site;

/// Most questions of one kind on the board; the search shows the rest.
const QUESTIONS_MAX: usize = 40;

/// The kinds, in the order of the board: anchor, heading, what they are, how they are searched for.
const BOARDS: [(&str, &str, &str, &str); 6] = [
    (
        "overdue",
        "Overdue",
        "The day has passed and no captured article says what came of it.",
        "is:overdue",
    ),
    ("due", "With a date", "With a day on which something is to happen.", "question:open"),
    ("contested", "Contested", "Two sides are on record.", "question:contested"),
    (
        "partly",
        "Partly answered",
        "Part of it is settled; the rest stays open.",
        "question:partly_answered",
    ),
    ("open", "Open", "Nothing on record settles it.", "question:open"),
    (
        "closed",
        "Closed",
        "Answered, moot or taken up elsewhere.",
        "question:(answered OR stale OR moot OR superseded)",
    ),
];

/// Questions of one kind.
pub struct Board {
    pub anchor: &'static str,
    pub heading: String,
    pub note: String,
    pub count: usize,
    pub questions: Vec<QuestionLine>,
    /// The search that shows them all, where the page does not.
    pub all: Option<Link>,
}

#[derive(Template)]
#[template(path = "questions.html")]
struct QuestionsPage<'a> {
    frame: Frame<'a>,
    boards: Vec<Board>,
}

/// Renders the board.
pub fn questions(site: &Site<'_>) -> String {
    let mut boards: Vec<Board> = BOARDS
        .into_iter()
        .map(|(anchor, heading, note, _)| Board {
            anchor,
            heading: site.words.say(heading).to_string(),
            note: site.words.say(note).to_string(),
            count: 0,
            questions: Vec::new(),
            all: None,
        })
        .collect();
    for incident in &site.kb.incidents {
        for question in &incident.questions {
            let place = match question.state.now() {
                QuestionState::Open if is_overdue(question, site.today()) => 0,
                QuestionState::Open if question.due.is_some() => 1,
                QuestionState::Contested => 2,
                QuestionState::PartlyAnswered => 3,
                QuestionState::Open => 4,
                QuestionState::Answered
                | QuestionState::Stale
                | QuestionState::Moot
                | QuestionState::Superseded => 5,
            };
            if let Some(board) = boards.get_mut(place) {
                board.count += 1;
                if board.questions.len() < QUESTIONS_MAX {
                    board.questions.push(question_line(site, incident, question));
                }
            }
        }
    }
    for (board, (.., query)) in boards.iter_mut().zip(BOARDS) {
        let query = format!("kind:question {query}");
        board.all = searched(site, &query, board.count, board.questions.len());
    }
    boards.retain(|board| board.count > 0);
    let place = Place::Questions;
    let description =
        site.words.say("What is asked and not yet answered, in every dispute on record.");
    let mut frame = Frame::new(site, &place, &place.name(&site.words), description);
    frame.feed = Some(format!("{}questions/", frame.root));
    rendered(&QuestionsPage { frame, boards })
}
