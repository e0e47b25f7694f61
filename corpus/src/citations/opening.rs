//! The opening of a document: its subject and the sentences that say what it rests on and carries out.

use std::ops::Range;
use std::sync::LazyLock;

use crate::bare::{FirstLook, alike};
use crate::citations::CitationRole;
use crate::metadata::kind;
use crate::metadata::lines::Lines;

/// How far behind the subject an opening may reach.
const LONGEST_BYTES: usize = 10 * 1024;

/// Where a document says what it rests on, cut into stretches of one role.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    /// Stretches in order, with what the document does with what is named in them.
    stretches: Vec<(Range<usize>, CitationRole)>,
}

impl Opening {
    /// The opening behind a subject that stands at `title`; none of the text before it belongs to the opening.
    ///
    /// `cut` are the lines of the text; what stands behind byte `last` of it is not asked for.
    pub fn behind(cut: &Lines<'_>, title: Range<usize>, last: usize) -> Self {
        let mut opening = Self::default();
        opening
            .stretches
            .push((title.clone(), role_of_title(&cut.part(title.clone()))));
        let lines = cut.part(title.end..title.end + LONGEST_BYTES);
        let mut open: Option<(usize, CitationRole)> = None;
        let mut end = lines.len();
        let mut line = 0;
        for at in 0..lines.len() {
            while lines.lines[line].words.end <= at {
                line += 1;
            }
            if says_nothing(&lines, at, line) {
                continue;
            }
            let behind_last = |at: usize| lines.word(at).is_some_and(|word| word.start > last);
            if at > 0 && behind_last(at - 1) || ends(&lines, at, line) {
                end = at;
                break;
            }
            let role = match starter(&lines, at) {
                Some(role) => Some(role),
                None if open.is_some() && new_sentence(&lines, at) => None,
                None => continue,
            };
            let start = lines.word(at).map_or(title.end, |word| word.start);
            if let Some((from, role)) = open.take() {
                opening.stretches.push((from..start, role));
            }
            open = role.map(|role| (start, role));
        }
        if let Some((from, role)) = open {
            let stop = end
                .checked_sub(1)
                .and_then(|last| lines.word(last))
                .map_or(from, |word| word.end);
            opening.stretches.push((from..stop.max(from), role));
        }
        opening
    }

    /// The role of a document named at byte `at`, if that is in the opening.
    pub fn role_at(&self, at: usize) -> Option<CitationRole> {
        self.stretches
            .iter()
            .find(|(range, _)| range.contains(&at))
            .map(|&(_, role)| role)
    }
}

/// Whether word `at` of line `line` can neither begin nor end anything: a small word within a line.
fn says_nothing(lines: &Lines<'_>, at: usize, line: usize) -> bool {
    let capital = |at: usize| lines.word(at).is_some_and(|word| word.capital);
    let begins_line = lines.lines[line].words.start == at;
    !(capital(at) || capital(at + 1) || begins_line || lines.bare(at) == "nhu")
}

/// Words that begin a sentence of the opening, and what it says of the documents it names.
fn starter(lines: &Lines<'_>, at: usize) -> Option<CitationRole> {
    if !lines.word(at)?.capital {
        return None;
    }
    let (first, second) = (lines.bare(at), lines.bare(at + 1));
    if first == "nham" {
        return Some(CitationRole::Implements);
    }
    let (words, look) = &*STARTERS;
    let role = look.may_be(first).find_map(|at| {
        let (one, other, role) = words[at];
        let begins = match other {
            // `Căn cứ` is much misread.
            "cu" => second.starts_with('c') && second.len() <= 4 && !matches!(second, "cac" | "con" | "cong" | "co"),
            other => alike(second, other),
        };
        (begins && alike(first, one)).then_some(role)
    });
    let follows = || first == "theo" && kind::at(lines, at + 1, lines.len(), true).is_some();
    role.or_else(|| follows().then_some(CitationRole::Basis))
}

/// The first two words of a sentence, and its role.
type Starter = (&'static str, &'static str, CitationRole);

/// The first two words of sentences that say what a document rests on and carries out, and a look at the first.
static STARTERS: LazyLock<(Vec<Starter>, FirstLook)> = LazyLock::new(|| {
    const RESTS_ON: [(&str, &str); 5] = [
        ("xet", "to"),
        ("xet", "de"),
        ("theo", "de"),
        ("theo", "tinh"),
        ("tren", "co"),
    ];
    const CARRIES_OUT: [(&str, &str); 9] = [
        ("thuc", "hien"),
        ("trien", "khai"),
        ("chap", "hanh"),
        ("quan", "triet"),
        ("tiep", "tuc"),
        ("tiep", "theo"),
        ("de", "thuc"),
        ("de", "trien"),
        ("de", "tiep"),
    ];
    let basis = [("can", "cu", CitationRole::Basis)].into_iter();
    let carries_out = CARRIES_OUT.map(|(one, other)| (one, other, CitationRole::Implements));
    let rests_on = RESTS_ON.map(|(one, other)| (one, other, CitationRole::Basis));
    let words: Vec<Starter> = basis.chain(carries_out).chain(rests_on).collect();
    let look = FirstLook::at(words.iter().map(|(one, ..)| *one));
    (words, look)
});

/// Whether a sentence begins here that is not one of the opening's own.
fn new_sentence(lines: &Lines<'_>, at: usize) -> bool {
    let gap = lines.gap_before(at);
    let stop = gap.starts_with('.') && gap.len() > 1 && at > 0 && lines.bare(at - 1).len() > 2;
    stop && lines.word(at).is_some_and(|word| word.capital)
}

/// Whether the opening ends before word `at` of line `line`.
fn ends(lines: &Lines<'_>, at: usize, line: usize) -> bool {
    let (first, second) = (lines.bare(at), lines.bare(at + 1));
    let capital = lines.word(at).is_some_and(|word| word.capital);
    let caps = |at: usize| lines.word(at).is_some_and(|word| word.caps);
    let colon = |index: usize| lines.gap_after(index).trim_start().starts_with([':', '.']);
    if capital && alike(first, "dieu") && matches!(second, "1" | "l" | "i") {
        return true;
    }
    let decides = || alike(first, "quyet") && (alike(second, "dinh") || alike(second, "nghi"));
    if (caps(at) || caps(at + 1)) && decides() && lines.in_capitals(at..at + 2) && colon(at + 1) {
        return true;
    }
    if first == "nhu" && second == "sau" && colon(at + 1) {
        return true;
    }
    let line = &lines.lines[line];
    if line.words.start != at {
        return false;
    }
    let sign = lines.gap_after(at).starts_with(['.', '-', '/', ')']) || lines.gap_after(at).starts_with(" -");
    let heading = matches!(first, "i" | "l" | "1" | "a") && sign;
    // `L MỤC ĐÍCH, YÊU CẦU`: a scanner lost the point.
    let heading =
        heading || matches!(first, "i" | "l" | "1") && line.words.len() >= 3 && lines.in_capitals(line.words.clone());
    let part = matches!(first, "phan" | "chuong") && matches!(second, "i" | "thu" | "1" | "l" | "mot") && capital;
    heading || part || lines.text[line.start..line.end].starts_with("|.")
}

/// What a document does with those that its subject names.
fn role_of_title(lines: &Lines<'_>) -> CitationRole {
    // Exactly: `tình hình` resembles `đính chính`.
    let has = |a: &str, b: &str| (0..lines.len()).any(|at| lines.bare(at) == a && lines.bare(at + 1) == b);
    const CHANGES: [(&str, &str); 7] = [
        ("sua", "doi"),
        ("bai", "bo"),
        ("thay", "the"),
        ("dinh", "chinh"),
        ("huy", "bo"),
        ("so", "ket"),
        ("tong", "ket"),
    ];
    if let Some(&(verb, _)) = CHANGES.iter().find(|&&(a, b)| has(a, b)) {
        // What is reviewed (sơ kết, tổng kết) is neither changed nor carried out.
        let reviewed = matches!(verb, "so" | "tong");
        return if reviewed {
            CitationRole::Mentions
        } else {
            CitationRole::Amends
        };
    }
    const CARRIES_OUT: [(&str, &str); 4] = [("thuc", "hien"), ("trien", "khai"), ("quan", "triet"), ("hoc", "tap")];
    if CARRIES_OUT.iter().any(|&(a, b)| has(a, b)) {
        return CitationRole::Implements;
    }
    CitationRole::Mentions
}
