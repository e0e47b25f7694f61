//! A folder of files in, documents out.

mod bare;
pub mod citations;
pub mod corrections;
pub mod crawl;
pub mod document;
pub mod extract;
pub mod gazetteer;
pub mod layout;
pub mod metadata;
pub mod outline;
pub mod problem;
pub mod read;

pub use document::{Block, BlockKind, Document, DocumentId, Paper};
/// A day of the calendar.
pub use jiff::civil::Date;
pub use read::{read, read_text};
