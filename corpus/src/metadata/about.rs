//! Trích yếu of a công văn, which has no heading: `V/v tăng cường …` in the left column of the letterhead.

use std::ops::Range;

use crate::bare::alike;
use crate::metadata::case;
use crate::metadata::header::Header;
use crate::metadata::lines::Lines;
use crate::metadata::title::{Title, title};

/// The subject of a công văn: behind `V/v` in the left column, above `Kính gửi`.
pub(super) fn read(header: &Header<'_>) -> Option<Title> {
    let lines = &header.lines;
    let zone = lines.lines.get(header.zone.clone())?;
    let (first, last) = (zone.first()?.words.start, zone.last()?.words.end);
    // A web page has the subject above the letterhead too: the last `V/v` is the document's own.
    let abbreviated = (first..last).rev().find_map(|at| behind_abbreviation(lines, at));
    let start = abbreviated
        .or_else(|| (first..last).find_map(|at| behind_ve_viec(lines, at)))
        .or_else(|| below_number(header))?;
    // The right column is woven in, and marks stand below: place and date, or the year that found no room beside them.
    let woven: Vec<Range<usize>> = header
        .dates
        .iter()
        .flat_map(|(found, place)| {
            let begin = if place.is_empty() { found.word } else { place.start };
            let [first, rest] = found.runs();
            [begin..first.end, rest]
        })
        .collect();
    let right = || woven.iter().chain(&header.mottos).chain(&header.marks);
    let own: Vec<usize> = (start..last)
        .filter(|word| !right().any(|run| run.contains(word)))
        .collect();
    let whole = title(lines, *own.first()?..own.last()? + 1)?;
    if own.len() == whole.end - own[0] {
        return Some(whole);
    }
    let runs = own.chunk_by(|before, next| before + 1 == *next);
    let pieces: Vec<&str> = runs
        .map(|run| &lines.text[lines.span(run[0]..run[run.len() - 1] + 1).range()])
        .collect();
    Some(Title {
        text: case::sentence(&pieces.join(" ")),
        ..whole
    })
}

/// The word behind what is left of `V/v` below the number: restoring takes `Viv` for `Vừa`.
fn below_number(header: &Header<'_>) -> Option<usize> {
    let lines = &header.lines;
    let number = header.numbers.first()?.found.start;
    let line = lines.lines.partition_point(|line| line.end <= number);
    let below = lines.lines.get(line + 1).filter(|_| line + 1 < header.zone.end)?;
    let at = below.words.start;
    let is_left = lines.bare(at).starts_with('v') && lines.bare(at).len() <= 4;
    let written = lines.word(at).is_some_and(|word| word.capital && !word.caps);
    (is_left && written && below.words.len() > 2).then_some(at + 1)
}

/// The word behind `Về việc`, `V/v` in full.
fn behind_ve_viec(lines: &Lines<'_>, at: usize) -> Option<usize> {
    let capital = lines.word(at).is_some_and(|word| word.capital);
    (capital && alike(lines.bare(at), "ve") && lines.bare(at + 1) == "viec").then_some(at + 2)
}

/// The word behind `V/v`, also as scanned in one word: `Viv`.
fn behind_abbreviation(lines: &Lines<'_>, at: usize) -> Option<usize> {
    let capital = lines.word(at).is_some_and(|word| word.capital);
    let begins = lines.lines[lines.line_of(at)].words.start == at;
    let (word, next) = (lines.bare(at), lines.bare(at + 1));
    if word == "v" && next == "v" && lines.gap_after(at).trim() == "/" {
        return Some(at + 2);
    }
    (capital && begins && matches!(word, "vv" | "viv" | "vlv" | "v1v" | "vly" | "viy" | "wv")).then_some(at + 1)
}
