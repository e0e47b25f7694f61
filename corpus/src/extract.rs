//! From bytes to text.

/// Why a file gave no text.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not text in any encoding known here.
    #[error("the file is not text: byte {offset} does not occur in texts")]
    Binary {
        /// Where the first such byte stands.
        offset: usize,
    },
}

/// Decodes `bytes` to text, whatever its encoding.
///
/// # Errors
///
/// When there is nothing in it, or no text.
pub fn text(bytes: &[u8]) -> Result<String, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::Empty);
    }
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ExtractError::Binary { offset });
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
