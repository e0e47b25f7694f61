//! The right column of a letterhead: the name of the State with its motto, or the name of the Party.

use std::ops::Range;

use crate::bare::{LETTER, alike, prefix_distances};
use crate::metadata::lines::Lines;

/// Words joined, with the end of each.
pub(crate) struct Motto {
    letters: &'static str,
    first: &'static [&'static str],
    ends: &'static [usize],
    least: usize,
}

pub(crate) const STATE: Motto = Motto {
    letters: "conghoaxahoichunghiavietnamdoclaptudohanhphuc",
    first: &[
        "cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam", "doc", "lap", "tu", "do", "hanh", "phuc",
    ],
    ends: &[4, 7, 9, 12, 15, 20, 24, 27, 30, 33, 35, 37, 41, 45],
    least: 9,
};
pub(crate) const PARTY: Motto = Motto {
    letters: "dangcongsanvietnam",
    first: &["dang", "cong", "san", "viet", "nam"],
    ends: &[4, 8, 11, 15, 18],
    least: 11,
};
pub(crate) const MOTTO_ONLY: Motto = Motto {
    letters: "doclaptudohanhphuc",
    first: &["doc", "lap", "tu", "do", "hanh", "phuc"],
    ends: &[3, 6, 8, 10, 14, 18],
    least: 10,
};

/// Whether the line names the State or the Party at any word, as the right column does.
pub(crate) fn begins_in(lines: &Lines<'_>, words: Range<usize>) -> bool {
    words.clone().any(|word| {
        let three = |a: &str, b: &str, c: &str| {
            alike(lines.bare(word), a) && alike(lines.bare(word + 1), b) && alike(lines.bare(word + 2), c)
        };
        word + 2 < words.end
            && (three("cong", "hoa", "xa")
                || three("dang", "cong", "san")
                    && (lines.in_capitals(word..word + 3) || ends_short_line(lines, words.clone(), word))
                || three("doc", "lap", "tu"))
    })
}

/// Whether `Đảng Cộng sản Việt Nam` at `word` ends a line as short as a letterhead's.
fn ends_short_line(lines: &Lines<'_>, line: Range<usize>, word: usize) -> bool {
    word + 5 == line.end
        && line.len() <= 14
        && lines.squeezed(word + 3..line.end) == "vietnam"
        && lines.word(word).is_some_and(|word| word.capital)
}

/// Whether a run of the motto is more than the country's name in prose: in capitals, or at the end of a short line.
pub(crate) fn stands(lines: &Lines<'_>, run: &Range<usize>) -> bool {
    let line = lines.lines[lines.line_of(run.start)].words.clone();
    let before = lines.gap_before(run.start);
    // A column of its own: alone in the line, or far from the words before it.
    let apart = line.start == run.start || before.len() >= 2 && before.bytes().all(|byte| byte.is_ascii_whitespace());
    let prose = lines.gap_after(run.end - 1).starts_with(['.', ',', ';']);
    lines.in_capitals(run.clone()) || line.end == run.end && line.len() <= 14 && apart && !prose
}

/// Runs of the motto: whole in a line, or broken over the ends of lines.
///
/// Where it is spelled out, nothing that merely resembles it is meant: ĐẢNG ỦY CÔNG AN is no ĐẢNG CỘNG SẢN.
pub(crate) fn runs(
    lines: &Lines<'_>,
    motto: &Motto,
    zone: Range<usize>,
    taken: &[bool],
    first: usize,
    typed: bool,
) -> Vec<Range<usize>> {
    let (spelled, reached) = runs_within(lines, motto, zone.clone(), taken, first, 0);
    if typed || reached == motto.first.len() {
        return spelled;
    }
    runs_within(lines, motto, zone, taken, first, LETTER / 4).0
}

/// Runs whose letters cost at most `most` each on average, and how many words of the motto they reach.
fn runs_within(
    lines: &Lines<'_>,
    motto: &Motto,
    zone: Range<usize>,
    taken: &[bool],
    first: usize,
    most: u32,
) -> (Vec<Range<usize>>, usize) {
    let mut runs = Vec::new();
    let mut reached = 0;
    for line in zone {
        let words = lines.lines[line].words.clone();
        let wanted = motto.first[reached];
        let begins = |word: &usize| {
            let letters = lines.bare(*word);
            !taken[*word - first] && (alike(letters, wanted) || letters.starts_with(wanted))
        };
        let best = words
            .clone()
            .filter(begins)
            .filter_map(|word| run(lines, motto, reached, word..words.end, most))
            .max_by_key(|(rank, run, _)| (*rank, std::cmp::Reverse(run.start)));
        let Some((_, run, end)) = best else {
            continue;
        };
        runs.push(run);
        reached = end;
        if reached >= motto.first.len() {
            break;
        }
    }
    (runs, reached)
}

/// How many of `words` are the motto from its word `reached` on, and which word of it comes next.
fn run(
    lines: &Lines<'_>,
    motto: &Motto,
    reached: usize,
    words: Range<usize>,
    most: u32,
) -> Option<(i64, Range<usize>, usize)> {
    let from = if reached == 0 { 0 } else { motto.ends[reached - 1] };
    let letters = lines.squeezed(words.clone()).as_bytes();
    let wanted = &motto.letters.as_bytes()[from..];
    let costs = (most > 0).then(|| prefix_distances(&letters[..letters.len().min(2 * wanted.len())], wanted));
    let cost = |length: usize, want: &[u8]| match &costs {
        Some(costs) => costs.get(length).map(|row| row[want.len()]),
        None => (letters.get(..length) == Some(want)).then_some(0),
    };
    let mut best: Option<(i64, Range<usize>, usize)> = None;
    for (next, &end) in motto.ends.iter().enumerate().skip(reached) {
        let want = &motto.letters.as_bytes()[from..end];
        if reached == 0 && want.len() < motto.least {
            continue;
        }
        let mut length = 0;
        for word in words.clone() {
            length += lines.bare(word).len();
            let whole = word + 1 == words.end;
            let Some(cost) = cost(length, want).filter(|&cost| cost <= want.len() as u32 * most) else {
                continue;
            };
            // More of the motto is better, but not at the price of letters that are not there.
            let rank = want.len() as i64 * i64::from(LETTER) - 3 * i64::from(cost);
            if (reached == 0 || whole) && best.as_ref().is_none_or(|(most, ..)| rank > *most) {
                best = Some((rank, words.start..word + 1, next + 1));
            }
        }
    }
    best
}
