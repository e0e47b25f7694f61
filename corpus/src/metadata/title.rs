//! Trích yếu: the subject below the heading, with its right ends and in readable case.

use std::ops::Range;

use vietnamese::offsets::Span;

use crate::bare::alike;
use crate::metadata::about;
use crate::metadata::body::{self, Role};
use crate::metadata::case;
use crate::metadata::header::Header;
use crate::metadata::kind;
use crate::metadata::lines::Lines;

/// How many words a subject has at most.
const LONGEST: usize = 170;

/// A subject and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// In the case it would have in a sentence.
    pub text: String,
    /// Its words in the text.
    pub span: Span,
    /// The first word behind it, as an index into the head's words.
    pub end: usize,
}

/// Reads the subject below the heading, or behind `V/v` where a công văn has none.
pub(crate) fn read(header: &Header<'_>) -> Option<Title> {
    match &header.heading {
        Some(heading) => {
            // A letterhead may stand below the subject.
            let below = Some(header.zone.start).filter(|&line| line > heading.line);
            let end = below.map_or(header.lines.len(), |line| header.lines.lines[line].words.start);
            below_heading(&header.lines, heading.words.end, end)
        }
        None => about::read(header),
    }
}

fn below_heading(lines: &Lines<'_>, start: usize, limit: usize) -> Option<Title> {
    let start = without_author(lines, start);
    let capitals = starts_in_capitals(lines, start);
    let end = subject_end(lines, start, capitals).min(limit);
    let end = without_authority(lines, start..end);
    title(lines, start..end)
}

/// Whether the subject is written in capitals, so that the first small word is behind it.
fn starts_in_capitals(lines: &Lines<'_>, start: usize) -> bool {
    lines.in_capitals(start..(start + 4).min(lines.len())) && start < lines.len()
}

/// The first word behind the subject that begins at `start`.
fn subject_end(lines: &Lines<'_>, start: usize, capitals: bool) -> usize {
    let limit = (start + LONGEST).min(lines.len());
    let first_line = lines.line_of(start.min(lines.len().saturating_sub(1)));
    for at in start..limit {
        let line = lines.line_of(at);
        let begins = lines.lines[line].words.start == at;
        let first = line == first_line;
        if begins && at > start && (ruled_off(lines, line) || ends_subject(lines, at, capitals)) {
            return at;
        }
        if stops(lines, at, begins, at == start) {
            return at;
        }
        if begins && at > start && !first && (opens_text(lines, at) || !capitals && opens_prose(lines, start, at)) {
            return at;
        }
        if capitals && at > start && is_small(lines, at) && !back_in_capitals(lines, at) {
            return at;
        }
    }
    limit
}

/// Whether a rule or a star stands between this line and the one before.
fn ruled_off(lines: &Lines<'_>, line: usize) -> bool {
    line > 0
        && lines.lines[line - 1].words.is_empty()
        && lines
            .line(line - 1)
            .chars()
            .any(|c| matches!(c, '-' | '_' | '*' | '–' | '—' | '='))
}

/// Signs that end a subject wherever they stand.
fn stops(lines: &Lines<'_>, at: usize, begins_line: bool, first: bool) -> bool {
    let capital = lines.word(at).is_some_and(|word| word.capital);
    let small = !lines.word(at).is_some_and(|word| word.caps);
    let next = lines.bare(at + 1);
    let word = lines.bare(at);
    if capital && small && alike(word, "can") && next.starts_with('c') && next.len() <= 4 && !next.starts_with("co") {
        return true;
    }
    if alike(word, "kinh") && alike(next, "gui") && capital {
        return true;
    }
    if !begins_line || first && !capital {
        return false;
    }
    let digits = next.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    (alike(word, "dieu") && (digits || matches!(next, "i" | "l")) && capital)
        || (matches!(word, "phan" | "chuong") && matches!(next, "i" | "thu" | "mot" | "1" | "l"))
        || is_roman_heading(lines, at)
}

/// `I.`, `I-`, also as scanned: `|.`, `l.`, `1.` before a heading in capitals.
fn is_roman_heading(lines: &Lines<'_>, at: usize) -> bool {
    let word = lines.bare(at);
    let sign = lines.gap_after(at).trim_start_matches(' ');
    matches!(word, "i" | "l" | "1" | "a") && sign.starts_with(['.', '-', '/', ')']) || {
        let line = lines.line(lines.line_of(at));
        line.starts_with("|.") || line.starts_with("- ") || line.starts_with("+ ")
    }
}

/// Words that open the text below a subject.
fn opens_text(lines: &Lines<'_>, at: usize) -> bool {
    let Some(word) = lines.word(at) else { return false };
    if !word.capital || word.caps && word.end - word.start > 1 {
        return false;
    }
    let (first, second) = (lines.bare(at), lines.bare(at + 1));
    let pair = |a: &str, b: &str| alike(first, a) && alike(second, b);
    let then_document = || {
        (at + 2..at + 9).any(|index| {
            let word = lines.bare(index);
            word == "so" || crate::metadata::number::is_so(word) && word.len() == 2
        })
    };
    let cited = || kind::at(lines, at + 2, lines.len(), false).is_some();
    if pair("thuc", "hien")
        || pair("trien", "khai")
        || pair("chap", "hanh")
        || pair("quan", "triet")
        || pair("tiep", "tuc")
    {
        return then_document() || cited() || pair("thuc", "hien") && lines.gap_before(at).contains("\n\n");
    }
    pair("xet", "to")
        || pair("xet", "de")
        || pair("theo", "de")
        || pair("tren", "co")
        || pair("de", "thuc")
        || pair("de", "trien")
        || pair("de", "chuan")
        || pair("de", "tiep")
        || pair("sau", "khi")
        || pair("trong", "thoi")
        || pair("thoi", "gian")
        || pair("tai", "phien")
        || pair("tai", "cuoc")
        || pair("tai", "hoi")
        || pair("cuoi", "thang")
        || pair("vua", "qua")
        || pair("hien", "nay")
        || pair("kem", "theo")
        || pair("ban", "hanh") && lines.gap_before(at).ends_with('(')
        || alike(first, "nham") && second != "nham"
        || alike(first, "ngay") && second.bytes().all(|byte| byte.is_ascii_digit()) && !second.is_empty()
        || alike(first, "tu") && alike(second, "ngay")
        || matches!(first, "chieu" | "sang") && alike(second, "ngay")
        || lines.gap_before(at).contains("\n\n") && opens_sentence(lines, at)
}

/// Whether a sentence of the text begins with the line of `at`, below a subject that began at word `start`.
///
/// It ends as sentences do, which subjects never do; and it stands apart, below a line that was not filled, or has a
/// body for its subject: `Ban Thường vụ Huyện đoàn xây dựng kế hoạch như sau:`.
fn opens_prose(lines: &Lines<'_>, start: usize, at: usize) -> bool {
    const MOST_LINES: usize = 9;
    let line = lines.line_of(at);
    let sentence = lines
        .word(at)
        .is_some_and(|word| word.capital && !(word.caps && word.end - word.start > 1));
    if !sentence || !lines.line(line).starts_with(char::is_alphabetic) {
        return false;
    }
    let width = |line: usize| lines.line(line).chars().count();
    let widest = (lines.line_of(start)..lines.lines.len().min(line + MOST_LINES))
        .map(width)
        .max()
        .unwrap_or(0);
    let filled = |line: usize| width(line) * 20 >= widest * 17;
    let capital = |line: usize| lines.line(line).starts_with(char::is_uppercase);
    let mut last = line;
    while !lines.line(last).ends_with(['.', ':', ';'])
        && last + 1 < lines.lines.len().min(line + MOST_LINES)
        && !lines.gap_before(lines.lines[last + 1].words.start).contains("\n\n")
        && (filled(last) || !capital(last + 1))
        && lines.line(last + 1).starts_with(char::is_alphanumeric)
    {
        last += 1;
    }
    // A comma ends no paragraph whose next line goes on with a small letter.
    let goes_on = lines.line(last).ends_with(',') && lines.line(last + 1).starts_with(char::is_lowercase);
    let ends = lines.line(last).ends_with(['.', ':', ';', ',']) && !goes_on;
    let words: Vec<&str> = (at..(at + 8).min(lines.len())).map(|index| lines.bare(index)).collect();
    let apart = lines.gap_before(at).contains("\n\n") || !filled(line - 1) || body::phrase_at(&words).is_some();
    let long = lines.lines[last].words.end - at >= 6;
    ends && long && apart
}

/// Whether the paragraph at `at` runs on like prose: long, with an end of a sentence.
fn opens_sentence(lines: &Lines<'_>, at: usize) -> bool {
    let line = lines.line_of(at);
    let text = lines.line(line);
    text.chars().count() > 220 && (text.ends_with(['.', ':', ';']))
}

/// Whether the line leaves a subject in capitals, or is the heading of the first part.
fn ends_subject(lines: &Lines<'_>, at: usize, capitals: bool) -> bool {
    let line = lines.line(lines.line_of(at));
    let bracket = line.starts_with('(') && (alike(lines.bare(at), "kem") || alike(lines.bare(at), "ban"));
    bracket || capitals && is_small(lines, at) && !back_in_capitals(lines, at)
}

/// A word in small letters, not a part of a number's symbol.
fn is_small(lines: &Lines<'_>, at: usize) -> bool {
    let Some(word) = lines.word(at) else { return false };
    let written = lines.written(at);
    let small = written.chars().filter(|c| c.is_lowercase()).count();
    let large = written.chars().filter(|c| c.is_uppercase()).count();
    let in_symbol = lines.gap_before(at).ends_with(['/', '-']) || lines.gap_after(at).starts_with(['/']);
    !word.caps && small > large && small >= 2 && !in_symbol
}

/// Whether capitals go on behind a single small word: a scanner's slip.
fn back_in_capitals(lines: &Lines<'_>, at: usize) -> bool {
    (1..=3).all(|step| {
        lines
            .word(at + step)
            .is_some_and(|word| word.caps || lines.bare(at + step).bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// Takes the name of the deciding authority off the end: `… TỈNH AN GIANG CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN GIANG`.
fn without_authority(lines: &Lines<'_>, words: Range<usize>) -> usize {
    let earliest = words.start + 3;
    let from = words.end.saturating_sub(24).max(earliest);
    let bare: Vec<&str> = (words.start..words.end).map(|index| lines.bare(index)).collect();
    for at in from..words.end {
        if !lines.in_capitals(at..words.end) {
            continue;
        }
        let Some((length, post)) = authority(&bare[at - words.start..]) else {
            continue;
        };
        let before = lines.bare(at - 1);
        let governed = matches!(
            before,
            "cua"
                | "do"
                | "thuoc"
                | "voi"
                | "cho"
                | "gui"
                | "va"
                | "boi"
                | "trinh"
                | "quyen"
                | "tuong"
                | "phong"
                | "tra"
                | "pho"
                | "theo"
                | "giua"
                | "bieu"
                | "doan"
                | "dang"
        );
        let belongs = governed
            || matches!(
                before,
                "tai" | "tren" | "tu" | "den" | "la" | "truong" | "so" | "tich" | "trong"
            ) && !post;
        let begins = lines.lines[lines.line_of(at)].words.start == at;
        let tail = &bare[at - words.start + length..];
        let place = tail.len() <= 6
            || matches!(
                tail.first(),
                Some(&("tinh" | "thanh" | "huyen" | "quan" | "thi" | "xa" | "phuong"))
            ) && tail.len() <= 16;
        let assembly = tail.iter().any(|word| matches!(*word, "khoa" | "hop" | "nhiem"));
        if (!belongs || begins && !governed)
            && (place || assembly)
            && !tail
                .iter()
                .any(|word| matches!(*word, "ve" | "va" | "viec" | "ban" | "giai" | "doan" | "nam"))
        {
            return at;
        }
    }
    words.end
}

/// How many words name an authority that may decide, a post and a body or a body alone, and whether there is a post.
fn authority(words: &[&str]) -> Option<(usize, bool)> {
    const POSTS: &[&[&str]] = &[
        &["chu", "tich"],
        &["bo", "truong"],
        &["cuc", "truong"],
        &["tong", "cuc", "truong"],
        &["giam", "doc"],
        &["thong", "doc"],
        &["tong", "thanh", "tra"],
        &["tong", "kiem", "toan"],
        &["truong", "ban"],
    ];
    let post = POSTS
        .iter()
        .find(|post| words.len() > post.len() && post.iter().zip(words).all(|(want, got)| alike(got, want)))
        .map_or(0, |post| post.len());
    let (phrase, count) = body::phrase_at(&words[post..])?;
    let body = match phrase.role {
        Role::Council | Role::Central => !phrase.name.starts_with("Ban Chấp hành"),
        Role::Agency => post > 0,
        _ => false,
    };
    (body && (count >= 2 || post > 0)).then_some((post + count, post > 0))
}

/// Takes the author off the head: `của Bộ Chính trị, Ban Bí thư về …`.
fn without_author(lines: &Lines<'_>, start: usize) -> usize {
    if lines.bare(start) != "cua" {
        return start;
    }
    let limit = (start + 14).min(lines.len());
    let bare: Vec<&str> = (start + 1..limit).map(|index| lines.bare(index)).collect();
    if body::phrase_at(&bare).is_none() {
        return start;
    }
    (start + 2..limit).find(|&at| lines.bare(at) == "ve").unwrap_or(start)
}

/// The subject that the words say, with the quotes and brackets around them.
pub(super) fn title(lines: &Lines<'_>, words: Range<usize>) -> Option<Title> {
    if words.start >= words.end || words.end > lines.len() {
        return None;
    }
    let first = lines.word(words.start)?;
    let last = lines.word(words.end - 1)?;
    // `V/v` is no part of the subject; `Về việc` below a heading is.
    let abbreviated = lines.bare(words.start) == "v" && lines.bare(words.start + 1) == "v";
    if abbreviated {
        return title(lines, words.start + 2..words.end);
    }
    let mut start = first.start;
    let opening = lines.gap_before(words.start);
    for c in opening
        .chars()
        .rev()
        .take_while(|c| matches!(c, '“' | '"' | '(' | '«' | '”'))
    {
        start -= c.len_utf8();
    }
    let mut end = last.end;
    for c in lines.text[end..]
        .chars()
        .take_while(|c| matches!(c, '”' | '"' | ')' | '»' | '“' | '’'))
    {
        end += c.len_utf8();
    }
    let text = case::sentence(&lines.text[start..end]);
    (text.chars().count() >= 4).then(|| Title {
        text,
        span: Span::new(start, end),
        end: words.end,
    })
}
