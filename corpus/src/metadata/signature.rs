//! Người ký: formula, post and name, out of a block that scans weave into the recipients line by line.

use std::ops::Range;
use std::sync::LazyLock;

use vietnamese::offsets::Span;

use crate::bare::{FirstLook, alike, squeeze};
use crate::document::Paper;
use crate::metadata::body;
use crate::metadata::lines::{Line, Lines};

use crate::metadata::person;
use crate::metadata::tail::Tail;

mod beside;
mod name;

use name::{is_name_word, name_at, spoken};
pub(crate) use name::{name_among, named};

/// Who signed, as what, for whom.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Signature {
    /// The name alone.
    pub name: Option<(String, Span, f32)>,
    /// `Phó Bí thư Thường trực`.
    pub post: Option<(String, Span)>,
    /// `T/M BAN THƯỜNG VỤ`.
    pub signed_for: Option<(String, Span)>,
}

/// Posts, as they are written in a sentence.
const POSTS: &str = "\
Phó Bí thư Thường trực|Phó Bí thư chuyên trách|Phó Bí thư|Tổng Bí thư|Bí thư|Thường trực Ban Bí thư|Ủy viên Thường vụ|\
Phó Trưởng Ban Thường trực|Phó Trưởng Ban|Trưởng Ban|Phó Chủ nhiệm Thường trực|Phó Chủ nhiệm|Chủ nhiệm|\
Phó Chánh Văn phòng|Chánh Văn phòng|Chánh Thanh tra|Phó Chủ tịch Thường trực|Phó Chủ tịch|Chủ tịch Quốc hội|Chủ tịch nước|Chủ tịch|\
Phó Thủ tướng Thường trực Chính phủ|Phó Thủ tướng Chính phủ|Phó Thủ tướng|Thủ tướng Chính phủ|Thủ tướng|Bộ trưởng|Thứ trưởng Thường trực|Thứ trưởng|\
Phó Tổng cục trưởng|Tổng cục trưởng|\
Phó Cục trưởng|Cục trưởng|Phó Chi cục trưởng|Chi cục trưởng|Vụ trưởng|Phó Giám đốc|Giám đốc|Phó Trưởng phòng|Trưởng phòng|\
Phó Hiệu trưởng|Hiệu trưởng|Viện trưởng|Tổng Thanh tra|Tổng Kiểm toán|Phó Thống đốc|Thống đốc|Phó Trưởng Thuế|Trưởng Thuế|\
Phó Trưởng Đoàn|Trưởng Đoàn|Tổ trưởng|Chánh án|Tư lệnh|Chính ủy|Phó Trưởng Công an|Trưởng Công an|Quyền Cục trưởng|Chính trị viên|\
Phó Chính ủy|Chính trị viên phó|Chỉ huy trưởng|Phó Chỉ huy trưởng|Phó Tư lệnh|Tổng Giám đốc|Phó Tổng Giám đốc|Tổng Biên tập|Phó Tổng Biên tập|\
Trưởng Tiểu ban|Phó Trưởng Tiểu ban|Phó Vụ trưởng|Phó Viện trưởng|Phó Chánh án|Phó Chánh Thanh tra|Tổng Thư ký|Chi cục phó|Chi hội trưởng|Hạt trưởng|Đội trưởng";

static POST_WORDS: LazyLock<Vec<(Vec<String>, &'static str)>> = LazyLock::new(|| {
    POSTS
        .split('|')
        .map(|post| (post.split(' ').map(squeeze).collect(), post))
        .collect()
});

/// How many lines at the end of a document without recipients may bear its signature.
const LAST_LINES: usize = 8;

/// Reads the signature out of the end of a document.
pub(crate) fn read(paper: &Paper<'_>, tail: &Tail<'_>) -> Signature {
    let lines = &tail.lines;
    if let Some(left) = beside::left(paper, tail) {
        return left.signature(paper, lines);
    }
    let formula = (0..lines.len()).find_map(|at| formula_at(lines, at)).map(|first| {
        // `TM. ỦY BAN NHÂN DÂN` may be followed by `KT. CHỦ TỊCH`: the second says for whom the signer signs.
        let end = first.words.end;
        (end..end + 24).find_map(|at| formula_at(lines, at)).unwrap_or(first)
    });
    let from = formula.as_ref().map(|formula| formula.words.end);
    let post = match from {
        Some(from) => post_between(lines, from..lines.len().min(from + 60)),
        None => lone_post(tail),
    };
    let from = post.as_ref().map(|post| post.1.end).or(from);
    let name = from
        .and_then(|from| name_behind(paper, tail, from))
        .or_else(|| name_before(paper, tail, formula.as_ref(), post.as_ref()));
    Found { formula, post, name }.signature(paper, lines)
}

/// Where the parts of a signature stand.
struct Found {
    formula: Option<Formula>,
    post: Option<(&'static str, Range<usize>)>,
    name: Option<(Range<usize>, f32)>,
}

impl Found {
    fn signature(self, paper: &Paper<'_>, lines: &Lines<'_>) -> Signature {
        let (name, post, formula) = (self.name, self.post, self.formula);
        Signature {
            name: name.map(|(words, sure)| spoken(paper, lines, words, sure)),
            post: post.map(|(post, words)| (post.to_owned(), lines.span(words))),
            signed_for: formula.map(|formula| (formula.text, lines.span(formula.words))),
        }
    }
}

struct Formula {
    text: String,
    words: Range<usize>,
}

/// `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`, also as scanned: `TIM BAN THUONG VU`.
fn formula_at(lines: &Lines<'_>, at: usize) -> Option<Formula> {
    let word = lines.word(at).filter(|word| word.caps)?;
    let (sign, behind) = sign_at(lines, at)?;
    if lines.gap_before(at).ends_with(['-', '/']) && word.start > 0 && !lines.gap_before(at).contains('\n') {
        return None;
    }
    let line = lines.lines[lines.line_of(at)].words.clone();
    let next_line = lines
        .lines
        .get(lines.line_of(at) + 1)
        .map_or(line.end, |next| next.words.end);
    let (text, end) = body_or_post(
        lines,
        behind,
        if behind < line.end {
            line.end.max(behind + 1)
        } else {
            next_line
        },
    )?;
    Some(Formula {
        text: format!("{sign} {text}"),
        words: at..end,
    })
}

/// The sign of a formula at `at`, and the word behind it.
fn sign_at(lines: &Lines<'_>, at: usize) -> Option<(&'static str, usize)> {
    let (word, next) = (lines.bare(at), lines.bare(at + 1));
    let parted = matches!(lines.gap_after(at).trim(), "/" | "™" | "|");
    let slash = parted && lines.word(at + 1).is_some_and(|next| next.caps);
    match (word, next) {
        ("t", "m") if slash => return Some(("T/M", at + 2)),
        ("k", "t") if slash => return Some(("K/T", at + 2)),
        ("t", "l") if slash => return Some(("T/L", at + 2)),
        ("t", "u") if slash => return Some(("TUQ", at + 2)),
        _ => {}
    }
    let dotted = lines.gap_after(at).starts_with(['.', ',']);
    match word {
        // A slash is read as a stroke; what leaves no trace was a point.
        "tm" => Some(("TM.", at + 1)),
        "kt" => Some(("KT.", at + 1)),
        "tim" | "tlm" | "t1m" | "ttm" => Some(("T/M", at + 1)),
        "kit" | "klt" | "k1t" => Some(("K/T", at + 1)),
        "tl" | "til" | "tll" if dotted => Some((if word == "tl" { "TL." } else { "T/L" }, at + 1)),
        "tuq" => Some(("TUQ.", at + 1)),
        _ => None,
    }
}

/// The body or post that a formula names, in capitals, and the word behind it.
fn body_or_post(lines: &Lines<'_>, at: usize, end: usize) -> Option<(String, usize)> {
    let bare: Vec<&str> = (at..end.min(lines.len())).map(|index| lines.bare(index)).collect();
    if let Some((post, count)) = post_at(&bare) {
        // `KT. BỘ TRƯỞNG, CHỦ NHIỆM`: two posts of one person, `KT. CHỦ TỊCH UBND TỈNH`: with its body.
        if bare.len() > count
            && lines.gap_after(at + count - 1).trim_start().starts_with(',')
            && let Some((second, more)) = post_at(&bare[count..])
        {
            return Some((
                format!("{}, {}", post.to_uppercase(), second.to_uppercase()),
                at + count + more,
            ));
        }
        return Some((post.to_uppercase(), at + count));
    }
    if let Some((phrase, count)) = body::phrase_at(&bare) {
        let mut name = phrase.name.to_uppercase();
        let mut taken = count;
        if let Some((second, more)) = bare
            .get(count..)
            .and_then(|rest| body::phrase_at(rest))
            .filter(|(second, _)| {
                phrase.name.starts_with("Ban")
                    && matches!(
                        second.role,
                        body::Role::Committee(_)
                            | body::Role::CityCommittee
                            | body::Role::PartyCommittee
                            | body::Role::Youth(_)
                    )
            })
        {
            name = format!("{name} {}", second.name.to_uppercase());
            taken += more;
        }
        return Some((name, at + taken));
    }
    None
}

/// A look at the first words of posts.
static POST_LOOK: LazyLock<FirstLook> =
    LazyLock::new(|| FirstLook::at(POST_WORDS.iter().map(|(words, _)| words[0].as_str())));

fn post_at(bare: &[&str]) -> Option<(&'static str, usize)> {
    let first = bare.first()?;
    let longest = |same: fn(&str, &str) -> bool| {
        POST_LOOK
            .may_be(first)
            .map(|at| &POST_WORDS[at])
            .filter(|(words, _)| bare.len() >= words.len() && words.iter().zip(bare).all(|(want, got)| same(got, want)))
            .max_by_key(|(words, _)| words.len())
            .map(|(words, post)| (*post, words.len()))
    };
    longest(|got, want| got == want).or_else(|| longest(alike))
}

/// The first post in capitals among `words`, or one that ends its line.
fn post_between(lines: &Lines<'_>, words: Range<usize>) -> Option<(&'static str, Range<usize>)> {
    words.clone().find_map(|at| {
        // A post stands in one line: `PHÓ CHỦ TỊCH` does not go on with `- Thường trực Tỉnh ủy`.
        let line_end = lines.lines[lines.line_of(at)].words.end;
        let bare: Vec<&str> = (at..(at + 5).min(line_end)).map(|index| lines.bare(index)).collect();
        let (post, count) = post_at(&bare)?;
        let ends_line = line_end == at + count;
        // In small letters only the very words are a post: `Văn Trang` is no `Viện trưởng`.
        let exact = || squeeze(post) == bare[..count].concat();
        let written = lines.in_capitals(at..at + count)
            || ends_line && lines.word(at).is_some_and(|word| word.capital) && exact();
        written.then(|| standing(lines, post, at..at + count))
    })
}

/// `PHÓ CHỦ NHIỆM THƯỜNG` at the end of a line and `TRỰC` at the end of the next are one post.
fn standing(lines: &Lines<'_>, post: &'static str, words: Range<usize>) -> (&'static str, Range<usize>) {
    let line = lines.line_of(words.start);
    let broken = lines.bare(words.end) == "thuong" && lines.lines[line].words.end == words.end + 1;
    let next = lines
        .lines
        .get(line + 1)
        .and_then(|next| next.words.clone().next_back());
    let whole = POST_WORDS
        .iter()
        .find(|(_, long)| long.strip_suffix(" Thường trực") == Some(post));
    match (broken, next, whole) {
        (true, Some(last), Some((_, long))) if alike(lines.bare(last), "truc") => (long, words.start..last + 1),
        _ => (post, words),
    }
}

/// A post in capitals that no formula goes before: at the end of a line beside the recipients, or alone.
fn lone_post(tail: &Tail<'_>) -> Option<(&'static str, Range<usize>)> {
    let lines = &tail.lines;
    let Some(recipients) = tail.recipients else {
        // Without recipients a post is alone in one of the last lines.
        let last = lines.lines.len().saturating_sub(LAST_LINES);
        let capitals = |line: &&Line| lines.in_capitals(line.words.clone());
        return lines.lines[last..].iter().filter(capitals).find_map(|line| {
            let at = line.words.start;
            let bare: Vec<&str> = line.words.clone().map(|index| lines.bare(index)).collect();
            let (post, count) = post_at(&bare)?;
            (count == bare.len()).then_some((post, at..at + count))
        });
    };
    lines.lines[recipients.saturating_sub(8)..].iter().find_map(|line| {
        let caps = |at: &usize| (*at..at + 5).any(|at| lines.word(at).is_some_and(|word| word.caps));
        line.words.clone().filter(caps).find_map(|at| {
            let bare: Vec<&str> = (at..line.words.end.min(at + 5))
                .map(|index| lines.bare(index))
                .collect();
            let (post, count) = post_at(&bare)?;
            lines.in_capitals(at..at + count).then_some((post, at..at + count))
        })
    })
}

/// The name behind the post: directly, alone on a later line, or at the end of a line of recipients.
fn name_behind(paper: &Paper<'_>, tail: &Tail<'_>, from: usize) -> Option<(Range<usize>, f32)> {
    let lines = &tail.lines;
    let line = lines.line_of(from.saturating_sub(1));
    let end = lines.lines[line].words.end;
    if from < end
        && let Some(mut name) = name_at(paper, lines, from, end)
    {
        // The last syllable of a long name may stand alone in the next line.
        let next = lines.lines.get(line + 1).map_or(0..0, |next| next.words.clone());
        if name.end == end && name.len() <= 3 && next.len() == 1 && is_name_word(paper, lines, next.start) {
            name.end = next.end;
        }
        return Some((name, 0.95));
    }
    // `TRƯỞNG BAN GIÁM SÁT QUẢN LÝ Đào Duy Tám`: the rest of the post stands between.
    let small = (from..end).find(|&index| !lines.word(index).is_some_and(|word| word.caps));
    if let Some(name) = small
        .filter(|&small| small > from)
        .and_then(|small| name_at(paper, lines, small, end))
        .filter(|name| name.end == end)
    {
        return Some((name, 0.9));
    }
    // `CHỦ TỊCH Trần` at the end of a line, `Huy Tuấn` in the next.
    if from < end
        && end - from <= 2
        && (from..end).all(|index| is_name_word(paper, lines, index))
        && person::is_bare_surname(lines.bare(from))
    {
        let next = lines.lines.get(line + 1).map_or(0..0, |next| next.words.clone());
        if (1..=3).contains(&next.len()) && next.clone().all(|index| is_name_word(paper, lines, index)) {
            return Some((from..next.end, 0.9));
        }
    }
    let mut best: Option<(u8, Range<usize>)> = None;
    for line in lines.lines.iter().skip(line + 1).take(40) {
        let Some((rank, words)) = name_in_line(paper, lines, line.words.clone(), line.start) else {
            continue;
        };
        if best.as_ref().is_none_or(|(least, _)| rank < *least) {
            best = Some((rank, words));
        }
        if rank == 0 {
            break;
        }
    }
    best.map(|(rank, words)| (words, if rank == 0 { 0.9 } else { 0.7 }))
}

/// A name just before `Nơi nhận`, where the whole block stands above it.
fn name_before(
    paper: &Paper<'_>,
    tail: &Tail<'_>,
    formula: Option<&Formula>,
    post: Option<&(&'static str, Range<usize>)>,
) -> Option<(Range<usize>, f32)> {
    let lines = &tail.lines;
    if formula.is_none() && post.is_none() {
        return None;
    }
    let last = tail.recipients?;
    lines.lines[last.saturating_sub(3)..last].iter().rev().find_map(|line| {
        let (rank, words) = name_in_line(paper, lines, line.words.clone(), line.start)?;
        (rank == 0).then_some((words, 0.8))
    })
}

/// A name in a line: alone (0), or at its end behind the recipients (1, 2).
fn name_in_line(paper: &Paper<'_>, lines: &Lines<'_>, words: Range<usize>, start: usize) -> Option<(u8, Range<usize>)> {
    if words.is_empty() {
        return None;
    }
    let item = lines.text[start..].starts_with(['-', '+', '~', '–']);
    if !item
        && let Some(name) = name_at(paper, lines, words.start, words.end)
        && name.end == words.end
    {
        return Some((0, name));
    }
    // A line of three or four capitalized words and nothing else: a name whose surname is rare, or misread.
    let alone = !item
        && (3..=4).contains(&words.len())
        && words
            .clone()
            .all(|index| is_name_word(paper, lines, index) && lines.bare(index).len() >= 2);
    if alone && (words.end == lines.len() || lines.gap_after(words.end - 1).starts_with(['\n', '\r'])) {
        return Some((3, words));
    }
    (words.start + 1..words.end.saturating_sub(1)).find_map(|at| {
        let gap = lines.gap_before(at);
        let apart = gap.contains([',', ';', '.', '|']) || gap.len() >= 2;
        let name = name_at(paper, lines, at, words.end).filter(|name| name.end == words.end)?;
        // Without a gap only a name behind small letters is told from the recipient before it.
        let behind_small = !lines.word(at - 1).is_some_and(|word| word.capital);
        if !(apart || behind_small && lines.squeezed(name.clone()) != "hochiminh") {
            return None;
        }
        match (name.len(), gap.contains([',', ';'])) {
            (2, true) if behind_small => Some((4, name)),
            (2, _) => None,
            (_, punctuated) => Some((if punctuated { 1 } else { 2 }, name)),
        }
    })
}
