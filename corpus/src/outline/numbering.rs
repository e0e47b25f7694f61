//! What a block opens, by its sign and by how the rest of the document is counted.

use crate::document::{Block, BlockKind};
use crate::layout::marker::{self, Marker, Style};
use crate::layout::sorts::Sorts;
use crate::outline::role::role;

/// How the sections of one document are counted, which decides what a doubtful sign is.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Whether sections under Roman figures have their titles in capitals.
    roman_capitals: bool,
    /// Whether some sections are under Roman figures at all.
    roman: bool,
}

/// What a block opens.
#[derive(Debug)]
pub(super) struct Opening {
    pub style: Option<Style>,
    /// The number its sign shows; 0 where it is unreadable.
    pub number: u32,
    pub exact: bool,
    pub separator: char,
    /// Where the title begins in the block.
    pub title: usize,
    /// Whether the whole block is the title.
    pub is_heading: bool,
    pub capitals: bool,
}

impl Numbering {
    /// Looks over the headings of a document.
    pub fn of(text: &str, blocks: &[Block]) -> Self {
        let (mut roman, mut with_capitals, mut first_again) = (0, 0, 0);
        for block in blocks.iter().filter(|block| block.kind == BlockKind::Heading) {
            let words = &text[block.span.range()];
            let Some(marker) = marker::parse(words) else {
                continue;
            };
            let capitals = in_capitals(&words[marker.len..]);
            if marker.style == Style::Roman {
                roman += 1;
                with_capitals += usize::from(capitals);
            }
            first_again += usize::from(capitals && marker.style == Style::Number(1) && marker.number == 1);
        }
        Self {
            roman_capitals: with_capitals * 2 > roman || roman == 0,
            roman: roman > 0 || first_again > 1,
        }
    }

    /// What the block opens, if it opens a section.
    pub fn opening(&self, words: &str, kind: BlockKind) -> Option<Opening> {
        let Some(marker) = marker::parse(words).filter(|marker| marker.style != Style::Bullet) else {
            return self.unnumbered(words, kind);
        };
        let title = &words[marker.len..];
        let capitals = in_capitals(title);
        let is_heading = kind == BlockKind::Heading;
        let mut opening = Opening {
            style: Some(marker.style),
            number: marker.number,
            exact: marker.exact,
            separator: marker.separator,
            title: marker.len,
            is_heading,
            capitals,
        };
        match marker.style {
            // `1. NỘI DUNG`, `111- TỔ CHỨC`: where Roman sections are in capitals, the strokes are Roman ones.
            Style::Number(1) if self.roman && self.roman_capitals && capitals && is_strokes(&words[..marker.len]) => {
                opening.style = Some(Style::Roman);
                opening.number = words
                    .bytes()
                    .take_while(|byte| *byte == b'1')
                    .count()
                    .try_into()
                    .unwrap_or(0);
                opening.exact = false;
            }
            // `I. Mục đích` below `I. MỤC ĐÍCH, YÊU CẦU`: a one.
            Style::Roman if self.roman_capitals && !capitals && marker.number == 1 && !marker.exact_in(words) => {
                opening.style = Some(Style::Number(1));
                opening.exact = false;
            }
            _ => {}
        }
        Some(opening)
    }

    /// A heading without a sign; only one whose title says what it is for opens a section.
    fn unnumbered(&self, words: &str, kind: BlockKind) -> Option<Opening> {
        // `QUYẾT ĐỊNH:` and the names of bodies above the basis are no sections.
        if kind != BlockKind::Heading || words.ends_with(':') || role(words, false).is_none() {
            return None;
        }
        let capitals = in_capitals(words);
        // `A MỤC ĐÍCH`: one letter before a title in capitals is what the scanner left of a Roman figure.
        let title = words
            .find(' ')
            .filter(|&at| self.roman && capitals && words[..at].chars().count() == 1);
        Some(Opening {
            style: title.map(|_| Style::Roman),
            number: 0,
            exact: title.is_none(),
            separator: '.',
            title: title.map_or(0, |at| at + 1),
            is_heading: true,
            capitals,
        })
    }
}

impl Marker {
    /// Whether a Roman one was really typed: a scanner writes `I` for `1`, but not `I-`.
    fn exact_in(&self, words: &str) -> bool {
        self.exact && self.separator != '.' && words.starts_with('I')
    }
}

/// Whether a sign consists of nothing but strokes: `1.`, `11.`, `111-`.
fn is_strokes(sign: &str) -> bool {
    let digits = sign.trim_end_matches(|c: char| !c.is_ascii_digit());
    !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte == b'1')
}

/// Whether a title is written in capitals.
pub(super) fn in_capitals(title: &str) -> bool {
    const LOOK_CHARS: usize = 80;
    let end = title.char_indices().nth(LOOK_CHARS).map_or(title.len(), |(at, _)| at);
    let Sorts { capitals, small, .. } = Sorts::of(&title[..end]);
    capitals >= 3 && capitals >= small * 4
}
