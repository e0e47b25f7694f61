//! A line of text, stripped of what a web page or a scanner puts around it, and what can be told of it at a glance.

use memchr::{memchr, memchr2_iter};

use crate::layout::sorts::Sorts;

/// One line, or the part of one where a new article begins in its middle.
#[derive(Debug, Clone)]
pub(crate) struct Line<'t> {
    /// Its words, without surrounding white space and Markdown signs.
    pub text: &'t str,
    /// Where `text` begins in the whole text, in bytes.
    pub start: usize,
    /// Whether a blank line stands before it.
    pub gap: bool,
    /// Whether a page begins with it.
    pub page: bool,
    /// Whether it begins in the middle of a line of the file.
    pub inner: bool,
    /// How many `#` stood before it.
    pub hashes: u8,
    /// How many characters it has.
    pub chars: u32,
    /// How many characters the line of the file has that ends with it.
    pub line_chars: u32,
    /// How many of them are capital letters.
    pub capitals: u32,
    /// How many of them are small letters.
    pub small: u32,
    /// How many of them are digits.
    pub digits: u32,
}

impl<'t> Line<'t> {
    /// The byte behind the line.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is written in capitals; a few small letters may be a scanner's.
    pub fn in_capitals(&self) -> bool {
        self.capitals >= 2 && self.capitals * 6 >= (self.capitals + self.small) * 5
    }

    /// Whether capitals lead: `KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hồ Đức Phớc`.
    pub fn leads_with_capitals(&self) -> bool {
        self.capitals >= 4 && self.capitals * 2 >= self.small
    }

    /// Whether its first letter is a small one.
    pub fn starts_small(&self) -> bool {
        self.text
            .chars()
            .find(|c| !matches!(c, '*' | '_' | '“' | '"' | '(' | '‘'))
            .is_some_and(char::is_lowercase)
    }

    /// Whether a sentence or an item ends with it.
    pub fn ends_sentence(&self) -> bool {
        self.last()
            .is_some_and(|c| matches!(c, '.' | ';' | ':' | '!' | '?' | '…'))
    }

    /// The last character that is no quote, bracket or Markdown sign.
    pub fn last(&self) -> Option<char> {
        self.text
            .chars()
            .rev()
            .find(|c| !matches!(c, '*' | '_' | '”' | '"' | '’' | ')' | ' '))
    }

    /// Whether it breaks off behind a word that never ends a paragraph: `quy định tại`, `Nghị định số`.
    pub fn breaks_off(&self) -> bool {
        const OPEN: [&str; 24] = [
            "tại", "của", "theo", "và", "số", "ngày", "các", "với", "cho", "về", "năm", "tháng", "khoản", "Điều",
            "hoặc", "là", "trong", "bởi", "do", "từ", "đến", "những", "vào", "Luật",
        ];
        let last = self.text.rsplit(' ').next().unwrap_or_default();
        OPEN.contains(&last)
    }

    /// The length of its first word, in characters.
    pub fn first_word_chars(&self) -> u32 {
        let word = self.text.split(' ').next().unwrap_or_default();
        u32::try_from(word.chars().count()).unwrap_or(u32::MAX)
    }
}

/// Cuts a text into lines; blank ones are left out, and what they tell is kept in their neighbours.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 60 + 1);
    let mut at = 0;
    let mut gap = false;
    let mut page = true;
    while at < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
        let raw = &text[at..end];
        // Printers write a form feed; what some scanners leave of it is a lone space.
        page |= memchr(b'\x0c', raw.as_bytes()).is_some() || (raw.starts_with(' ') && !raw.starts_with("  "));
        match stripped(raw, at) {
            None => gap |= !lines.is_empty(),
            Some(mut line) => {
                (line.gap, line.page) = (gap, page);
                (gap, page) = (false, false);
                push_parts(line, &mut lines);
            }
        }
        at = end;
    }
    lines
}

/// Takes off white space, `#`, `>` and signs of emphasis at both ends; `None` for a blank line.
fn stripped(raw: &str, at: usize) -> Option<Line<'_>> {
    let mut words = raw.trim_matches(is_blank);
    if words.is_empty() {
        return None;
    }
    let mut hashes = 0;
    if words.starts_with(['#', '>']) {
        let inner = words.trim_start_matches('>').trim_start();
        let title = inner.trim_start_matches('#');
        let count = inner.len() - title.len();
        // A hash that leans on its word is no heading sign.
        if count <= 6 && (title.is_empty() || count == 0 || title.starts_with(' ')) {
            hashes = u8::try_from(count).unwrap_or(0);
            words = title.trim_start();
        }
    }
    words = without_emphasis(words);
    if words.is_empty() {
        return None;
    }
    let start = at + (words.as_ptr() as usize - raw.as_ptr() as usize);
    Some(measured(words, start, hashes))
}

/// Form feeds and byte order marks are as blank as spaces.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{c}' | '\u{feff}' | '\u{200b}')
}

/// Takes `**` and `__` off both ends; a lone `*` may be a bullet or a footnote and stays, and so does a rule.
fn without_emphasis(words: &str) -> &str {
    if words
        .bytes()
        .all(|byte| matches!(byte, b'*' | b'_' | b'-' | b' ' | b'='))
    {
        return words;
    }
    let mut words = words;
    while let Some(inner) = words.strip_prefix("**").or_else(|| words.strip_prefix("__")) {
        words = inner.trim_start();
    }
    while let Some(inner) = words.strip_suffix("**").or_else(|| words.strip_suffix("__")) {
        words = inner.trim_end();
    }
    words
}

fn measured(text: &str, start: usize, hashes: u8) -> Line<'_> {
    let Sorts {
        chars,
        capitals,
        small,
        digits,
    } = Sorts::of(text);
    Line {
        line_chars: chars,
        text,
        start,
        gap: false,
        page: false,
        inner: false,
        hashes,
        chars,
        capitals,
        small,
        digits,
    }
}

/// Pages that were turned into text without their line ends run articles on: a new part begins before each.
fn push_parts<'t>(line: Line<'t>, lines: &mut Vec<Line<'t>>) {
    let cuts = article_cuts(line.text);
    if cuts.is_empty() {
        lines.push(line);
        return;
    }
    let ends = cuts.iter().copied().skip(1).chain([line.text.len()]);
    let mut first = measured(line.text[..cuts[0]].trim_end(), line.start, line.hashes);
    (first.gap, first.page) = (line.gap, line.page);
    lines.push(first);
    for (&from, to) in cuts.iter().zip(ends) {
        let mut part = measured(line.text[from..to].trim_end(), line.start + from, 0);
        part.inner = true;
        part.line_chars = line.chars;
        lines.push(part);
    }
}

/// Where `Điều 2.` begins behind the end of a sentence, or `Căn cứ` behind a semicolon or a body in capitals.
fn article_cuts(text: &str) -> Vec<usize> {
    const STROKE: &[u8] = "Đ".as_bytes();
    let mut cuts = Vec::new();
    // The search costs one pass over the bytes: `C`, and the second byte of `Đ`, which hardly stands in another letter.
    for at in memchr2_iter(b'C', STROKE[1], text.as_bytes()) {
        let at = match text.as_bytes()[at] {
            b'C' => at,
            _ => at.saturating_sub(1),
        };
        if at == 0 || !text.is_char_boundary(at) || !text[at..].starts_with(['Đ', 'C']) {
            continue;
        }
        let before = text[..at].trim_end();
        if before.len() == at {
            continue;
        }
        let is_article = text[at..].strip_prefix("Điều ").is_some_and(starts_with_ordinal)
            && before.ends_with(['.', ';', ':', ')', ',']);
        let is_basis = text[at..]
            .strip_prefix("Căn cứ")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            && (before.ends_with(';') || before.chars().rev().take(3).all(char::is_uppercase));
        if is_article || is_basis {
            cuts.push(at);
        }
    }
    cuts
}

/// Whether `12. Hiệu lực` follows: digits, a full stop, a capital.
fn starts_with_ordinal(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - behind.len();
    (1..=3).contains(&digits)
        && behind
            .strip_prefix(". ")
            .is_some_and(|title| title.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let told: Vec<String> = lines(text)
            .iter()
            .map(|line| {
                let signs = [(line.gap, "gap "), (line.page, "page "), (line.inner, "inner ")];
                let signs: String = signs.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
                assert_eq!(&text[line.start..line.end()], line.text);
                format!("{signs}#{} {}", line.hashes, line.text)
            })
            .collect();
        expected.assert_eq(&told.join("\n"));
    }

    #[test]
    fn signs_of_web_pages_and_scanners_are_stripped() {
        check(
            "## **KẾ HOẠCH**\n\n-----\n\u{c} 1.3. Phần thứ ba\n*nhất quán* là\n> Nơi nhận:\n***\n#đảng",
            expect![[r#"
                page #2 KẾ HOẠCH
                gap #0 -----
                page #0 1.3. Phần thứ ba
                #0 *nhất quán* là
                #0 Nơi nhận:
                #0 ***
                #0 #đảng"#]],
        );
    }

    #[test]
    fn articles_that_run_on_are_cut() {
        check(
            "về kinh doanh. Điều 1. Phạm vi điều chỉnh Nghị quyết này quy định. Điều 2. Đối tượng áp dụng\n\
             theo Điều 3. của\nCăn cứ Luật Báo chí; Căn cứ Luật Xuất bản;",
            expect![[r#"
                page #0 về kinh doanh.
                inner #0 Điều 1. Phạm vi điều chỉnh Nghị quyết này quy định.
                inner #0 Điều 2. Đối tượng áp dụng
                #0 theo Điều 3. của
                #0 Căn cứ Luật Báo chí;
                inner #0 Căn cứ Luật Xuất bản;"#]],
        );
    }
}
