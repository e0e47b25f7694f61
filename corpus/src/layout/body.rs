//! Running text: lines joined back into headings, paragraphs and list items.

use crate::document::BlockKind;
use crate::layout::Cutter;
use crate::layout::line::Line;
use crate::layout::marker::{self, Marker, Style};
use crate::layout::{ending, form, furniture};

/// Headings are shorter than this.
const HEADING_CHARS: usize = 260;

/// How wide the lines of a text are before they break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrap {
    /// The usual width in characters; none where each paragraph is one line.
    width: Option<u32>,
}

impl Wrap {
    /// Measures the lines of a text: printed lines end near the same width.
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut widths: Vec<u32> = lines
            .iter()
            .map(|line| line.chars)
            .filter(|chars| *chars >= 30)
            .collect();
        if widths.is_empty() {
            return Self { width: None };
        }
        let at = (widths.len() * 85 / 100).min(widths.len() - 1);
        let (_, &mut width, _) = widths.select_nth_unstable(at);
        Self {
            width: (width <= 130).then_some(width),
        }
    }

    /// Whether `line` is too long for a cell or a heading that ends in the middle of a sentence.
    fn is_long(self, line: &Line<'_>) -> bool {
        self.width.is_some_and(|width| line.line_chars * 100 >= width * 78)
    }

    /// Whether `line` is so full that the first word of `next` did not fit on it.
    fn is_full(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        self.width
            .is_some_and(|width| (line.line_chars + 1 + next.first_word_chars()) * 100 >= width * 93)
    }
}

/// Puts the block that begins at the cutter's line and ends before line `end`.
pub(super) fn push(cutter: &mut Cutter<'_, '_>, end: usize) {
    let first = cutter.at;
    if cutter.is_furniture(first) {
        cutter.push(BlockKind::Furniture, first, first);
        cutter.at += 1;
        return;
    }
    let sign = marker::parse(cutter.lines[first].text);
    let is_title = is_title_line(&cutter.lines[first], sign.as_ref());
    let mut last = first;
    while last + 1 < end && goes_on(cutter, first, last, is_title) {
        last += 1;
    }
    // A heading is never followed by the rest of its sentence, not even behind a page number.
    let behind = (last + 1..end.min(last + 4)).find(|&at| !furniture::is_furniture(&cutter.lines[at]));
    let is_broken_off = behind.is_some_and(|at| is_rest(&cutter.lines[at]));
    let kind = match kind(&cutter.lines[first..=last], sign.as_ref(), is_title) {
        BlockKind::Heading if is_broken_off && !is_title => BlockKind::Paragraph,
        kind => kind,
    };
    cutter.push(kind, first, last);
    cutter.at = last + 1;
}

/// Whether a block that begins with `line` is a heading from its first line on.
fn is_title_line(line: &Line<'_>, sign: Option<&Marker>) -> bool {
    let title = &line.text[sign.map_or(0, |sign| sign.len)..];
    let is_item = sign.is_some_and(|sign| matches!(sign.style, Style::Bullet | Style::Point));
    !is_item && (line.hashes > 0 || (line.in_capitals() && title.chars().filter(|c| c.is_alphabetic()).count() >= 4))
}

/// Whether the line behind `last` belongs to the same block.
fn goes_on(cutter: &mut Cutter<'_, '_>, first: usize, last: usize, is_title: bool) -> bool {
    let wrap = cutter.wrap;
    let lines = cutter.lines;
    let (line, next) = (&lines[last], &lines[last + 1]);
    if next.hashes > 0 || next.inner || cutter.is_furniture(last + 1) || ending::begins(lines, last + 1) {
        return false;
    }
    if is_title {
        return title_goes_on(&lines[first], line, next, wrap);
    }
    if next.in_capitals() && next.capitals >= 12 && !wrap.is_full(line, next) {
        return false;
    }
    let is_full = wrap.is_full(line, next);
    if let Some(sign) = marker::parse(next.text) {
        // A dash between two words (`quốc gia` / `- dân tộc`) breaks a line like any other sign.
        let is_word = sign.style == Style::Bullet && next.text[sign.len..].starts_with(char::is_lowercase);
        let breaks_off = is_full && !line.ends_sentence() && !next.gap;
        if !is_word || !breaks_off {
            return false;
        }
    }
    let ends_block = line.last() == Some(':') || line.text.ends_with("./.");
    if next.gap {
        // A page may break within a paragraph: then its last line is full and ends nothing.
        let is_broken = is_full && last > first && !next.in_capitals() && !line.text.ends_with([',', '-']);
        return !line.ends_sentence() && line.chars >= 30 && (next.starts_small() || is_broken || line.breaks_off());
    }
    if next.starts_small() {
        return !ends_block;
    }
    if line.ends_sentence() {
        return is_full && !ends_block && line.last() != Some(';');
    }
    // `Chính quyền số` ends a title, `theo Quyết định số` goes on with a figure.
    let awaits_figure = line.text.ends_with("số") && next.text.starts_with(char::is_alphabetic);
    is_full
        || wrap.is_long(line)
        || line.breaks_off() && !awaits_figure
        || (line.text.ends_with([',', '-']) && line.chars >= 30 && next.chars >= 30)
}

/// Headings go on in the same manner: capitals with capitals, and nothing behind a full stop.
fn title_goes_on(first: &Line<'_>, line: &Line<'_>, next: &Line<'_>, wrap: Wrap) -> bool {
    if first.hashes > 0 || next.gap || next.starts_small() && first.in_capitals() {
        return false;
    }
    if marker::parse(next.text).is_some_and(|sign| sign.exact || next.in_capitals()) || form::opens_appendix(next) {
        return false;
    }
    next.in_capitals() && !line.ends_sentence() && (wrap.is_full(line, next) || line.chars >= 24)
}

/// Whether a line is the rest of a sentence.
fn is_rest(line: &Line<'_>) -> bool {
    line.starts_small() && marker::parse(line.text).is_none()
}

/// What a block of these lines is.
fn kind(lines: &[Line<'_>], sign: Option<&Marker>, is_title: bool) -> BlockKind {
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    let chars: usize = lines.iter().map(|line| line.chars as usize).sum();
    if let Some(sign) = sign {
        return match sign.style {
            Style::Bullet | Style::Point => BlockKind::ListItem,
            Style::Appendix | Style::Part | Style::Chapter | Style::Division => BlockKind::Heading,
            _ if is_title && chars <= HEADING_CHARS * 2 => BlockKind::Heading,
            // Numbers in a table look like signs: `1. 5.000` says nothing by itself.
            _ if chars <= HEADING_CHARS && !matches!(last.last(), Some('.' | ';' | ',' | '…' | '!' | '?')) => {
                if first.small + first.capitals < 3 {
                    BlockKind::Paragraph
                } else {
                    BlockKind::Heading
                }
            }
            _ => BlockKind::Paragraph,
        };
    }
    let is_heading = is_title
        && chars <= HEADING_CHARS
        && (first.hashes > 0 || first.capitals >= 6)
        && !last.text.ends_with(['.', ';']);
    if is_heading {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}
