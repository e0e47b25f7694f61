//! The fixed wording of the form, known through the errors of a scanner: mottos, number, place and date, kinds,
//! `Kính gửi`, `Nơi nhận`, formulas and posts of signatures.
//!
//! Lines are compared by their bare letters; nothing here looks at running text, so that it costs little.

use std::ops::Range;

use crate::bare::{self, Bare, prefix_distances};
use crate::layout::line::Line;
use crate::metadata;

/// Longer lines are running text.
const FORM_CHARS: u32 = 120;
/// The longest kind has so many words: `Chương trình hành động`.
const KIND_WORDS: usize = 4;

/// The bare letters of a text, each with its place.
pub(crate) struct Letters {
    /// The letters and digits, in lower case, without what stands between.
    pub bare: Vec<u8>,
    /// Where each of them stands in the text, in bytes.
    pub at: Vec<usize>,
    /// Whether each begins a word.
    pub begins: Vec<bool>,
}

impl Letters {
    /// The letters of `text`.
    pub fn of(text: &str) -> Self {
        let mut letters = Self {
            bare: Vec::new(),
            at: Vec::new(),
            begins: Vec::new(),
        };
        let mut begins = true;
        for (at, c) in text.char_indices() {
            match bare::bare(c) {
                Bare::Letter(letter) => {
                    letters.bare.push(letter);
                    letters.at.push(at);
                    letters.begins.push(begins);
                    begins = false;
                }
                Bare::Mark => {}
                Bare::Gap => begins = true,
            }
        }
        letters
    }

    /// Whether they begin with something like `wanted`; then how many letters it takes.
    pub fn start_like(&self, wanted: &str) -> Option<usize> {
        like(&self.bare, wanted).map(|like| like.taken)
    }

    /// Where, at the beginning of a word, something like `wanted` stands: the likest, of equals the first.
    pub fn find_like(&self, wanted: &str) -> Option<Range<usize>> {
        let starts = (0..self.bare.len()).filter(|&from| self.begins[from]);
        let found = starts.filter_map(|from| like(&self.bare[from..], wanted).map(|like| (from, like)));
        found
            .min_by_key(|(_, like)| like.cost)
            .map(|(from, like)| from..from + like.taken)
    }
}

/// Letters that read like wanted ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Like {
    /// How many letters they are.
    taken: usize,
    /// How far they are from the wanted ones.
    cost: u32,
}

/// The letters at the beginning that read like `wanted`, if any do: at most about every fifth wrong.
fn like(letters: &[u8], wanted: &str) -> Option<Like> {
    let wanted = wanted.as_bytes();
    if letters.starts_with(wanted) {
        return Some(Like {
            taken: wanted.len(),
            cost: 0,
        });
    }
    let allowed = u32::try_from(wanted.len()).unwrap_or(u32::MAX) * 2;
    let slack = 2 + wanted.len() / 8;
    let window = &letters[..letters.len().min(wanted.len() + slack)];
    if !may_be_like(window, wanted) {
        return None;
    }
    let costs = prefix_distances(window, wanted);
    let (taken, &cost) = costs.iter().enumerate().min_by_key(|(_, cost)| **cost)?;
    (cost <= allowed).then_some(Like { taken, cost })
}

/// Whether enough letters agree at or near their places: a cheap look before the costly one.
fn may_be_like(window: &[u8], wanted: &[u8]) -> bool {
    let near = |at: usize, letter: u8| {
        let around = at.saturating_sub(2)..(at + 3).min(window.len());
        window.get(around).is_some_and(|near| near.contains(&letter))
    };
    let agreeing = wanted
        .iter()
        .enumerate()
        .filter(|(at, letter)| near(*at, **letter))
        .count();
    agreeing * 2 >= wanted.len()
}

/// What of the letterhead a line carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Anchors {
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

/// Looks for the marks of a letterhead in a line.
pub(crate) fn anchors(line: &Line<'_>) -> Anchors {
    if line.chars > FORM_CHARS {
        return Anchors::default();
    }
    Anchors {
        motto: motto(line).is_some(),
        number: is_number(line),
        date: date(line).is_some(),
    }
}

/// Where the right column's motto begins, in bytes of the line.
pub(crate) fn motto(line: &Line<'_>) -> Option<usize> {
    const MOTTOS: [&str; 4] = [
        "dangcongsanvietnam",
        "conghoaxahoichunghia",
        "doclaptudohanhphuc",
        "doclaptudo",
    ];
    let plausible = line.chars <= FORM_CHARS && (line.leads_with_capitals() || line.text.contains('-'));
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

/// Where `Lâm Đồng, ngày 16 tháng 4 năm 2024` begins, in bytes of the line.
pub(crate) fn date(line: &Line<'_>) -> Option<usize> {
    if line.chars > FORM_CHARS || line.digits > 24 || line.chars < 12 {
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

/// Whether the line is the heading that names the kind, alone (`KẾ HOẠCH`) or before its subject in capitals.
pub(crate) fn names_kind(line: &Line<'_>) -> Option<KindHeading> {
    let is_heading = line.in_capitals() || (line.hashes > 0 && line.chars <= 40);
    if !is_heading || line.chars > 400 || line.chars < 4 {
        return None;
    }
    let words: Vec<&str> = line.text.split_whitespace().take(KIND_WORDS + 1).collect();
    let longest = words.len().min(KIND_WORDS);
    let count = (1..=longest)
        .rev()
        .find(|&count| is_kind(&bare::squeeze(&words[..count].concat())))?;
    if count == words.len() {
        // `QUYẾT ĐỊNH:` opens the decisions, not the document.
        return (!line.text.ends_with([':', ','])).then_some(KindHeading::Alone);
    }
    Some(KindHeading::WithSubject)
}

/// Whether the letters are those of a kind of document; short words only if each letter is right.
fn is_kind(letters: &str) -> bool {
    let Some(kind) = metadata::kind::named(letters).map(bare::squeeze) else {
        return false;
    };
    letters == kind
        || (kind.len() >= 6 && like(letters.as_bytes(), &kind).is_some_and(|like| like.taken == letters.len()))
}

/// How a heading names the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KindHeading {
    /// `KẾ HOẠCH`, the subject below.
    Alone,
    /// `NGHỊ QUYẾT VỀ VIỆC …` in one line.
    WithSubject,
}

/// Whether the line is `V/v …` or `Về việc …` of a letter.
pub(crate) fn is_about(line: &Line<'_>) -> bool {
    let Some(rest) = line.text.strip_prefix(['V', 'v']) else {
        return false;
    };
    rest.starts_with("/v") || rest.starts_with("/V") || rest.starts_with("ề việc") || rest.starts_with("Ề VIỆC")
}

/// Whether the line addresses the document: `Kính gửi: …`.
pub(crate) fn is_address(line: &Line<'_>) -> bool {
    starts_with_letter(line, b'k') && start_is_like(line, "kinhgui")
}

/// Whether the line opens the list of recipients: `Nơi nhận:`.
pub(crate) fn opens_recipients(line: &Line<'_>) -> bool {
    if !starts_with_letter(line, b'n') || line.chars > FORM_CHARS {
        return false;
    }
    let letters = Letters::of(line.text);
    let Some(taken) = letters.start_like("noinhan") else {
        return false;
    };
    let behind = letters.at.get(taken).map_or("", |at| &line.text[*at..]);
    behind.is_empty() || line.text.contains(':') || behind.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the line closes the list of recipients: `- Lưu Văn phòng Tỉnh ủy.`
pub(crate) fn closes_recipients(text: &str) -> bool {
    let letters = Letters::of(text.get(..24).unwrap_or(text));
    letters.bare.starts_with(b"luu") && letters.begins.get(3).copied().unwrap_or(false)
}

/// Whether the line says on whose behalf is signed: `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`.
pub(crate) fn is_formula(line: &Line<'_>) -> bool {
    const SIGNS: [&str; 18] = [
        "T/M", "TM.", "TM ", "T.M", "K/T", "KT.", "KT ", "K.T", "T/L", "TL.", "TL ", "TUQ.", "TUQ ", "T/UQ", "Q. ",
        "TIM ", "KIT ", "TIL ",
    ];
    line.leads_with_capitals() && line.chars <= 150 && SIGNS.iter().any(|sign| line.text.starts_with(sign))
}

/// Whether the line is the post of who signs, in capitals: `PHÓ BÍ THƯ THƯỜNG TRỰC`.
pub(crate) fn is_post(line: &Line<'_>) -> bool {
    const POSTS: [&str; 22] = [
        "chutich",
        "phochutich",
        "bithu",
        "phobithu",
        "truongban",
        "photruongban",
        "chunhiem",
        "phochunhiem",
        "chanhvanphong",
        "phochanhvanphong",
        "giamdoc",
        "phogiamdoc",
        "botruong",
        "thutruong",
        "thutuong",
        "phothutuong",
        "tongbithu",
        "cuctruong",
        "phocuctruong",
        "tonggiamdoc",
        "vutruong",
        "hieutruong",
    ];
    if !line.leads_with_capitals() || line.chars > 80 {
        return false;
    }
    let letters = Letters::of(line.text);
    POSTS.iter().any(|post| {
        letters
            .start_like(post)
            .is_some_and(|taken| taken == letters.bare.len() || letters.begins[taken])
    })
}

/// Whether the words may be a person's name: two to five, each with a capital and small letters.
pub(crate) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            let mut chars = word.chars();
            chars.next().is_some_and(char::is_uppercase)
                && chars.clone().next().is_some()
                && chars.all(|c| c.is_lowercase() || ('\u{300}'..='\u{36f}').contains(&c))
        })
}

/// Whether the line opens an appendix: `PHỤ LỤC`, alone or with number and title in capitals.
pub(crate) fn opens_appendix(line: &Line<'_>) -> bool {
    line.in_capitals() && starts_with_letter(line, b'p') && start_is_like(line, "phuluc")
}

/// Whether a body speaks here in the first words of the text proper, where a subject never goes.
pub(crate) fn opens_body(line: &Line<'_>) -> bool {
    const WORDS: [&str; 11] = [
        "cancu",
        "thuchien",
        "trienkhai",
        "theodenghi",
        "xetdenghi",
        "trencoso",
        "nham",
        "de",
        "ngay",
        "nhandip",
        "qua",
    ];
    if line.in_capitals() || line.starts_small() {
        return false;
    }
    let letters = Letters::of(line.text.get(..40).unwrap_or(line.text));
    WORDS.iter().any(|words| {
        letters
            .start_like(words)
            .is_some_and(|taken| letters.begins.get(taken).copied().unwrap_or(true))
    })
}

/// Whether the line is a picture of nothing: a rule, a stamp's edge, a page number.
pub(crate) fn is_furniture(line: &Line<'_>) -> bool {
    let letters = line.capitals + line.small;
    if letters == 0 && line.digits == 0 {
        return true;
    }
    letters == 0
        && line.digits <= 3
        && line.chars <= 7
        && (line.gap || line.page)
        && !line.text.ends_with(['.', ')', '%'])
        || (letters <= 2 && line.digits == 0 && line.chars <= 12 && line.text.contains(['\\', '|', '~', '^']))
        || is_address_of_page(line)
        || is_page_trimming(line)
        || is_page_of(line)
}

/// A link alone on its line: the foot of a printed web page.
fn is_address_of_page(line: &Line<'_>) -> bool {
    let inner = line.text.trim_matches(['<', '>']);
    (inner.starts_with("http://") || inner.starts_with("https://")) && !inner.contains(' ')
}

/// What web pages put around a text: a link alone on its line, a count of readers.
fn is_page_trimming(line: &Line<'_>) -> bool {
    const TRIMMINGS: [&str; 9] = [
        "Lượt xem",
        "Số lượt xem",
        "Lượt truy cập",
        "Quay lại",
        "Về đầu trang",
        "In bài viết",
        "In trang",
        "Chia sẻ",
        "Tin liên quan",
    ];
    let is_link = line.text.starts_with('[') && line.text.contains("](") && line.chars <= 100;
    is_link || (line.chars <= 40 && TRIMMINGS.iter().any(|words| line.text.starts_with(words)))
}

/// `Trang 3/12`, `Page 3 of 12`.
fn is_page_of(line: &Line<'_>) -> bool {
    line.chars <= 18
        && line.digits > 0
        && ["Trang ", "trang ", "Page "].iter().any(|word| {
            line.text.strip_prefix(word).is_some_and(|rest| {
                rest.chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '/' | ' ' | '-' | 'o' | 'f'))
            })
        })
}

fn starts_with_letter(line: &Line<'_>, letter: u8) -> bool {
    line.text
        .chars()
        .next()
        .is_some_and(|c| bare::bare(c) == Bare::Letter(letter))
}

fn start_is_like(line: &Line<'_>, wanted: &str) -> bool {
    let end = line
        .text
        .char_indices()
        .nth(wanted.len() + 8)
        .map_or(line.text.len(), |(at, _)| at);
    let letters = Letters::of(&line.text[..end]);
    letters
        .start_like(wanted)
        .is_some_and(|taken| letters.begins.get(taken).copied().unwrap_or(true))
}
