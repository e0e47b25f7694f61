//! Lines back to blocks: letterhead, title, headings, paragraphs, list items, signature, recipients.
//!
//! A scan breaks paragraphs into lines, weaves the two columns of a letterhead into one, and mixes the signature with the
//! list of recipients; a web page runs articles on and adds its own trimmings. Here the pieces are told apart again.
//! Nothing is moved or rewritten: a block is a stretch of the text, and every word is in exactly one block.
//!
//! The text is read once from top to bottom, line by line:
//! - a *front* (letterhead and title) is known by its fixed wording, wherever it stands (`front`);
//! - the *body* is joined back from lines (`body`);
//! - the *end* begins at `Nơi nhận` or at a signing formula (`ending`).
//!
//! A second front with a number and a kind of its own is a second document in the same file: it is told as a problem, and
//! both are laid out.

mod body;
mod ending;
mod form;
mod front;
mod furniture;
mod letterhead;
pub(crate) mod letters;
pub(crate) mod line;
pub(crate) mod marker;
pub(crate) mod sorts;

use vietnamese::offsets::Span;
use vietnamese::restore::{Condition, Judgement};

use crate::document::{Block, BlockKind};
use crate::problem::Problem;
use line::Line;

/// A text cut into blocks, and what was doubtful in cutting it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The blocks, in order; no two share a byte.
    pub blocks: Vec<Block>,
    /// What was doubtful.
    pub problems: Vec<Problem>,
}

/// Cuts `text` into blocks; `judgements` tell which lines are noise.
///
/// Outside the blocks there is nothing but white space and Markdown signs (`#`, `>`, `**`, `__`).
pub fn layout(text: &str, judgements: &[Judgement]) -> Layout {
    let lines = line::lines(text);
    let fronts = front::find(&lines);
    let mut cutter = Cutter {
        noise: Noise { judgements, at: 0 },
        wrap: body::Wrap::of(&lines),
        lines: &lines,
        at: 0,
        blocks: Vec::with_capacity(lines.len() / 2),
    };
    let mut next_front = fronts.iter().peekable();
    while cutter.at < lines.len() {
        if let Some(front) = next_front.next_if(|front| front.start <= cutter.at) {
            front::push(&mut cutter, front);
        } else {
            let end = next_front.peek().map_or(lines.len(), |front| front.start);
            let head = next_front.peek().is_some_and(|front| cutter.at == 0 && front.is_strong);
            cut_between_fronts(&mut cutter, end, head);
        }
    }
    let mut problems = front::problems(&lines, &fronts, &cutter.blocks);
    problems.extend(front::second_documents(&lines, &fronts));
    Layout {
        blocks: cutter.blocks,
        problems,
    }
}

/// Cuts the lines up to `end`: body and ending of a document, or what a web page put before it.
fn cut_between_fronts(cutter: &mut Cutter<'_, '_>, end: usize, is_before_document: bool) {
    let first = cutter.at;
    while cutter.at < end {
        let line = &cutter.lines[cutter.at];
        // Signatures end something: none stands before the first lines of a body.
        let is_late = !is_before_document && (cutter.at >= first + 2 || !cutter.blocks.is_empty());
        if is_late && ending::begins(cutter.lines, cutter.at) {
            ending::push(cutter, end);
        } else if is_before_document && line.chars <= 60 && !line.ends_sentence_of_body() {
            cutter.push(BlockKind::Furniture, cutter.at, cutter.at);
            cutter.at += 1;
        } else {
            body::push(cutter, end);
        }
    }
}

impl Line<'_> {
    /// Whether it looks like the last line of a paragraph rather than like a label of a form.
    fn ends_sentence_of_body(&self) -> bool {
        self.chars > 30 && self.text.ends_with(['.', ';'])
    }
}

/// The lines of a text on their way into blocks.
struct Cutter<'l, 't> {
    lines: &'l [Line<'t>],
    noise: Noise<'l>,
    wrap: body::Wrap,
    /// The first line that is in no block yet.
    at: usize,
    blocks: Vec<Block>,
}

impl Cutter<'_, '_> {
    /// Makes one block of the lines `first` to `last`.
    fn push(&mut self, kind: BlockKind, first: usize, last: usize) {
        self.push_span(kind, self.lines[first].start, self.lines[last].end());
    }

    fn push_span(&mut self, kind: BlockKind, start: usize, end: usize) {
        if start < end {
            self.blocks.push(Block {
                kind,
                span: Span::new(start, end),
                section: None,
            });
        }
    }

    /// Makes two blocks of one line, cut before byte `cut` of it; what is empty is left out.
    fn push_cells(&mut self, line: usize, cut: usize, left: BlockKind, right: BlockKind) {
        let line = &self.lines[line];
        let (before, behind) = line.text.split_at(cut);
        let (before, behind) = (before.trim_end(), behind.trim_start());
        let (start, end) = (line.start, line.end());
        self.push_span(left, start, start + before.len());
        self.push_span(right, end - behind.len(), end);
    }

    /// Whether a line is a rule, a page number or noise of the scanner.
    fn is_furniture(&mut self, line: usize) -> bool {
        let line = &self.lines[line];
        furniture::is_furniture(line) || self.noise.holds(line)
    }
}

/// The stretches that restoring judged to be no words.
struct Noise<'j> {
    judgements: &'j [Judgement],
    at: usize,
}

impl Noise<'_> {
    /// Whether the whole line is noise; asked from top to bottom.
    fn holds(&mut self, line: &Line<'_>) -> bool {
        let behind = |judgement: &Judgement| judgement.text.end as usize <= line.start;
        while self.judgements.get(self.at).is_some_and(behind) {
            self.at += 1;
        }
        self.judgements.get(self.at).is_some_and(|judgement| {
            judgement.condition == Condition::Garbage
                && judgement.text.start as usize <= line.start
                && judgement.text.end as usize >= line.end()
        })
    }
}

#[cfg(test)]
mod tests;
