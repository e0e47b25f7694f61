//! Other documents that a document names.

mod mention;
pub(crate) mod opening;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;

use self::opening::Opening;

use crate::Date;
use crate::document::Paper;
use crate::metadata::{self, DocumentNumber, number};

/// What a document does with one that it cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitationRole {
    /// Rests on it (`Căn cứ …`).
    Basis,
    /// Carries it out (`Thực hiện …`).
    Implements,
    /// Changes, replaces or ends it.
    Amends,
    /// Names it.
    Mentions,
}

/// One document that the text names, with all the places where it does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Its number in canonical form: `143-HD/BTGTW`.
    pub number: DocumentNumber,
    /// The kind that stands before the number (`Hướng dẫn`), where given.
    pub kind: Option<String>,
    /// Its date, where given.
    pub date: Option<Date>,
    /// Who issued it, as the text names the body.
    pub issuer: Option<String>,
    /// Its title, where given.
    pub title: Option<String>,
    /// The strongest thing the document does with it.
    pub role: CitationRole,
    /// 0 to 1.
    pub confidence: f32,
    /// Where it is named.
    pub spans: Vec<Span>,
}

/// Finds the documents that `text` names by one of `numbers`, other than itself, whose number is `own`.
///
/// `opening` tells where the document says what it rests on, up to a byte of the text; it is asked only if one is named.
pub(crate) fn find(
    text: &str,
    numbers: &[number::Found],
    own: Option<&DocumentNumber>,
    opening: impl FnOnce(usize) -> Opening,
) -> Vec<Citation> {
    let others = || numbers.iter().filter(|number| Some(&number.number) != own);
    let Some(last) = others().map(|number| number.start).max() else {
        return Vec::new();
    };
    let opening = opening(last);
    let mut found = Collected::default();
    for number in others() {
        found.add(mention::read(text, number, &opening));
    }
    found.citations
}

/// Finds the documents that `paper` names, other than itself, whose number is `own`.
pub fn read(paper: &Paper<'_>, own: Option<&DocumentNumber>) -> Vec<Citation> {
    let numbers = number::all(paper);
    find(paper.text, &numbers, own, |last| {
        metadata::opening_of(paper, &numbers, last)
    })
}

/// How many places of one citation are kept: a number may stand in thousands.
const MOST_SPANS: usize = 200;

/// Citations so far, and where each number stands among them.
#[derive(Default)]
struct Collected {
    citations: Vec<Citation>,
    of_number: FxHashMap<DocumentNumber, Vec<usize>>,
}

impl Collected {
    /// Joins a mention with the same document named before: same number, and no other date.
    fn add(&mut self, mention: Citation) {
        let known = self.of_number.entry(mention.number.clone()).or_default();
        let same = known.iter().copied().find(|&index| {
            let date = self.citations[index].date;
            date.is_none() || mention.date.is_none() || date == mention.date
        });
        let Some(index) = same else {
            known.push(self.citations.len());
            self.citations.push(mention);
            return;
        };
        let citation = &mut self.citations[index];
        citation.role = citation.role.min(mention.role);
        citation.confidence = citation.confidence.max(mention.confidence);
        citation.kind = citation.kind.take().or(mention.kind);
        citation.date = citation.date.or(mention.date);
        citation.issuer = citation.issuer.take().or(mention.issuer);
        citation.title = citation.title.take().or(mention.title);
        if citation.spans.len() < MOST_SPANS {
            citation.spans.extend(mention.spans);
        }
    }
}
