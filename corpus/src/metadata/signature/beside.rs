//! Two who sign side by side, whose columns a scan weaves into one: `CHỦ TỊCH  CHỦ TỊCH`, `Lê Văn Nam  Vi Thị Lụa`.
//!
//! The one to the left signs first (Nghị định 30/2020/NĐ-CP: the body that presides stands there); his name, post and
//! formula are given.

use std::ops::Range;

use super::name::{is_name_word, name_at};
use super::{Formula, Found, formula_at, post_at};
use crate::bare::squeeze;
use crate::document::Paper;
use crate::metadata::lines::Lines;
use crate::metadata::person;
use crate::metadata::tail::Tail;

/// So many lines above the names may bear formulas and posts.
const LINES_ABOVE: usize = 6;

/// The signature of the left column; none where one person signs.
pub(super) fn left(paper: &Paper<'_>, tail: &Tail<'_>) -> Option<Found> {
    let lines = &tail.lines;
    (1..lines.lines.len()).find_map(|at| {
        let name = first_of_two(paper, lines, at).or_else(|| before_post(paper, lines, at))?;
        let heads = at.saturating_sub(LINES_ABOVE)..at;
        let two = heads.clone().any(|line| bears_two(lines, line));
        two.then(|| found(lines, heads, name))
    })
}

/// The first of two names that fill a line; where they part, the second begins with a surname.
fn first_of_two(paper: &Paper<'_>, lines: &Lines<'_>, line: usize) -> Option<Range<usize>> {
    let words = lines.lines[line].words.clone();
    if !(4..=8).contains(&words.len()) || !words.clone().all(|index| is_name_word(paper, lines, index)) {
        return None;
    }
    let parts = (words.start + 2..words.end - 1).filter(|&at| (2..=4).contains(&(at - words.start)));
    let surnames = parts.filter(|&at| {
        words.end - at <= 4
            && person::is_bare_surname(lines.bare(at))
            && name_at(paper, lines, words.start, at).is_some()
    });
    // The widest gap parts them; a scan that keeps no gaps has most names of three.
    let width = |at: usize| lines.gap_before(at).len();
    surnames
        .max_by_key(|&at| {
            (
                width(at),
                std::cmp::Reverse((at - words.start).abs_diff(3) + (words.end - at).abs_diff(3)),
            )
        })
        .map(|at| words.start..at)
}

/// A name at the beginning of a line that the post of the other column ends: `Lê Văn Nam PHÓ BÍ THƯ`.
fn before_post(paper: &Paper<'_>, lines: &Lines<'_>, line: usize) -> Option<Range<usize>> {
    let words = lines.lines[line].words.clone();
    let at = words.clone().find(|&index| is_head(lines, index, words.end))?;
    if !(3..=4).contains(&(at - words.start)) {
        return None;
    }
    name_at(paper, lines, words.start, at).filter(|name| name.end == at)
}

/// Whether two formulas or posts that do not belong together begin in a line, the first at its beginning.
fn bears_two(lines: &Lines<'_>, line: usize) -> bool {
    let words = lines.lines[line].words.clone();
    if !is_head(lines, words.start, words.end) {
        return false;
    }
    let behind = match formula_at(lines, words.start) {
        // `KT. CHỦ TỊCH PHÓ CHỦ TỊCH` is one man's, `TM. ĐẢNG ỦY TM. ỦY BAN NHÂN DÂN` are two.
        Some(formula) => {
            let rest = formula.words.end..words.end;
            return rest.into_iter().any(|at| {
                formula_at(lines, at).is_some_and(|second| second.speaks_for_body() == formula.speaks_for_body())
            });
        }
        None => post(lines, words.clone()).map_or(words.end, |(_, found)| found.end),
    };
    (behind..words.end).any(|at| is_head(lines, at, words.end))
}

/// Whether a formula or a post in capitals begins at `at`.
fn is_head(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    formula_at(lines, at).is_some() || post(lines, at..end).is_some()
}

/// The post in capitals that `words` begin with.
fn post(lines: &Lines<'_>, words: Range<usize>) -> Option<(&'static str, Range<usize>)> {
    // Comparing costs more than a look at what is set in capitals.
    if !words
        .clone()
        .take(2)
        .any(|index| lines.word(index).is_some_and(|word| word.caps))
    {
        return None;
    }
    let bare: Vec<&str> = words.clone().take(5).map(|index| lines.bare(index)).collect();
    let (post, count) = post_at(&bare)?;
    let found = words.start..words.start + count;
    // `PHO Bi THU`: the mark of an Í is read as a small letter.
    let spelled = || lines.word(found.start).is_some_and(|word| word.caps) && squeeze(post) == bare[..count].concat();
    (lines.in_capitals(found.clone()) || spelled()).then_some((post, found))
}

/// What stands at the beginning of the lines above the name.
fn found(lines: &Lines<'_>, heads: Range<usize>, name: Range<usize>) -> Found {
    let mut found = Found {
        formula: None,
        post: None,
        name: Some((name, 0.85)),
    };
    for line in heads {
        let words = lines.lines[line].words.clone();
        if let Some(formula) = formula_at(lines, words.start) {
            let first = found.formula.is_none();
            if first || bears_two(lines, line) {
                found.formula = Some(formula);
            }
        } else if let Some(post) = post(lines, words) {
            found.post.get_or_insert(post);
        }
    }
    found
}

impl Formula {
    /// Whether it speaks for a body (`TM.`), not for a person (`KT.`).
    fn speaks_for_body(&self) -> bool {
        self.text.starts_with("TM.") || self.text.starts_with("T/M")
    }
}
