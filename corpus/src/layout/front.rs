//! The front of a document: the letterhead in two columns, and the title.

use std::ops::Range;

use vietnamese::offsets::Span;

use crate::document::{Block, BlockKind};
use crate::layout::form::{self, KindHeading};
use crate::layout::letterhead::{self, Anchors};
use crate::layout::line::Line;
use crate::layout::{Cutter, furniture, marker};
use crate::problem::{Problem, ProblemKind};

/// How many lines a letterhead takes at most.
const LETTERHEAD_LINES: usize = 16;
/// How many lines a title takes at most.
const TITLE_LINES: usize = 16;

/// Letterhead and title, as ranges of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front {
    /// Its first line.
    pub start: usize,
    /// The lines of the letterhead; empty where a copy has none.
    pub letterhead: Range<usize>,
    /// For each line of the letterhead, where its right column begins, in bytes.
    pub cuts: Vec<Option<usize>>,
    /// The lines of the title; empty where a letter has none.
    pub title: Range<usize>,
    /// Whether the first of them names the kind and nothing else.
    pub is_kind_alone: bool,
    /// What of the letterhead was found.
    pub anchors: Anchors,
    /// Whether it can only be the front of a document, not a line that looks like it.
    pub is_strong: bool,
}

/// Finds all fronts of a text, in order.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<Front> {
    let mut fronts: Vec<Front> = Vec::new();
    let mut looks = Looks {
        lines,
        seen: vec![None; lines.len()],
    };
    let mut at = 0;
    while at < lines.len() {
        if may_begin(&mut looks, at)
            && let Some(front) = read(&mut looks, at)
            && (front.is_strong || fronts.is_empty())
        {
            at = front.title.end.max(front.letterhead.end);
            fronts.push(front);
        } else {
            at += 1;
        }
    }
    // A heading that names a kind is a title only where it leads the text and no letterhead follows it closely.
    let strong = fronts.iter().position(|front| front.is_strong);
    fronts.retain(|front| front.is_strong || (front.start == 0 && strong.is_none_or(|at| at > 0 && fronts_far(lines))));
    fronts
}

/// Whether the text is long enough that a letterhead further down belongs to another document.
fn fronts_far(lines: &[Line<'_>]) -> bool {
    lines.len() > 150
}

/// What lines say by themselves, each looked at once: letterheads are looked for from every line that may begin one.
struct Looks<'l, 't> {
    lines: &'l [Line<'t>],
    seen: Vec<Option<Look>>,
}

/// What one line says by itself.
#[derive(Debug, Clone, Copy)]
struct Look {
    anchors: Anchors,
    /// Where motto, or else place and day, begin in the line, in bytes.
    cut: Option<usize>,
    kind: Option<KindHeading>,
}

impl Looks<'_, '_> {
    fn at(&mut self, at: usize) -> Look {
        let line = &self.lines[at];
        *self.seen[at].get_or_insert_with(|| {
            let (anchors, cut) = letterhead::anchors(line);
            Look {
                anchors,
                cut,
                kind: form::names_kind(line),
            }
        })
    }

    /// The front of these lines, if they are one.
    fn front(&mut self, letterhead: Range<usize>, title: Range<usize>, anchors: Anchors) -> Option<Front> {
        let (start, has_title) = (letterhead.start, !title.is_empty());
        let is_strong = anchors.count() >= 2 || (anchors.count() == 1 && has_title);
        // Without number, date or motto, only the heading at the very top is believed.
        (is_strong || (has_title && letterhead.is_empty() && start == 0)).then(|| Front {
            start,
            cuts: letterhead.clone().map(|at| self.at(at).cut).collect(),
            letterhead,
            is_kind_alone: has_title && self.at(title.start).kind == Some(KindHeading::Alone),
            title,
            anchors,
            is_strong,
        })
    }
}

/// Only lines in capitals, and those that carry a number or a date, stand at the top.
fn may_begin(looks: &mut Looks<'_, '_>, at: usize) -> bool {
    let line = &looks.lines[at];
    !line.text.starts_with(['-', '+'])
        && line.chars <= 400
        && (line.leads_with_capitals() || line.hashes > 0 || looks.at(at).anchors.count() > 0)
}

/// Reads a front that begins at line `start`.
fn read(looks: &mut Looks<'_, '_>, start: usize) -> Option<Front> {
    let lines = looks.lines;
    let mut anchors = Anchors::default();
    let mut at = start;
    while at < lines.len() && at < start + LETTERHEAD_LINES {
        let line = &lines[at];
        let look = looks.at(at);
        if let Some(heading) = look.kind.filter(|_| at > start || anchors.count() > 0 || start == 0)
            && !continues_capitals(lines, at)
        {
            let title = at..title_end(lines, at, heading);
            return looks.front(start..at, title, anchors);
        }
        if form::is_about(line) && anchors.count() > 0 {
            let end = about_end(lines, at);
            return looks.front(start..at, at..end, anchors);
        }
        if form::is_address(line) || !belongs(line, look.anchors) {
            break;
        }
        anchors = anchors.and(look.anchors);
        at += 1;
    }
    looks.front(start..at, at..at, anchors)
}

/// Whether a line may stand in a letterhead.
fn belongs(line: &Line<'_>, anchors: Anchors) -> bool {
    if line.chars > 130 {
        return false;
    }
    anchors.count() > 0
        || line.leads_with_capitals()
        || furniture::is_furniture(line)
        || line.chars <= 14
        || form::is_about(line)
        // The year that a narrow column pushed to the next line, a note in brackets, a star.
        || line.text.starts_with(['(', '*'])
}

/// Whether the heading goes on from a line before it: `CÁC NỘI DUNG ĐƯỢC SỬA ĐỔI,` / `HƯỚNG DẪN`.
fn continues_capitals(lines: &[Line<'_>], at: usize) -> bool {
    at > 0 && !lines[at].gap && lines[at - 1].text.ends_with(',') && lines[at - 1].in_capitals()
}

/// Where the title that begins with the heading at `at` ends.
///
/// It goes on until a rule, an address, a basis, a heading with a sign of its own, or a line that cannot be its next.
fn title_end(lines: &[Line<'_>], at: usize, heading: KindHeading) -> usize {
    let mut end = at + 1;
    while end < lines.len() && end < at + TITLE_LINES {
        let (line, before) = (&lines[end], &lines[end - 1]);
        let is_first = end == at + 1 && heading == KindHeading::Alone;
        if is_rule(line) || form::is_address(line) || line.inner || ends_title(line, is_first) {
            break;
        }
        let goes_on = if is_first {
            line.chars <= 600 && !(line.gap && looks_like_body(line))
        } else {
            continues(before, line)
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// A line of signs alone.
fn is_rule(line: &Line<'_>) -> bool {
    line.capitals + line.small + line.digits == 0
}

/// Whether a line opens what stands behind a title.
fn ends_title(line: &Line<'_>, is_first: bool) -> bool {
    let opens_section = marker::parse(line.text).is_some_and(|marker| marker.exact || line.in_capitals());
    opens_section || (form::opens_body(line) && (!is_first || line.text.starts_with("Căn cứ")))
}

/// A whole paragraph on one line.
fn looks_like_body(line: &Line<'_>) -> bool {
    line.chars > 250 && line.hashes == 0 && line.ends_sentence()
}

/// Whether `line` carries on the title that `before` is a line of.
fn continues(before: &Line<'_>, line: &Line<'_>) -> bool {
    if line.hashes > 0 && before.hashes > 0 {
        return true;
    }
    if before.ends_sentence() && !line.starts_small() {
        return false;
    }
    if line.gap {
        // A page may break within a title in capitals.
        let is_broken = before.in_capitals() && line.in_capitals() && before.chars >= 30;
        return is_broken || (line.starts_small() && line.chars <= 120);
    }
    if before.in_capitals() {
        return line.in_capitals() || line.text.starts_with('(') || line.chars <= 90 && line.starts_small();
    }
    // Lines of a title are centered: none of them is long, and a new sentence is not one.
    line.chars <= 130 && !(looks_like_body(line))
}

/// Where the subject of a letter (`V/v …`) ends.
fn about_end(lines: &[Line<'_>], at: usize) -> usize {
    let mut end = at + 1;
    while end < lines.len() && end < at + 6 {
        let line = &lines[end];
        let stops =
            line.gap && !line.starts_small() || form::is_address(line) || letterhead::anchors(line).0.count() > 0;
        if stops || line.chars > 80 || !(line.starts_small() || line.digits > 0) {
            break;
        }
        end += 1;
    }
    end
}

/// Puts the blocks of a front.
pub(super) fn push(cutter: &mut Cutter<'_, '_>, front: &Front) {
    for (at, cut) in front.letterhead.clone().zip(&front.cuts) {
        let line = &cutter.lines[at];
        let is_star = is_rule(line);
        match cut.filter(|cut| *cut > 0).or_else(|| column_gap(line)) {
            Some(cut) if cut > 0 => {
                let is_sign = !line.text[..cut].contains(char::is_alphanumeric);
                let left = if is_sign {
                    BlockKind::Furniture
                } else {
                    BlockKind::Letterhead
                };
                cutter.push_cells(at, cut, left, BlockKind::Letterhead);
            }
            _ if is_star => cutter.push(BlockKind::Furniture, at, at),
            _ => cutter.push(BlockKind::Letterhead, at, at),
        }
    }
    push_title(cutter, front.title.clone(), front.is_kind_alone);
    cutter.at = front.title.end.max(front.letterhead.end);
}

/// Where wide space parts two columns.
fn column_gap(line: &Line<'_>) -> Option<usize> {
    line.text.find("  ").or_else(|| line.text.find('\t'))
}

/// The heading of the kind is one block, the subject below it another.
fn push_title(cutter: &mut Cutter<'_, '_>, title: Range<usize>, is_kind_alone: bool) {
    let Some(last) = title.clone().last() else {
        return;
    };
    let first = title.start;
    if is_kind_alone {
        cutter.push(BlockKind::Title, first, first);
    }
    let subject = first + usize::from(is_kind_alone);
    if subject <= last {
        cutter.push(BlockKind::Title, subject, last);
    }
}

/// Tells of a letterhead without a text and of a title without a letterhead.
pub(super) fn problems(lines: &[Line<'_>], fronts: &[Front], blocks: &[Block]) -> Vec<Problem> {
    let Some(front) = fronts.first() else {
        return Vec::new();
    };
    let is_body = |block: &Block| {
        matches!(
            block.kind,
            BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem
        )
    };
    let kind = if !blocks.iter().any(is_body) {
        ProblemKind::NoBody
    } else if front.anchors.count() == 0 {
        ProblemKind::NoLetterhead
    } else {
        return Vec::new();
    };
    let line = &lines[front.start];
    vec![Problem {
        kind,
        span: Some(Span::new(line.start, line.end())),
    }]
}

/// Tells of fronts behind the first that make documents of their own.
///
/// Each has its number and its day filled in: an appendix with forms to be filled in is still one document.
pub(super) fn second_documents(lines: &[Line<'_>], fronts: &[Front]) -> Vec<Problem> {
    let is_filled = |front: &&Front| {
        let top = &lines[front.letterhead.clone()];
        top.iter().any(|line| letterhead::has_number(line.text)) && top.iter().any(letterhead::has_day)
    };
    let strong = || fronts.iter().filter(|front| front.is_strong);
    if strong().nth(1).is_none() {
        return Vec::new();
    }
    let others = strong().filter(is_filled).skip(1);
    others
        .map(|front| Problem {
            kind: ProblemKind::AnotherDocument,
            span: Some(Span::new(lines[front.start].start, lines[front.start].end())),
        })
        .collect()
}
