//! Headings and numbered paragraphs to sections, with their signs repaired and their levels found.

use vietnamese::offsets::Span;

use crate::document::{Block, BlockKind};
use crate::layout::marker::{self, Marker, Style, to_roman};
use crate::metadata::case;
use crate::outline::role::role;
use crate::outline::{Role, Section};

/// The title of a numbered paragraph (`3. Thời gian: Hoàn thành …`) ends within so many characters.
const RUN_IN_CHARS: usize = 90;

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
        if block.kind != BlockKind::Furniture {
            builder.end = block.span.end;
        }
    }
    builder.close(0);
    builder.sections
}

/// How the sections of one document are counted, which decides what a doubtful sign is.
#[derive(Debug, Default)]
struct Numbering {
    /// Whether sections under Roman figures have their titles in capitals.
    roman_capitals: bool,
    /// Whether some sections are under Roman figures at all.
    roman: bool,
}

/// What a block opens.
#[derive(Debug)]
struct Opening {
    style: Option<Style>,
    /// The number its sign shows; 0 where it is unreadable.
    number: u32,
    exact: bool,
    separator: char,
    /// Where the title begins in the block.
    title: usize,
    /// Whether the whole block is the title.
    is_heading: bool,
    capitals: bool,
}

impl Numbering {
    fn of(text: &str, blocks: &[Block]) -> Self {
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
    fn opening(&self, words: &str, kind: BlockKind) -> Option<Opening> {
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

fn in_capitals(title: &str) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for c in title.chars().take(80) {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    capitals >= 3 && capitals >= small * 4
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
    let is_misread = match opening.style {
        Some(Style::Roman) => !opening.exact || (opening.capitals && opening.number <= before),
        _ => !opening.exact,
    };
    if is_misread && (opening.number <= before || opening.number == 0 || opening.number > next + 1) {
        return next;
    }
    opening.number
}

/// Writes the sign as it should stand.
fn sign(style: Style, number: u32, words: &str, opening: &Opening) -> String {
    let separator = opening.separator;
    match style {
        Style::Roman => format!("{}{separator}", to_roman(number)),
        Style::Article => format!("Điều {number}."),
        Style::Number(1) if !opening.exact => format!("{number}{separator}"),
        _ => {
            let parts = words[..opening.title].split(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '\\'));
            let sign = parts
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
                .replace('Ð', "Đ");
            if rank(Some(style)) < 4 {
                in_small(sign.trim_end_matches(['.', ':', '-', ' ']))
            } else {
                sign
            }
        }
    }
}

/// `PHỤ LỤC II` to `Phụ lục II`: the words in small letters, the figures as they are.
fn in_small(sign: &str) -> String {
    let is_figure = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    let words: Vec<String> = sign
        .split(' ')
        .map(|word| {
            if is_figure(word) {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect();
    case::capitalized(&words.join(" "))
}

/// The title of a section, and how many bytes of the block its heading takes.
fn title(words: &str, opening: &Opening) -> (String, usize) {
    let behind = &words[opening.title..];
    if opening.is_heading {
        return (readable(behind), words.len());
    }
    let run_in = behind
        .char_indices()
        .take(RUN_IN_CHARS)
        .find(|(_, c)| matches!(c, ':' | '.' | ';' | ',' | '\u{201c}' | '('))
        .filter(|(at, c)| *c == ':' && (behind.len() == at + 1 || behind[at + 1..].starts_with([' ', '*', '\n'])));
    let run_on = || {
        (opening.style == Some(Style::Article))
            .then(|| run_on_title(behind))
            .flatten()
    };
    match run_in.map(|(at, _)| at).or_else(run_on) {
        Some(at) => (
            readable(&behind[..at]),
            opening.title + at + behind[at..].chars().next().map_or(0, char::len_utf8),
        ),
        None => (String::new(), words[..opening.title].trim_end().len()),
    }
}

/// Where the title of an article ends whose text runs on in the same line: `Phạm vi điều chỉnh Nghị quyết này …`.
fn run_on_title(behind: &str) -> Option<usize> {
    const OPENINGS: [&str; 13] = [
        "Nghị quyết này",
        "Quyết định này",
        "Thông tư này",
        "Nghị định này",
        "Quy định này",
        "Quy chế này",
        "Luật này",
        "Kế hoạch này",
        "Các ",
        "Việc ",
        "Trong ",
        "Giao ",
        "Chánh Văn phòng",
    ];
    let behind_words = behind.match_indices(' ').skip(1).take(16).map(|(at, _)| at + 1);
    let mut starts = behind_words.filter(|&at| OPENINGS.iter().any(|opening| behind[at..].starts_with(opening)));
    starts
        .find(|&at| !leans_on_next(behind[..at].trim_end()))
        .map(|at| behind[..at].trim_end().len())
}

/// Whether words cannot be a title by themselves: `Ban hành kèm theo`, `Giao Sở Nội vụ,`.
fn leans_on_next(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or_default();
    title.ends_with([',', ';', '.', ':'])
        || ["theo", "của", "tại", "với", "và", "cho", "các", "về", "trong"].contains(&last)
}

/// One line, without Markdown signs and closing punctuation, in the case it would have in a sentence.
fn readable(title: &str) -> String {
    let line = case::one_line(title);
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '-' | '–'));
    let line = line.strip_suffix('.').unwrap_or(line).trim_end();
    if in_capitals(line) {
        case::capitalized(&case::sentence(line))
    } else {
        line.to_owned()
    }
}
