//! A folder of files in, documents out.
//!
//! A paper goes through these rooms, in this order:
//!
//! 1. [`crawl`] finds the files of a folder and tells what cannot be read.
//! 2. [`extract`] decodes their bytes, whatever the encoding.
//! 3. `vietnamese::restore` reads what a scanner spoiled; scan and reading are both kept.
//! 4. [`layout`] joins lines back to blocks: letterhead, title, headings, paragraphs, signature, recipients.
//! 5. [`outline`] finds the sections, what each is for, and the work that is given to somebody.
//! 6. [`metadata`] and [`citations`] read the facts, each with its evidence and how sure it is.
//! 7. [`signers`] lend the names that others of the folder spell.
//! 8. [`corrections`] let a person have the last word.
//!
//! [`read()`] does 2 to 6 for one file and never fails for a text: what is doubtful is a [`problem`] of the [`Document`].
//!
//! ```
//! use vietnamese::restore::Restorer;
//! let page = "Số 69-KH/BTGTU\n\nKẾ HOẠCH\ntriển khai đợt sinh hoạt chính trị\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n- Giúp cán bộ nhận thức sâu sắc.\n";
//! let document = corpus::read(page.as_bytes(), &Restorer::new())?;
//! assert_eq!(document.outline[0].title, "Mục đích, yêu cầu");
//! # Ok::<(), corpus::extract::ExtractError>(())
//! ```

mod bare;
pub mod citations;
pub mod corrections;
pub mod crawl;
pub mod document;
pub mod extract;
pub mod gazetteer;
mod key_phrases;
pub mod layout;
pub mod metadata;
pub mod outline;
pub mod problem;
pub mod read;
pub mod signers;

pub use document::{Block, BlockKind, Document, DocumentId, Paper};
/// A day of the calendar.
pub use jiff::civil::Date;
pub use read::{Draft, read, read_text};
