//! By when: the last day that a piece of work names.

use jiff::ToSpan;

use crate::Date;
use crate::bare::squeeze;
use crate::layout::marker;

/// Words behind which a day is a limit and not a citation, in bare letters.
const LIMITS: [&str; 9] = [
    "truoc",
    "hoanthanh",
    "chamnhat",
    "denhet",
    "xongtruoc",
    "truocngay",
    "thoihan",
    "trongthang",
    "trongquy",
];
/// How many words behind such a word the day may stand.
const REACH: usize = 12;

/// The last day named as a limit in `action`.
pub(super) fn due(action: &str) -> Option<Date> {
    let words: Vec<&str> = action.split(' ').collect();
    let bare: Vec<String> = words.iter().map(|word| squeeze(word)).collect();
    let mut last = None;
    for at in 0..words.len() {
        let two = bare
            .get(at + 1)
            .map_or_else(String::new, |next| format!("{}{next}", bare[at]));
        if !LIMITS.contains(&bare[at].as_str()) && !LIMITS.contains(&two.as_str()) {
            continue;
        }
        let end = words.len().min(at + REACH);
        let day = (at..end).find_map(|from| day_at(&words[from..], &bare[from..]));
        last = day.max(last);
    }
    last
}

/// A day, a month, a quarter or a year that begins with the first of the words; the last day of it.
fn day_at(words: &[&str], bare: &[String]) -> Option<Date> {
    let number = |at: usize| number(words.get(at)?);
    match bare[0].as_str() {
        "ngay" => match bare.get(2).map(String::as_str) {
            Some("thang") => date(year(words, bare, 4)?, number(3)?, number(1)?),
            _ => parts(words.get(1)?).and_then(|parts| match parts[..] {
                [day, month, year] => date(year, month, day),
                _ => None,
            }),
        },
        "thang" => match parts(words.get(1)?)?[..] {
            [month, year] => last_of_month(year, month),
            [month] => last_of_month(year(words, bare, 2)?, month),
            _ => None,
        },
        "quy" => {
            let (quarter, rest) = words.get(1)?.split_once('/').unwrap_or((words[1], ""));
            let quarter =
                (1..=4).find(|&number| marker::to_roman(number) == quarter || number.to_string() == quarter)?;
            let year = parts(rest)
                .and_then(|parts| parts.first().copied())
                .or_else(|| year(words, bare, 2))?;
            last_of_month(year, quarter * 3)
        }
        "nam" => date(number(1).filter(|year| *year > 1900)?, 12, 31),
        _ => parts(words[0]).and_then(|parts| match parts[..] {
            [day, month, year] if year > 1900 => date(year, month, day),
            _ => None,
        }),
    }
}

/// The year behind the word `năm` at `at`.
fn year(words: &[&str], bare: &[String], at: usize) -> Option<u32> {
    (bare.get(at)? == "nam").then(|| number(words.get(at + 1)?))?
}

fn number(word: &str) -> Option<u32> {
    word.trim_end_matches([',', '.', ';', ')', ':']).parse().ok()
}

/// The numbers of `20/11/2024` or `11/2023`.
fn parts(word: &str) -> Option<Vec<u32>> {
    word.trim_matches(|c: char| !c.is_ascii_digit())
        .split(['/', '.', '-'])
        .map(|part| part.parse().ok())
        .collect()
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1930..=2060).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn last_of_month(year: u32, month: u32) -> Option<Date> {
    date(year, month, 1)?
        .checked_add(1.month())
        .ok()?
        .checked_sub(1.day())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(action: &str, want: Option<&str>) {
        assert_eq!(due(action).map(|day| day.to_string()).as_deref(), want, "{action}");
    }

    #[test]
    fn limits_are_days_months_quarters_and_years() {
        check("báo cáo kết quả trước ngày 20/11/2024.", Some("2024-11-20"));
        check("chậm nhất ngày 15 tháng 12 năm 2025", Some("2025-12-15"));
        check("hoàn thành trong tháng 11 năm 2023.", Some("2023-11-30"));
        check("Hoàn thành trong Quý II/2024", Some("2024-06-30"));
        check("Thời hạn hoàn thành: trong tháng 02/2024", Some("2024-02-29"));
        check("hoàn thành trong năm 2025", Some("2025-12-31"));
    }

    #[test]
    fn cited_days_are_no_limits() {
        check(
            "thực hiện Kế hoạch số 225-KH/TU, ngày 26/3/2024 của Ban Thường vụ Tỉnh ủy",
            None,
        );
        check("hoàn thành việc quán triệt đúng quy định", None);
    }
}
