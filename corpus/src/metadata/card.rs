//! The card that a law portal puts before a document: `Số hiệu: …`, `Loại văn bản: …`, `Nơi ban hành: …`, `Người ký: …`.

use vietnamese::offsets::Span;

use crate::bare::{bounded_distance, distance, squeeze};
use crate::metadata::lines::Lines;

/// A value of the card, as the page writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What the card says; empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Card {
    /// Số hiệu.
    pub number: Option<Value>,
    /// Loại văn bản.
    pub kind: Option<Value>,
    /// Nơi ban hành.
    pub issuer: Option<Value>,
    /// Người ký.
    pub signatory: Option<Value>,
    /// Ngày ban hành.
    pub date: Option<Value>,
    /// The first line behind the card.
    pub behind: usize,
}

const LABELS: [&str; 9] = [
    "sohieu",
    "loaivanban",
    "noibanhanh",
    "nguoiky",
    "ngaybanhanh",
    "ngayhieuluc",
    "ngaycongbao",
    "socongbao",
    "tinhtrang",
];

/// Reads the card among the first lines of a text.
pub(crate) fn read(lines: &Lines<'_>) -> Card {
    let mut card = Card::default();
    let mut found = 0;
    for index in 0..lines.lines.len().min(60) {
        let Some((label, cut)) = label_of(lines.line(index)) else {
            continue;
        };
        found += 1;
        let (value, line) = value_of(lines, index, cut);
        card.behind = card.behind.max(line + 1);
        let slot = match label {
            0 => &mut card.number,
            1 => &mut card.kind,
            2 => &mut card.issuer,
            3 => &mut card.signatory,
            4 => &mut card.date,
            _ => continue,
        };
        if slot.is_none() {
            *slot = value;
        }
    }
    // One label alone may be a line of anything.
    if found >= 3 { card } else { Card::default() }
}

/// Which label a line begins with, and where its value begins in the line.
fn label_of(line: &str) -> Option<(usize, usize)> {
    let colon = line
        .char_indices()
        .take(20)
        .find(|&(_, c)| c == ':')
        .map(|(offset, _)| offset)?;
    let letters = squeeze(&line[..colon]);
    if letters.len() < 5 {
        return None;
    }
    let costs = LABELS.iter().enumerate().filter_map(|(index, label)| {
        let most = label.len() as u32 * 21 / 10;
        let cost = bounded_distance(letters.as_bytes(), label.as_bytes(), most);
        (cost <= most).then_some((cost * 10 / label.len() as u32, index))
    });
    let (cost, label) = costs.min()?;
    (cost <= 20).then_some((label, colon + 1))
}

/// The value behind the colon or, where nothing stands there, in the next line.
fn value_of(lines: &Lines<'_>, index: usize, cut: usize) -> (Option<Value>, usize) {
    let line = &lines.lines[index];
    let rest = lines.line(index)[cut..].trim();
    if !rest.is_empty() {
        let start = line.end - rest.len();
        return (value(rest, start), index);
    }
    match lines.lines.get(index + 1) {
        Some(next) if label_of(lines.line(index + 1)).is_none() && lines.line(index + 1).len() <= 120 => {
            (value(lines.line(index + 1), next.start), index + 1)
        }
        _ => (None, index),
    }
}

/// `Đã biết` and `Đang cập nhật` say nothing.
fn value(text: &str, start: usize) -> Option<Value> {
    let letters = squeeze(text);
    let empty = ["dabiet", "dangcapnhat", "vanbankhac"]
        .iter()
        .any(|nothing| distance(letters.as_bytes(), nothing.as_bytes()) <= 16);
    (!empty && !letters.is_empty()).then(|| Value {
        text: text.to_owned(),
        span: Span::new(start, start + text.len()),
    })
}
