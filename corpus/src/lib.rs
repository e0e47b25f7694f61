//! A folder of files in, documents out.

pub mod citations;
pub mod document;
pub mod metadata;
pub mod outline;
pub mod problem;

pub use document::{Block, BlockKind, Document, DocumentId};
/// A day of the calendar.
pub use jiff::civil::Date;
