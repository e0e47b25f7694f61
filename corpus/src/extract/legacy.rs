//! Text that only the fonts of the nineties drew as Vietnamese: `Ban ChÊp hµnh Trung ¬ng`.

use vietnamese::legacy;

use super::Encoding;

/// How much of a text is searched for letters that no such font has, in characters.
const LOOK_CHARS: usize = 4096;

/// Decodes `latin`, bytes read as Western letters or saved as such, if an old font was meant.
pub(super) fn from_latin(latin: &str) -> Option<(String, Encoding)> {
    // Nearly every text stops here, at its first `ư`, `đ` or `ế`.
    let mut letters = latin.chars().take(LOOK_CHARS);
    if letters.any(|c| matches!(c, 'đ' | 'ơ' | 'ư' | 'Ơ' | 'Ư' | '\u{1EA0}'..='\u{1EF9}' | '\u{300}'..='\u{36F}'))
    {
        return None;
    }
    let encoding = legacy::detect(latin)?;
    let name = match encoding {
        legacy::Encoding::Tcvn3 => Encoding::Tcvn3,
        legacy::Encoding::VniWindows => Encoding::Vni,
    };
    Some((legacy::decode(latin, encoding).text, name))
}
