//! Joins syllables (tiếng) into words (từ).
//!
//! Vietnamese writes a space between syllables, not between words: in `học sinh học sinh học` only the sense tells that a
//! pupil learns biology. Words are found as the cheapest path through a lattice of dictionary words (the engine is lindera; the
//! dictionary is ours, see `model/README.md`): a word costs its surprise, `-ln p`, as learned from running text by
//! expectation and maximization. Names are joined afterwards: neighboring words that all begin with a capital, inside a
//! sentence, are one name (`Bùi Văn Luyến`, `Lâm Đồng`), as the treebank of the VLSP project writes them.
//!
//! [`segment`] covers the whole text, so its pieces join to it, byte for byte.

mod dictionary;
mod lattice;
mod names;

use crate::offsets::Span;
use crate::tokens::{TokenRef, tokens};

pub use dictionary::{Costs, DictionaryError};
pub use lattice::Segmenter;

/// A stretch of a text: a word, or what stands between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Piece {
    /// Its bytes in the text.
    pub span: Span,
    /// Whether it is a word: syllables, a number, an abbreviation, a name.
    pub is_word: bool,
}

/// Cuts `text` into words and what stands between them, with the embedded dictionary.
///
/// The pieces join to `text`. Words keep the spaces inside them as they were typed.
///
/// ```
/// use vietnamese::segment::words;
/// let text = "Đẩy mạnh công tác đối  ngoại nhân dân tỉnh Lâm Đồng.";
/// assert_eq!(words(text).collect::<Vec<_>>(), ["Đẩy mạnh", "công tác", "đối  ngoại", "nhân dân", "tỉnh", "Lâm Đồng"]);
/// ```
pub fn segment(text: &str) -> Vec<Piece> {
    Segmenter::embedded().segment(text)
}

/// The words of `text`, in order, as they were typed; see [`segment`].
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    segment(text)
        .into_iter()
        .filter(|piece| piece.is_word)
        .map(|piece| &text[piece.span.range()])
}

impl Segmenter {
    /// Cuts `text` into words and what stands between them; see [`segment()`].
    pub fn segment(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut clause = Clause {
            opens_sentence: true,
            ..Clause::default()
        };
        let mut cutter = self.cutter();
        let mut all = tokens(text);
        let mut end = 0;
        while all.advance() {
            let token = all.token();
            let range = token.span.range();
            let between = &text[end..range.start];
            end = range.end;
            if clause.extend_number(between, token) {
                continue;
            }
            if !continues(between) {
                clause.flush(&mut cutter, &mut pieces);
                clause.opens_sentence = opens_sentence(between);
            }
            clause.push(token, &text[range]);
        }
        clause.flush(&mut cutter, &mut pieces);
        fill(pieces, text.len())
    }
}

/// Whether a word may go on over what stands between two tokens: white space, or a line break inside a paragraph.
fn continues(between: &str) -> bool {
    between.chars().all(char::is_whitespace) && between.matches('\n').count() < 2
}

/// Whether a sentence begins behind what stands between two tokens.
fn opens_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', ':', '…', '\n'])
}

/// Tokens with nothing but space between them.
#[derive(Debug, Default)]
struct Clause {
    /// The marked forms, each with a space behind it.
    line: String,
    tokens: Vec<ClauseToken>,
    /// Whether its first word has a capital for standing first.
    opens_sentence: bool,
}

/// A token of a clause.
#[derive(Debug, Clone, Copy)]
struct ClauseToken {
    span: Span,
    /// The end of its form in the line, behind the space.
    line_end: usize,
    case: names::Case,
    is_number: bool,
}

impl Clause {
    fn push(&mut self, token: TokenRef<'_>, typed: &str) {
        let case = names::Case::of(typed);
        // No word begins small and goes on with a capital: `ở | Thái Bình`.
        let starts_name =
            case == names::Case::Capital && self.tokens.last().is_some_and(|last| last.case == names::Case::Small);
        if starts_name {
            self.line.push('\n');
            if let Some(last) = self.tokens.last_mut() {
                last.line_end = self.line.len();
            }
        }
        self.line.push_str(token.marked);
        self.line.push(' ');
        self.tokens.push(ClauseToken {
            span: token.span,
            line_end: self.line.len(),
            case,
            is_number: is_number(token.marked),
        });
    }

    /// Takes a number on where one sign joins its groups: `25.000`, `28/02/2024`, `2016-2020`.
    fn extend_number(&mut self, between: &str, token: TokenRef<'_>) -> bool {
        let joins = matches!(between, "." | "," | "/" | "-" | "–" | ":") && is_number(token.marked);
        match self.tokens.last_mut() {
            Some(last) if joins && last.is_number => last.span.end = token.span.end,
            _ => return false,
        }
        true
    }

    fn flush(&mut self, cutter: &mut lattice::Cutter<'_>, pieces: &mut Vec<Piece>) {
        if self.tokens.is_empty() {
            return;
        }
        let ends = cutter.word_ends(&self.line);
        let mut ends = ends.iter().copied().peekable();
        let mut first = 0;
        let mut found: Vec<std::ops::Range<usize>> = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            while ends.next_if(|end| *end < token.line_end).is_some() {}
            if ends.peek() == Some(&token.line_end) {
                found.push(first..at + 1);
                first = at + 1;
            }
        }
        if first < self.tokens.len() {
            found.push(first..self.tokens.len());
        }
        names::join(&mut found, self.opens_sentence, |at| self.tokens[at].case);
        pieces.extend(found.into_iter().map(|word| Piece {
            span: Span {
                start: self.tokens[word.start].span.start,
                end: self.tokens[word.end - 1].span.end,
            },
            is_word: true,
        }));
        self.line.clear();
        self.tokens.clear();
    }
}

fn is_number(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts what stands between words between them.
fn fill(words: Vec<Piece>, length: usize) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(words.len() * 2 + 1);
    let mut end = 0;
    for word in words {
        if word.span.range().start > end {
            pieces.push(Piece {
                span: Span::new(end, word.span.range().start),
                is_word: false,
            });
        }
        end = word.span.range().end;
        pieces.push(word);
    }
    if end < length {
        pieces.push(Piece {
            span: Span::new(end, length),
            is_word: false,
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&words(text).collect::<Vec<_>>().join(" | "));
    }

    #[test]
    fn syllables_join_into_words() {
        check(
            "Tăng cường công tác lãnh đạo, chỉ đạo của cấp ủy đảng đối với công tác dân vận",
            expect!["Tăng cường | công tác | lãnh đạo | chỉ đạo | của | cấp ủy | đảng | đối với | công tác | dân vận"],
        );
        check("học sinh học sinh học", expect!["học sinh | học sinh | học"]);
    }

    #[test]
    fn the_spelling_of_a_word_does_not_matter() {
        check(
            "SỨC KHOẺ nhân dân, sức  khỏe",
            expect!["SỨC KHOẺ | nhân dân | sức  khỏe"],
        );
    }

    #[test]
    fn names_are_one_word_inside_a_sentence() {
        check(
            "Đồng chí Nguyễn Văn Hòa, Bí thư Tỉnh ủy Lâm Đồng, thăm xã Tân Hà",
            expect!["Đồng chí | Nguyễn Văn Hòa | Bí thư | Tỉnh ủy | Lâm Đồng | thăm | xã | Tân Hà"],
        );
        check(
            "Ban Tuyên giáo Trung ương phối hợp với Ban Dân vận",
            expect!["Ban | Tuyên giáo | Trung ương | phối hợp | với | Ban | Dân vận"],
        );
    }

    #[test]
    fn a_title_of_capitals_is_no_name() {
        check(
            "Về Công Tác Đối Ngoại Nhân Dân Trong Tình Hình Mới",
            expect!["Về | Công Tác | Đối Ngoại | Nhân Dân | Trong | Tình Hình | Mới"],
        );
    }

    #[test]
    fn a_blank_line_ends_a_word() {
        check(
            "đối\nngoại, đối\n\nngoại",
            expect![[r#"
            đối
            ngoại | đối | ngoại"#]],
        );
    }

    proptest! {
        #[test]
        fn pieces_join_to_the_text(text in prop_oneof![any::<String>(), "[a-zđốiợ ĐT.\n]{0,60}", "(đối ngoại|nhân dân|Lâm|Đồng| |\n|,){0,20}"]) {
            let pieces = segment(&text);
            let joined: String = pieces.iter().map(|piece| &text[piece.span.range()]).collect();
            prop_assert_eq!(&joined, &text);
            prop_assert!(pieces.iter().all(|piece| !piece.span.is_empty()));
        }
    }
}
