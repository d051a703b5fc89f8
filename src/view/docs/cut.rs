//! The words of documents that belong together: each term once, with all its places.

use std::collections::HashMap;

use crate::model::query::SearchDoc;
use crate::model::terms::Cutter;

/// Between the headline and its other language.
const GAP: usize = 8;

/// Terms and where they stand, packed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    text: String,
    /// Where each term ends in the text, and behind which place its places end.
    ends: Vec<(u32, u32)>,
    /// Number of the document, and position times four with the field: 0 headline, 1 text, 2 names.
    places: Vec<(u32, u32)>,
}

impl Cut {
    /// Cuts documents, which are numbered as they come.
    pub(super) fn of<'d>(docs: impl Iterator<Item = &'d SearchDoc>) -> Self {
        let mut words: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
        let mut cutter = Cutter::default();
        for (number, doc) in (0_u32..).zip(docs) {
            let mut field = |text: &str, field: usize, offset: usize| {
                let mut end = offset;
                cutter.each(text, |term, _, _, at| {
                    end = end.max(offset + at + 1);
                    let place = (number, ((offset + at) * 4 + field) as u32);
                    match words.get_mut(term) {
                        Some(places) => places.push(place),
                        None => {
                            words.insert(term.to_string(), vec![place]);
                        }
                    }
                });
                end
            };
            let end = field(&doc.title, 0, 0);
            if let Some(title) = &doc.title_zh {
                field(title, 0, end + GAP);
            }
            // What may not be repeated is not published in pieces either.
            if doc.published {
                field(&doc.body, 1, 0);
                field(&doc.names, 2, 0);
            }
        }
        let mut words: Vec<(String, Vec<(u32, u32)>)> = words.into_iter().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut cut = Self::default();
        for (term, mut places) in words {
            places.sort_unstable();
            places.dedup();
            cut.text.push_str(&term);
            cut.places.extend(places);
            cut.ends.push((cut.text.len() as u32, cut.places.len() as u32));
        }
        cut
    }

    /// Each term with its places.
    pub fn terms(&self) -> impl Iterator<Item = (&str, &[(u32, u32)])> {
        let mut from = (0, 0);
        self.ends.iter().filter_map(move |(text, place)| {
            let to = (*text as usize, *place as usize);
            let found = self.text.get(from.0..to.0).zip(self.places.get(from.1..to.1));
            from = to;
            found
        })
    }
}
