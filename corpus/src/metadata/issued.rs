//! Place and day of issue: `Đồng Nai, ngày 29 tháng 9 năm 2025`, in the right column of the letterhead.

use jiff::civil::Date;
use vietnamese::offsets::Span;

use crate::metadata::header::Header;
use crate::metadata::reading::fact;
use crate::metadata::tail::Tail;
use crate::metadata::{DocumentNumber, Fact, Issuer, Level, date, seat};
use crate::problem::{Problem, ProblemKind};
use crate::{bare, gazetteer};

/// Whether little stands behind a day in its line: prose goes on, a letterhead does not.
fn ends_line(header: &Header<'_>, found: &date::Found) -> bool {
    const BEHIND: usize = 6;
    let line = header.lines.lines[header.lines.line_of(found.word)].words.end;
    line.saturating_sub(found.next) <= BEHIND
}

/// The day in the header; impossible or contradicting days are told, not repaired.
pub(super) fn day(header: &Header<'_>, numbered: bool, problems: &mut Vec<Problem>) -> Option<Fact<Date>> {
    let mut days: Vec<(Date, Span, bool, bool)> = Vec::new();
    for (found, place) in &header.dates {
        match found.date {
            Some(day) => {
                let ends = ends_line(header, found);
                days.push((day, found.span, ends, ends && !place.is_empty()));
            }
            None => problems.push(Problem {
                kind: ProblemKind::ImpossibleDate,
                span: Some(found.span),
            }),
        }
    }
    let signs = header.motto || numbered || header.heading.is_some();
    let chosen = days
        .iter()
        .find(|(.., place)| *place)
        .or(days.first())
        .copied()
        .filter(|(.., ends, place)| signs && (*place || *ends && (header.motto || numbered)));
    if let Some((day, span, _, place)) = chosen {
        let others = days.iter().filter(|(other, ..)| *other != day).count();
        if others > 0 {
            problems.push(Problem {
                kind: ProblemKind::SeveralDates { days: others + 1 },
                span: Some(span),
            });
        }
        let confidence = if others > 0 {
            0.5
        } else if place {
            0.97
        } else {
            0.8
        };
        return Some(fact(day, confidence, vec![span]));
    }
    let value = header.card.date.as_ref()?;
    let (day, _) = date::at(&value.text, 0)?;
    day.map(|day| fact(day, 0.85, vec![value.span]))
}

/// The day and place in a line of their own above the signature: `Sóc Trăng, ngày 05 tháng 9 năm 2023`.
pub(super) fn day_above_signature(tail: &Tail<'_>, signature: usize) -> Option<Fact<Date>> {
    let lines = &tail.lines;
    let end = lines.lines.partition_point(|line| line.end <= signature);
    (end.saturating_sub(LINES_ABOVE)..end).rev().find_map(|line| {
        let words = lines.lines[line].words.clone();
        let found = date::in_words(lines, words.clone())?;
        let place = words.start..found.word;
        let alone = found.next == words.end && (1..=6).contains(&place.len());
        let named = place
            .clone()
            .all(|index| lines.word(index).is_some_and(|word| word.capital));
        let day = found.date.filter(|_| alone && named)?;
        Some(fact(day, 0.85, vec![found.span]))
    })
}

/// How far above the signature its day may stand.
const LINES_ABOVE: usize = 3;

/// The day that the text gives elsewhere: of its annexes (`Kèm theo Quyết định số … ngày …`) or of its vote (`thông qua ngày …`).
pub(super) fn day_elsewhere(text: &str, number: &DocumentNumber, kind: Option<&str>) -> Option<Fact<Date>> {
    let annex = text.match_indices(number.0.as_str()).take(20).find_map(|(at, number)| {
        let end = at + number.len();
        let behind = text[end..].trim_start_matches([' ', ',', '\n']);
        let labelled = behind.starts_with("ngày").then_some(text.len() - behind.len())?;
        let (day, stop) = date::at(text, labelled)?;
        day.filter(|_| stop < labelled + 40)
            .map(|day| fact(day, 0.85, vec![Span::new(labelled, stop)]))
    });
    let voted = || {
        if !matches!(kind, Some("Nghị quyết" | "Luật" | "Pháp lệnh")) {
            return None;
        }
        let at = text.rfind("thông qua ngày")?;
        let (day, stop) = date::at(text, at)?;
        day.filter(|_| stop < at + 60)
            .map(|day| fact(day, 0.75, vec![Span::new(at, stop)]))
    };
    annex.or_else(voted)
}

/// The place before the date, as the gazetteer writes it, or as the issuer bears it in its name.
pub(super) fn place(header: &Header<'_>, date: Option<Date>, issuer: Option<&Fact<Issuer>>) -> Option<Fact<String>> {
    let words = header.place()?;
    let span = header.span(words.clone());
    let written = &header.lines.text[span.range()];
    let known = seat::place_line(written, header.typed, date);
    let letters = bare::squeeze(written);
    if known.is_none_or(|known| !letters.ends_with(&bare::squeeze(known.name)))
        && let Some(seat) = issuer.and_then(|issuer| seat_in(&issuer.value.name, words.len(), &letters))
    {
        return Some(fact(seat, 0.9, vec![span]));
    }
    let value = match known {
        Some(place) if letters.ends_with(&bare::squeeze(place.name)) || place.level != Level::Commune => {
            gazetteer::province_label(place.name).to_owned()
        }
        _ => written.to_owned(),
    };
    Some(fact(value, if known.is_some() { 0.95 } else { 0.7 }, vec![span]))
}

/// The last words of an issuer's name, if scanned `letters` may be them: `Phú Quốc` of Đảng ủy đặc khu Phú Quốc.
fn seat_in(name: &str, count: usize, letters: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let seat = words.get(words.len().checked_sub(count)?..)?.join(" ");
    let wanted = bare::squeeze(&seat);
    let most = wanted.len() as u32 * 3;
    let near = wanted.len() >= 4 && bare::bounded_distance(letters.as_bytes(), wanted.as_bytes(), most) <= most;
    near.then_some(seat)
}
