//! What a section is for, from the words of its title.

use crate::layout::letters::Letters;
use crate::outline::Role;

/// Words of titles, in bare letters, and what they say of the section.
const WORDS: [(&str, Role); 25] = [
    ("tochucthuchien", Role::Execution),
    ("phancongthuchien", Role::Execution),
    ("phancongnhiemvu", Role::Execution),
    ("phancongtrachnhiem", Role::Execution),
    ("phancongcac", Role::Execution),
    ("trachnhiemthihanh", Role::Execution),
    ("dieukhoanthihanh", Role::Execution),
    ("hieulucthihanh", Role::Execution),
    ("noinhan", Role::Recipients),
    ("mucdich", Role::Purpose),
    ("yeucau", Role::Purpose),
    ("muctieu", Role::Purpose),
    ("quandiem", Role::Purpose),
    ("nhiemvu", Role::Measures),
    ("giaiphap", Role::Measures),
    ("bienphap", Role::Measures),
    ("noidung", Role::Content),
    ("hinhthuc", Role::Form),
    ("doituong", Role::Form),
    ("thanhphan", Role::Form),
    ("phuongthuc", Role::Form),
    ("thoigian", Role::Time),
    ("diadiem", Role::Time),
    ("tiendo", Role::Time),
    ("lotrinh", Role::Time),
];

/// Longer titles say what a section is about, not what it is for.
const TITLE_LETTERS: usize = 90;

/// What a section of this title is for: the first telling word decides.
///
/// `may_be_misread` looks for words that a scanner changed, too.
pub(super) fn role(title: &str, may_be_misread: bool) -> Option<Role> {
    let letters = Letters::of(title);
    if letters.bare.len() > TITLE_LETTERS {
        return None;
    }
    let mut starts = (0..letters.bare.len()).filter(|&at| letters.begins[at]);
    let exact = starts.find_map(|at| {
        let behind = &letters.bare[at..];
        // The first letter refuses nearly all at less cost.
        let stands = |word: &str| behind[0] == word.as_bytes()[0] && behind.starts_with(word.as_bytes());
        WORDS.iter().find(|(word, _)| stands(word)).map(|(_, role)| *role)
    });
    let misread = || {
        // Words for form and time resemble too much: `thành phố` is no `thành phần`.
        let telling = WORDS
            .iter()
            .filter(|(_, role)| !matches!(role, Role::Form | Role::Time));
        let found = telling.filter_map(|(word, role)| Some((letters.find_like(word)?.start, *role)));
        found.min_by_key(|(at, _)| *at)
    };
    exact.or_else(|| may_be_misread.then(misread).flatten().map(|(_, role)| role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_telling_word_decides() {
        assert_eq!(role("Mục đích, yêu cầu", false), Some(Role::Purpose));
        assert_eq!(role("Nội dung, hình thức, thời gian", false), Some(Role::Content));
        assert_eq!(
            role("Hình thức, đối tượng, thời gian tổ chức sinh hoạt chính trị", false),
            Some(Role::Form)
        );
        assert_eq!(role("Tổ chức thực hiện", false), Some(Role::Execution));
        assert_eq!(role("Ban Tuyên giáo Tỉnh ủy", false), None);
    }

    #[test]
    fn misread_words_are_known() {
        assert_eq!(role("TO CHU'C THU'C HIEN", true), Some(Role::Execution));
        assert_eq!(role("MUC PiCH, YEU CAU", true), Some(Role::Purpose));
    }
}
