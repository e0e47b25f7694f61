//! Loại văn bản: the heading that names the kind, and the kind that a code stands for.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::bare::{FirstLook, alike, bounded_distance, squeeze};
use crate::metadata::lines::{Lines, key};

/// Kinds as headings name them, longer ones before those they begin with, with the codes they are numbered under.
const KINDS: &[(&str, &[&str])] = &[
    ("Chương trình hành động", &["CTr", "CTHĐ", "CTrHĐ"]),
    ("Chương trình phối hợp", &["CTPH", "CTrPH"]),
    ("Chương trình công tác", &["CTr"]),
    ("Chương trình", &["CTr", "CT"]),
    ("Kế hoạch hành động", &["KHHĐ", "KH"]),
    ("Kế hoạch phối hợp", &["KHPH"]),
    ("Kế hoạch liên tịch", &["KHLT"]),
    ("Kế hoạch", &["KH"]),
    ("Nghị quyết liên tịch", &["NQLT"]),
    ("Nghị quyết chuyên đề", &["NQ"]),
    ("Nghị quyết", &["NQ"]),
    ("Nghị định", &["NĐ"]),
    ("Quyết định", &["QĐ", "QĐNS"]),
    ("Chỉ thị", &["CT"]),
    ("Kết luận", &["KL"]),
    ("Quy chế phối hợp", &["QCPH"]),
    ("Quy chế", &["QC"]),
    ("Quy định", &["QyĐ", "QĐi", "QĐ"]),
    ("Quy hoạch", &["QH"]),
    ("Thông tri", &["TT"]),
    ("Thông tư liên tịch", &["TTLT"]),
    ("Thông tư", &["TT"]),
    ("Thông báo kết luận", &["TB"]),
    ("Thông báo", &["TB"]),
    ("Thông cáo", &["TC"]),
    ("Hướng dẫn liên ngành", &["HDLN"]),
    ("Hướng dẫn liên tịch", &["HDLT"]),
    ("Hướng dẫn", &["HD"]),
    ("Báo cáo", &["BC"]),
    ("Đề án", &["ĐA"]),
    ("Đề cương", &["ĐC"]),
    ("Dự án", &["DA"]),
    ("Phương án", &["PA"]),
    ("Tờ trình", &["TTr"]),
    ("Biên bản", &["BB"]),
    ("Công điện", &["CĐ"]),
    ("Công văn", &["CV"]),
    ("Giấy mời", &["GM"]),
    ("Giấy giới thiệu", &["GGT"]),
    ("Giấy ủy quyền", &["GUQ"]),
    ("Hợp đồng", &["HĐ"]),
    ("Pháp lệnh", &["PL"]),
    ("Luật", &[]),
    ("Lệnh", &["L"]),
    ("Văn bản hợp nhất", &["VBHN"]),
    ("Lời kêu gọi", &["LKG"]),
    ("Tuyên bố", &["TB"]),
    ("Điều lệ", &[]),
    ("Cương lĩnh", &[]),
    ("Phiếu trình", &["PT"]),
    ("Lịch công tác", &["LCT"]),
    ("Lịch làm việc", &["LLV"]),
    ("Thể lệ", &[]),
    ("Thư kêu gọi", &[]),
];

struct Kind {
    name: &'static str,
    codes: &'static [&'static str],
    words: Vec<String>,
    /// The same words, each as [`key`] writes it.
    keys: Vec<u64>,
    letters: String,
}

static TABLE: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    KINDS
        .iter()
        .map(|&(name, codes)| Kind {
            name,
            codes,
            words: name.split(' ').map(squeeze).collect(),
            keys: name.split(' ').map(|word| key(&squeeze(word))).collect(),
            letters: squeeze(name),
        })
        .collect()
});

/// Kinds that words or letters may name, by the first of them.
static LOOK: LazyLock<FirstLook> = LazyLock::new(|| FirstLook::at(TABLE.iter().map(|kind| kind.words[0].as_str())));

static FIRST_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| TABLE.iter().map(|kind| kind.words[0].as_str()).collect());

/// The kind that the words from `at` name, and how many words it takes.
///
/// `exact` refuses scanned letters that only resemble a kind.
pub(crate) fn at(lines: &Lines<'_>, at: usize, end: usize, exact: bool) -> Option<(&'static str, usize)> {
    let first = lines.bare(at);
    if first.len() < 2 || exact && !FIRST_WORDS.contains(first) {
        return None;
    }
    let mut best: Option<(u32, &'static str, usize)> = None;
    for kind in LOOK.may_be(first).map(|at| &TABLE[at]) {
        let count = kind.words.len();
        if at + count > end {
            continue;
        }
        if kind.keys.iter().zip(at..).all(|(key, at)| lines.key(at) == *key) {
            return Some((kind.name, count));
        }
        let begins = alike(first, &kind.words[0])
            || first.len() > 4 && first.starts_with(&kind.words[0])
            || kind.words[0].starts_with(first) && first.len() >= 2;
        if exact || kind.letters.len() < 6 || !begins {
            continue;
        }
        for taken in [count, count + 1, count - 1] {
            if taken == 0 || at + taken > end {
                continue;
            }
            let letters = lines.squeezed(at..at + taken);
            if taken == count
                && !kind
                    .words
                    .iter()
                    .enumerate()
                    .all(|(offset, word)| alike(lines.bare(at + offset), word))
            {
                continue;
            }
            let allowed = kind.letters.len() as u32 * if taken == count { 2 } else { 1 };
            let cost = bounded_distance(letters.as_bytes(), kind.letters.as_bytes(), allowed);
            if cost <= allowed && best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, kind.name, taken));
            }
        }
    }
    best.map(|(_, name, count)| (name, count))
}

/// The kind that the bare letters of a cell name, or nearly: the value behind `Loại văn bản:`. `quydinh` is Quy định before
/// it is a misread Quyết định.
pub(crate) fn named(letters: &str) -> Option<&'static str> {
    LOOK.may_be(letters)
        .map(|at| &TABLE[at])
        .filter(|kind| alike(letters, &kind.letters))
        .min_by_key(|kind| kind.letters != letters)
        .map(|kind| kind.name)
}

/// Whether any kind is as near to bare letters as `tenths` of [`bounded_distance`] for each of its own.
pub(crate) fn is_near(letters: &str, tenths: u32) -> bool {
    LOOK.may_be(letters).map(|at| TABLE[at].letters.as_bytes()).any(|kind| {
        let most = kind.len() as u32 * tenths / 10;
        bounded_distance(letters.as_bytes(), kind, most) <= most
    })
}

/// The kind that stands directly before word `end`: `Kế hoạch` in `Thực hiện Kế hoạch số …`.
pub(crate) fn before(lines: &Lines<'_>, range: Range<usize>) -> Option<(&'static str, usize)> {
    (1..=4usize).rev().find_map(|count| {
        let at = range.end.checked_sub(count).filter(|&at| at >= range.start)?;
        self::at(lines, at, range.end, false)
            .filter(|&(_, taken)| taken == count)
            .map(|(name, _)| (name, at))
    })
}

/// The kind whose code this is, where the code alone tells: `KH` is Kế hoạch, but `QĐ` may be two kinds.
pub(crate) fn of_code(code: &str) -> Option<&'static str> {
    match code {
        "QĐ" | "TT" | "TC" | "CT" | "QH" | "L" | "ĐC" | "TB" => None,
        "TTr" => Some("Tờ trình"),
        "CTr" => Some("Chương trình"),
        _ => {
            let mut kinds = TABLE.iter().filter(|kind| kind.codes.contains(&code));
            let first = kinds.next_back()?;
            Some(first.name)
        }
    }
}

/// The code of a kind that has the letters of `code` and other marks: ĐA of Đề án for `DA`.
pub(crate) fn code_like(kind: &str, code: &str) -> Option<&'static str> {
    let letters = squeeze(code);
    let kind = TABLE.iter().find(|known| known.name == kind)?;
    kind.codes.iter().copied().find(|known| squeeze(known) == letters)
}

/// Whether a document of this kind may bear this code.
pub(crate) fn bears(kind: &str, code: &str) -> bool {
    TABLE
        .iter()
        .any(|known| known.name == kind && known.codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_in_its_own_letters_comes_before_one_misread() {
        assert_eq!(named("quydinh"), Some("Quy định"));
        assert_eq!(named("quyetdinh"), Some("Quyết định"));
        assert_eq!(named("quyetdlnh"), Some("Quyết định"));
        assert_eq!(named("danhsachtrunggiai"), None);
    }
}
