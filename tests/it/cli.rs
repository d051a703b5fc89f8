//! The commands as people and scripts meet them: help, exit codes, messages, shapes of output.

use std::fs;

use serde_json::Value;

use crate::desk::{Desk, casebook};

const COMMANDS: [&str; 24] = [
    "init",
    "ingest",
    "crawl",
    "sources",
    "annotate",
    "build",
    "export",
    "search",
    "explain",
    "diff",
    "questions",
    "review",
    "mint",
    "merge",
    "split",
    "answer",
    "settle",
    "reject",
    "confirm",
    "undo",
    "lint",
    "status",
    "mcp",
    "serve",
];

#[test]
fn help_names_every_command_and_shows_an_example() {
    let help = casebook(&["--help"]).ends(0).text();
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is missing:\n{help}");
        let own = casebook(&[command, "--help"]).ends(0).text();
        assert!(own.contains("Example"), "{own}");
    }
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed: Vec<&str> = listed.map_while(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed, [&COMMANDS[..], &["help"]].concat());
}

#[test]
fn examples_of_the_help_parse() {
    for command in COMMANDS {
        let help = casebook(&[command, "--help"]).text();
        for line in help.lines().filter_map(|line| line.trim().strip_prefix("casebook ")) {
            let words: Vec<&str> =
                line.split([' ', '\'']).filter(|word| !word.is_empty()).collect();
            let words: Vec<&str> = words.into_iter().take_while(|word| *word != ">").collect();
            // Asked for help, a command with a wrong option or value still says what is wrong.
            let known: Vec<&str> =
                words.iter().copied().filter(|word| word.starts_with("--")).collect();
            assert!(known.iter().all(|option| help.contains(option)), "{line}");
            assert_eq!(words.first(), Some(&command), "{line}");
        }
    }
}

#[test]
fn wrong_words_end_with_2_and_say_what_is_wrong() {
    for (args, said) in [
        (&["ingset"] as &[&str], "similar subcommands exist: 'init', 'mint', 'lint', 'ingest'"),
        (&["ingest"], "<PATHS>..."),
        (&["export", "--format", "xml"], "possible values: json, jsonl, csv, parquet"),
        (&["--as-of", "yesterday", "build"], "invalid value 'yesterday'"),
        (
            &["--home", "no/such/folder", "build"],
            "no/such/folder is no casebook; run “casebook init no/such/folder” first",
        ),
        (&["annotate", "no/such/file.html"], "no/such/file.html does not exist; check the path"),
    ] {
        let ran = casebook(args).ends(2);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
        assert_eq!(ran.text(), "", "{args:?}: data on standard output");
    }
    assert!(casebook(&["--version"]).ends(0).text().starts_with("casebook "));
}

#[test]
fn commands_that_need_a_build_say_so() {
    let desk = Desk::new();
    let searched = desk.run(&["search", "ban"]).ends(2);
    assert!(searched.err.contains("build"), "{}", searched.err);
    let served = desk.run(&["serve", "--bind", "127.0.0.1:0", "--check"]).ends(2);
    assert!(served.err.contains("holds no site; run “casebook --home"), "{}", served.err);
}

#[test]
fn init_overwrites_nothing() {
    let desk = Desk::new();
    let settings = desk.home().join("casebook.toml");
    fs::write(&settings, "title = \"Ours\"\n").unwrap();
    casebook(&["init", desk.home().to_str().unwrap(), "--starter"]).ends(0);
    assert_eq!(fs::read_to_string(settings).unwrap(), "title = \"Ours\"\n");
}

/// A row that is wrong, and what must be said: where, what, and what to write instead.
#[test]
fn a_bad_row_stops_with_file_line_and_advice() {
    let entity =
        "[[entity]]\nid = \"orison-labs\"\nname = \"Orison Labs\"\nkind = \"organization\"\n";
    for (file, row, line, said) in [
        ("entities/mine.toml", entity.replace("organization", "company"), 1, "“company” is no kind; write one of organization, government"),
        ("entities/mine.toml", entity.replace("kind", "knd"), 4, "unknown field `knd`"),
        ("entities/mine.toml", format!("{entity}\n{entity}"), 6, "the id “orison-labs” stands twice; give this row another id"),
        ("entities/mine.toml", format!("{entity}names = [\"OpenAI\"]\n"), 1, "the name “OpenAI” belongs to “openai” already"),
        ("entities/mine.toml", format!("{entity}owner = \"nobody-at-all\"\n"), 1, "nobody-at-all"),
        ("entities/mine.toml", entity.replace("[[entity]]", "[[entity]"), 1, "unclosed array table, expected `]`"),
        ("entities/mine.toml", entity.replace("[[entity]]", "[[person]]"), 1, "there is no table “[[person]]” here; write “[[entity]]”"),
        ("lexicon/cues/mine.toml", "[[cue]]\nid = \"x\"\nstance = \"hints\"\nframes = [\"clause\"]\nverbs = [\"hint\"]\n".into(), 1, "“hints”"),
        ("lexicon/cues/mine.toml", "[[cue]]\nid = \"x\"\nstance = \"asserts\"\nframes = [\"clause\"]\npatterns = [\"(open\"]\n".into(), 1, "(open"),
        ("lexicon/cues/mine.toml", "[[cue]]\nid = \"x\"\nstance = \"asserts\"\nframes = [\"clause\"]\npatterns = [\"<nosuchclass> said\"]\n".into(), 1, "nosuchclass"),
    ] {
        let desk = Desk::new();
        desk.data(file, &row);
        let ran = desk.run(&["build"]).ends(2);
        assert!(ran.err.contains(&format!("data/{file}:{line}: ")), "{row}\n{}", ran.err);
        assert!(ran.err.contains(said), "{row}\n{}", ran.err);
        let lint = desk.run(&["lint"]).ends(1).text();
        assert!(lint.contains(said), "{lint}");
        assert!(!desk.home().join("site").exists(), "a site was built on bad data");
    }
}

#[test]
fn a_bad_settings_file_stops_with_its_name() {
    let desk = Desk::new();
    fs::write(desk.home().join("casebook.toml"), "titel = \"Ours\"\n").unwrap();
    let ran = desk.run(&["status"]).ends(2);
    assert!(ran.err.contains("casebook.toml: unknown field `titel`"), "{}", ran.err);
}

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn assert_has(value: &Value, wanted: &str) {
    let have = keys(value);
    let missing: Vec<&str> = wanted.split_whitespace().filter(|key| !have.contains(key)).collect();
    assert!(missing.is_empty(), "{missing:?} missing in {value}");
}

fn first<'a>(value: &'a Value, key: &str) -> &'a Value {
    value[key].as_array().and_then(|list| list.first()).unwrap_or_else(|| panic!("no {key}"))
}

#[test]
fn annotate_prints_what_the_contract_says() {
    let line =
        &casebook(&["annotate", "data/sample/farwire.example/technology", "--format", "jsonl"])
            .ends(0)
            .lines()[0];
    assert_has(
        line,
        "url requested title byline outlet published published_basis language relevant relevance text \
                      entities dates events claims questions findings",
    );
    assert_has(first(line, "entities"), "name type id surface spans");
    assert_has(first(line, "dates"), "surface value span basis");
    assert_has(first(line, "events"), "date summary evidence span parties role");
    assert_has(
        first(line, "claims"),
        "speaker speaker_kind stance target content span cue via quoted rule",
    );
    assert_has(first(line, "questions"), "text span kind about due");
    for (list, words) in
        [("dates", "surface"), ("events", "evidence"), ("claims", "content"), ("questions", "text")]
    {
        for fact in line[list].as_array().unwrap() {
            let field = fact["in"].as_str().unwrap_or("text");
            let text: Vec<char> = line[field].as_str().unwrap().chars().collect();
            let at = |end: usize| fact["span"][end].as_u64().unwrap() as usize;
            let slice: String = text[at(0)..at(1)].iter().collect();
            assert_eq!(fact[words], slice, "{list}: a span is a place in characters");
        }
    }
}

#[test]
fn export_prints_what_the_contract_says() {
    let desk = Desk::with_sample();
    let export = desk.run(&["export", "--format", "json"]).ends(0).json();
    assert_has(&export, "articles incidents disputes vendors claims judgements");
    assert_has(
        first(&export, "articles"),
        "url requested title published outlet language incident syndicated_from derived_from roots",
    );
    let incidents = export["incidents"].as_array().unwrap();
    for incident in incidents {
        assert_has(
            incident,
            "id title types status opened dispute parties timeline questions contradictions",
        );
        let entry = first(incident, "timeline");
        assert_has(entry, "date summary articles evidence roots known_at");
        assert_has(first(entry, "evidence"), "url evidence");
        for party in incident["parties"].as_array().unwrap() {
            assert_has(party, "name role");
        }
        for question in incident["questions"].as_array().unwrap() {
            assert_has(question, "text variants asked_in state due answered_by history");
        }
        for pair in incident["contradictions"].as_array().unwrap() {
            assert_has(&pair["a"], "article evidence");
            assert_has(&pair["b"], "article evidence");
        }
    }
    let lines = desk.run(&["export", "--format", "jsonl"]).ends(0).lines();
    assert!(lines.len() > incidents.len() && lines.iter().all(Value::is_object));
}

#[test]
fn tables_parse_and_agree_with_the_export() {
    let desk = Desk::with_sample();
    let export = desk.run(&["export"]).json();
    let incidents = export["incidents"].as_array().unwrap();
    for table in ["claims", "incidents", "timeline", "questions", "contradictions", "articles"] {
        let csv = desk.run(&["export", "--format", "csv", "--table", table]).ends(0);
        let mut reader = csv::Reader::from_reader(csv.out.as_slice());
        let width = reader.headers().unwrap().len();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(width > 2, "{table} has no columns");
        let of_incidents = |key| incidents.iter().map(|i| i[key].as_array().unwrap().len()).sum();
        let count = match export[table].as_array() {
            Some(list) => list.len(),
            None => of_incidents(table),
        };
        assert_eq!(rows.len(), count, "{table}");
        let parquet = desk.run(&["export", "--format", "parquet", "--table", table]).ends(0).out;
        assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"), "{table}");
    }
}

#[test]
fn search_gives_the_same_results_in_every_form() {
    let desk = Desk::with_sample();
    let found =
        desk.run(&["search", "distillation", "--format", "json", "--limit", "3"]).ends(0).json();
    assert_has(&found, "query count results");
    let results = found["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    let path = first(&found, "results")["path"].as_str().unwrap();
    assert_has(&results[0], "kind id title date path snippet score");
    let form = |name: &str| {
        desk.run(&["search", "distillation", "--limit", "3", "--format", name]).ends(0).text()
    };
    assert_eq!(csv::Reader::from_reader(form("csv").as_bytes()).records().count(), 3);
    for (name, mark) in
        [("bibtex", "@misc{"), ("ris", "TY  - "), ("csv", "incident,"), ("table", " results in ")]
    {
        let text = form(name);
        assert!(text.contains(mark) && text.contains(path), "{name}: {text}");
    }
    assert_eq!(form("bibtex").matches("\n}\n").count(), 3);
    let nothing = desk.run(&["search", "zeppelin", "--format", "json"]).ends(1).json();
    assert_eq!((&nothing["count"], &nothing["results"]), (&0.into(), &Value::Array(vec![])));
}

#[test]
fn a_wrong_query_is_told_with_its_position() {
    let desk = Desk::with_sample();
    for (query, at) in [
        ("ban (or", 5),
        ("ban \"open", 5),
        ("vendr:orison", 1),
        ("ban date:soon", 10),
        ("ban )", 5),
        ("ban OR", 7),
    ] {
        let ran = desk.run(&["search", query]).ends(2);
        let position = format!("at character {at}");
        assert!(ran.err.contains(&position), "{query}: {}", ran.err);
        assert!(ran.err.contains(&format!("cannot search for “{query}”")), "{}", ran.err);
        let error = casebook::model::query::Request::parse(query).unwrap_err();
        assert!(error.to_string().ends_with(&position), "{query}: {error}");
    }
}

#[test]
fn explain_walks_back_to_the_archive() {
    let desk = Desk::with_sample();
    let export = desk.run(&["export"]).json();
    let claim = first(&export, "claims");
    let ids = [
        &claim["id"],
        &first(&export, "incidents")["id"],
        &first(first(&export, "incidents"), "questions")["id"],
    ];
    for id in ids.map(|id| id.as_str().unwrap()) {
        let json = desk.run(&["explain", id, "--format", "json"]).ends(0).json();
        assert_has(&json, "id steps");
        let steps = json["steps"].to_string();
        assert!(
            steps.contains("archive/00001.warc.gz@") && steps.contains("sha256:"),
            "{id}: {steps}"
        );
        let text = desk.run(&["explain", id]).ends(0).text();
        assert_eq!(text.lines().count(), json["steps"].as_array().unwrap().len(), "{text}");
    }
    let text = desk.run(&["explain", &claim["id"].as_str().unwrap()[..8]]).ends(0).text();
    assert!(
        text.contains(claim["content"].as_str().unwrap())
            && text.contains(claim["rule"].as_str().unwrap()),
        "{text}"
    );
    for unknown in ["p-000000000000", "ffffffffffffffff", "c-", ""] {
        let ran = desk.run(&["explain", unknown]).ends(1);
        assert!(ran.err.contains("nothing on record has the id"), "{unknown}: {}", ran.err);
    }
}

#[test]
fn the_record_of_an_earlier_day_knows_less() {
    let desk = Desk::with_sample();
    let days = ["2026-03-01", "2026-03-08", "2026-06-10", "2026-08-01"].map(|day| {
        let export = desk.run(&["--as-of", day, "export"]).ends(0).json();
        let articles = export["articles"].as_array().unwrap();
        assert!(articles.iter().all(|a| a["published"].as_str().unwrap() <= day), "{day}");
        articles.len()
    });
    assert_eq!(days, [0, 1, 7, 14]);
}

#[test]
fn lint_and_status_say_what_is_there() {
    let desk = Desk::with_sample();
    let status = desk.run(&["status", "--format", "json"]).ends(0).json();
    let export = desk.run(&["export"]).json();
    let relevant = export["articles"].as_array().unwrap().iter().filter(|a| a["relevant"] == true);
    assert_eq!(status["captures"], "14");
    assert_eq!(status["relevant_articles"], relevant.count().to_string());
    assert!(desk.run(&["status"]).text().contains("captures           14\n"));
    let lint = desk.run(&["lint", "--format", "json"]);
    let findings = lint.json();
    let matter = |f: &Value| f["severity"] != "note";
    assert_eq!(lint.code, i32::from(findings.as_array().unwrap().iter().any(matter)));
}

#[test]
fn the_site_is_served() {
    let desk = Desk::with_sample();
    let ran = desk.run(&["serve", "--bind", "127.0.0.1:0", "--check"]).ends(0);
    assert!(ran.err.contains("the front page answered 200"), "{}", ran.err);
}
