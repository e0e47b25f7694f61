//! The fixed wording of the form, known through the errors of a scanner: kinds, `Kính gửi`, `Nơi nhận`, formulas and posts
//! of signatures.
//!
//! Lines are compared by their bare letters; nothing here looks at running text, so that it costs little.

use crate::bare::{self, Bare};
use crate::layout::letters::{Letters, Like, like};
use crate::layout::line::Line;
use crate::metadata;

/// Longer lines are running text.
const FORM_CHARS: u32 = 120;
/// The longest kind has so many words: `Chương trình hành động`.
const KIND_WORDS: usize = 4;

/// Whether the line is the heading that names the kind, alone (`KẾ HOẠCH`) or before its subject in capitals.
pub(super) fn names_kind(line: &Line<'_>) -> Option<KindHeading> {
    let is_heading = line.in_capitals() || (line.hashes > 0 && line.chars <= 40);
    if !is_heading || line.chars > 400 || line.chars < 4 {
        return None;
    }
    let mut letters = String::with_capacity(line.text.len().min(64));
    let mut words = line.text.split_whitespace();
    // Where each of the first words ends among the letters.
    let mut ends = Vec::with_capacity(KIND_WORDS);
    for word in words.by_ref().take(KIND_WORDS) {
        bare::squeeze_onto(word, &mut letters);
        ends.push(letters.len());
    }
    let last = ends.iter().rposition(|&end| is_kind(&letters[..end]))?;
    if last + 1 == ends.len() && words.next().is_none() {
        // `QUYẾT ĐỊNH:` opens the decisions, not the document.
        return (!line.text.ends_with([':', ','])).then_some(KindHeading::Alone);
    }
    Some(KindHeading::WithSubject)
}

/// Whether the letters are those of a kind of document; short words only if each letter is right.
fn is_kind(letters: &str) -> bool {
    if !metadata::kind::is_near(letters, 13) {
        return false;
    }
    let Some(kind) = metadata::kind::named(letters).map(bare::squeeze) else {
        return false;
    };
    // One letter wrong at most: `HỘI ĐỒNG` is no `HỢP ĐỒNG`.
    let is_near = |like: Like| like.taken == letters.len() && like.cost as usize * 10 <= kind.len() * 13;
    letters == kind || (kind.len() >= 6 && like(letters.as_bytes(), &kind).is_some_and(is_near))
}

/// How a heading names the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KindHeading {
    /// `KẾ HOẠCH`, the subject below.
    Alone,
    /// `NGHỊ QUYẾT VỀ VIỆC …` in one line.
    WithSubject,
}

/// Whether the line is `V/v …` or `Về việc …` of a letter.
pub(super) fn is_about(line: &Line<'_>) -> bool {
    let Some(rest) = line.text.strip_prefix(['V', 'v']) else {
        return false;
    };
    rest.starts_with("/v") || rest.starts_with("/V") || rest.starts_with("ề việc") || rest.starts_with("Ề VIỆC")
}

/// Whether the line addresses the document: `Kính gửi: …`.
pub(super) fn is_address(line: &Line<'_>) -> bool {
    starts_with_letter(line, b'k') && start_is_like(line, "kinhgui")
}

/// Whether the line opens the list of recipients: `Nơi nhận:`.
pub(super) fn opens_recipients(line: &Line<'_>) -> bool {
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
pub(super) fn closes_recipients(text: &str) -> bool {
    let letters = Letters::of(text.get(..24).unwrap_or(text));
    letters.bare.starts_with(b"luu") && letters.begins.get(3).copied().unwrap_or(false)
}

/// Whether the line says on whose behalf is signed: `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`.
pub(super) fn is_formula(line: &Line<'_>) -> bool {
    const SIGNS: [&str; 18] = [
        "T/M", "TM.", "TM ", "T.M", "K/T", "KT.", "KT ", "K.T", "T/L", "TL.", "TL ", "TUQ.", "TUQ ", "T/UQ", "Q. ",
        "TIM ", "KIT ", "TIL ",
    ];
    line.leads_with_capitals() && line.chars <= 150 && SIGNS.iter().any(|sign| line.text.starts_with(sign))
}

/// Whether the line is the post of who signs, in capitals: `PHÓ BÍ THƯ THƯỜNG TRỰC`.
pub(super) fn is_post(line: &Line<'_>) -> bool {
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
pub(super) fn is_name(text: &str) -> bool {
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
pub(super) fn opens_appendix(line: &Line<'_>) -> bool {
    line.in_capitals() && starts_with_letter(line, b'p') && start_is_like(line, "phuluc")
}

/// Whether a body speaks here in the first words of the text proper, where a subject never goes.
pub(super) fn opens_body(line: &Line<'_>) -> bool {
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
