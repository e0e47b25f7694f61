//! UTF-16, with a byte order mark or without.

use memchr::memchr;

use super::Encoding;

/// How many bytes tell whether a text is UTF-16.
const LOOK_BYTES: usize = 4096;

/// Decodes `bytes` if they are UTF-16.
///
/// A cut last character and halves of pairs become `\u{FFFD}`.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    let (rest, encoding) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => (rest, Encoding::Utf16Be),
        _ => (bytes, unmarked(bytes)?),
    };
    let unit = |pair: &[u8]| match encoding {
        Encoding::Utf16Le => u16::from_le_bytes([pair[0], pair[1]]),
        _ => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let pairs = rest.chunks_exact(2);
    let cut = (!pairs.remainder().is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    let characters = char::decode_utf16(pairs.map(unit)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some((characters.chain(cut).collect(), encoding))
}

/// Latin text in UTF-16 has a zero in one byte of most pairs and in the other byte of none.
fn unmarked(bytes: &[u8]) -> Option<Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOK_BYTES)];
    // Of nearly every text this is all that is asked.
    memchr(0, looked_at)?;
    let pairs = looked_at.chunks_exact(2);
    let (mut count, mut first_zero, mut second_zero) = (0, 0, 0);
    for pair in pairs {
        count += 1;
        first_zero += usize::from(pair[0] == 0);
        second_zero += usize::from(pair[1] == 0);
    }
    let most = |zeros: usize| zeros * 2 > count;
    let hardly = |zeros: usize| zeros * 50 < count;
    match (count, first_zero, second_zero) {
        (4.., first, second) if most(second) && hardly(first) => Some(Encoding::Utf16Le),
        (4.., first, second) if most(first) && hardly(second) => Some(Encoding::Utf16Be),
        _ => None,
    }
}
