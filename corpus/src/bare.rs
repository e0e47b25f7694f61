//! The bare letters of a text: what is left when case, marks and the difference of Đ and D are taken away.
//!
//! Headers are matched on bare letters, so that clean text, text without marks and scanned text are read by one rule.

/// The bare letters of U+00C0 to U+01B4; `-` where there is none.
const LATIN: &[u8; 245] = b"aaaaaa-ceeeeiiiidnooooo--uuuuy--aaaaaa-ceeeeiiiidnooooo--uuuuy-yaaaaaaccccccccddddeeeeeeeeeegggggggghh--iiiiiiiii---jjkk-llllll----nnnnnn---oooooo--rrrrrrsssssssstttt--uuuuuuuuuuuuwwyyyzzzzzz---------------------------------oo-------------uu----";
/// The bare letters of U+1E00 to U+1EFF.
const VIETNAMESE: &[u8; 256] = b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy------aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy------";

/// What a character is to a reader of bare letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bare {
    /// A letter or digit, as lower-case ASCII.
    Letter(u8),
    /// A mark that belongs to the letter before it.
    Mark,
    /// White space, punctuation, anything else.
    Gap,
}

/// The bare letter of `c`: `ậ` and `A` are `a`, `Đ` is `d`.
///
/// The signs `¢`, `$` and `€` stand for the letters that scanners take them for.
pub(crate) fn bare(c: char) -> Bare {
    let letter = match u32::from(c) {
        code @ 0..0x80 => match code as u8 {
            byte @ (b'0'..=b'9' | b'a'..=b'z') => byte,
            byte @ b'A'..=b'Z' => byte.to_ascii_lowercase(),
            b'$' => b's',
            _ => b'-',
        },
        0xA2 => b'c',
        0x20AC => b'e',
        code @ 0xC0..=0x1B4 => LATIN[code as usize - 0xC0],
        code @ 0x1E00..=0x1EFF => VIETNAMESE[code as usize - 0x1E00],
        0x300..=0x36F => return Bare::Mark,
        _ => b'-',
    };
    if letter == b'-' {
        Bare::Gap
    } else {
        Bare::Letter(letter)
    }
}

/// The bare letters of `text`, without anything between them: `Tỉnh ủy` is `tinhuy`.
pub(crate) fn squeeze(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    squeeze_onto(text, &mut letters);
    letters
}

/// Puts the bare letters of `text` behind `letters`, as [`squeeze`] gives them.
pub(crate) fn squeeze_onto(text: &str, letters: &mut String) {
    letters.extend(text.chars().filter_map(|c| match bare(c) {
        Bare::Letter(letter) => Some(char::from(letter)),
        Bare::Mark | Bare::Gap => None,
    }));
}

/// The bare words of `text` with one space between them: `Tỉnh  ủy,` is `tinh uy`.
pub(crate) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match bare(c) {
            Bare::Letter(letter) => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(char::from(letter));
            }
            Bare::Mark => {}
            Bare::Gap => gap = true,
        }
    }
    out
}

/// What an error costs at most; see [`distance`].
pub(crate) const LETTER: u32 = 10;

/// What a usual confusion costs; half of a letter more or less.
const CONFUSION: u32 = 4;

/// Letters that scanners take for one another, as unordered pairs.
const CONFUSED: &[&[u8]] = &[
    b"o0", b"o6", b"oc", b"oe", b"ce", b"o9", b"c6", b"e6", b"e9", b"ea", b"oq", b"gq", b"g9", b"il", b"i1", b"l1",
    b"it", b"tl", b"t1", b"ij", b"i7", b"dp", b"db", b"bp", b"b6", b"b8", b"p0", b"hb", b"hn", b"hi", b"uv", b"uw",
    b"vw", b"uu", b"yv", b"un", b"nm", b"mn", b"a4", b"ad", b"a3", b"s5", b"s8", b"s6", b"z2", b"ef", b"fp", b"rt",
    b"tf", b"ft", b"rn", b"u0", b"uo", b"ao", b"ai", b"gy", b"wo", b"kl", b"ki", b"if",
];

/// Which letters are confused with which, by ASCII code.
static IS_CONFUSED: [[bool; 128]; 128] = {
    let mut table = [[false; 128]; 128];
    let mut index = 0;
    while index < CONFUSED.len() {
        let (a, b) = (CONFUSED[index][0] as usize, CONFUSED[index][1] as usize);
        table[a][b] = true;
        table[b][a] = true;
        index += 1;
    }
    table
};

/// A bit for each letter and digit, and one for all else, by ASCII code.
static BITS: [u64; 128] = {
    let mut table = [1 << 63; 128];
    let mut letter = 0;
    while letter < 26 {
        table[b'a' as usize + letter] = 1 << letter;
        letter += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        table[b'0' as usize + digit] = 1 << (26 + digit);
        digit += 1;
    }
    table
};

/// Each letter and those that it is confused with, as bits.
static RESEMBLING: [u64; 128] = {
    let mut table = [0; 128];
    let mut letter = 0;
    while letter < 128 {
        let mut other = 0;
        while other < 128 {
            if letter == other || IS_CONFUSED[letter][other] {
                table[letter] |= BITS[other];
            }
            other += 1;
        }
        letter += 1;
    }
    table
};

/// What reading `want` as `got` costs.
fn substitution(got: u8, want: u8) -> u32 {
    if got == want {
        0
    } else if IS_CONFUSED[(got & 127) as usize][(want & 127) as usize] {
        CONFUSION
    } else {
        LETTER
    }
}

/// What a letter more or less costs.
const GAP: u32 = 8;

/// How far the scanned letters `got` are from the letters `want`: a letter more or less costs 8, a wrong one 10, one of
/// the usual confusions (`đ` read as `p`, `o` as `6`) 4.
pub(crate) fn distance(got: &[u8], want: &[u8]) -> u32 {
    bounded_distance(got, want, u32::MAX)
}

/// [`distance`], or anything above `most` as soon as it is sure to be above.
pub(crate) fn bounded_distance(got: &[u8], want: &[u8], most: u32) -> u32 {
    let apart = got.len().abs_diff(want.len()) as u32 * GAP;
    if apart > most {
        return apart;
    }
    // What agrees at both ends costs nothing, and to read it otherwise is never cheaper.
    let same = got.iter().zip(want).take_while(|(got, want)| got == want).count();
    let (got, want) = (&got[same..], &want[same..]);
    let pairs = got.iter().rev().zip(want.iter().rev());
    let same = pairs.take_while(|(got, want)| got == want).count();
    let (got, want) = (&got[..got.len() - same], &want[..want.len() - same]);
    if got.is_empty() || want.is_empty() {
        return apart;
    }
    if least_distance(got, want, most) > most {
        return most + 1;
    }
    with_column(want.len(), |column| {
        for at in 0..got.len() {
            let least = step(column, got, want, at, most);
            if least > most {
                return least;
            }
        }
        column[want.len()]
    })
}

/// A distance that is never above the true one: what of `want` stands nowhere in `got` is misread at least, and what
/// resembles nothing there is missing. Above `most` it is not reckoned to its end.
fn least_distance(got: &[u8], want: &[u8], most: u32) -> u32 {
    let (mut here, mut resembled) = (0, 0);
    for &letter in got {
        here |= BITS[usize::from(letter & 127)];
        resembled |= RESEMBLING[usize::from(letter & 127)];
    }
    let mut least = 0;
    for &letter in want {
        let bit = BITS[usize::from(letter & 127)];
        least += CONFUSION * (u32::from(here & bit == 0) + u32::from(resembled & bit == 0));
        if least > most {
            break;
        }
    }
    least
}

/// How many letters of `got` are the likest to `want` from the first one on, and how far they are; none if that is more
/// than `most`.
pub(crate) fn nearest_prefix(got: &[u8], want: &[u8], most: u32) -> Option<(usize, u32)> {
    with_column(want.len(), |column| {
        let mut nearest = (0, column[want.len()]);
        for at in 0..got.len() {
            if step(column, got, want, at, most) > most {
                break;
            }
            if column[want.len()] < nearest.1 {
                nearest = (at + 1, column[want.len()]);
            }
        }
        (nearest.1 <= most).then_some(nearest)
    })
}

/// The cost of reading each prefix of `want` as each prefix of `got`: a row for each of these, the empty one first.
pub(crate) fn prefix_distances(got: &[u8], want: &[u8]) -> Vec<Vec<u32>> {
    let mut row: Vec<u32> = (0..=want.len() as u32).map(|n| n * GAP).collect();
    let mut rows = Vec::with_capacity(got.len() + 1);
    for at in 0..got.len() {
        rows.push(row.clone());
        step(&mut row, got, want, at, u32::MAX);
    }
    rows.push(row);
    rows
}

/// Calls `reckon` with the costs of reading each prefix of `length` letters as nothing.
fn with_column<T>(length: usize, reckon: impl FnOnce(&mut [u32]) -> T) -> T {
    let mut short = [0; 48];
    let mut long;
    let column: &mut [u32] = if length < short.len() {
        &mut short[..=length]
    } else {
        long = vec![0; length + 1];
        &mut long
    };
    for (row, cost) in column.iter_mut().enumerate() {
        *cost = row as u32 * GAP;
    }
    reckon(column)
}

/// Takes the letter `at` of `got` into the costs of the prefixes of `want`; gives the least of them.
///
/// Prefixes so much longer or shorter than `got` that the gaps alone cost more than `most` are left out.
fn step(column: &mut [u32], got: &[u8], want: &[u8], at: usize, most: u32) -> u32 {
    const FAR: u32 = u32::MAX / 2;
    let reach = (most / GAP) as usize;
    let low = (at + 1).saturating_sub(reach).clamp(1, want.len().max(1));
    let high = want.len().min(at + 1 + reach);
    let mut diagonal = column[low - 1];
    column[low - 1] = if low == 1 { (at as u32 + 1) * GAP } else { FAR };
    let mut least = column[low - 1];
    for row in low..=high {
        let replaced = diagonal + substitution(got[at], want[row - 1]);
        diagonal = column[row];
        column[row] = replaced.min(column[row - 1] + GAP).min(diagonal + GAP);
        least = least.min(column[row]);
    }
    least
}

/// Whether `got` may be `want` as a scanner read it: at most about every fourth letter wrong.
pub(crate) fn alike(got: &str, want: &str) -> bool {
    if got == want {
        return true;
    }
    let (got, want) = (got.as_bytes(), want.as_bytes());
    if want.len() < 2 || got.len().abs_diff(want.len()) > 2 {
        return false;
    }
    // Most words are refused here.
    if got.is_empty() || !begin_alike(got, want) {
        return false;
    }
    let allowed = match want.len() {
        2 => 4,
        3 => 8,
        4 => 12,
        length => length as u32 * 3,
    };
    bounded_distance(got, want, allowed) <= allowed
}

/// Which of some words a scanned one may be, by a look at their first letters: most are refused at once.
#[derive(Debug)]
pub(crate) struct FirstLook {
    /// For each first and second letter, the words that may begin so, a bit each.
    words: Vec<u128>,
}

impl FirstLook {
    /// The letters and digits, and none.
    const SIGNS: usize = 37;

    /// Looks for up to 128 words of at least two bare letters.
    pub fn at<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let letters = || (b'0'..=b'9').chain(b'a'..=b'z');
        let mut look = Self {
            words: vec![0; Self::SIGNS * Self::SIGNS],
        };
        for (at, word) in words.into_iter().enumerate() {
            for first in letters() {
                for second in letters().map(Some).chain([None]) {
                    let got = [first, second.unwrap_or(0)];
                    let got = &got[..1 + usize::from(second.is_some())];
                    if begin_alike(got, word.as_bytes()) {
                        look.words[Self::place(got)] |= 1 << at;
                    }
                }
            }
        }
        look
    }

    /// The places, in order, of the words that `got` may be; [`alike`] tells.
    pub fn may_be(&self, got: &str) -> impl Iterator<Item = usize> + use<> {
        let mut left = match got {
            "" => 0,
            got => self.words[Self::place(got.as_bytes())],
        };
        std::iter::from_fn(move || {
            let at = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(at)
        })
    }

    fn place(got: &[u8]) -> usize {
        let sign = |at: usize| match got.get(at) {
            Some(digit @ b'0'..=b'9') => usize::from(digit - b'0'),
            Some(letter) => usize::from(letter.wrapping_sub(b'a')).min(25) + 10,
            None => Self::SIGNS - 1,
        };
        sign(0) * Self::SIGNS + sign(1)
    }
}

/// Whether one of the first letters is right, or nearly.
fn begin_alike(got: &[u8], want: &[u8]) -> bool {
    substitution(got[0], want[0]) < LETTER
        || got.get(1) == Some(&want[0])
        || want.get(1) == Some(&got[0])
        || got.get(1) == want.get(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The distance by the whole table.
    fn plain_distance(got: &[u8], want: &[u8]) -> u32 {
        let rows = prefix_distances(got, want);
        rows[got.len()][want.len()]
    }

    proptest! {
        #[test]
        fn a_first_look_misses_nothing(got in "[a-z0-9]{1,5}", words in prop::collection::vec("[a-z0-9]{2,5}", 1..9)) {
            let look = FirstLook::at(words.iter().map(String::as_str));
            let found: Vec<usize> = look.may_be(&got).filter(|&at| alike(&got, &words[at])).collect();
            let all: Vec<usize> = (0..words.len()).filter(|&at| alike(&got, &words[at])).collect();
            prop_assert_eq!(found, all);
        }

        #[test]
        fn bounds_change_no_distance_within_them(got in "[adgino06]{0,9}", want in "[adgino06]{0,9}", most in 0u32..90) {
            let (got, want) = (got.as_bytes(), want.as_bytes());
            let far = plain_distance(got, want);
            let bounded = bounded_distance(got, want, most);
            let is_right = if far <= most { bounded == far } else { bounded > most };
            prop_assert!(is_right, "{} of {}", bounded, far);
            let costs: Vec<u32> = (0..=got.len()).map(|end| plain_distance(&got[..end], want)).collect();
            let nearest = costs.iter().copied().enumerate().min_by_key(|(_, cost)| *cost);
            prop_assert_eq!(nearest_prefix(got, want, most), nearest.filter(|(_, cost)| *cost <= most));
        }
    }

    #[test]
    fn marks_case_and_stroke_go() {
        assert_eq!(squeeze("Đảng ủy Ủy ban"), "danguyuyban");
        assert_eq!(words("Thừa  Thiên - Huế, NĐ"), "thua thien hue nd");
        assert_eq!(squeeze("Đảng"), "dang");
    }

    #[test]
    fn usual_confusions_are_near() {
        assert!(alike("pong", "dong"));
        assert!(alike("ngdy", "ngay"));
        assert!(alike("ndam", "nam"));
        assert!(!alike("tinh", "huyen"));
        assert!(distance(b"ldambeng", b"lamdong") < distance(b"ldambeng", b"haiphong"));
    }
}
