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
    text.chars()
        .filter_map(|c| match bare(c) {
            Bare::Letter(letter) => Some(char::from(letter)),
            Bare::Mark | Bare::Gap => None,
        })
        .collect()
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

/// What reading `want` as `got` costs.
fn substitution(got: u8, want: u8) -> u32 {
    if got == want {
        0
    } else if IS_CONFUSED[(got & 127) as usize][(want & 127) as usize] {
        4
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
    let mut short = [0; 48];
    let mut long;
    let column: &mut [u32] = if want.len() < short.len() {
        &mut short[..=want.len()]
    } else {
        long = vec![0; want.len() + 1];
        &mut long
    };
    for (row, cost) in column.iter_mut().enumerate() {
        *cost = row as u32 * GAP;
    }
    for &letter in got {
        let mut diagonal = column[0];
        column[0] += GAP;
        let mut least = column[0];
        for (row, &wanted) in want.iter().enumerate() {
            let replaced = diagonal + substitution(letter, wanted);
            diagonal = column[row + 1];
            column[row + 1] = replaced.min(column[row] + GAP).min(diagonal + GAP);
            least = least.min(column[row + 1]);
        }
        if least > most {
            return least;
        }
    }
    column[want.len()]
}

/// The cost of reading `want` as each prefix of `got`, the empty one first.
pub(crate) fn prefix_distances(got: &[u8], want: &[u8]) -> Vec<u32> {
    let mut column: Vec<u32> = (0..=want.len() as u32).map(|n| n * GAP).collect();
    let mut ends = Vec::with_capacity(got.len() + 1);
    ends.push(column[want.len()]);
    for &letter in got {
        let mut diagonal = column[0];
        column[0] += GAP;
        for (row, &wanted) in want.iter().enumerate() {
            let replaced = diagonal + substitution(letter, wanted);
            diagonal = column[row + 1];
            column[row + 1] = replaced.min(column[row] + GAP).min(diagonal + GAP);
        }
        ends.push(column[want.len()]);
    }
    ends
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
    // One of the first letters is right, or nearly: most words are refused here.
    let near = |a: u8, b: u8| substitution(a, b) < LETTER;
    if got.is_empty()
        || !(near(got[0], want[0])
            || got.get(1) == Some(&want[0])
            || want.get(1) == Some(&got[0])
            || got.get(1) == want.get(1))
    {
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

#[cfg(test)]
mod tests {
    use super::*;

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
