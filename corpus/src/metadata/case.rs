//! Titles in capitals, written in the case they would have in a sentence.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::bare::{self, squeeze};
use crate::gazetteer;
use crate::metadata::{Level, number, person};

/// Names and Party terms that keep their capitals in a sentence.
const PROPER: &str = "\
Đảng Cộng sản Việt Nam|Đảng Cộng sản|Đảng|Nhà nước|Nhân dân|Tổ quốc|Việt Nam|Bác Hồ|Hồ Chí Minh|Chủ tịch Hồ Chí Minh|\
Chủ tịch nước|Quốc hội|Ủy ban Thường vụ Quốc hội|Chính phủ|Thủ tướng Chính phủ|Phó Thủ tướng Chính phủ|Văn phòng Chính phủ|\
Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương Đảng|Ban Chấp hành Trung ương|Ban Chấp hành|Ban Thường vụ|Thường trực|Trung ương|\
Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy|Đảng bộ|Đảng đoàn|Ban cán sự đảng|Tổng Bí thư|Hội đồng nhân dân|Ủy ban nhân dân|\
Ủy ban Kiểm tra|Ban Tổ chức|Ban Tuyên giáo và Dân vận|Ban Tuyên giáo|Ban Dân vận|Ban Nội chính|Ban Xây dựng Đảng|Văn phòng|Ban Chỉ đạo|\
Mặt trận Tổ quốc Việt Nam|Mặt trận Tổ quốc|Ủy ban Mặt trận Tổ quốc Việt Nam|Hội Liên hiệp Phụ nữ|Hội Nông dân|Hội Cựu chiến binh|Liên đoàn Lao động|\
Đoàn Thanh niên Cộng sản Hồ Chí Minh|Đoàn Thanh niên|Công an|Bộ đội Biên phòng|Quân đội nhân dân|Công an nhân dân|Cộng hòa xã hội chủ nghĩa Việt Nam|\
Mê-hi-cô|Tết Nguyên đán|Cách mạng Tháng Tám|Quốc khánh|Phật đản|Biển Đông|Đông Nam Á|Liên hợp quốc|ASEAN|\
Bộ Quốc phòng|Bộ Công an|Bộ Ngoại giao|Bộ Nội vụ|Bộ Tư pháp|Bộ Tài chính|Bộ Công Thương|Bộ Y tế|Bộ Giáo dục và Đào tạo|Bộ Khoa học và Công nghệ|\
Bộ Văn hóa, Thể thao và Du lịch|Bộ Xây dựng|Bộ Nông nghiệp và Môi trường|Bộ Dân tộc và Tôn giáo|Bộ Kế hoạch và Đầu tư|Bộ Giao thông vận tải|\
Bộ Nông nghiệp và Phát triển nông thôn|Bộ Tài nguyên và Môi trường|Bộ Thông tin và Truyền thông|Bộ Lao động - Thương binh và Xã hội|\
Sở Nội vụ|Sở Tư pháp|Sở Tài chính|Sở Ngoại vụ|Sở Công Thương|Sở Y tế|Sở Xây dựng|Sở Giáo dục và Đào tạo|Sở Khoa học và Công nghệ|\
Sở Văn hóa, Thể thao và Du lịch|Sở Văn hóa và Thể thao|Sở Nông nghiệp và Môi trường|Sở Dân tộc và Tôn giáo|Sở Kế hoạch và Đầu tư|Sở Giao thông vận tải|\
Sở Nông nghiệp và Phát triển nông thôn|Sở Tài nguyên và Môi trường|Sở Thông tin và Truyền thông|Sở Lao động - Thương binh và Xã hội|Sở Du lịch|\
Thanh tra Chính phủ|Ngân hàng Nhà nước Việt Nam|Ngân hàng Nhà nước|Kiểm toán nhà nước|Bảo hiểm xã hội Việt Nam|Tòa án nhân dân tối cao|\
Viện kiểm sát nhân dân tối cao|Cục Hải quan|Cục Thuế|Cục Thống kê|Kho bạc Nhà nước|Đại hội|Hiến pháp|Thừa Thiên Huế|Bộ trưởng|\
Ngân hàng Chính sách xã hội|Hội Chữ thập đỏ|Đoàn đại biểu Quốc hội";

/// Kinds of document that take a capital before their number.
const NUMBERED: &[&str] = &[
    "nghị quyết",
    "quyết định",
    "chỉ thị",
    "kết luận",
    "kế hoạch",
    "hướng dẫn",
    "thông báo",
    "nghị định",
    "thông tư",
    "chương trình",
    "đề án",
    "quy định",
    "thông tri",
    "công văn",
    "tờ trình",
    "báo cáo",
    "công điện",
    "luật",
    "pháp lệnh",
    "chương trình hành động",
    "văn bản",
    "quy chế",
];

struct Proper {
    /// The words in lower case.
    lower: Vec<String>,
    /// The words as they are written.
    written: Vec<String>,
}

static PROPERS: LazyLock<FxHashMap<String, Vec<Proper>>> = LazyLock::new(|| {
    let mut map: FxHashMap<String, Vec<Proper>> = FxHashMap::default();
    let provinces = gazetteer::upper()
        .filter(|(_, place)| place.level == Level::Province && place.name != "Hòa Bình")
        .map(|(_, place)| place.name);
    for phrase in PROPER.split('|').chain(provinces) {
        let written: Vec<String> = phrase
            .split(' ')
            .map(|word| word.trim_matches(',').to_owned())
            .collect();
        let lower: Vec<String> = written.iter().map(|word| lower(word)).collect();
        map.entry(lower[0].clone()).or_default().push(Proper { lower, written });
    }
    for list in map.values_mut() {
        list.sort_by_key(|proper| std::cmp::Reverse(proper.lower.len()));
    }
    map
});

/// A piece of the text: a word, or what stands between two.
struct Piece<'a> {
    text: &'a str,
    word: bool,
}

/// `text` on one line, in the case it would have in a sentence if it is written in capitals.
pub(crate) fn sentence(text: &str) -> String {
    let text = one_line(text);
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    if capitals <= small {
        return text;
    }
    // A title may change its case: QUYẾT ĐỊNH VỀ VIỆC … (viết tắt là Tác phẩm): only capital words are touched.
    let pieces = pieces(&text);
    let words: Vec<usize> = (0..pieces.len()).filter(|&index| pieces[index].word).collect();
    let lowered: Vec<String> = words.iter().map(|&index| lower(pieces[index].text)).collect();
    let written = restore_capitals(&text, &pieces, &words, &lowered);
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    for piece in &pieces {
        if piece.word {
            out.push_str(&written[word]);
            word += 1;
        } else {
            out.push_str(piece.text);
        }
    }
    with_numbers(&out)
}

fn restore_capitals(text: &str, pieces: &[Piece<'_>], words: &[usize], lowered: &[String]) -> Vec<String> {
    let mut written: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let original = pieces[words[at]].text;
        if let Some(proper) = proper_at(lowered, at) {
            written.extend(proper.written.iter().cloned());
            at += proper.written.len();
            continue;
        }
        if let Some(length) = place_at(lowered, at).or_else(|| person_at(lowered, at)) {
            written.extend((at..at + length).map(|index| capitalized(&lowered[index])));
            at += length;
            continue;
        }
        let keep = stays(
            original,
            &lowered[at],
            at.checked_sub(1).map(|before| lowered[before].as_str()),
        );
        written.push(if keep { original.to_owned() } else { lowered[at].clone() });
        at += 1;
    }
    for index in 0..written.len() {
        let numbered = lowered.get(index + 2).is_some_and(|word| word == "số")
            && NUMBERED.contains(&format!("{} {}", lowered[index], lowered[index + 1]).as_str());
        let law = lowered[index] == "luật"
            && lowered
                .get(index + 1)
                .is_some_and(|next| next != "này" && next != "pháp")
            && index > 0
            && !matches!(lowered[index - 1].as_str(), "pháp" | "kỷ" | "quy");
        if numbered {
            written[index] = capitalized(&written[index]);
        } else if law {
            written[index] = capitalized(&written[index]);
            written[index + 1] = capitalized(&written[index + 1]);
        }
    }
    after_quotes(text, pieces, words, &mut written);
    written
}

/// What a quotation mark opens begins with a capital: it is a title of its own.
fn after_quotes(text: &str, pieces: &[Piece<'_>], words: &[usize], written: &mut [String]) {
    let _ = text;
    for (index, &piece) in words.iter().enumerate() {
        if piece > 0 && pieces[piece - 1].text.ends_with(['“', '"', '«']) {
            written[index] = capitalized(&written[index]);
        }
    }
}

fn proper_at(lowered: &[String], at: usize) -> Option<&'static Proper> {
    PROPERS
        .get(&lowered[at])?
        .iter()
        .find(|proper| lowered[at..].starts_with(&proper.lower))
}

/// How many words from `at` are the name of a place whose kind stands before it: `huyện Mộc Châu`.
fn place_at(lowered: &[String], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|index| lowered[index].as_str())?;
    let introduced = matches!(
        before,
        "tỉnh" | "huyện" | "quận" | "xã" | "phường" | "trấn" | "khu" | "phố" | "ủy" | "uỷ" | "đảo"
    );
    if !introduced {
        return None;
    }
    (1..=4usize).rev().find(|&length| {
        at + length <= lowered.len()
            && !(length == 1 && lowered[at].len() < 3)
            && gazetteer::named(&squeeze(&lowered[at..at + length].concat()))
                .any(|place| lower(place.name) == lowered[at..at + length].join(" "))
    })
}

/// How many words from `at` are a person's name behind a title: `Tổng Bí thư Nguyễn Phú Trọng`.
fn person_at(lowered: &[String], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|index| lowered[index].as_str())?;
    if !matches!(before, "thư" | "chí" | "phủ" | "nước" | "tịch" | "bà" | "ông") || !person::is_surname(&lowered[at])
    {
        return None;
    }
    let length = lowered[at..]
        .iter()
        .take(4)
        .take_while(|word| {
            !matches!(
                word.as_str(),
                "tại" | "về" | "và" | "là" | "đã" | "trong" | "ở" | "của" | "thăm" | "dự" | "chủ" | "do"
            )
        })
        .count();
    (length >= 2).then_some(length)
}

/// Whether a capital word is no word in capitals but an abbreviation or a Roman numeral.
fn stays(original: &str, lowered: &str, before: Option<&str>) -> bool {
    let letters = squeeze(original);
    let roman = !letters.is_empty() && original.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    if roman
        && (original.len() >= 2 && original != "XI"
            || matches!(
                before,
                Some("thứ" | "khóa" | "khoá" | "quý" | "hội" | "cấp" | "loại" | "mục" | "chương")
            ))
    {
        return original.len() >= 2 && !matches!(original, "LI" | "VI")
            || matches!(before, Some("thứ" | "khóa" | "khoá" | "quý" | "cấp" | "loại"));
    }
    if letters.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let vowel = lowered.chars().any(|c| {
        matches!(
            bare::bare(c),
            bare::Bare::Letter(b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
        )
    });
    if !vowel {
        return true;
    }
    matches!(
        original,
        "UBND"
            | "HĐND"
            | "MTTQ"
            | "THPT"
            | "THCS"
            | "TNCS"
            | "ODA"
            | "FDI"
            | "COVID"
            | "WHO"
            | "OCOP"
            | "ĐBQH"
            | "BHXH"
            | "BHYT"
            | "PCTN"
            | "CNTT"
            | "UBMTTQ"
            | "ASXH"
    )
}

/// Writes document numbers as they are written in sentences: `06/QĐ-TTG` becomes `06/QĐ-TTg`.
fn with_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (slash, _) in text.match_indices('/') {
        if slash < copied {
            continue;
        }
        let upper = text.to_uppercase();
        let source = if upper.len() == text.len() {
            upper.as_str()
        } else {
            text
        };
        if let Some(found) = number::around(source, slash, copied) {
            out.push_str(&text[copied..found.start]);
            out.push_str(&found.number.0);
            copied = found.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut word = None;
    for (offset, c) in text.char_indices() {
        let is_word = !matches!(bare::bare(c), bare::Bare::Gap);
        if word != Some(is_word) {
            if let Some(word) = word {
                pieces.push(Piece {
                    text: &text[start..offset],
                    word,
                });
            }
            start = offset;
            word = Some(is_word);
        }
    }
    if let Some(word) = word {
        pieces.push(Piece {
            text: &text[start..],
            word,
        });
    }
    pieces
}

/// Words with one space between them, without Markdown signs.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = word.trim_matches(['*', '#']);
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Lower case, with the tone mark of `uỷ`, `hoà` on the letter where most write it today.
pub(crate) fn lower(word: &str) -> String {
    let word = word.to_lowercase();
    match word.as_str() {
        "uỷ" => "ủy".to_owned(),
        "hoà" => "hòa".to_owned(),
        "hoá" => "hóa".to_owned(),
        "khoá" => "khóa".to_owned(),
        "toà" => "tòa".to_owned(),
        "thuỷ" => "thủy".to_owned(),
        _ => word,
    }
}

/// Whether two names have the same letters and marks, whatever their case and the letter that bears the tone.
pub(crate) fn same_marks(a: &str, b: &str) -> bool {
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let unified = |word: &str| {
        let word = word.to_lowercase();
        vietnamese::tone::unify(&word).unwrap_or(word)
    };
    let same = |a: &str, b: &str| a == b || unified(a) == unified(b);
    let (mut a, mut b) = (words(a), words(b));
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if same(a, b) => {}
            (ends, other) => return ends.is_none() && other.is_none(),
        }
    }
}

/// The word with a capital at its head.
pub(crate) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, want: Expect) {
        want.assert_eq(&sentence(text));
    }

    #[test]
    fn capitals_become_a_sentence() {
        check(
            "VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH CỦA SỞ TÀI CHÍNH TỈNH AN GIANG",
            expect!["về việc công bố danh mục thủ tục hành chính của Sở Tài chính tỉnh An Giang"],
        );
        check(
            "TRIỂN KHAI NGHỊ QUYẾT SỐ 57-NQ/TW CỦA BỘ CHÍNH TRỊ VÀ ĐẠI HỘI ĐẢNG BỘ HUYỆN MỘC CHÂU LẦN THỨ XXI",
            expect!["triển khai Nghị quyết số 57-NQ/TW của Bộ Chính trị và Đại hội Đảng bộ huyện Mộc Châu lần thứ XXI"],
        );
    }

    #[test]
    fn small_letters_stay() {
        check(
            "triển khai  đợt sinh hoạt\nchính trị",
            expect!["triển khai đợt sinh hoạt chính trị"],
        );
    }
}
