//! The marks of a letterhead, each known for itself: motto, number, place and day.

use crate::bare::{self, Bare};
use crate::layout::letters::{Letters, like};
use crate::layout::line::Line;

/// Longer lines are running text.
const LINE_CHARS: u32 = 120;

/// What of the letterhead a line carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Anchors {
    /// The name of the Party or the motto of the State.
    pub motto: bool,
    /// The document's own number.
    pub number: bool,
    /// Place and date.
    pub date: bool,
}

impl Anchors {
    /// How many of the three.
    pub fn count(self) -> u32 {
        u32::from(self.motto) + u32::from(self.number) + u32::from(self.date)
    }

    /// The two together.
    pub fn and(self, other: Self) -> Self {
        Self {
            motto: self.motto || other.motto,
            number: self.number || other.number,
            date: self.date || other.date,
        }
    }
}

/// Looks for the marks of a letterhead in a line, and tells where the motto, or else place and day, begin, in bytes.
pub(super) fn anchors(line: &Line<'_>) -> (Anchors, Option<usize>) {
    if line.chars > LINE_CHARS {
        return (Anchors::default(), None);
    }
    let (motto, date) = (motto(line), date(line));
    let anchors = Anchors {
        motto: motto.is_some(),
        number: is_number(line),
        date: date.is_some(),
    };
    (anchors, motto.or(date))
}

/// Where the right column's motto begins, in bytes of the line.
fn motto(line: &Line<'_>) -> Option<usize> {
    const MOTTOS: [&str; 4] = [
        "dangcongsanvietnam",
        "conghoaxahoichunghia",
        "doclaptudohanhphuc",
        "doclaptudo",
    ];
    let plausible = line.chars <= LINE_CHARS && (line.leads_with_capitals() || line.text.contains(" - "));
    if !plausible || line.digits > 12 {
        return None;
    }
    let letters = Letters::of(line.text);
    MOTTOS
        .iter()
        .find_map(|motto| letters.find_like(motto))
        .map(|found| letters.at[found.start])
}

/// Whether the line is the document's own number: `Số 69-KH/BTGTU`, `Số: 08/2025/NQ-CP`, `Số:`.
fn is_number(line: &Line<'_>) -> bool {
    let Some(behind) = behind_so(line.text) else {
        return line.chars <= 30 && starts_with_symbol(line.text);
    };
    let behind = behind.trim_start_matches([':', '.', ' ', '\u{a0}', '-']);
    behind.is_empty()
        || (line.chars <= 90 && behind.bytes().take(24).any(|byte| byte == b'/') && is_symbol_ahead(behind))
}

/// What stands behind the word `Số`, in any of its readings: `S6`, `Sé`, `$6`, `SỐ`.
fn behind_so(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if !matches!(first, 'S' | 's' | '$' | '8' | '5') {
        return None;
    }
    let second = chars.next()?;
    let vowel = matches!(
        bare::bare(second),
        Bare::Letter(b'o' | b'6' | b'0' | b'e' | b'a' | b'b' | b'd')
    );
    let rest = chars.as_str().trim_start_matches(|c| bare::bare(c) == Bare::Mark);
    (vowel && !rest.starts_with(|c: char| c.is_alphabetic())).then_some(rest)
}

/// Whether digits or dots and then a symbol in capitals stand here: `37 -KH/TU`, `…/KH-UBND`.
fn is_symbol_ahead(text: &str) -> bool {
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '…' | '_' | '-' | '/' | '–'));
    let mut letters = rest.chars().take_while(|c| c.is_alphabetic());
    let first_two = [letters.next(), letters.next()];
    first_two.into_iter().flatten().filter(|c| c.is_uppercase()).count() >= 1
}

fn starts_with_symbol(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('/') && text.contains(['-', '–']) && {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/'));
        rest.chars().take(2).all(char::is_uppercase) && !rest.is_empty()
    }
}

/// Whether a document's number stands in the line, filled in: `69-KH/BTGTU`, not `…/QĐ-UBND`.
pub(super) fn has_number(text: &str) -> bool {
    text.match_indices('/').any(|(at, _)| {
        let before = text[..at].trim_end_matches(|c: char| c.is_alphabetic());
        let before = before.trim_end_matches([' ', '-', '–']);
        before.ends_with(|c: char| c.is_ascii_digit()) && text[at + 1..].starts_with(|c: char| c.is_alphanumeric())
    })
}

/// Whether a day stands in the line, filled in: at least three numbers, the last one a year of four digits.
pub(super) fn has_day(line: &Line<'_>) -> bool {
    let mut numbers = line
        .text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    let last_is_year = numbers
        .next_back()
        .is_some_and(|digits| digits.len() == 4 && digits.starts_with(['1', '2']));
    last_is_year && numbers.count() >= 2 && date(line).is_some()
}

/// Where `Lâm Đồng, ngày 16 tháng 4 năm 2024` begins, in bytes of the line.
fn date(line: &Line<'_>) -> Option<usize> {
    let may_be = (3..=24).contains(&line.digits) && (12..=LINE_CHARS).contains(&line.chars);
    if !may_be || !has_day_behind_place(line.text) {
        return None;
    }
    let letters = Letters::of(line.text);
    let day = letters.find_like("ngay")?;
    let month = letters.bare[day.end..]
        .windows(5)
        .take(12)
        .position(|window| like(window, "thang").is_some())?;
    let behind = &letters.bare[(day.end + month + 5).min(letters.bare.len())..];
    if behind.len() > 14 {
        return None;
    }
    // The place stands before a comma, in capitalized words; without one the line is a sentence.
    let before = line.text[..letters.at[day.start]].trim_end();
    let place = before.strip_suffix([',', '.', ';'])?;
    let start = place_start(place);
    // A place whose capitals were lost is the whole of a short line.
    let is_lost = start >= place.trim_end().len();
    if is_lost && place.chars().count() > 24 {
        return None;
    }
    Some(if is_lost { 0 } else { start })
}

/// Whether something like `ngày` stands directly behind a sign that ends a place: a cheap look at the line.
fn has_day_behind_place(text: &str) -> bool {
    const LABEL: &str = "ngay";
    let ends_place = text.match_indices([',', '.', ';']).map(|(at, _)| at + 1);
    ends_place.map(|at| text[at..].trim_start()).any(|behind| {
        // As many letters as are looked at to find the label.
        let mut letters = [0; LABEL.len() + 2];
        let mut count = 0;
        for c in behind.chars() {
            match bare::bare(c) {
                Bare::Letter(letter) => letters[count] = letter,
                _ if count == 0 => return false,
                _ => continue,
            }
            count += 1;
            if count == letters.len() {
                break;
            }
        }
        like(&letters[..count], LABEL).is_some()
    })
}

/// Where the capitalized words at the end of `text` begin: `Lạng Sơn` in `Số 12-KH/TU Lạng Sơn`.
fn place_start(text: &str) -> usize {
    let mut start = text.len();
    for word in text.rsplit(' ') {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let mut chars = word.chars();
        let high = chars.next().is_some_and(char::is_uppercase);
        let small = chars.clone().filter(|c| c.is_lowercase()).count();
        let others = chars.filter(|c| !c.is_lowercase()).count();
        // `TP.Huế` is a place, `69-KH/BTGTU` is none.
        if !(word.is_empty() || high && (small > 0 && others <= small || word.starts_with("TP"))) {
            break;
        }
        start = at;
    }
    start + (text.len() - start) - text[start..].trim_start().len()
}
