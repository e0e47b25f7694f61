//! Cuts a text into tokens: the one analysis that texts and queries go through.
//!
//! A token is a run of letters or digits, with the combining marks and unseen characters that stand in it. Vietnamese
//! writes a space between syllables, so a token is a syllable, a number, an abbreviation or a foreign word; `143-HD/BTGTW` is
//! three tokens. Each comes with its place in the input and in two forms: *marked* (composed, lower case, tone
//! mark at its one place) and *bare* (see [`crate::fold`]). However a word was typed, its tokens are the same:
//! “đối ngoại”, “ĐỐI  NGOẠI” and the decomposed form differ in their spans only.
//!
//! [`Tokens::advance`] and [`Tokens::token`] lend the token at hand, and make none anew that was met before, for loops over
//! whole corpora; as an iterator [`Tokens`] hands out tokens to keep.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization;

use crate::alphabet::{Class, Letter, Table, class};
use crate::offsets::Span;
use crate::recent::{self, AHEAD, Recent};
use crate::{fold, normalize, tone};

/// A syllable, number, abbreviation or foreign word of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Token {
    /// Its bytes in the text as given.
    pub span: Span,
    /// Composed, in lower case, the tone mark at its one place: `hòa` for `HOÀ`.
    pub marked: String,
    /// The bare letters: `hoa`.
    pub bare: String,
}

/// The tokens of a text, in order; see [`tokens`].
#[derive(Debug)]
pub struct Tokens<'t> {
    reader: Reader<'t>,
    at: usize,
    known: Known,
    /// The token at hand, where it is known; else it was read into `read`.
    form: Option<Form>,
    span: Span,
    read: Token,
}

/// A token whose forms the next one may take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRef<'a> {
    /// Its bytes in the text as given.
    pub span: Span,
    /// See [`Token::marked`].
    pub marked: &'a str,
    /// See [`Token::bare`].
    pub bare: &'a str,
}

/// Short tokens that were met before, by what stands up to the next sign in ASCII.
#[derive(Debug, Default)]
struct Known {
    forms: Recent<Form, 4096>,
    /// Their marked and bare forms, in the order they were met.
    letters: String,
}

/// Where the forms of a token stand among those that are known.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    start: u32,
    /// The lengths in bytes.
    marked: u8,
    bare: u8,
}

impl Known {
    fn keep(&mut self, written: u128, token: &Token) {
        if self.forms.is_outdated() {
            *self = Self::default();
        }
        let Self { forms, letters } = self;
        let lengths = (u8::try_from(token.marked.len()), u8::try_from(token.bare.len()));
        if let (Ok(marked), Ok(bare)) = lengths {
            forms.keep(written, || {
                let start = letters.len() as u32;
                letters.push_str(&token.marked);
                letters.push_str(&token.bare);
                Form { start, marked, bare }
            });
        }
    }

    /// The marked and the bare form.
    fn texts(&self, form: Form) -> (&str, &str) {
        let start = form.start as usize;
        let middle = start + usize::from(form.marked);
        (
            &self.letters[start..middle],
            &self.letters[middle..middle + usize::from(form.bare)],
        )
    }
}

thread_local! {
    /// What one text leaves to the next on this thread.
    static KNOWN: Cell<Known> = Cell::default();
}

/// Cuts `text` into tokens.
///
/// ```
/// use vietnamese::tokens::tokens;
/// let forms: Vec<_> = tokens("Thực hiện Hướng dẫn 143-HD/BTGTW").map(|t| (t.marked, t.bare)).collect();
/// assert_eq!(forms[2], ("hướng".to_owned(), "huong".to_owned()));
/// assert_eq!(forms[4..].iter().map(|(marked, _)| marked.as_str()).collect::<Vec<_>>(), ["143", "hd", "btgtw"]);
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    let table = Table::new();
    Tokens {
        reader: Reader { text, table },
        at: 0,
        known: KNOWN.try_with(Cell::take).unwrap_or_default(),
        form: None,
        span: Span::default(),
        read: Token::default(),
    }
}

impl Tokens<'_> {
    /// Goes on to the next token; `false` behind the last.
    pub fn advance(&mut self) -> bool {
        let reader = self.reader;
        let bytes = reader.text.as_bytes();
        let is_sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        while bytes.get(self.at).is_some_and(is_sign) {
            self.at += 1;
        }
        let ahead = recent::ahead(&bytes[self.at..]);
        let length = recent::until_sign(ahead);
        let end = self.at + length;
        let written = (1..AHEAD).contains(&length).then(|| recent::head(ahead, length));
        self.form = written.and_then(|written| self.known.forms.known(written));
        if self.form.is_some() {
            self.span = Span::new(self.at, end);
            self.at = end;
            return true;
        }
        let from = self.at;
        let Some(start) = reader.next_start(from) else {
            self.at = reader.text.len();
            return false;
        };
        reader.read(start, &mut self.read);
        self.span = self.read.span;
        self.at = self.span.range().end;
        if let Some(written) = written
            && (start, self.at) == (from, end)
        {
            self.known.keep(written, &self.read);
        }
        true
    }

    /// Goes on to the next token and gives only its bytes, without reading it; `None` behind the last.
    pub fn next_span(&mut self) -> Option<Span> {
        let reader = self.reader;
        let start = reader.next_start(self.at);
        let end = start.map_or(reader.text.len(), |start| reader.end_of(start));
        self.at = end;
        start.map(|start| Span::new(start, end))
    }

    /// The token that [`advance`](Self::advance) went to.
    pub fn token(&self) -> TokenRef<'_> {
        let (marked, bare) = match self.form {
            Some(form) => self.known.texts(form),
            None => (self.read.marked.as_str(), self.read.bare.as_str()),
        };
        let span = self.span;
        TokenRef { span, marked, bare }
    }
}

impl Drop for Tokens<'_> {
    fn drop(&mut self) {
        // A thread that ends needs it no more.
        let _ = KNOWN.try_with(|known| known.set(std::mem::take(&mut self.known)));
    }
}

/// Reads single tokens.
#[derive(Debug, Clone, Copy)]
struct Reader<'t> {
    text: &'t str,
    table: Table,
}

impl Reader<'_> {
    /// Where the next token begins, from `at` on.
    fn next_start(self, mut at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            let (code, length) = decode(bytes, at)?;
            let class = self
                .table
                .entry(code)
                .map_or_else(|| class_of_code(code), |letter| letter.class);
            if matches!(class, Class::Plain | Class::Knotty) {
                return Some(at);
            }
            at += length;
        }
    }

    /// Where the token that begins at `start` ends: at the first character that belongs to none.
    fn end_of(self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while let Some((code, length)) = decode(bytes, at) {
            let class = self
                .table
                .entry(code)
                .map_or_else(|| class_of_code(code), |letter| letter.class);
            if class == Class::Gap {
                break;
            }
            at += length;
        }
        at
    }

    /// Reads the token that begins at `start`.
    fn read(self, start: usize, token: &mut Token) {
        token.marked.clear();
        token.bare.clear();
        let end = match self.read_plain(start, token) {
            Ok(end) => end,
            Err(knot) => self.read_knotty(start, knot, token),
        };
        fold::meet_i(&mut token.bare);
        token.span = Span::new(start, end);
    }

    /// Reads a token of plain letters up to its end; or stops at the first place that needs more than the letter table.
    fn read_plain(self, start: usize, token: &mut Token) -> Result<usize, usize> {
        let bytes = self.text.as_bytes();
        let mut at = start;
        let (mut earlier, mut before) = (&Letter::NONE, &Letter::NONE);
        let mut doubt = false;
        while let Some((code, length)) = decode(bytes, at) {
            let Some(letter) = self.table.entry(code) else {
                if class_of_code(code) == Class::Gap {
                    break;
                }
                // A mark behind the letter it belongs to, as decomposed text has it.
                before = self.table.with_mark(before, code).ok_or(at)?;
                token.marked.pop();
                token.marked.push(before.lower);
                doubt |= tone::is_doubtful(earlier, before);
                at += length;
                continue;
            };
            match letter.class {
                Class::Plain => {}
                Class::Gap => break,
                Class::Knotty | Class::Joining => return Err(at),
            }
            token.marked.push(letter.lower);
            token.bare.push(char::from(letter.bare));
            doubt |= tone::is_doubtful(before, letter);
            (earlier, before) = (before, letter);
            at += length;
        }
        if doubt && let Some(unified) = tone::unify(&token.marked) {
            token.marked = unified;
        }
        Ok(at)
    }

    /// Reads a token by normalizing it as a whole; `knot` is where its plain letters ended.
    fn read_knotty(self, start: usize, knot: usize, token: &mut Token) -> usize {
        let rest = &self.text[knot..];
        let end = rest
            .find(|c| class(c) == Class::Gap)
            .map_or(self.text.len(), |length| knot + length);
        let lower = normalize::normalize(&self.text[start..end]).to_lowercase();
        token.marked = lower.nfc().collect();
        token.bare.clear();
        fold::fold_knotty(&token.marked, &mut token.bare);
        end
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.advance().then(|| {
            let TokenRef { span, marked, bare } = self.token();
            let (marked, bare) = (marked.to_owned(), bare.to_owned());
            Token { span, marked, bare }
        })
    }
}

fn class_of_code(code: usize) -> Class {
    u32::try_from(code)
        .ok()
        .and_then(char::from_u32)
        .map_or(Class::Gap, class)
}

/// The code point at a character boundary, and its length in bytes.
fn decode(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.get(at)?);
    let tail = |k: usize| bytes.get(at + k).map_or(0, |byte| usize::from(byte & 0x3F));
    Some(match first {
        0..0x80 => (first, 1),
        0x80..0xE0 => ((first & 0x1F) << 6 | tail(1), 2),
        0xE0..0xF0 => ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3),
        _ => ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn check(text: &str, expected: Expect) {
        let cut: Vec<String> = tokens(text)
            .map(|t| format!("{} [{}|{}]", &text[t.span.range()], t.marked, t.bare))
            .collect();
        expected.assert_eq(&cut.join("\n"));
    }

    fn forms(text: &str) -> Vec<(String, String)> {
        tokens(text).map(|token| (token.marked, token.bare)).collect()
    }

    #[test]
    fn codes_and_dates_fall_into_their_parts() {
        check(
            "143-HD/BTGTW, ngày 28/02/2024",
            expect![[r#"
                143 [143|143]
                HD [hd|hd]
                BTGTW [btgtw|btgtw]
                ngày [ngày|ngay]
                28 [28|28]
                02 [02|02]
                2024 [2024|2024]"#]],
        );
    }

    #[test]
    fn however_it_is_typed_the_tokens_are_the_same() {
        let typed = "đối ngoại";
        let decomposed: String = typed.nfd().collect();
        for other in [
            "ĐỐI NGOẠI",
            "Ðối  Ngoại",
            "đối\u{a0}ngoại",
            "đ\u{ad}ối ngo\u{200b}ại",
            &decomposed,
        ] {
            assert_eq!(forms(other), forms(typed), "{other}");
        }
        assert_eq!(forms("Uỷ ban khoá XV, Hoà Bình"), forms("Ủy ban khóa XV, Hòa Bình"));
    }

    #[test]
    fn what_is_not_latin_is_cut_too() {
        check(
            "m² ½ ﬁlm Ёлка İ 漢字 _x_ \u{301}a\u{301} กำ",
            expect![[r#"
                m² [m²|m2]
                ½ [½|½]
                ﬁlm [ﬁlm|film]
                Ёлка [ёлка|елка]
                İ [i̇|i]
                漢字 [漢字|漢字]
                x [x|x]
                á [á|a]
                กำ [กำ|กา]"#]],
        );
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_on_whole_characters(text in any_text()) {
            let mut end = 0;
            for token in tokens(&text) {
                let range = token.span.range();
                prop_assert!(end <= range.start && range.start < range.end);
                prop_assert!(text[end..range.start].chars().all(is_between));
                prop_assert!(!token.marked.is_empty());
                end = range.end;
            }
            prop_assert!(text[end..].chars().all(is_between));
        }

        #[test]
        fn spans_alone_are_those_of_the_tokens(text in any_text()) {
            let mut spans = tokens(&text);
            for token in tokens(&text) {
                prop_assert_eq!(spans.next_span(), Some(token.span));
            }
            prop_assert_eq!(spans.next_span(), None);
        }

        #[test]
        fn what_is_known_is_what_would_be_read(text in any_text()) {
            let (reader, mut read) = (tokens(&text).reader, Token::default());
            for token in tokens(&text).chain(tokens(&text)) {
                reader.read(token.span.range().start, &mut read);
                prop_assert_eq!(&token, &read);
            }
        }

        #[test]
        fn normalizing_first_changes_no_token(text in any_text()) {
            prop_assert_eq!(forms(&normalize::normalize(&text)), forms(&text));
        }

        #[test]
        fn a_marked_form_is_its_own_token(text in any_text()) {
            for token in tokens(&text) {
                let again = forms(&token.marked);
                prop_assert_eq!(again, vec![(token.marked, token.bare)]);
            }
        }
    }

    fn is_between(c: char) -> bool {
        matches!(class(c), Class::Gap | Class::Joining)
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-zA-ZđĐÐăâêôơưàáảãạếộỳỷ \u{301}\u{302}\u{309}\u{323}\u{ad}\u{200b}0-9./-]{0,40}"
        ]
    }
}
