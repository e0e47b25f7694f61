//! The end of a document: the list of recipients and the signature, which a scan reads as one column.

use std::ops::Range;

use crate::document::BlockKind;
use crate::layout::line::Line;
use crate::layout::{Cutter, form, marker};

/// How many lines a signature takes at most.
const SIGNATURE_LINES: usize = 9;

/// Whether recipients or a signature begin at line `at`.
pub(super) fn begins(lines: &[Line<'_>], at: usize) -> bool {
    let line = &lines[at];
    if line.chars > 150 {
        return false;
    }
    form::opens_recipients(line) || form::is_formula(line) || (form::is_post(line) && is_signed_below(lines, at))
}

/// Whether a post is followed by a name or a list of recipients: in a heading it is followed by text.
fn is_signed_below(lines: &[Line<'_>], at: usize) -> bool {
    let own = &lines[at];
    if own.small > 4 {
        return has_name_at_end(own.text).is_some();
    }
    lines[at + 1..]
        .iter()
        .take(6)
        .any(|line| form::opens_recipients(line) || form::is_name(line.text))
        || at + 3 >= lines.len()
}

/// Puts the ending that begins at the cutter's line: all that looks like it, up to line `end` at most.
pub(super) fn push(cutter: &mut Cutter<'_, '_>, end: usize) {
    let mut recipients = Recipients::default();
    let mut signature_lines = 0;
    let first = cutter.at;
    while cutter.at < end {
        let at = cutter.at;
        let line = &cutter.lines[at];
        if form::opens_recipients(line) {
            recipients = Recipients {
                open: true,
                ..Recipients::default()
            };
            push_woven(cutter, at, at, opening_cut(line));
        } else if cutter.is_furniture(at) {
            cutter.push(BlockKind::Furniture, at, at);
        } else if recipients.takes(line) {
            let last = recipients.item_end(cutter, at, end);
            push_item(cutter, at, last);
            cutter.at = last;
        } else if at == first || is_signature(line, signature_lines) {
            signature_lines += 1;
            let last = if breaks_name(cutter.lines, at, end) { at + 1 } else { at };
            cutter.push(BlockKind::Signature, at, last);
            cutter.at = last;
        } else {
            return;
        }
        cutter.at += 1;
    }
}

/// The list of recipients, while it is read.
#[derive(Debug, Default)]
struct Recipients {
    open: bool,
    /// Whether the line `Lưu …` was read, the last of every list.
    closed: bool,
}

impl Recipients {
    /// Whether the line is an item of the list.
    fn takes(&mut self, line: &Line<'_>) -> bool {
        if !self.open || line.chars > 200 {
            return false;
        }
        let item = item_text(line.text);
        if form::closes_recipients(item) {
            self.closed = true;
            return true;
        }
        let dashed = item.len() < line.text.len();
        if self.closed {
            // A list that was read column by column may have its last items behind `Lưu`.
            return dashed && !line.leads_with_capitals() && line.chars <= 90;
        }
        if dashed {
            return true;
        }
        let is_signature = form::is_formula(line) || form::is_post(line) || form::is_name(line.text);
        // `TTTTDL&CNS, TH;` goes on with an item of abbreviations.
        let is_item = !line.in_capitals() || line.text.ends_with([';', ',', '.']);
        !is_signature && is_item && line.chars <= 110
    }

    /// The last line of the item that begins at line `at`.
    fn item_end(&mut self, cutter: &mut Cutter<'_, '_>, at: usize, end: usize) -> usize {
        let mut last = at;
        while last + 1 < end.min(at + 5) {
            let (line, next) = (&cutter.lines[last], &cutter.lines[last + 1]);
            let is_open = !matches!(line.text.chars().last(), Some(';' | '.' | ','));
            let goes_on = is_open
                && !line.in_capitals()
                && !next.gap
                && !self.closed
                && item_text(next.text).len() == next.text.len()
                && !form::closes_recipients(next.text)
                && (next.starts_small() || line.chars >= 30 && next.text.ends_with([';', ',', '.']))
                && right_cell(line.text).is_none();
            if !goes_on || cutter.is_furniture(last + 1) {
                break;
            }
            last += 1;
        }
        last
    }
}

/// The item without the dash before it.
fn item_text(text: &str) -> &str {
    match marker::parse(text) {
        Some(sign) if sign.style == marker::Style::Bullet => &text[sign.len..],
        _ => text,
    }
}

/// Puts an item of the list, and what the right column wrote beside it.
fn push_item(cutter: &mut Cutter<'_, '_>, first: usize, last: usize) {
    push_woven(cutter, first, last, right_cell(cutter.lines[last].text));
}

/// Puts lines of the list whose last one may carry the right column from byte `cut` on.
fn push_woven(cutter: &mut Cutter<'_, '_>, first: usize, last: usize, cut: Option<usize>) {
    match cut {
        Some(cut) if first == last => cutter.push_cells(last, cut, BlockKind::Recipient, BlockKind::Signature),
        Some(cut) => {
            cutter.push(BlockKind::Recipient, first, last - 1);
            cutter.push_cells(last, cut, BlockKind::Recipient, BlockKind::Signature);
        }
        None => cutter.push(BlockKind::Recipient, first, last),
    }
}

/// Where the right column begins beside `Nơi nhận:`.
fn opening_cut(line: &Line<'_>) -> Option<usize> {
    let colon = line
        .text
        .find(':')
        .map(|at| at + 1)
        .or_else(|| line.text.match_indices(' ').nth(1).map(|(at, _)| at))?;
    let behind = line.text[colon..].trim_start();
    let small = behind.chars().filter(|c| c.is_lowercase()).count();
    let capitals = behind.chars().filter(|c| c.is_uppercase()).count();
    (capitals >= 4 && capitals > small).then_some(line.text.len() - behind.len())
}

/// Where the right column begins beside an item: capitals of a post, or a name at the very end.
fn right_cell(text: &str) -> Option<usize> {
    capitals_at_end(text).or_else(|| has_name_at_end(text))
}

/// Where a run of at least two words in capitals ends the line, behind small letters and a comma or a full stop.
fn capitals_at_end(text: &str) -> Option<usize> {
    let mut start = text.len();
    let mut words = 0;
    for word in words_from_end(text) {
        let letters = text[word.clone()].chars().filter(|c| c.is_alphabetic());
        let (capitals, small) = letters.fold((0, 0), |(capitals, small), c| {
            if c.is_uppercase() {
                (capitals + 1, small)
            } else {
                (capitals, small + 1)
            }
        });
        if small > 0 || capitals == 0 || text[word.clone()].contains(['(', ')']) {
            break;
        }
        // A comma ends the left column.
        if words > 0 && text[word.clone()].ends_with([',', ';', '.']) && capitals > 2 {
            break;
        }
        words += 1;
        start = word.start;
    }
    let before = text[..start].trim_end();
    let ends_cell = before.ends_with([',', ';', '.', ':', ')']);
    let small = before.chars().filter(|c| c.is_lowercase()).count();
    let post = &text[start..];
    let is_post = !post.ends_with([',', ';', '.']) && post.chars().filter(|c| c.is_alphabetic()).count() >= 5;
    (words >= 2 && is_post && small >= 3 && (ends_cell || words >= 3)).then_some(start)
}

/// Where a person's name ends the line, behind a comma or a semicolon.
fn has_name_at_end(text: &str) -> Option<usize> {
    let at = text.rfind([',', ';', '.']).map(|at| at + 1);
    let behind_sign = at.filter(|&at| at < text.len() && form::is_name(text[at..].trim()));
    if let Some(at) = behind_sign {
        return (text[at..].trim().split(' ').count() >= 2).then_some(at);
    }
    // `PHÓ CHỦ TỊCH Hồ Đức Phớc`: the name follows the post.
    let small = text.char_indices().find(|(_, c)| c.is_lowercase())?.0;
    let start = text[..small].rfind(' ')? + 1;
    let leads =
        text[..start].chars().filter(|c| c.is_uppercase()).count() >= 4 && !text[..start].contains(char::is_lowercase);
    (leads && form::is_name(text[start..].trim())).then_some(start)
}

fn words_from_end(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.rsplit(' ').filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// Whether a line may belong to a signature: formula, post, `(đã ký)`, a name, short capitals.
fn is_signature(line: &Line<'_>, lines_before: usize) -> bool {
    if lines_before >= SIGNATURE_LINES || line.chars > 120 || line.hashes > 0 && lines_before == 0 {
        return false;
    }
    if form::opens_appendix(line) || marker::parse(line.text).is_some_and(|sign| sign.style != marker::Style::Bullet) {
        return false;
    }
    form::is_formula(line)
        || form::is_post(line)
        || form::is_name(line.text)
        || is_signed_note(line.text)
        || (line.in_capitals() && line.chars <= 60 && line.digits == 0 && lines_before > 0)
        || has_name_at_end(line.text).is_some()
}

/// Whether a name at the end of line `at` goes on in the next: `PHÓ CHỦ TỊCH Phan Quý` / `Phương`.
fn breaks_name(lines: &[Line<'_>], at: usize, end: usize) -> bool {
    if at + 1 >= end || lines[at].chars < 40 || has_name_at_end(lines[at].text).is_none() {
        return false;
    }
    let next = &lines[at + 1];
    let mut chars = next.text.chars();
    !next.gap && chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
}

/// `(Đã ký)`, `[daky]`
fn is_signed_note(text: &str) -> bool {
    text.chars().count() <= 24
        && ["đã ký", "Đã ký", "[daky]", "ĐÃ KÝ", "đã kí"]
            .iter()
            .any(|note| text.contains(note))
}
