//! Other documents that a document names.

use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;

use crate::Date;
use crate::document::Paper;
use crate::metadata::DocumentNumber;

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

/// Finds the documents that `paper` names, other than itself, whose number is `own`.
pub fn read(paper: &Paper<'_>, own: Option<&DocumentNumber>) -> Vec<Citation> {
    let _ = (paper, own);
    Vec::new()
}
