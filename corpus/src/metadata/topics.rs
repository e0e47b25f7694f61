//! Topics of the fixed list, with the words that decided each.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use vietnamese::offsets::Span;

use crate::metadata::lines::Lines;

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

/// Bare phrases that speak of each topic; those behind `|` speak of it only weakly.
const PHRASES: [&str; 17] = [
    "doi ngoai, ngoai giao, hoi nhap quoc te, hop tac quoc te, huu nghi, bien gioi, nguoi viet nam o nuoc ngoai, quan he quoc te | quoc te, nuoc ngoai",
    "tuyen giao, tuyen truyen, hoc tap quan triet, quan triet, sinh hoat chinh tri, cong tac tu tuong, giao duc ly luan chinh tri, ly luan chinh tri, \
     bao ve nen tang tu tuong, bao chi xuat ban, du luan xa hoi, bao cao vien, khoa giao, lich su dang, nghien cuu hoc tap, tu tuong sau rong, thong tin doi ngoai, nen tang tu tuong | bao chi, tu tuong",
    "xay dung dang, chinh don dang, to chuc dang, to chuc co so dang, phat trien dang vien, ket nap dang vien, cong tac can bo, can bo quan ly, luan chuyen can bo, \
     quy hoach can bo, bo nhiem can bo, danh gia can bo, sinh hoat chi bo, chi bo, sap xep to chuc bo may, to chuc bo may, tinh gon bo may, bien che, dang vien, ban chap hanh dang bo, cap uy vien, phan cap quan ly can bo, kiem diem tu phe binh, tu phe binh va phe binh | cap uy",
    "kiem tra giam sat, cong tac kiem tra, uy ban kiem tra, giam sat, ky luat dang, ky luat cua dang, thi hanh ky luat, chuong trinh kiem tra, kiem tra to chuc dang, dau hieu vi pham | kiem tra",
    "dan van, dan van kheo, quy che dan chu, dan chu o co so, mat tran to quoc, dai doan ket, dong bao dan toc, ton giao, giam sat va phan bien xa hoi, phan bien xa hoi, hoi nong dan, nong dan, tiep xuc doi thoai, phong trao thi dua dan van, dan toc thieu so, cuu chien binh | nhan dan",
    "noi chinh, phong chong tham nhung, tham nhung, lang phi tieu cuc, tieu cuc, cai cach tu phap, tu phap, thi hanh an, to giac toi pham, khieu nai to cao, tiep cong dan, kiem soat tai san, thanh tra | phap luat",
    "quoc phong, an ninh, quan su, tuyen quan, goi cong dan nhap ngu, nghia vu quan su, dan quan tu ve, an ninh trat tu, phong chong toi pham, toi pham, ma tuy, bien phong, khu vuc phong thu, cong an, bao ve bi mat nha nuoc, phong chay chua chay, trat tu an toan giao thong, an toan giao thong",
    "kinh te, kinh te xa hoi, phat trien kinh te, dau tu cong, ngan sach, tai chinh, nong nghiep, cong nghiep, thuong mai, du lich, doanh nghiep, xay dung nong thon moi, nong thon moi, do thi, quy hoach, dat dai, thue, hai quan, xuat nhap khau, dau thau, thu tuc hanh chinh, tin dung, giao thong, nha o, san xuat, thi truong, gia ca, kinh te tu nhan, kinh te tap the, hop tac xa, xay dung co ban, co so ha tang, dien luc, nang luong, tien gui, casino, le phi, lam nghiep, khoang san, dau gia, ket cau ha tang | tang truong",
    "van hoa, giao duc, dao tao, giao duc va dao tao, truong hoc, hoc sinh, giao vien, the thao, di san, le hoi, nghe thuat, van hoc, gia dinh van hoa, mam non, pho thong, di tich, thu vien, xuat ban, khuyen hoc, tre em mam non, bao chi xuat ban, nep song van minh",
    "khoa hoc cong nghe, khoa hoc va cong nghe, chuyen doi so, doi moi sang tao, cong nghe thong tin, chinh quyen dien tu, chinh phu so, kinh te so, du lieu, an toan thong tin, so huu tri tue, cong nghe, de an 06, binh dan hoc vu so, moi truong mang, tieu chuan do luong chat luong, dien tu",
    "y te, an sinh xa hoi, bao hiem xa hoi, bao hiem y te, giam ngheo, ho ngheo, xoa nha tam, nguoi co cong, suc khoe, phong chong dich, covid, dich benh, viec lam, lao dong, tre em, nguoi cao tuoi, nguoi khuyet tat, bao tro xa hoi, dan so, tro giup xa hoi, benh vien, thuoc, an toan thuc pham, tro cap, thien tai, xuat khau lao dong, nha o xa hoi, ho tro",
    "moi truong, bao ve moi truong, bien doi khi hau, rac thai, chat thai, o nhiem, tai nguyen, trong cay, tet trong cay, rung, nuoc sach, phong chong thien tai, chay rung, khoang san, de dieu, lam nghiep",
    "thanh nien, doan thanh nien, doan tncs, doan vien thanh nien, thieu nhi, doi thieu nien, hoi lien hiep thanh nien, tuoi tre, tinh doan, huyen doan, thang thanh nien, sinh vien",
    "phu nu, hoi lien hiep phu nu, binh dang gioi, can bo nu, vi su tien bo cua phu nu, gia dinh hanh phuc",
    "cong doan, lien doan lao dong, cong nhan, giai cap cong nhan, nguoi lao dong, doan vien cong doan, thang cong nhan, cong nhan vien chuc",
    "dai hoi dang, dai hoi dang bo, dai hoi dang cac cap, dai hoi dai bieu, dai hoi dai bieu toan quoc, dai hoi chi bo, dai hoi xiv, van kien dai hoi, van kien trinh dai hoi, dai hoi xiii",
    "hoc tap va lam theo, tu tuong ho chi minh, dao duc ho chi minh, phong cach ho chi minh, hoc tap tu tuong, dao duc phong cach",
];

/// How many bytes of the body count: wording settles early.
const BODY_BYTES: usize = 24 * 1024;

struct Phrase {
    topic: u8,
    weight: f32,
    words: Vec<String>,
}

static TABLE: LazyLock<FxHashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut map: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for (topic, list) in PHRASES.iter().enumerate() {
        let (strong, weak) = list.split_once('|').unwrap_or((list, ""));
        for (phrases, weight) in [(strong, 1.0), (weak, 0.25)] {
            for phrase in phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
                map.entry(words[0].clone()).or_default().push(Phrase {
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
    map
});

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

/// Decides the topics of a document by its subject, its headings and its wording.
pub(crate) fn read(text: &str, title: Option<Span>, headings: &[Span]) -> Vec<Decided> {
    let mut tallies = vec![Tally::default(); TOPICS.len()];
    if let Some(title) = title {
        let lines = Lines::of(text, title.range());
        count(&lines, |tally, weight| tally.title += weight, &mut tallies);
    }
    for heading in headings.iter().take(60) {
        let lines = Lines::of(text, heading.range());
        count(&lines, |tally, weight| tally.headings += weight, &mut tallies);
    }
    let start = title.map_or(0, |title| title.end as usize);
    let body = Lines::of(text, start..start + BODY_BYTES);
    count(&body, |tally, weight| tally.body += weight, &mut tallies);
    decide(tallies, body.len())
}

fn count(lines: &Lines<'_>, add: impl Fn(&mut Tally, f32), tallies: &mut [Tally]) {
    let mut at = 0;
    while at < lines.len() {
        let mut step = 1;
        if let Some(phrases) = TABLE.get(lines.bare(at)) {
            let mut longest = 0;
            for phrase in phrases {
                let length = phrase.words.len();
                if length < longest || at + length > lines.len() {
                    continue;
                }
                if (1..length).all(|offset| lines.bare(at + offset) == phrase.words[offset]) {
                    // All topics of the longest phrase count: báo chí, xuất bản is of two.
                    longest = length;
                    let tally = &mut tallies[phrase.topic as usize];
                    add(tally, phrase.weight * if length > 1 { 1.0 } else { 0.5 });
                    if tally.evidence.len() < 4 && phrase.weight >= 1.0 {
                        tally.evidence.push(lines.span(at..at + length));
                    }
                    step = step.max(length);
                }
            }
        }
        at += step;
    }
}

/// A topic stands if the subject names it, or if headings and wording speak of little else.
fn decide(tallies: Vec<Tally>, words: usize) -> Vec<Decided> {
    let all: f32 = tallies.iter().map(|tally| tally.body).sum::<f32>().max(1.0);
    let per_thousand = 1000.0 / (words.max(200) as f32);
    let mut decided: Vec<(f32, Decided)> = Vec::new();
    for (topic, tally) in TOPICS.into_iter().zip(tallies) {
        let share = tally.body / all;
        let density = tally.body * per_thousand;
        let score =
            3.0 * tally.title.min(2.0) + 0.6 * tally.headings.min(3.0) + 4.0 * share + (density / 15.0).min(1.5);
        let named = tally.title >= 0.9;
        if named || score >= 2.6 && tally.body >= 4.0 {
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
