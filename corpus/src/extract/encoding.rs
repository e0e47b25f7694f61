//! Tells the encodings apart.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::{Encoding, ExtractError, legacy, utf16};

/// The share of control characters, in hundredths, over which something is no text.
const CONTROL_PERCENT: usize = 2;

/// Decodes `bytes` in the encoding that its mark says, or else the first that fits: UTF-8, UTF-16, an old Vietnamese one.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), ExtractError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok((String::from_utf8_lossy(rest).into_owned(), Encoding::Utf8));
    }
    if let Some(decoded) = utf16::decode(bytes) {
        return Ok(decoded);
    }
    refuse_binary(bytes)?;
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Ok(legacy::from_latin(text).unwrap_or_else(|| (text.to_owned(), Encoding::Utf8))),
        Err(_) if is_damaged_utf8(bytes) => Ok((String::from_utf8_lossy(bytes).into_owned(), Encoding::Utf8)),
        Err(_) => Ok(decode_code_page(bytes)),
    }
}

/// A text holds hardly any control characters besides line ends, tabs and page breaks.
fn refuse_binary(bytes: &[u8]) -> Result<(), ExtractError> {
    // Not one branch: of nearly every text, all bytes are looked at in vain, many at once.
    let is_control = |byte: u8| {
        let spared = (9..=13).contains(&byte) & (byte != 11) | (byte == 27);
        (byte < 32) & !spared | (byte == 127)
    };
    let some = |bytes: &[u8]| bytes.iter().fold(false, |some, &byte| some | is_control(byte));
    if !bytes.chunks(1 << 10).any(some) {
        return Ok(());
    }
    let mut offset = None;
    let mut controls = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if is_control(byte) {
            offset = offset.or(Some(at));
            controls += if byte == 0 { 4 } else { 1 };
        }
    }
    match offset {
        Some(offset) if controls * 100 > bytes.len() * CONTROL_PERCENT => Err(ExtractError::Binary { offset }),
        _ => Ok(()),
    }
}

/// Whether this is UTF-8 with a damaged character here and there, or cut off within its last one.
///
/// No page of one-byte letters happens to hold as many well-formed UTF-8 characters as ill-formed ones: in those, a high
/// byte nearly always stands before a plain letter.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none()) {
        return true;
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn decode_code_page(bytes: &[u8]) -> (String, Encoding) {
    let (latin, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    if let Some(decoded) = legacy::from_latin(&latin) {
        return decoded;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"vn"), Utf8Detection::Deny);
    let (text, _) = guess.decode_without_bom_handling(bytes);
    if guess == encoding_rs::WINDOWS_1258 {
        // The code page writes a tone behind its letter; composed, the text meets every other one.
        return (
            vietnamese::normalize::normalize(&text).into_owned(),
            Encoding::Windows1258,
        );
    }
    (text.into_owned(), Encoding::Other(guess.name()))
}
