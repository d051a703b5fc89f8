//! Weights learned from pages: small decision trees whose leaves add up to one score.
//!
//! In: rows of `lexicon/weights/`. Out: a [`Forest`]. A tree is written in one line, each node
//! before its two branches: `linked<=300 120 -80` gives 120 to a row whose `linked` is at most 300,
//! else -80. Leaves are thousandths of log-odds. Whole numbers only, so that every machine adds up
//! the same score.

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use crate::model::finding::Finding;

/// The numbers a tree may ask for, in the order of the rows it is given.
pub const NUMBERS: &[&str] = &[
    "tag",
    "extent",
    "words",
    "word-length",
    "small-words",
    "capitals",
    "digits",
    "commas",
    "stops",
    "marks-odd",
    "sentence",
    "begins-small",
    "ends-colon",
    "asks",
    "quotes",
    "han",
    "linked",
    "links",
    "strong",
    "furniture-words",
    "is-title",
    "repeats",
    "in-article",
    "in-main",
    "in-header",
    "in-footer",
    "in-nav",
    "in-aside",
    "in-figure",
    "in-table",
    "in-list",
    "in-form",
    "in-quote",
    "in-section",
    "in-item",
    "in-paragraph",
    "in-pre",
    "near-navigation",
    "near-aside",
    "near-foot",
    "near-masthead",
    "near-share",
    "near-related",
    "near-signup",
    "near-advertisement",
    "near-comment",
    "near-legal",
    "near-paywall",
    "near-tags",
    "near-profile",
    "near-media",
    "near-pull-quote",
    "near-notice",
    "near-hidden",
    "near-caption",
    "near-byline",
    "near-date",
    "near-body",
    "near-outlet",
    "near-title",
    "near-lead",
    "near-entry",
    "furniture",
    "in-best",
    "depth",
    "depth-beyond-best",
    "mass-here",
    "mass-1",
    "mass-2",
    "mass-3",
    "mass-4",
    "linked-here",
    "linked-1",
    "linked-2",
    "linked-3",
    "blocks-here",
    "blocks-1",
    "blocks-2",
    "bytes-1",
    "bytes-2",
    "kin",
    "kin-mass",
    "kin-linked",
    "page-mass",
    "page-linked",
    "place",
    "place-in-best",
    "mass-before",
    "since-title",
    "since-mass",
    "until-mass",
    "same-holder-before",
    "same-holder-after",
    "tag-before",
    "tag-after",
    "extent-before-2",
    "extent-before",
    "extent-after",
    "extent-after-2",
    "linked-before",
    "linked-after",
    "linked-before-2",
    "linked-after-2",
    "furniture-before",
    "furniture-after",
    "sentence-before",
    "sentence-after",
    "heading-words",
    "since-heading",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TreeRow {
    id: String,
    nodes: String,
}

impl Row for TreeRow {
    const TABLE: &'static str = "tree";
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Which number is asked for.
    number: u32,
    most: i32,
    /// Index of the node for larger numbers; the one for smaller stands right behind this one.
    larger: u32,
}

/// Marks a leaf in place of a number.
const LEAF: u32 = u32::MAX;

/// Trees in use.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    trees: Vec<Tree>,
}

/// A tree, and what the ones behind it can still add.
#[derive(Debug, Clone, Copy)]
struct Tree {
    root: u32,
    least_after: i32,
    most_after: i32,
}

impl Forest {
    pub(super) fn load(layers: &[Layer<'_>], path: &str, faults: &mut Vec<Finding>) -> Self {
        let mut forest = Self::default();
        for Located { row, place } in table::<TreeRow>(layers, path, faults) {
            let root = forest.nodes.len();
            match forest.grow(&row.nodes) {
                Ok(()) => forest.plant(root),
                Err(message) => {
                    forest.nodes.truncate(root);
                    faults.push(Finding::error("bad-row", message).at(place));
                }
            }
        }
        forest.settle();
        forest
    }

    fn plant(&mut self, root: usize) {
        self.trees.push(Tree { root: root as u32, least_after: 0, most_after: 0 });
    }

    /// Counts for every tree what those behind it can add.
    fn settle(&mut self) {
        let (mut least, mut most) = (0_i32, 0_i32);
        let mut end = self.nodes.len();
        for tree in self.trees.iter_mut().rev() {
            (tree.least_after, tree.most_after) = (least, most);
            let nodes = self.nodes.get(tree.root as usize..end).unwrap_or(&[]);
            let leaves = || nodes.iter().filter(|node| node.number == LEAF).map(|node| node.most);
            least = least.saturating_add(leaves().min().unwrap_or(0));
            most = most.saturating_add(leaves().max().unwrap_or(0));
            end = tree.root as usize;
        }
    }

    fn grow(&mut self, written: &str) -> Result<(), String> {
        // Splits whose second branch is still to come.
        let mut open: Vec<usize> = Vec::new();
        let mut whole = false;
        for word in written.split_ascii_whitespace() {
            if whole {
                return Err(format!("“{word}” stands behind the end of the tree; remove it"));
            }
            let index = self.nodes.len();
            if let Some((name, most)) = word.split_once("<=") {
                let number = NUMBERS.iter().position(|known| *known == name);
                let number = number.ok_or(format!("there is no number “{name}”"))?;
                let most = most.parse().map_err(|_| format!("“{most}” is no whole number"))?;
                self.nodes.push(Node { number: number as u32, most, larger: 0 });
                open.push(index);
            } else {
                let leaf = word.parse().map_err(|_| format!("“{word}” is no split and no leaf"))?;
                self.nodes.push(Node { number: LEAF, most: leaf, larger: 0 });
                // The branch that ends here is the second one of all splits that have a first.
                loop {
                    let Some(split) = open.last().and_then(|i| self.nodes.get_mut(*i)) else {
                        whole = true;
                        break;
                    };
                    if split.larger == 0 {
                        split.larger = index as u32 + 1;
                        break;
                    }
                    open.pop();
                }
            }
        }
        if whole {
            Ok(())
        } else {
            Err("the tree lacks a branch; end every branch in a number".into())
        }
    }

    /// The sum of the leaves a row of numbers falls into, in thousandths of log-odds.
    pub fn score(&self, row: &[i32]) -> i32 {
        let leaves = self.trees.iter().map(|tree| self.leaf(tree.root, row));
        leaves.fold(0, i32::saturating_add)
    }

    /// Whether the score of a row is above a limit; ends as soon as no tree can change that.
    pub fn is_above(&self, row: &[i32], limit: i32) -> bool {
        let mut score = 0_i32;
        for tree in &self.trees {
            score = score.saturating_add(self.leaf(tree.root, row));
            if score.saturating_add(tree.least_after) > limit {
                return true;
            }
            if score.saturating_add(tree.most_after) <= limit {
                return false;
            }
        }
        score > limit
    }

    fn leaf(&self, root: u32, row: &[i32]) -> i32 {
        let mut at = root as usize;
        // Every step goes forward, so the walk ends.
        while let Some(node) = self.nodes.get(at) {
            if node.number == LEAF {
                return node.most;
            }
            let small = row.get(node.number as usize).is_some_and(|value| *value <= node.most);
            at = if small { at + 1 } else { (node.larger as usize).max(at + 1) };
        }
        0
    }

    /// Whether there is a tree at all.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_and_added_up() {
        let mut forest = Forest::default();
        for tree in ["extent<=10 -5 words<=3 1 extent<=99 7 9", "100"] {
            let root = forest.nodes.len();
            forest.grow(tree).unwrap_or_default();
            forest.plant(root);
        }
        forest.settle();
        let score = |extent, words| {
            let value = |name: &&str| match *name {
                "extent" => extent,
                "words" => words,
                _ => 0,
            };
            let row: Vec<i32> = NUMBERS.iter().map(value).collect();
            let score = forest.score(&row);
            for limit in 90..115 {
                assert_eq!(forest.is_above(&row, limit), score > limit);
            }
            score
        };
        assert_eq!([score(10, 9), score(11, 3), score(99, 4), score(100, 4)], [95, 101, 107, 109]);
    }

    #[test]
    fn torn_trees_are_refused() {
        for torn in ["", "extent<=1 2", "extent<=1 2 3 4", "nothing<=1 2 3", "extent<=x 1 2", "y"] {
            assert!(Forest::default().grow(torn).is_err(), "{torn}");
        }
    }
}
