//! What was doubtful in a document, and where.

use std::fmt;

use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;

/// A doubt about a document: data, not an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is doubtful.
    pub kind: ProblemKind,
    /// Where, if at one place.
    pub span: Option<Span>,
}

/// What may be doubtful; its `Display` is a sentence for who keeps the folder, in English.
///
/// The page says each in the language of its reader, by a match: a new kind does not compile until it has its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemKind {
    /// Bytes of the file are no character.
    LostCharacters {
        /// How many there are behind the first.
        more: usize,
    },
    /// There is a letterhead and nothing below it.
    NoBody,
    /// There is a title and no letterhead above it.
    NoLetterhead,
    /// A second document begins in the same file.
    AnotherDocument,
    /// The day of the header is not in the calendar, or its year is impossible.
    ImpossibleDate,
    /// The header bears days that differ.
    SeveralDates {
        /// How many.
        days: usize,
    },
}

impl ProblemKind {
    /// A name for programs, which stays whatever the sentence becomes.
    pub fn code(self) -> &'static str {
        match self {
            Self::LostCharacters { .. } => "lost-characters",
            Self::NoBody => "no-body",
            Self::NoLetterhead => "no-letterhead",
            Self::AnotherDocument => "another-document",
            Self::ImpossibleDate => "impossible-date",
            Self::SeveralDates { .. } => "several-dates",
        }
    }

    /// The field or stage it is about: `date`, `layout`, `extract`.
    pub fn about(self) -> &'static str {
        match self {
            Self::LostCharacters { .. } => "extract",
            Self::NoBody | Self::NoLetterhead | Self::AnotherDocument => "layout",
            Self::ImpossibleDate | Self::SeveralDates { .. } => "date",
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LostCharacters { more: 0 } => {
                f.write_str("bytes that are no character were replaced by \u{FFFD}")
            }
            Self::LostCharacters { more } => write!(
                f,
                "bytes that are no character were replaced by \u{FFFD}, and {more} more places like it"
            ),
            Self::NoBody => f.write_str("there is a letterhead and no text below it: the scan may be incomplete"),
            Self::NoLetterhead => f.write_str(
                "there is no letterhead above the title: number, issuer and date come from elsewhere in the text, or are unknown",
            ),
            Self::AnotherDocument => f.write_str(
                "another document begins here: split the file, or search finds both under the facts of the first",
            ),
            Self::ImpossibleDate => f.write_str(
                "The day of the header is not in the calendar, or its year is impossible; the date is left unknown.",
            ),
            Self::SeveralDates { days } => {
                write!(f, "The header bears {days} different days; the first with a place is taken.")
            }
        }
    }
}
