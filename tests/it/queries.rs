//! The query language holds for every input: understood or told, and read back as it is printed.

use casebook::model::query::{FLAGS, Field, KINDS, Query, Request, Shape, Sort};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use crate::properties::config;

fn day() -> impl Strategy<Value = NaiveDate> {
    (1..9999_i32, 1..=366_u32).prop_filter_map("a day", |(y, d)| NaiveDate::from_yo_opt(y, d))
}

fn condition() -> impl Strategy<Value = Query> {
    let fields: Vec<Field> =
        Field::WORDS.iter().map(|(f, _)| *f).filter(|f| f.shape() == Shape::Name).collect();
    let days = (select(vec![Field::Date, Field::Known]), day(), day(), 0..3_u8, any::<bool>());
    prop_oneof![
        (select(fields), "(//)?[a-z\u{4e00}]([a-z(:/ \u{4e00}-\u{4e20}'~*-]{0,12}[a-z])?")
            .prop_map(|(field, value)| Query::Is(field, value)),
        select(FLAGS.to_vec()).prop_map(|flag| Query::Is(Field::Is, flag.into())),
        select(KINDS.to_vec()).prop_map(|kind| Query::Is(Field::Kind, kind.into())),
        "(respondent|affected)(=[a-z]{1,5}( [a-z]{1,5})?)?".prop_map(|v| Query::Is(Field::Role, v)),
        (0..90_u32, prop::option::of(0..90_u32)).prop_map(|(from, more)| Query::Count {
            field: Field::Roots,
            from,
            to: more.map(|more| from + more)
        }),
        days.prop_map(|(field, a, b, ends, surely)| Query::Days {
            field,
            first: (ends != 1).then_some(a.min(b)),
            last: (ends != 2).then_some(a.max(b)),
            surely,
        }),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    let word = || "[a-z\u{4e00}-\u{4e20}][a-z0-9'-]{0,6}";
    let leaf = prop_oneof![
        word().prop_map(Query::Word),
        "[a-z][a-z0-9]{0,6}".prop_map(Query::Prefix),
        ("[a-z]{2,8}", prop::option::of(1..=2_u8)).prop_map(|(w, d)| Query::Fuzzy(w, d)),
        "[a-z][a-z (]{0,12}".prop_map(Query::Phrase),
        condition(),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|q| Query::Not(Box::new(q))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
            prop::collection::vec(inner, 2..4).prop_map(Query::Or),
        ]
    })
}

fn request() -> impl Strategy<Value = Request> {
    let sort = select(Sort::WORDS.to_vec()).prop_map(|(_, sort)| sort);
    (query(), sort, prop::option::of(day())).prop_map(|(query, sort, as_of)| Request {
        query,
        sort,
        as_of,
    })
}

/// The same tree with "all of all of" laid open, as the parser makes it.
fn flat(query: Query) -> Query {
    let list = |list: Vec<Query>| -> Vec<Query> { list.into_iter().map(flat).collect() };
    match query {
        Query::Not(inner) => Query::Not(Box::new(flat(*inner))),
        Query::And(all) => Query::And(
            list(all)
                .into_iter()
                .flat_map(|q| if let Query::And(inner) = q { inner } else { vec![q] })
                .collect(),
        ),
        Query::Or(any) => Query::Or(
            list(any)
                .into_iter()
                .flat_map(|q| if let Query::Or(inner) = q { inner } else { vec![q] })
                .collect(),
        ),
        other => other,
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn what_is_printed_is_read_back(request in request()) {
        let text = request.to_string();
        let expected = Request { query: flat(request.query), ..request };
        prop_assert_eq!(Request::parse(&text), Ok(expected), "{}", text);
    }

    #[test]
    fn any_text_is_understood_or_told(text in "[-()\"a-z:*~<>=. ORANDT“（：\u{4e00}0-9]{0,24}|.{0,24}|(vendor|is|date|roots|sort|role|状态)[:：].{0,9}") {
        match Request::parse(&text) {
            Ok(request) => prop_assert_eq!(Request::parse(&request.to_string()), Ok(request)),
            Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.at), "{}", error),
        }
    }

    #[test]
    fn a_suggestion_is_understood(text in "(stats|vendr|dtae|knd|rol|stanc|languag):x") {
        let error = Request::parse(&text).unwrap_err();
        let suggestion = error.suggestion.unwrap();
        let again = Request::parse(&format!("{suggestion}x"));
        prop_assert!(!matches!(again, Err(e) if e.message.contains("there is no field")), "{}", suggestion);
    }
}

#[test]
fn limits_are_told() {
    for text in ["(".repeat(100), "a ".repeat(900), "a".repeat(3000), "-".repeat(1999)] {
        let error = Request::parse(&text).unwrap_err();
        assert!(!error.message.is_empty());
    }
}
