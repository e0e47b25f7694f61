//! Topics of the fixed list, with the words that decided each.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use vietnamese::offsets::Span;

use crate::metadata::lines::{Lines, key};

/// The fixed list, as other programs know it.
pub const TOPICS: [&str; 17] = [
    "đối ngoại",
    "tuyên giáo",
    "tổ chức xây dựng Đảng",
    "kiểm tra giám sát",
    "dân vận",
    "nội chính phòng chống tham nhũng",
    "quốc phòng an ninh",
    "kinh tế xã hội",
    "văn hóa giáo dục",
    "khoa học công nghệ chuyển đổi số",
    "y tế an sinh xã hội",
    "môi trường",
    "thanh niên",
    "phụ nữ",
    "công đoàn",
    "đại hội Đảng",
    "học tập tư tưởng Hồ Chí Minh",
];

/// Bare phrases that speak of each topic; those behind `|` only in a subject, since every document has them.
const PHRASES: [&str; 17] = [
    "doi ngoai, thong tin doi ngoai, doi ngoai nhan dan, ngoai giao, hoi nhap quoc te, hop tac quoc te, huu nghi, nguoi viet nam o nuoc ngoai, \
     quan he quoc te, hoi nghi quoc te, viec dan giu va hop tac | quoc te, nuoc ngoai, kieu bao, bien gioi",
    "thong tin doi ngoai, tuyen giao, sinh hoat chinh tri, cong tac tu tuong, ly luan chinh tri, bao ve nen tang tu tuong, nen tang tu tuong, \
     bao cao vien, du luan xa hoi, khoa giao, lich su dang, tu tuong sau rong, hoc tap quan triet, nghien cuu hoc tap, cong tac tuyen truyen, giao duc chinh tri \
     | tuyen truyen, quan triet, tu tuong, bao chi, ngay truyen thong, ky niem, hoc tap va lam theo",
    "xay dung dang, chinh don dang, to chuc co so dang, phat trien dang vien, ket nap dang vien, cong tac can bo, luan chuyen can bo, quy hoach can bo, bo nhiem can bo, \
     sinh hoat chi bo, sap xep to chuc bo may, to chuc bo may, tinh gon bo may, bien che, phan cap quan ly can bo, tu phe binh, danh gia can bo, xep loai chat luong to chuc dang, \
     kiem tra to chuc dang, thi hanh ky luat dang | chi bo, to chuc dang, cap uy, dai hoi dang bo, dai hoi dang bo cac cap, can bo, dang vien, ban chi dao, don vi hanh chinh, chi dinh, quy che lam viec, nhan su",
    "kiem tra giam sat, cong tac kiem tra, uy ban kiem tra, ky luat dang, thi hanh ky luat, chuong trinh kiem tra, kiem tra to chuc dang, dau hieu vi pham, giai quyet to cao | kiem tra, giam sat, ky luat",
    "dan van, dan van kheo, quy che dan chu, dan chu o co so, mat tran to quoc, dai doan ket, phan bien xa hoi, tiep xuc doi thoai, doi thoai, hoi nong dan, dong bao dan toc, ton giao, cuu chien binh \
     | nhan dan tham gia, van dong, dan toc thieu so, mien nui",
    "noi chinh, phong chong tham nhung, tham nhung, tieu cuc, lang phi, cai cach tu phap, thi hanh an, khieu nai to cao, khieu nai, tiep cong dan, kiem soat tai san, don thu, to giac | thanh tra, tu phap, phap luat, phap che",
    "quoc phong, an ninh, quan su, tuyen quan, nhap ngu, dan quan, dan quan tu ve, trat tu an toan xa hoi, toi pham, ma tuy, bien phong, khu vuc phong thu, bi mat nha nuoc, phong chay chua chay, tuyen bien gioi, bien gioi | cong an, an toan giao thong",
    "kinh te xa hoi, phat trien kinh te, kinh te, dau tu cong, dau tu, ngan sach, nong nghiep, cong nghiep, thuong mai, du lich, doanh nghiep, nong thon moi, dat dai, hai quan, xuat nhap khau, dau thau, \
     tin dung, kinh te tu nhan, hop tac xa, ket cau ha tang, ha tang, dien luc, nang luong, khoang san, khoi nghiep, chinh trang do thi, do thi, kinh doanh, cho vay, thue, tai san cong, gia dat, xuat khau, nhap khau, thi truong, kinh te so \
     | quy hoach, giao thong, san xuat, tai chinh, thu tuc hanh chinh, xay dung, phi, nha o, gia, du an, dien, tiet kiem",
    "van hoa, giao duc, giao duc va dao tao, truong hoc, hoc sinh, giao vien, the thao, di san, le hoi, nghe thuat, van hoc nghe thuat, mam non, pho thong, di tich, khuyen hoc, xuat ban, bao chi, thu vien, nep song van minh, hoc tap suot doi | dao tao, du lich van hoa, ban sac",
    "khoa hoc cong nghe, khoa hoc va cong nghe, chuyen doi so, doi moi sang tao, cong nghe thong tin, chinh quyen dien tu, chinh phu so, kinh te so, cong nghe so, de an 06, binh dan hoc vu so, cong dan so, so huu tri tue, du lieu so, tao lap du lieu, co so du lieu, do luong chat luong | du lieu, dien tu, cong nghe, moi truong mang",
    "y te, an sinh xa hoi, bao hiem xa hoi, bao hiem y te, giam ngheo, ho ngheo, xoa nha tam, nguoi co cong, phong chong dich, dich benh, viec lam, tre em, nguoi cao tuoi, nguoi khuyet tat, bao tro xa hoi, dan so, benh vien, \
     an toan thuc pham, an toan ve sinh lao dong, nha o xa hoi, kham benh, chua benh, nguoi ngheo | suc khoe, lao dong, ho tro, thien tai, tro cap, thuoc",
    "moi truong, bao ve moi truong, bien doi khi hau, rac thai, chat thai, o nhiem, trong cay, chay rung, rung, nuoc sach, phong chong thien tai, thien tai, tai nguyen, de dieu, khoang san | khi tuong, thoat nuoc",
    "thanh nien, doan thanh nien, doan tncs, thieu nhi, thanh thieu nhi, hoi lien hiep thanh nien, tuoi tre, tinh doan, huyen doan, thanh nien tinh nguyen | sinh vien, doan vien",
    "phu nu, hoi lien hiep phu nu, binh dang gioi, can bo nu, gia dinh 5 khong",
    "cong doan, lien doan lao dong, giai cap cong nhan, thang cong nhan, doan vien cong doan, cong nhan lao dong | cong nhan, nguoi lao dong",
    "dai hoi dang, dai hoi dang bo, dai hoi dai bieu, dai hoi chi bo, van kien dai hoi, dai hoi lan thu | dai hoi",
    "hoc tap va lam theo, tu tuong ho chi minh, dao duc ho chi minh, phong cach ho chi minh, hoc tap tu tuong, tu tuong dao duc phong cach",
];

/// How many bytes of the body count: wording settles early.
const BODY_BYTES: usize = 16 * 1024;

struct Phrase {
    topic: u8,
    weight: f32,
    /// Its words, each as [`key`] writes it.
    words: Vec<u64>,
}

/// The phrases, each under its first word.
struct Table {
    phrases: FxHashMap<u64, Vec<Phrase>>,
    /// A bit for each first word that is a phrase, and for each two words that one begins with: most are refused here.
    begin: Bits,
}

impl Table {
    /// The phrases that may begin with a word before another.
    fn of(&self, word: u64, next: u64) -> Option<&Vec<Phrase>> {
        // Both are asked: which of them refuses a word nothing foretells.
        let may_begin = self.begin.holds(word, 0) | self.begin.holds(word, next);
        may_begin.then(|| self.phrases.get(&word)).flatten()
    }
}

/// Pairs of words, of which others may look like one that is held.
struct Bits([u64; 64]);

impl Bits {
    fn put(&mut self, word: u64, next: u64) {
        let (part, bit) = Self::place(word, next);
        self.0[part] |= bit;
    }

    fn holds(&self, word: u64, next: u64) -> bool {
        let (part, bit) = Self::place(word, next);
        self.0[part] & bit != 0
    }

    fn place(word: u64, next: u64) -> (usize, u64) {
        // Twelve bits of Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        let hash = (word ^ next.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut map: FxHashMap<u64, Vec<Phrase>> = FxHashMap::default();
    for (topic, list) in PHRASES.iter().enumerate() {
        let (strong, weak) = list.split_once('|').unwrap_or((list, ""));
        for (phrases, weight) in [(strong, 1.0), (weak, 0.0)] {
            for phrase in phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let words: Vec<u64> = phrase.split_whitespace().map(key).collect();
                map.entry(words[0]).or_default().push(Phrase {
                    topic: topic as u8,
                    weight,
                    words,
                });
            }
        }
    }
    for phrases in map.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    let mut begin = Bits([0; 64]);
    for words in map.values().flatten().map(|phrase| &phrase.words) {
        begin.put(words[0], words.get(1).copied().unwrap_or(0));
    }
    Table { phrases: map, begin }
});

/// What a weak phrase weighs in a subject, where it stands for more than in the body.
const WEAK_IN_TITLE: f32 = 0.5;

/// A topic with what decided it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decided {
    /// The topic, as the fixed list writes it.
    pub topic: &'static str,
    /// 0 to 1.
    pub confidence: f32,
    /// The words that decided it, the first few.
    pub evidence: Vec<Span>,
}

#[derive(Debug, Clone, Default)]
struct Tally {
    title: f32,
    headings: f32,
    body: f32,
    evidence: Vec<Span>,
}

/// Decides the topics of a document, whose lines are `cut`, by its subject, its headings and its wording.
pub(crate) fn read(cut: &Lines<'_>, title: Option<Span>, headings: &[Span]) -> Vec<Decided> {
    let mut tallies = vec![Tally::default(); TOPICS.len()];
    let mut count_in = |range: Range<usize>, add: &dyn Fn(&mut Tally, f32)| match cut.words_in(range.clone()) {
        Some(words) => count(cut, words, add, &mut tallies),
        None => {
            let lines = cut.part(range);
            count(&lines, 0..lines.len(), add, &mut tallies)
        }
    };
    if let Some(title) = title {
        count_in(title.range(), &|tally, weight| tally.title += weight.max(WEAK_IN_TITLE));
    }
    for heading in headings.iter().take(60) {
        count_in(heading.range(), &|tally, weight| tally.headings += weight);
    }
    let start = title.map_or(0, |title| title.end as usize);
    let words = count_in(start..start + BODY_BYTES, &|tally, weight| tally.body += weight);
    decide(tallies, words)
}

/// Counts the phrases of some words; gives how many words there are.
fn count(lines: &Lines<'_>, words: Range<usize>, add: &dyn Fn(&mut Tally, f32), tallies: &mut [Tally]) -> usize {
    let table = &*TABLE;
    let mut at = words.start;
    while at < words.end {
        let mut step = 1;
        if let Some(phrases) = table.of(lines.key(at), lines.key(at + 1)) {
            let mut longest = 0;
            for phrase in phrases {
                let length = phrase.words.len();
                if length < longest || at + length > words.end {
                    continue;
                }
                if (1..length).all(|offset| lines.key(at + offset) == phrase.words[offset]) {
                    // All topics of the longest phrase count: báo chí, xuất bản is of two.
                    longest = length;
                    let tally = &mut tallies[phrase.topic as usize];
                    add(tally, phrase.weight);
                    if tally.evidence.len() < 4 && phrase.weight >= 1.0 {
                        tally.evidence.push(lines.span(at..at + length));
                    }
                    step = step.max(length);
                }
            }
        }
        at += step;
    }
    words.len()
}

/// A topic stands if the subject names it, or if headings and wording speak of little else.
fn decide(tallies: Vec<Tally>, words: usize) -> Vec<Decided> {
    let all: f32 = tallies.iter().map(|tally| tally.body).sum::<f32>().max(1.0);
    let per_thousand = 1000.0 / (words.max(300) as f32);
    let named = tallies.iter().any(|tally| tally.title >= 0.9);
    let mut decided: Vec<(f32, Decided)> = Vec::new();
    for (topic, tally) in TOPICS.into_iter().zip(tallies) {
        let share = tally.body / all;
        let density = tally.body * per_thousand;
        let score =
            3.0 * tally.title.min(2.0) + 0.5 * tally.headings.min(3.0) + 5.0 * share + (density / 12.0).min(1.5);
        // Nearly every document speaks of the economy somewhere.
        let broad = matches!(topic, "kinh tế xã hội" | "tuyên giáo" | "tổ chức xây dựng Đảng");
        let least = if named { 3.3 } else { 2.6 } + if broad { 0.7 } else { 0.0 };
        // A weak word of the subject needs the body to bear it out.
        let stands =
            tally.title >= 0.9 || score >= least && (tally.body >= 4.0 || tally.title > 0.0 && tally.body >= 1.0);
        if stands {
            let confidence = (0.4 + score / 12.0).min(0.98);
            decided.push((
                score,
                Decided {
                    topic,
                    confidence,
                    evidence: tally.evidence,
                },
            ));
        }
    }
    decided.sort_by(|a, b| b.0.total_cmp(&a.0));
    decided.truncate(4);
    decided.into_iter().map(|(_, topic)| topic).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_phrase_has_a_key() {
        let phrases = TABLE.phrases.values().flatten();
        assert!(phrases.flat_map(|phrase| &phrase.words).all(|key| *key != 0));
    }
}
