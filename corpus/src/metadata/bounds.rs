//! The days between which a document must have been issued, and the last day it sets.

use jiff::civil::Date;
use memchr::memmem;
use vietnamese::offsets::Span;

use crate::citations::{Citation, CitationRole};
use crate::metadata::date;
use crate::metadata::lines::Lines;

/// How long after its issue a document may set a last day, in years.
const LONGEST_YEARS: i16 = 6;

/// A day and the words that say it.
pub(crate) type Day = (Date, Span);

/// The last day by which the text wants the report or completion of the whole: `báo cáo kết quả … trước ngày 20/11/2024`.
///
/// `after` is the day of issue, or the earliest it may be; a day not later than that is no deadline.
pub(crate) fn deadline(text: &str, after: Option<Date>) -> Option<Day> {
    let mut latest: Option<Day> = None;
    for (at, sign) in signs(text) {
        let Some((day, end)) = day_behind(text, at + sign.len(), after) else {
            continue;
        };
        let plausible = after.is_none_or(|after| day > after && day.year() <= after.year() + LONGEST_YEARS);
        if plausible && wants_report(text, at, end) && latest.is_none_or(|(known, _)| day >= known) {
            latest = Some((day, Span::new(at, end)));
        }
    }
    latest
}

/// Where the words that set a last day stand.
fn signs(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    const SIGNS: [&str; 5] = ["trước", "chậm nhất", "muộn nhất", "Trước", "hạn cuối"];
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    for sign in SIGNS {
        let places = memmem::find_iter(text.as_bytes(), sign);
        found.extend(places.map(|at| (at, sign)));
    }
    found.sort_unstable();
    found.into_iter()
}

/// The day that follows within a few words: `ngày 20/11/2024`, `ngày 20 tháng 11 năm 2024`, `ngày 15/12` of the year.
fn day_behind(text: &str, at: usize, after: Option<Date>) -> Option<(Date, usize)> {
    let end = text.floor_char_boundary((at + 60).min(text.len()));
    let rest = &text[at..end];
    let digit = rest.find(|c: char| c.is_ascii_digit())?;
    let between = crate::bare::words(&rest[..digit]);
    let near = between.split(' ').all(|word| {
        matches!(
            word,
            "" | "ngay" | "den" | "la" | "het" | "vao" | "trong" | "16h00" | "truoc" | "thoi" | "gian"
        )
    });
    if !near || !between.split(' ').any(|word| word == "ngay") {
        return None;
    }
    if let Some((day, behind)) = date::at(text, at + digit) {
        return day.map(|day| (day, behind));
    }
    let (day, rest_of) = number(&rest[digit..])?;
    let separator = rest_of.strip_prefix(['/', '-', '.'])?;
    let (month, behind) = number(separator)?;
    let yearly = crate::bare::words(&behind[..behind.floor_char_boundary(behind.len().min(16))]);
    if yearly.starts_with("hang") || yearly.starts_with("hang nam") || behind.starts_with(['/', '-']) {
        return None;
    }
    let day = date::valid(after?.year(), i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    Some((day, end - behind.len()))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..length)?.parse().ok()?;
    (length <= 2).then_some((value, &text[length..]))
}

/// Whether the sentence asks for a report or for the completion of the work.
fn wants_report(text: &str, at: usize, end: usize) -> bool {
    let start = text.floor_char_boundary(at.saturating_sub(420));
    let stop = [". ", ".\n", ";", "\n\n"]
        .iter()
        .filter_map(|stop| text[start..at].rfind(stop))
        .max();
    let start = stop.map_or(start, |stop| start + stop + 1);
    let stop = text.floor_char_boundary((end + 120).min(text.len()));
    let stop = text[end..stop].find([';', '\n']).map_or(stop, |offset| end + offset);
    let lines = Lines::of(text, start..stop);
    (0..lines.len()).any(|index| {
        let pair = [lines.bare(index), lines.bare(index + 1)];
        matches!(pair, ["bao", "cao"] | ["gui", "ve"] | ["gui", "ket"] | ["tong", "hop"])
    })
}

/// The newest day among the documents that this one carries out: it cannot be older.
pub(crate) fn not_before(citations: &[Citation]) -> Option<Day> {
    citations
        .iter()
        .filter(|citation| matches!(citation.role, CitationRole::Basis | CitationRole::Implements))
        .filter_map(|citation| citation.date.zip(citation.spans.first().copied()))
        .max_by_key(|(day, _)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, after: Option<Date>, want: Option<&str>) {
        let got = deadline(text, after).map(|(day, _)| day.to_string());
        assert_eq!(got.as_deref(), want, "{text}");
    }

    #[test]
    fn the_last_report_counts() {
        let after = date::valid(2024, 3, 26);
        check(
            "Các chi bộ báo cáo kết quả về Ban Thường vụ Thị ủy **trước ngày 20/11/2024**.",
            after,
            Some("2024-11-20"),
        );
        check(
            "Hoàn thành trước ngày 30/6/2024; gửi báo cáo tổng kết trước ngày 15/12.",
            after,
            Some("2024-12-15"),
        );
        check("Báo cáo trước ngày 15/6 hằng năm.", after, None);
        check("Thành lập trước ngày 20/11/2024.", after, None);
        check("Báo cáo trước ngày 20/11/2023.", after, None);
    }
}
