//! Số, ký hiệu: the document's number and symbol, and the canonical form of any number.

use memchr::memchr_iter;
use vietnamese::offsets::Span;
use vietnamese::restore::span_in_text;

use crate::bare::squeeze;
use crate::document::Paper;
use crate::metadata::DocumentNumber;
use crate::metadata::symbol;

/// A document number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its canonical form.
    pub number: DocumentNumber,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// The code of its kind, in canonical form; empty for laws and resolutions of the National Assembly.
    pub code: String,
    /// The unit and level that issued it, in canonical form: `BTGTU`, `UBND`.
    pub body: String,
    /// Whether the word `Số` stands before it.
    pub labelled: bool,
}

/// A number typed in any spelling: `69 kh btgtu`, `S6 69-KH/BTGTU`, `30/2020/nd-cp`, `57 nq tw ngày 22/12/2024`.
pub(crate) fn typed(typed: &str) -> Option<DocumentNumber> {
    let upper = typed.to_uppercase().replace("SỐ", " ").replace("THUU", "ThU");
    if let Some(found) = in_one(typed)
        .into_iter()
        .next()
        .or_else(|| in_one(&upper).into_iter().next())
    {
        return Some(found.number);
    }
    let mut words = upper
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    if words.peek().is_some_and(|word| matches!(*word, "SO" | "S6" | "S0")) {
        words.next();
    }
    let (number, joined) = split_digits(words.next()?)?;
    let mut parts: Vec<&str> = joined.into_iter().chain(words.take(4)).collect();
    let year = parts
        .first()
        .copied()
        .filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    if year.is_some() {
        parts.remove(0);
    }
    let head = year.map_or_else(|| format!("{number}/"), |year| format!("{number}/{year}/"));
    let first = parts.first()?;
    if let Some(assembly) = symbol::assembly(first).filter(|_| year.is_some()) {
        return Some(DocumentNumber(format!("{head}{assembly}")));
    }
    let code = symbol::code(first)?;
    let body = symbol::body(parts.get(1)?)?;
    let of_party = ["TW", "TU", "HU", "QU", "ThU", "ĐU", "CB"]
        .iter()
        .any(|level| body.ends_with(level));
    Some(DocumentNumber(match (year, of_party) {
        (None, true) => format!("{number}-{code}/{body}"),
        _ => format!("{head}{code}-{body}"),
    }))
}

/// The digits that a word begins with, and the letters that follow without a blank: `69KH`.
fn split_digits(word: &str) -> Option<(&str, Option<&str>)> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, letters) = word.split_at(end);
    ((1..=7).contains(&digits.len())).then_some((digits, Some(letters).filter(|letters| !letters.is_empty())))
}

/// All document numbers of `paper`, in order, with their places in its text.
///
/// Digits and capitals are what scanners read best and what restoring can only harm: a number is read from the scan, and
/// from the restored text only where the scan shows none.
pub(crate) fn all(paper: &Paper<'_>) -> Vec<Found> {
    let in_text = in_one(paper.text);
    if paper.readings.is_empty() {
        return in_text;
    }
    let mut found: Vec<Found> = in_one(paper.scan)
        .into_iter()
        .map(|number| {
            let span = span_in_text(paper.readings, Span::new(number.start, number.end)).range();
            Found {
                start: span.start,
                end: span.end.min(paper.text.len()),
                ..number
            }
        })
        .filter(|number| paper.text.is_char_boundary(number.start) && paper.text.is_char_boundary(number.end))
        .collect();
    found.dedup_by(|next, before| next.start < before.end);
    for number in in_text {
        let behind = found.partition_point(|other| other.end <= number.start);
        match found.get_mut(behind) {
            Some(other) if other.start < number.end => {
                // A symbol that no table knows may be one that restoring repaired.
                if !symbol::is_known(&other.code, &other.body) && symbol::is_known(&number.code, &number.body) {
                    *other = number;
                }
            }
            _ => found.insert(behind, number),
        }
    }
    found
}

fn in_one(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut floor = 0;
    for slash in memchr_iter(b'/', text.as_bytes()) {
        if slash >= floor
            && let Some(number) = around(text, slash, floor)
        {
            floor = number.end;
            found.push(number);
        }
    }
    found
}

/// The document number around the slash at byte `slash` of `text`, not reaching back before `floor`.
///
/// Reads the Party's order (`143-HD/BTGTW`), the State's (`1425/KH-UBND`, `30/2020/NĐ-CP`), that of laws
/// (`72/2025/QH15`), and all of them with blanks and line ends that a scanner put in.
pub(crate) fn around(text: &str, slash: usize, floor: usize) -> Option<Found> {
    let start = start_before(text, slash, floor)?;
    let found = starting_at(text, start)?;
    (found.end > slash).then_some(found)
}

/// Where the digits of the number begin whose first slash stands at `slash`.
fn start_before(text: &str, slash: usize, floor: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = skip_blanks_back(bytes, slash, floor);
    // `12a-KH/TU`, put between 12 and 13.
    let suffixed = |at: usize| at > floor + 1 && matches!(bytes[at - 1], b'a'..=b'e') && bytes[at - 2].is_ascii_digit();
    if at > floor && !bytes[at - 1].is_ascii_digit() && !suffixed(at) {
        // The Party's order: a code and a dash stand between digits and slash.
        let letters = at;
        while at > floor && is_symbol_byte(bytes[at - 1]) {
            at -= 1;
        }
        if at == letters || letters - at > 14 {
            return None;
        }
        at = skip_blanks_back(bytes, at, floor);
        let dash = text[floor..at].chars().next_back().filter(|&c| is_dash(c))?;
        at = skip_blanks_back(bytes, at - dash.len_utf8(), floor);
    }
    if suffixed(at) {
        at -= 1;
    }
    let end = at;
    while at > floor && end - at < 9 {
        if is_digit_like(bytes[at - 1]) {
            at -= 1;
        } else if text[floor..at].ends_with('§') && at >= floor + 3 && bytes[at - 3].is_ascii_digit() {
            // `17§8`: a sign that is no digit, between digits.
            at -= 2;
        } else {
            break;
        }
    }
    while at < end && !bytes[at].is_ascii_digit() {
        // `l31` is 131, but the S of `S637` belongs to the word Số.
        if matches!(bytes[at], b'l' | b'I') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            break;
        }
        at += 1;
    }
    // `S637`: the scanner joined `Số` and 37, and read ố as a digit.
    let joined = at > floor && matches!(bytes[at - 1], b'S' | b's' | b'$') && matches!(bytes[at], b'6' | b'0' | b'5');
    if joined {
        // `S6 -KH/TU` is `Số` before a number left blank: numbers below ten are padded.
        at += 1;
    }
    (at < end).then_some(at)
}

/// Reads a document number whose digits begin at byte `start`.
pub(crate) fn starting_at(text: &str, start: usize) -> Option<Found> {
    let mut reader = Reader { text, at: start };
    let number = reader.digits()?;
    reader.blanks();
    let labelled = ends_with_so(&text[text.floor_char_boundary(start.saturating_sub(12))..start]);
    let (canonical, code, body) = match reader.next()? {
        '/' => state(&mut reader, &number, labelled)?,
        c if is_dash(c) => party(&mut reader, &number)?,
        _ => return None,
    };
    Some(Found {
        number: DocumentNumber(canonical),
        start,
        end: reader.at,
        code,
        body,
        labelled,
    })
}

/// `-KH/TU`, behind the dash.
fn party(reader: &mut Reader<'_>, number: &str) -> Option<(String, String, String)> {
    reader.blanks();
    let code = symbol::code(reader.letters()?)?;
    reader.blanks();
    if reader.next()? != '/' {
        return None;
    }
    reader.blanks();
    let body = bodies(reader)?;
    Some((format!("{number}-{code}/{body}"), code, body))
}

/// `KH-UBND` or `2020/NĐ-CP` or `2025/QH15`, behind the slash; behind the word `Số` a known body alone, `126/LĐLĐ`.
fn state(reader: &mut Reader<'_>, number: &str, labelled: bool) -> Option<(String, String, String)> {
    reader.blanks();
    let mut head = format!("{number}/");
    if reader.peek()?.is_ascii_digit() {
        let year = reader.digits()?;
        let plausible = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
        reader.blanks();
        if !plausible || reader.next()? != '/' {
            return None;
        }
        reader.blanks();
        head = format!("{number}/{year}/");
    }
    let with_year = head.len() > number.len() + 1;
    let letters = reader.letters()?;
    if let Some(assembly) = symbol::assembly(letters) {
        return with_year.then(|| (format!("{head}{assembly}"), String::new(), assembly));
    }
    let code = symbol::code(letters)?;
    let before = reader.at;
    reader.blanks();
    match reader.next() {
        Some(c) if is_dash(c) => {
            reader.blanks();
            let body = bodies(reader)?;
            Some((format!("{head}{code}-{body}"), code, body))
        }
        Some('/') if with_year || code == "TTLT" => {
            let body = bodies(reader)?;
            Some((format!("{head}{code}/{body}"), code, body))
        }
        _ => {
            reader.at = before;
            let body = symbol::body(letters).filter(|body| labelled && !with_year && symbol::is_known("", body))?;
            Some((format!("{head}{body}"), String::new(), body))
        }
    }
}

/// The issuing bodies: `BTGTU`, `UBND`, `BVHTTDL-BTC`.
fn bodies(reader: &mut Reader<'_>) -> Option<String> {
    let mut out = symbol::body(reader.letters()?)?;
    loop {
        let before = reader.at;
        let Some(c) = reader.peek().filter(|&c| is_dash(c) || c == '.' || c == '&') else {
            return Some(out);
        };
        reader.next();
        if is_dash(c) {
            reader.line_end();
        }
        match reader.letters().and_then(symbol::body) {
            Some(part) => {
                out.push(if is_dash(c) { '-' } else { c });
                out.push_str(&part);
            }
            None => {
                reader.at = before;
                return Some(out);
            }
        }
    }
}

/// Whether the words of `before` end with the word `Số` as clean text or a scanner writes it.
pub(crate) fn ends_with_so(before: &str) -> bool {
    let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '$');
    let word = trimmed
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | ';'))
        .next()
        .unwrap_or_default();
    is_so(&squeeze(word))
}

/// Whether bare letters may be the word `Số`.
pub(crate) fn is_so(letters: &str) -> bool {
    // ố is read as one or two signs of this kind.
    let like_o = |byte: u8| {
        matches!(
            byte,
            b'o' | b'0' | b'e' | b'6' | b'5' | b'9' | b's' | b'd' | b'b' | b'g' | b'q' | b'a'
        )
    };
    let scanned = (2..=4).contains(&letters.len())
        && letters.starts_with(['s', '5'])
        && letters.bytes().skip(1).all(like_o)
        && letters.bytes().any(|byte| byte.is_ascii_alphabetic());
    scanned || matches!(letters, "56" | "50" | "6" | "s" | "soi" | "sc" | "st")
}

/// Whether `c` is a dash of any length.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '~' | '_')
}

fn is_digit_like(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'l' | b'I' | b'!' | b'|' | b'.' | b'S' | b'B')
}

/// Letters of a code or body: ASCII, or part of Đ and other letters beyond ASCII.
fn is_symbol_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn skip_blanks_back(bytes: &[u8], mut at: usize, floor: usize) -> usize {
    let stop = at.saturating_sub(3).max(floor);
    while at > stop && matches!(bytes[at - 1], b' ' | b'\n' | b'\r' | b'\t') {
        at -= 1;
    }
    at
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Steps over at most three blanks, of which one may end the line.
    fn blanks(&mut self) {
        for _ in 0..3 {
            match self.peek() {
                Some(' ' | '\n' | '\r' | '\t' | '\u{a0}') => {
                    self.next();
                }
                _ => return,
            }
        }
    }

    /// Steps over a line end: a symbol broken at its dash goes on in the next line.
    fn line_end(&mut self) {
        if self.peek() == Some('\n') || self.text[self.at..].starts_with("\r\n") {
            self.blanks();
        }
    }

    /// A number of at most seven digits, with letters read for digits made digits again; `66.2` is one number.
    fn digits(&mut self) -> Option<String> {
        let rest = &self.text.as_bytes()[self.at..];
        let mut out = String::new();
        let mut taken = 0;
        for (index, &byte) in rest.iter().enumerate() {
            let digit = match byte {
                b'0'..=b'9' => byte,
                b'O' | b'o' if index > 0 => b'0',
                b'l' | b'I' => b'1',
                b'!' | b'|' if index > 0 => b'1',
                b'S' if index > 0 => b'5',
                b'B' if index > 0 => b'8',
                // `§` between digits is nothing that was printed.
                0xC2 if index > 0 && rest.get(index + 1) == Some(&0xA7) => continue,
                0xA7 if index > 0 && rest[index - 1] == 0xC2 => continue,
                b'.' if index > 0 && rest.get(index + 1).is_some_and(u8::is_ascii_digit) => b'.',
                _ => break,
            };
            out.push(char::from(digit));
            taken = index + 1;
        }
        if out.len() > 7 || !rest[..taken].iter().any(u8::is_ascii_digit) {
            return None;
        }
        self.at += taken;
        // A letter behind the digits belongs to the number where a separator follows: `12a-CV/TU`.
        let mut tail = self.text[self.at..].chars();
        if let (Some(letter @ 'a'..='e'), Some(separator)) = (tail.next(), tail.next())
            && (is_dash(separator) || separator == '/')
        {
            out.push(letter);
            self.at += 1;
        }
        Some(out)
    }

    fn letters(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let length = rest
            .char_indices()
            .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '$' | '¢' | '\u{300}'..='\u{36f}')))
            .map_or(rest.len(), |(offset, _)| offset);
        if length == 0 || length > 40 {
            return None;
        }
        self.at += length;
        Some(&rest[..length])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<&str>) {
        let slash = text.find('/').unwrap();
        let got = around(text, slash, 0).map(|found| found.number.0);
        assert_eq!(got.as_deref(), want, "{text}");
    }

    #[test]
    fn both_orders_are_read() {
        check("Số 69-KH/BTGTU", Some("69-KH/BTGTU"));
        check("Số: 30/2020/NĐ-CP ngày", Some("30/2020/NĐ-CP"));
        check("Luật số 72/2025/QH15;", Some("72/2025/QH15"));
        check("Công văn số 11344/BNV-CCVC ngày", Some("11344/BNV-CCVC"));
        check("Nghị quyết số 66.2/2025/NQ-CP", Some("66.2/2025/NQ-CP"));
        check("Số 12a-KH/BCĐ35", Some("12a-KH/BCĐ35"));
        check("Số: 15b/TB-UBND", Some("15b/TB-UBND"));
        check("Số: 126/LĐLĐ", Some("126/LĐLĐ"));
        check("đạt 126/LĐLĐ", None);
    }

    #[test]
    fn scanned_symbols_get_their_marks() {
        check("S637 -KH/TU", Some("37-KH/TU"));
        check("6 234- KH/HU Ninh Hai", Some("234-KH/HU"));
        check("Sé 17-CTr/TU", Some("17-CTr/TU"));
        check("S6 -KH/BDVQU", None);
        check("366-QD/TW", Some("366-QĐ/TW"));
        check("27-KH/DU", Some("27-KH/ĐU"));
        check("41-KH/BCD35TW", Some("41-KH/BCĐ35TW"));
        check("01-NQ/DH", Some("01-NQ/ĐH"));
        check("1876-QĐĐNS/TU", Some("1876-QĐNS/TU"));
        check("sb 57-\nKL/TW", Some("57-KL/TW"));
        check("s6 21/2025/NQ-HDND", Some("21/2025/NQ-HĐND"));
    }

    #[test]
    fn any_spelling_is_understood() {
        let check =
            |text: &str, want: &str| assert_eq!(typed(text).map(|number| number.0).as_deref(), Some(want), "{text}");
        check("69 kh btgtu", "69-KH/BTGTU");
        check("S6 69-KH/BTGTU", "69-KH/BTGTU");
        check("Số: 30/2020/nđ-cp", "30/2020/NĐ-CP");
        check("72 2025 qh15", "72/2025/QH15");
        check("57-nq/tw ngày 22/12/2024", "57-NQ/TW");
        check("08 qd ubnd", "08/QĐ-UBND");
        assert_eq!(typed("đối ngoại nhân dân"), None);
        assert_eq!(typed("20 tháng 11"), None);
    }

    #[test]
    fn dates_and_fractions_are_no_numbers() {
        check("ngày 26/3/2024 của", None);
        check("khoảng 10/ngày", None);
        check("60 km/h", None);
        check("24/7", None);
        check("nhiệm kỳ 2020/2025-CT", None);
    }
}
