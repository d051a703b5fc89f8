//! Judgements: what an editor decides wins, is signed, and can be taken back.

use std::fs;
use std::path::Path;

use casebook::corpus::resolve;
use casebook::model::finding::Finding;
use casebook::model::judgement::{Judged, Ledger, Verdict};
use casebook::model::kb::KnowledgeBase;
use casebook::rules::{Layer, Rules};
use proptest::prelude::*;
use serde_json::Value;

use crate::cases::rules;
use crate::data::tree;
use crate::desk::{Desk, FETCHED, differing};
use crate::properties::readings;

/// Two incidents: a board bans a chatbot, a house sues its maker.
pub const PAGES: &str = "tests/worlds/judged/pages";
const BY: [&str; 4] = ["--by", "Ada Renholt", "--why", "Read both pages again."];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.run(&["ingest", PAGES, "--fetched-at", FETCHED]).ends(0);
    desk
}

/// Runs a command of the editor's, signed.
fn judge(desk: &Desk, args: &[&str]) -> String {
    desk.run(&[args, &BY].concat()).ends(0).text()
}

fn export(desk: &Desk) -> Value {
    desk.run(&["export"]).ends(0).json()
}

/// The incident whose title holds a word.
fn incident<'a>(export: &'a Value, word: &str) -> &'a Value {
    let incidents = export["incidents"].as_array().unwrap();
    let found = incidents.iter().find(|i| i["title"].as_str().unwrap().contains(word));
    found.unwrap_or_else(|| panic!("no incident about {word}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The export without its judgements.
fn facts(mut export: Value) -> Value {
    export["judgements"] = Value::Null;
    export
}

fn articles_of(export: &Value, id: &str) -> Vec<String> {
    let articles = export["articles"].as_array().unwrap().iter();
    let mine = articles.filter(|article| article["incident"] == id);
    mine.map(|article| text(&article["url"]).to_string()).collect()
}

fn judgements(desk: &Desk) -> Vec<String> {
    let folder = desk.home().join("data/judgements");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Verdicts of several kinds, then as many undos: the record is what it was.
#[test]
fn undo_gives_the_record_before() {
    let desk = desk();
    let before = export(&desk);
    let (ban, suit) = (incident(&before, "bans"), incident(&before, "Veltrane"));
    let (ban_id, suit_id) = (text(&ban["id"]), text(&suit["id"]));
    let claim = before["claims"].as_array().unwrap().iter();
    let claim = claim.clone().find(|c| c["incident"] == ban["id"]).unwrap();
    let commands: [&[&str]; 4] = [
        &["answer", text(&ban["questions"][0]["id"]), "--state", "moot"],
        &["reject", text(&claim["id"])],
        &["mint", ban_id, "--name", "harnvik-chatbot-ban", "--type", "use_ban"],
        &["merge", suit_id, "--into", "harnvik-chatbot-ban"],
    ];
    for command in commands {
        let said = judge(&desk, command);
        assert!(said.contains("\nUpdated\n") || said.contains("\nGone\n"), "{command:?}: {said}");
    }
    let merged = export(&desk);
    assert_eq!(merged["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(
        merged["claims"].as_array().unwrap().len() + 1,
        before["claims"].as_array().unwrap().len()
    );
    commands.iter().for_each(|_| drop(judge(&desk, &["undo"])));
    let after = export(&desk);
    let in_force = after["judgements"].as_array().unwrap().iter().filter(|j| j["in_force"] == true);
    assert!(in_force.clone().all(|j| j["verdict"] == "undo") && in_force.count() == 4);
    assert_eq!(facts(after), facts(before));
    assert_eq!(judgements(&desk).len(), 8, "a judgement was taken off the file");
}

#[test]
fn a_minted_incident_keeps_its_name_and_old_addresses_lead_to_it() {
    let desk = desk();
    let before = export(&desk);
    let old = text(&incident(&before, "bans")["id"]).to_string();
    let name = "harnvik-chatbot-ban";
    let said = judge(
        &desk,
        &[
            "mint",
            &old,
            "--name",
            name,
            "--title",
            "Harnvik bans the chatbot of Orison Labs",
            "--party",
            "Harnvik School Board:authority",
            "--party",
            "Orison Labs:respondent",
            "--type",
            "use_ban",
            "--status",
            "escalating",
        ],
    );
    assert!(said.contains(&format!("address: {old} → {name}")), "{said}");
    let after = export(&desk);
    let minted = incident(&after, "chatbot");
    assert_eq!((text(&minted["id"]), &minted["proposed"]), (name, &false.into()));
    assert_eq!((&minted["status"], &minted["types"][0]), (&"escalating".into(), &"use_ban".into()));
    let roles: Vec<&str> =
        minted["parties"].as_array().unwrap().iter().map(|p| text(&p["role"])).collect();
    assert_eq!(roles, ["respondent", "authority"]);
    // Nothing else is said of it, so what was read stays.
    assert_eq!(minted["questions"].as_array().unwrap().len(), 3);

    desk.run(&["build"]);
    let site = desk.home().join("site/public");
    let moved = fs::read_to_string(site.join(format!("incidents/{old}/index.html"))).unwrap();
    assert!(moved.contains(&format!("url=../../incidents/{name}/")), "{moved}");
    let page = fs::read_to_string(site.join(format!("incidents/{name}/index.html"))).unwrap();
    assert!(page.contains("reviewed by an editor") && !page.contains("not yet reviewed"));
    assert!(page.contains("Ada Renholt") && page.contains("Read both pages again."));
    // The old id goes on meaning it, and its proof holds the judgement.
    for id in [name, &old] {
        let explained = desk.run(&["explain", id]).ends(0).text();
        assert!(explained.contains("judged       2026-08-01 Ada Renholt named the incident"));
        assert!(explained.contains("because"), "{explained}");
    }
    // Once named, always named; a name is nobody else's.
    let again = desk.run(&[&["mint", name, "--name", "another"], &BY[..]].concat()).ends(2);
    assert!(again.err.contains("names are for ever"), "{}", again.err);
    let suit = text(&incident(&after, "Veltrane")["id"]).to_string();
    let taken = desk.run(&[&["mint", &suit, "--name", name], &BY[..]].concat()).ends(2);
    assert!(taken.err.contains("was given already"), "{}", taken.err);
}

#[test]
fn merged_articles_stay_together_and_split_ones_apart() {
    let desk = desk();
    let before = export(&desk);
    let ban = text(&incident(&before, "bans")["id"]).to_string();
    let suit = text(&incident(&before, "Veltrane")["id"]).to_string();
    let (of_ban, of_suit) = (articles_of(&before, &ban), articles_of(&before, &suit));
    judge(&desk, &["merge", &suit, "--into", &ban]);
    let merged = export(&desk);
    assert_eq!(merged["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(articles_of(&merged, &ban).len(), of_ban.len() + of_suit.len());
    // What is told twice is told once: the record is computed from all articles, not glued together.
    let lines = merged["incidents"][0]["timeline"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["summary"] == "The ban takes effect"));

    judge(&desk, &["split", &ban, &of_suit[0], &of_suit[1]]);
    let split = export(&desk);
    assert_eq!(split["incidents"].as_array().unwrap().len(), 2);
    assert_eq!(articles_of(&split, &ban), of_ban);
    let other = split["incidents"].as_array().unwrap().iter().find(|i| i["id"] != *ban).unwrap();
    assert_eq!(articles_of(&split, text(&other["id"])), of_suit);

    let all: Vec<&str> = of_ban.iter().map(String::as_str).collect();
    let refused = desk.run(&[&["split", &ban], &all[..], &BY].concat()).ends(2);
    assert!(refused.err.contains("leave at least one in it"), "{}", refused.err);
}

#[test]
fn a_question_stands_as_the_editor_says_whatever_comes_later() {
    let desk = desk();
    // On July 8 the appeal of July 9 is not on record; the editor judges what is there.
    let early = desk.run(&["--as-of", "2026-07-08", "export"]).ends(0).json();
    let ban = incident(&early, "bans");
    let question = ban["questions"].as_array().unwrap().iter();
    let question = question.clone().find(|q| text(&q["text"]).contains("appeal")).unwrap();
    let id = text(&question["id"]);
    let args = ["--as-of", "2026-07-08", "answer", id, "--state", "open"];
    desk.run(&[&args[..], &BY].concat()).ends(0);
    let late = export(&desk);
    let asked = incident(&late, "bans")["questions"].as_array().unwrap().iter();
    let question = asked.clone().find(|q| q["id"] == id).unwrap();
    assert_eq!(question["state"], "open", "the program moved a question after an editor");
    let last = question["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["by"], &last["on"]), (&"editor".into(), &"2026-07-08".into()));
    // The day before, nobody had judged.
    let day_before = desk.run(&["--as-of", "2026-07-07", "export"]).ends(0).json();
    assert_eq!(day_before["judgements"], Value::Array(vec![]));

    let url = "https://farwire.example/orison-appeals";
    let words = "had appealed against the ban";
    judge(&desk, &["answer", id, "--url", url, "--words", words]);
    let answered = export(&desk);
    let asked = incident(&answered, "bans")["questions"].as_array().unwrap().iter();
    let question = asked.clone().find(|q| q["id"] == id).unwrap();
    assert_eq!(question["state"], "answered");
    let answer = question["answered_by"].as_array().unwrap().last().unwrap();
    assert_eq!((&answer["evidence"], &answer["by"]), (&words.into(), &"Orison Labs".into()));
}

#[test]
fn an_editor_settles_which_of_two_accounts_holds() {
    let desk = desk();
    let of = |all: &Value, field: &str, value: &str| {
        let pairs = incident(all, "bans")["contradictions"].as_array().unwrap();
        pairs.iter().find(|pair| pair[field] == value).unwrap().clone()
    };
    let read = of(&export(&desk), "state", "explained_by_time");
    let id = text(&read["id"]);
    let pair = |all: &Value| of(all, "id", id);
    assert_eq!(read["by"], "machine");
    let told = judge(&desk, &["settle", id, "--state", "resolved", "--holds", "b"]);
    assert!(told.contains("state: explained_by_time → resolved") && told.contains("holds: b"));
    let settled = pair(&export(&desk));
    assert_eq!((&settled["state"], &settled["holds"]), (&"resolved".into(), &"b".into()));
    assert_eq!((&settled["reason"], &settled["by"]), (&"judged".into(), &"editor".into()));
    desk.run(&["build"]);
    let page = desk.home().join("site/public/contradictions/index.html");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("data-state=\"resolved\"") && page.contains("for the second account"));
    desk.run(&[&["undo"], &BY[..]].concat()).ends(0);
    assert_eq!(pair(&export(&desk)), read);
}

#[test]
fn what_cannot_be_judged_is_refused_before_anything_is_written() {
    let desk = desk();
    let all = export(&desk);
    let (ban, suit) = (incident(&all, "bans"), incident(&all, "Veltrane"));
    let (id, question) = (text(&ban["id"]), text(&ban["questions"][0]["id"]));
    let said = |args: &[&str], wanted: &str| {
        let ran = desk.run(&[args, &["--by", "Ada Renholt"]].concat()).ends(2);
        assert!(ran.err.contains(wanted), "{args:?}: {}", ran.err);
    };
    let why = ["--why", "Because."];
    said(&["reject", question], "a judgement needs a reason");
    let signed = |args: &[&str], wanted: &str| said(&[args, &why].concat(), wanted);
    signed(&["reject", "ffffffffffff"], "nothing on record has the id");
    signed(&["answer", id, "--state", "open"], "give the id of a question");
    signed(&["answer", question], "needs words that say so");
    let pair = text(&ban["contradictions"][0]["id"]);
    signed(&["settle", pair, "--state", "resolved"], "give --holds a or --holds b");
    signed(&["settle", question, "--state", "open"], "give the id of a contradiction");
    let page = "https://farwire.example/orison-appeals";
    signed(&["answer", question, "--url", page, "--words", "never said"], "do not stand at");
    signed(&["mint", id, "--name", "p-1"], "is no name");
    signed(&["mint", id, "--name", "x", "--type", "war"], "“war” is no type; write one of");
    signed(&["mint", id, "--name", "x", "--party", "Orison Labs:villain"], "is no role");
    signed(&["merge", id, "--into", id], "cannot be merged into itself");
    let article = articles_of(&all, text(&suit["id"])).pop().unwrap();
    signed(&["split", id, &article], "nothing on record has the id");
    signed(&["undo"], "no judgement of Ada Renholt is in force");
    assert_eq!(judgements(&desk), [""; 0]);
    let tried = judge(&desk, &["reject", question, "--dry-run"]);
    assert!(tried.contains("[[judgement]]") && tried.contains("verdict = \"reject\""), "{tried}");
    assert_eq!(judgements(&desk), [""; 0], "a trial was written down");
    judge(&desk, &["confirm", id]);
    signed(&["confirm", id], "confirmed it on 2026-08-01 already; undo 2026-08-01-ada-renholt-");
    signed(&["reject", id], "confirmed it on 2026-08-01 already");
}

#[test]
fn who_signs_is_asked_of_the_settings() {
    let desk = desk();
    let settings = desk.home().join("casebook.toml");
    let text_of = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("editor = \"Bo Castellan\"\n{text_of}")).unwrap();
    let all = export(&desk);
    let id = text(&incident(&all, "bans")["id"]).to_string();
    desk.run(&["confirm", &id, "--why", "Checked."]).ends(0);
    let made = &export(&desk)["judgements"][0];
    assert_eq!((&made["by"], &made["why"]), (&"Bo Castellan".into(), &"Checked.".into()));
    assert!(text(&made["id"]).starts_with("2026-08-01-bo-castellan-"), "{made}");
}

#[test]
fn a_judgement_finds_its_subject_by_words_when_the_id_is_gone() {
    let desk = desk();
    let all = export(&desk);
    let id = text(&incident(&all, "bans")["questions"][1]["id"]).to_string();
    judge(&desk, &["reject", &id]);
    let rejected = facts(export(&desk));
    let file = desk.home().join("data/judgements").join(&judgements(&desk)[0]);
    let entry = fs::read_to_string(&file).unwrap();
    // The rules name the question anew: same words, another id.
    let renamed = entry.replace(&id, &"0123456789abcdef".repeat(2));
    fs::write(&file, &renamed).unwrap();
    assert_eq!(facts(export(&desk)), rejected);
    assert!(!desk.run(&["lint"]).text().contains("orphaned-judgement"));
    // Other words, too: an orphan, with a repair.
    let orphan = renamed
        .replace("words = \"It is unclear whether", "words = \"It is not clear whether")
        .replace("words = \"whether", "words = \"if");
    assert_ne!(orphan, renamed, "{renamed}");
    fs::write(&file, &orphan).unwrap();
    let lint = desk.run(&["lint"]).ends(1).text();
    let line = lint.lines().find(|line| line.contains("orphaned-judgement")).expect(&lint);
    assert!(line.starts_with("error: ") && line.contains(".toml:1: the question"), "{line}");
    assert!(line.contains(&format!("then casebook reject {id}")), "{line}");
    assert_eq!(facts(export(&desk)), facts(all), "an orphan changed the record");
}

#[test]
fn faults_of_judgements_are_told_with_file_and_line() {
    let row = "[[judgement]]\nid = \"a\"\nby = \"Ada Renholt\"\non = \"2026-07-20\"\nwhy = \"So.\"\nverdict = \"reject\"\n\n[[judgement.about]]\nkind = \"question\"\nid = \"0\"\n";
    let undo = "\n[[judgement]]\nid = \"b\"\nby = \"Ada Renholt\"\non = \"2026-07-21\"\nwhy = \"No.\"\nverdict = \"undo\"\nundoes = \"a\"\n";
    let mint = |id: &str, of: &str| {
        row.replace("\"a\"", &format!("\"{id}\""))
            .replace("\"reject\"", "\"mint\"\nname = \"x\"")
            .replace("\"question\"", "\"incident\"")
            .replace("\"0\"", &format!("\"{of}\""))
    };
    for (text, line, said) in [
        (format!("{row}\n{row}"), 12, "the id “a” stands twice"),
        (
            row.replace("why = \"So.\"\n", ""),
            1,
            "`why` is missing; a judgement is signed and reasoned",
        ),
        (row.replace("Ada Renholt", " "), 1, "`by` is missing"),
        (row.replace("2026-07-20", "yesterday"), 1, "“yesterday” is no day"),
        (row.replace("\"reject\"", "\"forget\""), 1, "“forget” is no verdict; write mint, merge"),
        (
            row.replace("\"reject\"", "\"reject\"\nstate = \"open\""),
            1,
            "`state` says nothing in a judgement of “reject”",
        ),
        (row.replace("\"reject\"", "\"split\""), 1, "split is not said of a question"),
        (row.replace("\"question\"", "\"rumour\""), 1, "“rumour” is no kind"),
        (row.replace("verdict", "verdikt"), 6, "unknown field `verdikt`"),
        (
            format!("{row}{}", undo.replace("\"a\"", "\"z\"")),
            12,
            "there is no judgement “z” to undo",
        ),
        (
            format!("{row}{}", undo.replace("07-21", "07-01")),
            12,
            "“a” is not older than what undoes it",
        ),
        (format!("{}\n{}", mint("a", "p-1"), mint("b", "p-2")), 13, "the name “x” was given at"),
    ] {
        let own = [("judgements/mine.toml".to_string(), text.clone())].into();
        let faults = Rules::load(&[Layer { name: "data", tree: &own }]).unwrap_err();
        let place = format!("data/judgements/mine.toml:{line}");
        let told =
            |fault: &&Finding| fault.place.as_ref() == Some(&place) && fault.message.contains(said);
        assert!(faults.iter().any(|fault| told(&fault)), "{said}\n{text}\n{faults:#?}");
    }
}

/// The ledger of the world `judged`.
fn ledger() -> Ledger {
    let mut files = tree(Path::new("data"));
    files.retain(|name, _| !name.starts_with("incidents/"));
    let own = tree(Path::new("tests/worlds/judged/data"));
    let layers = [Layer { name: "data", tree: &files }, Layer { name: "own", tree: &own }];
    Rules::load(&layers).expect("the world's judgements load").ledger
}

fn judged_record(ledger: Ledger) -> KnowledgeBase {
    let mut rules = rules().clone();
    rules.ledger = ledger;
    resolve(readings(PAGES), &rules, "2026-08-01".parse().unwrap()).value
}

#[test]
fn the_world_holds_every_verdict() {
    let ledger = ledger();
    let words: std::collections::BTreeSet<&str> =
        ledger.entries().iter().map(|entry| entry.verdict.word()).collect();
    assert_eq!(words.len(), 7, "{words:?}");
    let kb = judged_record(ledger);
    assert_eq!(kb.judged.orphans, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_changes_nothing(order in Just(ledger().entries().to_vec()).prop_shuffle()) {
        prop_assert!(judged_record(Ledger::of(order)) == judged_record(ledger()));
    }

    #[test]
    fn without_the_last_entry_the_record_is_the_one_before(count in 0usize..=12) {
        let all = ledger();
        let count = count.min(all.entries().len());
        let before = Ledger::of(all.entries()[..count].to_vec());
        let Some(next) = all.entries().get(count) else { return Ok(()) };
        let undo = casebook::model::judgement::Judgement {
            id: casebook::model::judgement::JudgementId::parse("undo").unwrap(),
            verdict: Verdict::Undo { judgement: next.id.clone() },
            on: casebook::model::judgement::Made { day: next.on.day, moment: next.on.moment },
            ..next.clone()
        };
        let undone = before.with(next.clone()).with(undo);
        let plain = |ledger| KnowledgeBase { judged: Judged::default(), ..judged_record(ledger) };
        prop_assert!(plain(undone) == plain(before));
    }
}

#[test]
fn a_killed_command_loses_at_most_its_own_entry() {
    let desk = desk();
    let all = export(&desk);
    let ids: Vec<String> = incident(&all, "bans")["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| text(&question["id"]).to_string())
        .collect();
    judge(&desk, &["reject", &ids[0]]);
    let kept = judgements(&desk);
    // Killed at the moment its file appears, whole or beside its place.
    let args: Vec<&str> = ["reject", &ids[1], &ids[2]].into_iter().chain(BY).collect();
    let mut child = desk.start(&args);
    while judgements(&desk).len() == kept.len() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What a torn write leaves beside the entries is no entry.
    desk.data("judgements/torn.toml.part", "[[judgement]]\nid = \"to");
    let after = export(&desk)["judgements"].as_array().unwrap().len();
    assert!((1..=3).contains(&after), "{after} judgements");
    assert!(judgements(&desk).contains(&kept[0]));
    let rest = desk.run(&[&["reject", &ids[2]], &BY[..]].concat());
    assert!(rest.code == 0 || rest.err.contains("nothing on record"), "{}", rest.err);
}

#[test]
fn editors_on_two_branches_merge_without_conflict() {
    let git = |folder: &Path, args: &[&str]| {
        let names = ["-c", "user.name=Ada Renholt", "-c", "user.email=ada@harbourledger.example"];
        let mut git = std::process::Command::new("git");
        let output = git.arg("-C").arg(folder).args(names).args(args).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "git {args:?}: {text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        text
    };
    let desk = desk();
    let settings = desk.home().join("casebook.toml");
    let published = fs::read_to_string(&settings).unwrap();
    let published =
        published.replace("base-url = \"\"", "base-url = \"https://casebook.example/\"");
    fs::write(&settings, published).unwrap();
    desk.run(&["build"]);
    let home = desk.home();
    git(&home, &["init", "-q", "-b", "main"]);
    git(&home, &["add", "."]);
    git(&home, &["commit", "-q", "-m", "Begin"]);
    let tracked = git(&home, &["ls-files"]);
    assert!(!tracked.contains("sqlite") && tracked.contains("data/published.txt"), "{tracked}");
    let all = export(&desk);
    let (ban, suit) = (incident(&all, "bans"), incident(&all, "Veltrane"));
    for (branch, by, id, name) in [
        ("one", "Ada Renholt", text(&ban["id"]), "harnvik-chatbot-ban"),
        ("two", "Bo Castellan", text(&suit["id"]), "veltrane-v-orison"),
        // The same editor at another desk.
        ("three", "Ada Renholt", text(&suit["questions"][0]["id"]), ""),
    ] {
        git(&home, &["checkout", "-q", "-b", branch, "main"]);
        let command: &[&str] = match name {
            "" => &["reject", id],
            name => &["mint", id, "--name", name],
        };
        desk.run(&[command, &["--by", by, "--why", "Read it."]].concat()).ends(0);
        desk.run(&["build"]);
        git(&home, &["add", "."]);
        git(&home, &["commit", "-q", "-m", branch]);
    }
    for branch in ["one", "two"] {
        git(&home, &["merge", "-q", "--no-edit", branch]);
    }
    let merged = export(&desk);
    assert_eq!(merged["judgements"].as_array().unwrap().len(), 3);
    assert_eq!(text(&incident(&merged, "bans")["id"]), "harnvik-chatbot-ban");
    assert_eq!(text(&incident(&merged, "Veltrane")["id"]), "veltrane-v-orison");
    assert_eq!(desk.run(&["lint"]).text().matches("error").count(), 0);
}

#[test]
fn published_addresses_lead_somewhere_for_ever() {
    let desk = desk();
    let list = desk.home().join("data/published.txt");
    desk.run(&["build"]);
    assert!(!list.exists(), "an address nobody can open was promised");
    let settings = desk.home().join("casebook.toml");
    let text_of = fs::read_to_string(&settings).unwrap();
    fs::write(
        &settings,
        text_of.replace("base-url = \"\"", "base-url = \"https://casebook.example\""),
    )
    .unwrap();
    desk.run(&["build"]);
    let first = fs::read_to_string(&list).unwrap();
    let all = export(&desk);
    let (ban, suit) =
        (text(&incident(&all, "bans")["id"]), text(&incident(&all, "Veltrane")["id"]));
    for id in [ban, suit] {
        assert!(first.contains(&format!("incidents/{id}/\n")), "{first}");
    }
    judge(&desk, &["mint", ban, "--name", "harnvik-chatbot-ban"]);
    judge(&desk, &["reject", suit]);
    desk.run(&["build"]);
    let second = fs::read_to_string(&list).unwrap();
    assert!(first.lines().all(|line| second.contains(line)) && second.len() > first.len());
    assert_eq!(desk.run(&["lint"]).text().matches("published").count(), 0);
    let public = desk.home().join("site/public");
    for line in second.lines().filter(|line| !line.starts_with('#')) {
        assert!(public.join(line).join("index.html").is_file(), "{line} leads nowhere");
    }
    let gone = fs::read_to_string(public.join(format!("incidents/{suit}/index.html"))).unwrap();
    assert!(gone.contains("No longer on record") && gone.contains("rejected the incident"));
    // A page that vanished for no reason anybody gave is a finding.
    fs::write(&list, format!("{second}incidents/p-000000000000/\nhttps://elsewhere.example/\n"))
        .unwrap();
    let lint = desk.run(&["lint"]).ends(1).text();
    assert!(lint.contains("incidents/p-000000000000/ was published and leads nowhere"), "{lint}");
    assert!(lint.contains("“https://elsewhere.example/” is no address"), "{lint}");
}

#[test]
fn a_judged_record_is_rebuilt_byte_for_byte() {
    let desk = desk();
    let own = Path::new("tests/worlds/judged/data");
    for (name, path) in crate::tidy::files(own) {
        desk.data(&name, &fs::read_to_string(path).unwrap());
    }
    desk.run(&["build"]);
    let first = desk.published();
    for name in ["casebook.sqlite", "casebook.sqlite-wal", "casebook.sqlite-shm"] {
        let _ = fs::remove_file(desk.home().join(name));
    }
    fs::remove_dir_all(desk.home().join("site")).unwrap();
    desk.run(&["build"]);
    assert_eq!(differing(&first, &desk.published()), [""; 0]);
}

#[test]
fn questions_are_listed_by_state_age_party_and_due_day() {
    let desk = desk();
    let all = desk.run(&["questions", "--all", "--format", "json"]).ends(0).json();
    let rows = all["questions"].as_array().unwrap();
    assert_eq!((all["count"].as_u64().unwrap(), rows.len()), (4, 4));
    let open = desk.run(&["questions"]).ends(0).text();
    assert!(open.contains("due 2026-09-01 · asked 2026-07-03, 29 days ago"), "{open}");
    assert!(!open.contains("appeal"), "what is answered is not open: {open}");
    // On the second of September the day of the first has passed.
    let late = ["--as-of", "2026-09-02", "questions", "--overdue", "--format", "csv"];
    let late = desk.run(&late).ends(0).text();
    let mut reader = csv::Reader::from_reader(late.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1, "{late}");
    assert!(rows[0].iter().any(|cell| cell == "2026-09-01") && &rows[0][7] == "true", "{late}");
    let party = ["questions", "--all", "--vendor", "veltrane systems", "--sort", "age"];
    let party = desk.run(&party).ends(0).text();
    assert!(party.contains("1 questions") && party.contains("this year"), "{party}");
    desk.run(&["questions", "--older-than", "3000"]).ends(1);
}

#[test]
fn the_queue_holds_what_was_not_judged_what_matters_most_first() {
    let desk = desk();
    let queue = |args: &[&str]| {
        let json = desk.run(&[&["review", "--format", "json"], args].concat()).json();
        json["items"].as_array().unwrap().clone()
    };
    let items = queue(&[]);
    let weights: Vec<u64> = items.iter().map(|item| item["weight"].as_u64().unwrap()).collect();
    assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    let matters: Vec<&str> = items.iter().map(|item| text(&item["matter"])).collect();
    for matter in ["contradiction", "closing", "proposed", "name"] {
        assert!(matters.contains(&matter), "{matter}: {matters:?}");
    }
    for item in items.iter().filter(|item| item["matter"] != "name") {
        assert!(!item["evidence"].as_array().unwrap().is_empty(), "{item}");
    }
    assert_eq!(queue(&["--limit", "2"]), items[..2]);
    // What is judged is asked no more.
    let first = text(&items[0]["id"]).to_string();
    judge(&desk, &["confirm", &first]);
    assert!(queue(&[]).iter().all(|item| item["id"] != *first));
    let lines = desk.run(&["review"]).ends(0).text();
    assert!(lines.contains("to review as of 2026-08-01"), "{lines}");
}
