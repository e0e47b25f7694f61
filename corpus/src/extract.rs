//! From bytes to text: which encoding a file is in, and what it says.
//!
//! Line ends become `\n`; nothing else of a text is changed here. Page breaks (form feeds), web-page signs and double
//! spaces stay: they tell the layout something.

mod encoding;
mod legacy;
mod utf16;

use memchr::{memchr, memmem};

use crate::problem::{Problem, ProblemKind};
use vietnamese::offsets::Span;

/// Why a file gave no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// Nothing in it, or white space alone.
    #[error("the file is empty; if it should not be, save it again")]
    Empty,
    /// Not text in any encoding known here.
    #[error("the file is not text (byte {offset} occurs in none); export it as text, or rename it to leave it out")]
    Binary {
        /// Where the first such byte stands.
        offset: usize,
    },
}

/// The text of a file, and what was doubtful in reading its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// The text.
    pub text: String,
    /// Which encoding it was read in.
    pub encoding: Encoding,
    /// Bytes that say nothing in that encoding.
    pub problems: Vec<Problem>,
}

/// How a file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1258, the Vietnamese code page of Windows.
    Windows1258,
    /// TCVN 5712 (`.Vn…` fonts), in bytes or already turned into Latin letters: `Ban ChÊp hµnh`.
    Tcvn3,
    /// VNI for Windows, in bytes or already turned into Latin letters.
    Vni,
    /// Another encoding, as the detector of web browsers guesses it.
    Other(&'static str),
}

/// Decodes `bytes` to text, whatever its encoding.
///
/// ```
/// let utf16 = b"\xFF\xFE\x10\x01\xA3\x1E\x6E\x00\x67\x00";
/// assert_eq!(corpus::extract::text(utf16)?, "Đảng");
/// # Ok::<(), corpus::extract::ExtractError>(())
/// ```
///
/// # Errors
///
/// When there is nothing in it, or no text.
pub fn text(bytes: &[u8]) -> Result<String, ExtractError> {
    extract(bytes).map(|extracted| extracted.text)
}

/// Decodes `bytes` to text, and tells in which encoding and with what doubts.
///
/// # Errors
///
/// When there is nothing in it, or no text.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let (text, encoding) = encoding::decode(bytes)?;
    let text = with_plain_line_ends(text);
    if text.trim().is_empty() {
        return Err(ExtractError::Empty);
    }
    let problems = lost_characters(&text);
    Ok(Extracted {
        text,
        encoding,
        problems,
    })
}

fn with_plain_line_ends(text: String) -> String {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Tells once of all places where the decoder found no character.
fn lost_characters(text: &str) -> Vec<Problem> {
    const SIGN: &str = "\u{FFFD}";
    let mut places = memmem::find_iter(text.as_bytes(), SIGN);
    let Some(first) = places.next() else {
        return Vec::new();
    };
    let more = places.count();
    vec![Problem {
        kind: ProblemKind::LostCharacters { more },
        span: Some(Span::new(first, first + SIGN.len())),
    }]
}

#[cfg(test)]
mod tests;
