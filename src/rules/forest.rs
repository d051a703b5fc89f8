//! Weights learned from pages: small decision trees whose leaves add up to one score.
//!
//! In: rows of `lexicon/weights/`. Out: a [`Forest`]. A tree is written in one line, each node
//! before its two branches: `linked<=300 120 -80` gives 120 to a row whose `linked` is at most 300,
//! else -80. Leaves are thousandths of log-odds. Whole numbers only, so that every machine adds up
//! the same score.

use serde::Deserialize;

use super::load::{Layer, Located, Row, table};
use super::numbers::NUMBERS;
use crate::model::finding::Finding;

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

/// A split, or a leaf: a leaf leads to itself either way, so that a walk may stand still on it.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Which number is asked for.
    number: u32,
    /// The most of it that goes to the first branch; the value of a leaf.
    most: i32,
    /// The branch for smaller numbers and the one for larger: an index, since a processor cannot guess
    /// which way a page goes, and would lose more time on a wrong guess than on looking.
    branches: [u32; 2],
}

impl Node {
    fn leaf(at: usize, value: i32) -> Self {
        Self { number: 0, most: value, branches: [at as u32; 2] }
    }

    fn is_leaf(&self) -> bool {
        self.branches[0] == self.branches[1]
    }
}

/// Trees that are walked side by side: no step of one waits for a step of another.
const STAND: usize = 8;

/// Trees in use.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
    stands: Vec<Stand>,
}

/// Some trees, how far their leaves may stand from their roots, and what the trees behind them can
/// still add.
#[derive(Debug, Clone, Copy, Default)]
struct Stand {
    roots: [u32; STAND],
    trees: usize,
    depth: usize,
    least_after: i32,
    most_after: i32,
}

impl Forest {
    pub(super) fn load(layers: &[Layer<'_>], path: &str, faults: &mut Vec<Finding>) -> Self {
        let mut forest = Self::default();
        for Located { row, place } in table::<TreeRow>(layers, path, faults) {
            let root = forest.nodes.len();
            match forest.grow(&row.nodes) {
                Ok(()) => forest.roots.push(root as u32),
                Err(message) => {
                    forest.nodes.truncate(root);
                    faults.push(Finding::error("bad-row", message).at(place));
                }
            }
        }
        forest.settle();
        forest
    }

    /// Puts the trees into stands, and counts for each what those behind it can add.
    fn settle(&mut self) {
        let (mut least, mut most) = (0_i32, 0_i32);
        let mut end = self.nodes.len();
        for trees in self.roots.chunks(STAND).rev() {
            let mut stand = Stand { trees: trees.len(), ..Stand::default() };
            (stand.least_after, stand.most_after) = (least, most);
            stand.roots.iter_mut().zip(trees).for_each(|(to, root)| *to = *root);
            for root in trees.iter().rev() {
                let nodes = self.nodes.get(*root as usize..end).unwrap_or(&[]);
                let leaves = || nodes.iter().filter(|node| node.is_leaf()).map(|node| node.most);
                least = least.saturating_add(leaves().min().unwrap_or(0));
                most = most.saturating_add(leaves().max().unwrap_or(0));
                stand.depth = stand.depth.max(depth(nodes, *root));
                end = *root as usize;
            }
            self.stands.push(stand);
        }
        self.stands.reverse();
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
                let branches = [index as u32 + 1, 0];
                self.nodes.push(Node { number: number as u32, most, branches });
                open.push(index);
            } else {
                let leaf = word.parse().map_err(|_| format!("“{word}” is no split and no leaf"))?;
                self.nodes.push(Node::leaf(index, leaf));
                // The branch that ends here is the second one of all splits that have a first.
                loop {
                    let Some(split) = open.last().and_then(|i| self.nodes.get_mut(*i)) else {
                        whole = true;
                        break;
                    };
                    if split.branches[1] == 0 {
                        split.branches[1] = index as u32 + 1;
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
        self.stands.iter().map(|stand| self.sum(stand, row)).fold(0, i32::saturating_add)
    }

    /// Whether the score of a row is above a limit; ends as soon as no tree can change that.
    pub fn is_above(&self, row: &[i32], limit: i32) -> bool {
        let mut score = 0_i32;
        for stand in &self.stands {
            score = score.saturating_add(self.sum(stand, row));
            if score.saturating_add(stand.least_after) > limit {
                return true;
            }
            if score.saturating_add(stand.most_after) <= limit {
                return false;
            }
        }
        score > limit
    }

    fn sum(&self, stand: &Stand, row: &[i32]) -> i32 {
        let mut at = stand.roots;
        for _ in 0..stand.depth {
            for at in &mut at {
                let Some(node) = self.nodes.get(*at as usize) else { continue };
                let is_larger =
                    row.get(node.number as usize).is_none_or(|value| *value > node.most);
                *at = node.branches.get(usize::from(is_larger)).copied().unwrap_or_default();
            }
        }
        let leaves = at.iter().take(stand.trees).filter_map(|at| self.nodes.get(*at as usize));
        leaves.map(|leaf| leaf.most).fold(0, i32::saturating_add)
    }

    /// Whether there is a tree at all.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }
}

/// The most steps from a root to a leaf; every branch stands behind its split.
fn depth(nodes: &[Node], root: u32) -> usize {
    let mut below = vec![0_usize; nodes.len()];
    for (index, node) in nodes.iter().enumerate().rev().filter(|(_, node)| !node.is_leaf()) {
        let of = |branch: u32| {
            below.get(branch.saturating_sub(root) as usize).copied().unwrap_or_default()
        };
        let deepest = node.branches.map(of).into_iter().max().unwrap_or_default();
        if let Some(slot) = below.get_mut(index) {
            *slot = deepest + 1;
        }
    }
    below.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_and_added_up() {
        let mut forest = Forest::default();
        let first = ["extent<=10 -5 words<=3 1 extent<=99 7 9"];
        for tree in first.into_iter().chain(["0"; STAND - 1]).chain(["100"]) {
            let root = forest.nodes.len();
            forest.grow(tree).unwrap_or_default();
            forest.roots.push(root as u32);
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
