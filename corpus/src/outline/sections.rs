//! Headings and numbered paragraphs to sections, with their signs repaired and their levels found.

use vietnamese::offsets::Span;

use crate::document::{Block, BlockKind};
use crate::layout::marker::{self, Style};
use crate::outline::numbering::{Numbering, Opening};
use crate::outline::role::role;
use crate::outline::title::{readable, sign, title};
use crate::outline::{Role, Section};

/// Finds the sections of `text` and tells each of `blocks` the innermost one it belongs to.
///
/// Sections stand in the order of the text; each lies wholly inside or wholly outside any other.
pub fn sections(text: &str, blocks: &mut [Block]) -> Vec<Section> {
    let numbering = Numbering::of(text, blocks);
    let mut builder = Builder {
        sections: Vec::new(),
        open: Vec::new(),
        end: 0,
    };
    for block in blocks.iter_mut() {
        let words = &text[block.span.range()];
        match block.kind {
            BlockKind::Title | BlockKind::Letterhead => builder.close(0),
            BlockKind::Signature => builder.close_body(),
            BlockKind::Recipient => builder.open_recipients(words, block.span),
            BlockKind::Furniture => {}
            BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem => {
                builder.leave_recipients();
                // `Chương II` and its title stand on lines of their own.
                let completes = block.kind == BlockKind::Heading && builder.completes_title(words, block.span);
                if !completes && let Some(opening) = numbering.opening(words, block.kind) {
                    builder.open(words, block.span, &opening);
                }
            }
        }
        block.section = match block.kind {
            BlockKind::Title | BlockKind::Letterhead | BlockKind::Signature => None,
            _ => builder.open.last().and_then(|open| u32::try_from(open.section).ok()),
        };
        builder.end = block.span.end;
    }
    builder.close(0);
    builder.sections
}

/// Sections under construction.
struct Builder {
    sections: Vec<Section>,
    open: Vec<Open>,
    /// Where the last block ended.
    end: u32,
}

/// A section that goes on.
struct Open {
    section: usize,
    style: Option<Style>,
    number: u32,
    is_recipients: bool,
}

impl Builder {
    fn open(&mut self, words: &str, span: Span, opening: &Opening) {
        let number = self.make_room(opening);
        let (title, heading_len) = title(words, opening);
        let level = u8::try_from(self.open.len() + 1).unwrap_or(u8::MAX);
        let heading = Span {
            start: span.start,
            end: span.start + u32::try_from(heading_len).unwrap_or(0),
        };
        self.push(
            Section {
                level,
                marker: opening
                    .style
                    .map_or_else(String::new, |style| sign(style, number, words, opening)),
                role: role(&title, level == 1),
                title,
                heading,
                span,
            },
            Open {
                section: 0,
                style: opening.style,
                number,
                is_recipients: false,
            },
        );
    }

    /// Closes what the new section does not lie in, and tells which number it bears.
    fn make_room(&mut self, opening: &Opening) -> u32 {
        let sibling = self.open.iter().position(|open| open.style == opening.style);
        if let Some(at) = sibling {
            let before = self.open[at].number;
            self.close(at);
            return repaired(opening, before);
        }
        let rank = rank(opening.style);
        while self.open.last().is_some_and(|open| self::rank(open.style) > rank) {
            self.close(self.open.len() - 1);
        }
        repaired(opening, 0)
    }

    /// Takes a heading without a sign as the title of the part, chapter or appendix opened just before it.
    fn completes_title(&mut self, words: &str, span: Span) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        let takes_title = matches!(
            open.style,
            Some(Style::Appendix | Style::Part | Style::Chapter | Style::Division)
        );
        let section = &mut self.sections[open.section];
        let is_next = section.title.is_empty() && section.heading.end == self.end;
        if !(takes_title && is_next) || marker::parse(words).is_some() {
            return false;
        }
        section.title = readable(words);
        section.role = role(&section.title, false);
        section.heading.end = span.end;
        true
    }

    fn open_recipients(&mut self, words: &str, span: Span) {
        if self.open.last().is_some_and(|open| open.is_recipients) {
            return;
        }
        self.close(0);
        let length = words.find(':').map_or(words.len(), |at| at + 1);
        let heading = Span {
            start: span.start,
            end: span.start + u32::try_from(length).unwrap_or(0),
        };
        self.push(
            Section {
                level: 1,
                marker: String::new(),
                title: "Nơi nhận".to_owned(),
                role: Some(Role::Recipients),
                heading,
                span,
            },
            Open {
                section: 0,
                style: None,
                number: 0,
                is_recipients: true,
            },
        );
    }

    /// Ends the body; a signature among the recipients does not end their list.
    fn close_body(&mut self) {
        if !self.open.last().is_some_and(|open| open.is_recipients) {
            self.close(0);
        }
    }

    fn leave_recipients(&mut self) {
        if self.open.last().is_some_and(|open| open.is_recipients) {
            self.close(0);
        }
    }

    fn push(&mut self, section: Section, open: Open) {
        self.open.push(Open {
            section: self.sections.len(),
            ..open
        });
        self.sections.push(section);
    }

    /// Closes all open sections but the outermost `keep`.
    fn close(&mut self, keep: usize) {
        for open in self.open.drain(keep..) {
            let section = &mut self.sections[open.section];
            section.span.end = self.end.max(section.heading.end);
        }
    }
}

/// How deep a sign stands by itself; signs of one rank nest in the order in which a document begins to use them.
fn rank(style: Option<Style>) -> u8 {
    match style {
        Some(Style::Appendix) => 0,
        Some(Style::Part) => 1,
        Some(Style::Chapter) => 2,
        Some(Style::Division) => 3,
        Some(Style::Letter | Style::Roman | Style::Article) | None => 4,
        Some(Style::Number(depth)) => 4 + depth,
        Some(Style::Point | Style::Bullet) => 12,
    }
}

/// The number of a section whose elder sister bears `before`: what was misread follows the count.
fn repaired(opening: &Opening, before: u32) -> u32 {
    let next = before + 1;
    let keeps_count = match opening.style {
        // Two sisters bear the same number, or the count goes back: one of them was misread.
        Some(Style::Roman) => opening.exact && !(opening.capitals && opening.number <= before),
        // `d)` behind `d)` is `đ)`.
        Some(Style::Point) => opening.exact && opening.number != before,
        _ => opening.exact,
    };
    // The first sign that is found may be a later one, if those before it were lost.
    let is_first = before == 0 && opening.number > 0;
    if keeps_count || is_first { opening.number } else { next }
}
