//! The parts of a document and what each is for.

mod numbering;
mod role;
mod sections;
mod tasks;
mod title;

use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;

use crate::Date;

pub use sections::sections;
pub use tasks::tasks;

/// What a top section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Mục đích, yêu cầu.
    Purpose,
    /// Nội dung.
    Content,
    /// Nhiệm vụ, giải pháp.
    Measures,
    /// Hình thức, đối tượng.
    Form,
    /// Thời gian, địa điểm.
    Time,
    /// Tổ chức thực hiện.
    Execution,
    /// Nơi nhận.
    Recipients,
}

/// A part, section, article or point with its heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its depth, 1 for the top.
    pub level: u8,
    /// The sign it is counted by, repaired: `I.`, `1.1.`, `Điều 5.`, `a)`.
    pub marker: String,
    /// Its title, in the case it would have in a sentence if the heading is in capitals.
    pub title: String,
    /// What it is for, where its title says so; inner sections inherit nothing.
    pub role: Option<Role>,
    /// Its heading line in the text.
    pub heading: Span,
    /// The whole section, heading and inner sections included.
    pub span: Span,
}

/// Work given to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Who: the body as the text names it.
    pub assignee: String,
    /// What, as the text says it.
    pub action: String,
    /// By when, where a day is named.
    pub due: Option<Date>,
    /// Where it stands.
    pub span: Span,
}
