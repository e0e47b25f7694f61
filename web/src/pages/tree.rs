//! The implementation tree, drawn: who carried out a document, who carried out those, and who is absent.

use askama::Template;
use index::{Branch, Entry};

use super::document_address;
use crate::language::{Language, Words};

/// How many documents are drawn below one; a directive may have hundreds below it.
const BRANCHES_MOST: usize = 60;
/// How many absent bodies are named.
const ABSENT_MOST: usize = 80;
/// How deep the drawing goes: from the centre to the commune, with one to spare.
const DEPTH_MOST: usize = 5;

/// A document of the tree with those below it.
#[derive(Template)]
#[template(path = "tree.html")]
pub struct TreeView {
    w: &'static Words,
    number: String,
    href: Option<String>,
    issuer: Option<String>,
    level: Option<String>,
    date: Option<String>,
    branches: Vec<TreeView>,
    more: Option<String>,
    absent: Vec<String>,
    absent_more: Option<String>,
    absent_count: String,
}

impl TreeView {
    /// Makes a tree ready to draw.
    pub fn of(branch: &Branch, language: Language) -> Self {
        Self::at_depth(branch, language, 0)
    }

    /// Whether anybody carried the document out.
    pub fn has_branches(&self) -> bool {
        !self.branches.is_empty()
    }

    fn at_depth(branch: &Branch, language: Language, depth: usize) -> Self {
        let drawn = if depth < DEPTH_MOST { BRANCHES_MOST } else { 0 };
        let below = branch.carried_out_by.iter().take(drawn);
        let entry = branch.document.as_ref();
        let issuer = entry.and_then(|entry| entry.issuer.as_ref());
        let level = issuer.and_then(|issuer| issuer.level);
        let more = |all: usize, shown: usize| (all > shown).then(|| language.more(all - shown));
        Self {
            w: language.words(),
            number: name(branch, entry, language),
            href: entry.map(|entry| document_address(&entry.id, language)),
            issuer: issuer.map(|issuer| issuer.name.clone()),
            level: level.map(|level| language.level(level).to_owned()),
            date: entry.and_then(|entry| entry.date).map(|date| language.date(date)),
            branches: below
                .map(|branch| Self::at_depth(branch, language, depth + 1))
                .collect(),
            more: more(branch.carried_out_by.len(), drawn),
            absent: branch.absent.iter().take(ABSENT_MOST).cloned().collect(),
            absent_more: more(branch.absent.len(), ABSENT_MOST),
            absent_count: language.number(branch.absent.len()),
        }
    }
}

fn name(branch: &Branch, entry: Option<&Entry>, language: Language) -> String {
    let number = branch.number.as_ref().map(ToString::to_string);
    let named = number.or_else(|| entry.and_then(|entry| entry.title.clone().or(Some(entry.path.clone()))));
    named.unwrap_or_else(|| language.words().no_number.to_owned())
}
