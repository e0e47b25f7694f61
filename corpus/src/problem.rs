//! What was doubtful in a document, and where.

use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;

/// A doubt about a document: data, not an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The field or stage it is about: `date`, `issuer`, `layout`.
    pub about: String,
    /// A sentence for the reader of a report, in English.
    pub message: String,
    /// Where, if at one place.
    pub span: Option<Span>,
}
