//! How many capitals, small letters and digits a line has.

/// How many characters of each sort a line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sorts {
    /// All characters.
    pub chars: u32,
    /// Capital letters.
    pub capitals: u32,
    /// Small letters.
    pub small: u32,
    /// The digits 0 to 9.
    pub digits: u32,
}

impl Sorts {
    /// Counts the characters of `text`.
    pub fn of(text: &str) -> Self {
        Self::by_bytes(text.as_bytes()).unwrap_or_else(|| Self::one_by_one(text))
    }

    /// Counts them by their bytes, many at once; none where there are others than those of Vietnamese.
    fn by_bytes(bytes: &[u8]) -> Option<Self> {
        let mut sorts = Self::default();
        let (mut wide, mut known) = (0, 0);
        let mut add = |counts: Counts| {
            let [chars, capitals, small, digits, some_wide, some_known] = counts.map(u32::from);
            sorts.chars += chars;
            sorts.capitals += capitals;
            sorts.small += small;
            sorts.digits += digits;
            wide += some_wide;
            known += some_known;
        };
        let (first, second) = (bytes.first().copied()?, bytes.get(1).copied());
        add(counts(0, 0, first));
        second.into_iter().for_each(|second| add(counts(0, first, second)));
        for from in (2..bytes.len()).step_by(usize::from(u8::MAX)) {
            let to = bytes.len().min(from + usize::from(u8::MAX));
            let before = bytes[from - 2..to - 2].iter().zip(&bytes[from - 1..to - 1]);
            let mut sum = Counts::default();
            for ((&two, &one), &byte) in before.zip(&bytes[from..to]) {
                let more = counts(two, one, byte);
                for (sum, more) in sum.iter_mut().zip(more) {
                    *sum += more;
                }
            }
            add(sum);
        }
        (wide == known).then_some(sorts)
    }

    fn one_by_one(text: &str) -> Self {
        let mut sorts = Self::default();
        for c in text.chars() {
            sorts.chars += 1;
            sorts.capitals += u32::from(c.is_uppercase());
            sorts.small += u32::from(c.is_lowercase());
            sorts.digits += u32::from(c.is_ascii_digit());
        }
        sorts
    }
}

/// Characters, capitals, small letters, digits; characters of several bytes, and how many of those are known.
type Counts = [u8; 6];

/// What `byte` adds, behind the bytes `two` and `one`: a letter of several bytes is counted with its last one.
///
/// There are no branches, so that many bytes are counted at once.
fn counts(two: u8, one: u8, byte: u8) -> Counts {
    let (even, is_odd) = (byte & !1, byte & 1 == 1);
    // À to ÿ: first the capitals.
    let is_latin = one == 0xC3;
    // Ă Đ Ĩ, Ũ, Ơ, and Ạ to ỹ: a capital, then its small letter.
    let takes_turns = (one == 0xC4) & ((even == 0x82) | (even == 0x90) | (even == 0xA8))
        | (one == 0xC5) & (even == 0xA8)
        | (one == 0xC6) & (even == 0xA0)
        | (two == 0xE1) & ((one == 0xBA) & (byte >= 0xA0) | (one == 0xBB) & (byte <= 0xB9));
    // Ư and ư.
    let is_horned = (one == 0xC6) & ((byte == 0xAF) | (byte == 0xB0));
    // Dashes, quotes and blanks of print.
    let is_print = (two == 0xE2) & (one == 0x80);
    let is_capital = byte.is_ascii_uppercase()
        | is_latin & (byte < 0x9F) & (byte != 0x97)
        | takes_turns & !is_odd
        | is_horned & is_odd;
    let is_small = byte.is_ascii_lowercase()
        | is_latin & (byte >= 0x9F) & (byte != 0xB7)
        | takes_turns & is_odd
        | is_horned & !is_odd;
    [
        byte & 0xC0 != 0x80,
        is_capital,
        is_small,
        byte.is_ascii_digit(),
        byte >= 0xC0,
        is_latin | takes_turns | is_horned | is_print,
    ]
    .map(u8::from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_character_is_of_its_sort() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(Sorts::of(&text), Sorts::one_by_one(&text), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn sorts_are_counted_many_at_once(text in "([a-zA-ZĐđ0-9ệỆƯư –]{0,300}|.){0,4}") {
            prop_assert_eq!(Sorts::of(&text), Sorts::one_by_one(&text));
        }
    }
}
