//! One place where a document is named: kind before the number; date, body and title behind it.

use vietnamese::offsets::Span;

use crate::Date;
use crate::bare::alike;
use crate::citations::opening::Opening;
use crate::citations::{Citation, CitationRole};
use crate::metadata::lines::Lines;
use crate::metadata::number::Found;
use crate::metadata::{body, case, date, kind, number};

/// How much text before a number is looked at.
const BEFORE_BYTES: usize = 120;
/// How much behind it.
const BEHIND_BYTES: usize = 400;
/// How much of it is read first: most titles end sooner.
const NEAR_BYTES: usize = 160;

/// Reads what stands around the number `found` of `text`.
pub(crate) fn read(text: &str, found: &Found, opening: &Opening) -> Citation {
    let before = Lines::of(text, found.start.saturating_sub(BEFORE_BYTES)..found.start);
    let named = kind_before(&before);
    let (issued, behind) = date_behind(text, found.end);
    let (issuer, title) = body_and_title(text, behind);
    let kind = named
        .as_ref()
        .map(|&(kind, _)| kind)
        .or_else(|| kind::of_code(&found.code));
    let start = named.map_or(found.start, |(_, start)| start);
    let sure = f32::from(u8::from(found.labelled)) * 0.05 + f32::from(u8::from(kind.is_some())) * 0.05;
    Citation {
        number: found.number.clone(),
        kind: kind.map(str::to_owned),
        date: issued,
        issuer,
        title,
        role: opening.role_at(found.start).unwrap_or_else(|| role_in_body(&before)),
        confidence: 0.88 + sure,
        spans: vec![Span::new(start, found.end)],
    }
}

/// The kind before `số`, and where it begins: `Kế hoạch số `.
fn kind_before(before: &Lines<'_>) -> Option<(&'static str, usize)> {
    let mut end = before.len();
    if end > 0 && number::is_so(before.bare(end - 1)) {
        end -= 1;
    }
    let (kind, at) = kind::before(before, end.saturating_sub(6)..end)?;
    before.word(at).map(|word| (kind, word.start))
}

/// The day directly behind a number: `, ngày 28/02/2024`, `ngày 16 tháng 6 năm 2025`, `(13/9/2023)`.
fn date_behind(text: &str, end: usize) -> (Option<Date>, usize) {
    let rest = &text[end..];
    let Some(digit) = rest
        .char_indices()
        .take(14)
        .find(|(_, c)| c.is_ascii_digit())
        .map(|(offset, _)| offset)
    else {
        return (None, end);
    };
    let between = crate::bare::squeeze(&rest[..digit]);
    if rest[..digit].contains([';', '.']) || !(between.is_empty() || alike(&between, "ngay") || between == "ngayngay") {
        return (None, end);
    }
    if between.is_empty() && !rest[..digit].contains('(') && !rest[..digit].contains(',') {
        return (None, end);
    }
    match date::at(text, end + digit) {
        Some((day, behind)) => (day, behind),
        None => (None, end),
    }
}

/// `của Ban Tuyên giáo Trung ương về …`: who issued it, and its subject.
fn body_and_title(text: &str, behind: usize) -> (Option<String>, Option<String>) {
    let mut lines = Lines::of(text, behind..behind + NEAR_BYTES);
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ')');
    if !lines
        .word(0)
        .is_some_and(|word| text[behind..word.start].chars().all(apart))
    {
        return (None, None);
    }
    let titled = |word: &str| {
        matches!(
            word,
            "cua" | "ve" | "quy" | "phe" | "sua" | "huong" | "trien" | "ban" | "cong" | "thuc"
        )
    };
    if !(titled(lines.bare(0)) || alike(lines.bare(0), "cua")) {
        return (None, None);
    }
    lines = Lines::of(text, behind..behind + BEHIND_BYTES);
    let mut at = 0;
    let mut issuer = None;
    if alike(lines.bare(0), "cua") {
        let most = lines.len().min(16);
        let end = (1..most).find(|&index| ends_body(&lines, index)).unwrap_or(most);
        let end = central_end(&lines, end).unwrap_or(end);
        if end > 1 {
            issuer = Some(case::one_line(&text[lines.span(1..end).range()]));
        }
        at = end;
    }
    (issuer, title_from(&lines, at, text))
}

/// Whether the name of a body has ended before word `index`.
fn ends_body(lines: &Lines<'_>, index: usize) -> bool {
    let gap = lines.gap_before(index);
    if gap.contains([';', '.', ':', '(', ')', '“', '"', '/']) {
        return true;
    }
    // `Bộ Văn hóa, Thể thao và Du lịch`: a comma before a capital goes on with the name.
    let capital = lines.word(index).is_some_and(|word| word.capital);
    if gap.contains(',')
        && (!capital || kind::at(lines, index, lines.len(), true).is_some() || names_body(lines, index))
    {
        return true;
    }
    let pair = [lines.bare(index), lines.bare(index + 1)];
    // `Bảo vệ` and `Phát triển` stand in names; `Về` ends one even where it was typed with a capital.
    match (lines.bare(index - 1), pair[0]) {
        ("bao", "ve") | ("phat", "trien") => return false,
        (_, "ve") => return true,
        _ => {}
    }
    let verb = matches!(
        pair[0],
        "quy" | "phe" | "sua" | "huong" | "trien" | "thuc" | "bai" | "thanh" | "tai" | "den" | "duoc" | "nham" | "de"
    );
    !capital
        && (verb || pair == ["ban", "hanh"] || pair == ["cong", "bo"] || pair[0] == "va" && goes_on(lines, index + 1))
}

/// Where the name of a central body ends before word `end`: `của Bộ Chính trị trong toàn đảng bộ huyện`.
fn central_end(lines: &Lines<'_>, end: usize) -> Option<usize> {
    let words: Vec<&str> = (1..end).map(|index| lines.bare(index)).collect();
    let (_, count) = body::phrase_at(&words).filter(|(phrase, _)| phrase.role == body::Role::Central)?;
    let behind = 1 + count;
    let goes_on = lines.word(behind).is_some_and(|word| word.capital) || lines.bare(behind) == "khoa";
    (behind < end && !goes_on).then_some(behind)
}

/// Whether another body is named from `index` on: `của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Huyện ủy xây dựng …`.
fn names_body(lines: &Lines<'_>, index: usize) -> bool {
    let words: Vec<&str> = (index..(index + 6).min(lines.len()))
        .map(|index| lines.bare(index))
        .collect();
    body::phrase_at(&words).is_some_and(|(_, count)| count > 1)
}

/// Whether what follows `và` is another document and not the rest of a name.
fn goes_on(lines: &Lines<'_>, index: usize) -> bool {
    kind::at(lines, index, lines.len(), true).is_some() || !lines.word(index).is_some_and(|word| word.capital)
}

/// The subject of a cited document, up to the end of the clause.
fn title_from(lines: &Lines<'_>, at: usize, text: &str) -> Option<String> {
    let opens = matches!(
        lines.bare(at),
        "ve" | "quy" | "phe" | "sua" | "huong" | "trien" | "ban" | "cong" | "thuc"
    ) && !lines.gap_before(at).contains([';', '.', ':']);
    let capital = lines.word(at).is_some_and(|word| word.capital);
    if !opens || capital && lines.bare(at) != "ve" {
        return None;
    }
    let end = (at + 1..lines.len())
        .find(|&index| ends_title(lines, at, index))
        .unwrap_or(lines.len());
    // A subject cut off by the end of the stretch is no whole title.
    let cut = end == lines.len() && lines.text.len() > lines.lines.last()?.end;
    (end > at + 2 && !cut).then(|| case::one_line(&text[lines.span(at..end).range()]))
}

fn ends_title(lines: &Lines<'_>, start: usize, index: usize) -> bool {
    let gap = lines.gap_before(index);
    if gap.contains([';', ':']) || gap.contains(". ") || gap.contains(".\n") || gap.starts_with('.') {
        return true;
    }
    let capital = lines.word(index).is_some_and(|word| word.capital);
    let next_document = kind::at(lines, index, lines.len(), true).is_some() && gap.contains(',');
    let next_paragraph = gap.contains("\n\n") && capital;
    let speaker = gap.contains(',') && capital && !gap.contains('“') && index > start + 4 && lines.bare(index) != "the";
    next_document || next_paragraph || speaker
}

/// What the text does with a document that it names outside the opening.
fn role_in_body(before: &Lines<'_>) -> CitationRole {
    let first = before.len().saturating_sub(14);
    let amends = (first..before.len()).any(|at| {
        let pair = [before.bare(at), before.bare(at + 1)];
        let verb = matches!(
            pair,
            ["bai", "bo"] | ["thay", "the"] | ["sua", "doi"] | ["huy", "bo"] | ["dinh", "chinh"]
        );
        let same_clause = !(at + 1..before.len()).any(|index| before.gap_before(index).contains([';', '.', ':']));
        let passive = at > 0 && matches!(before.bare(at - 1), "duoc" | "da" | "bi");
        verb && same_clause && !passive
    });
    if amends {
        CitationRole::Amends
    } else {
        CitationRole::Mentions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_ends_where_its_subject_begins() {
        for (behind, body, title) in [
            (
                " của Ban Tuyên giáo Trung ương về công tác thông tin đối ngoại.",
                "Ban Tuyên giáo Trung ương",
                "về công tác thông tin đối ngoại",
            ),
            (
                " của Ban Tuyên giáo Trung ương Về triển khai đợt sinh hoạt chính trị.",
                "Ban Tuyên giáo Trung ương",
                "Về triển khai đợt sinh hoạt chính trị",
            ),
            (
                " của Bộ Chính trị khóa XII về đẩy mạnh việc học tập.",
                "Bộ Chính trị khóa XII",
                "về đẩy mạnh việc học tập",
            ),
            (
                " của Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn quy định về thống kê.",
                "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn",
                "quy định về thống kê",
            ),
            (
                " của Cục Bảo vệ chính trị nội bộ về chế độ khám bệnh.",
                "Cục Bảo vệ chính trị nội bộ",
                "về chế độ khám bệnh",
            ),
        ] {
            let read = body_and_title(behind, 0);
            assert_eq!(read, (Some(body.to_owned()), Some(title.to_owned())), "{behind}");
        }
        let (body, title) = body_and_title(" của Bộ Chính trị trong toàn đảng bộ huyện, trước hết là chi bộ.", 0);
        assert_eq!((body.as_deref(), title), (Some("Bộ Chính trị"), None));
    }
}
