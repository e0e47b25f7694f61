//! Bodies, and the verbs that part them from their work.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::bare::squeeze;

/// How names of bodies begin, in bare letters.
const BODIES: &str = "\
ban|uy ban|ubnd|hdnd|ubmttq|mttq|mat tran|so|cac so|bo|cac bo|van phong|truong|trung tam|bao|dai|cong an|quan su|bo chi huy|bo doi|hoi|\
cac hoi|doan|tinh doan|huyen doan|thanh doan|thi doan|lien doan|lien hiep|chi bo|dang bo|dang uy|cac dang uy|cac chi bo|cac dang bo|\
tinh uy|thanh uy|huyen uy|thi uy|quan uy|cac thanh uy|cac huyen uy|cac cap uy|cap uy|cac co quan|co quan|cac ban|cac don vi|don vi|\
cac dia phuong|dia phuong|cac doan the|cac to chuc|to chuc|phong|cac phong|thuong truc|ban thuong vu|thu truong|giam doc|chu tich|chanh|\
bi thu|pho bi thu|cac tinh uy|cac quan uy|cac thi uy|vu|cac vu|khoi|khoi dan van|cac khoi|chi doan|truong ban|cac dong chi|dong chi|nguoi dung dau|cac xa|cac thon|cac to|bao cao vien|kho bac|chi cuc|cuc|tong cuc|vien|toa an|nha truong|\
cac truong|cac thanh vien|thanh vien|dang doan|cac ban dang|doi ngu|cac tap the|hoi dong|thanh tra|cong doan|doan dai bieu|to cong tac|\
hat kiem lam|cac hat|hoc vien|tap doan|tong cong ty|cong ty|cac cong ty|benh vien|cac benh vien|tram y te|cac don|don bien phong|tieu ban|cac tieu ban|\
chi hoi|cac chi hoi|cac cong doan|tap chi|cac doi|doi quan ly";

/// Verbs with which the work begins, in bare letters.
const VERBS: &str = "\
chu tri|phoi hop|xay dung|chi dao|tham muu|huong dan|tang cuong|co trach nhiem|chiu trach nhiem|can cu|to chuc|trien khai|theo doi|don doc|\
kiem tra|giam sat|bao cao|tong hop|pho bien|quan triet|tuyen truyen|dinh huong|chu dong|tiep tuc|ban hanh|lanh dao|thuc hien|phan cong|\
cu the hoa|bo tri|cap nhat|dua|day manh|ra soat|bao dam|dam bao|van dong|phat huy|nghien cuu|lua chon|de xuat|thuong xuyen|khan truong|\
lam dau moi|dinh ky|kip thoi|cung cap|mo|dang tai|gui|giup|quan tam|cu|theo chuc nang|nghiem tuc|tich cuc|chuan bi|phat dong|hoan thanh|len ke hoach|\
la co quan|la bo phan|la don vi|dang ky|thanh lap|phu trach|nam chac|nam tinh|duy tri|niem yet|tham dinh|tang|trinh|ho tro|\
kien toan|som|tap trung|cong khai|quan ly|xem xet|tiep nhan|giai quyet|bien soan|lap|boi duong|tap huan|ky ket|\
kiem soat|la dau moi|huy dong|tham gia|khao sat|thong ke|xu ly|thong bao|huong ung|bo sung|nang cao|dieu dong|dieu tra|\
khac phuc|so tan|di doi|tuan tra|ngan chan|phat hien|chan chinh|kiem diem|danh gia|so ket|tong ket|bieu duong|hoan thien|\
sua chua|phan bo|cap phat";

/// Verbs that give work to somebody.
const GIVING: [&str; 8] = [
    "Giao ",
    "Giao cho ",
    "Đề nghị ",
    "Yêu cầu ",
    "Phân công ",
    "Ủy quyền ",
    "Uỷ quyền cho ",
    "Ủy quyền cho ",
];

/// A name of a body takes at most so many words.
const BODY_WORDS: usize = 40;

static BODY_STARTS: LazyLock<FxHashSet<String>> = LazyLock::new(|| table(BODIES));
static VERB_STARTS: LazyLock<FxHashSet<String>> = LazyLock::new(|| table(VERBS));

fn table(words: &str) -> FxHashSet<String> {
    words.split('|').map(|words| words.replace(' ', "")).collect()
}

/// Whether a paragraph may begin with a verb that gives work, behind a sign and however its lines are broken.
pub(super) fn may_give(paragraph: &str) -> bool {
    const HEAD_BYTES: usize = 200;
    const FIRST_WORDS: [&str; 6] = ["Giao", "Đề", "Yêu", "Phân", "Ủy", "Uỷ"];
    let head = &paragraph[..paragraph.floor_char_boundary(HEAD_BYTES)];
    FIRST_WORDS.iter().any(|word| head.contains(word))
}

/// The body and its work in `Giao Sở Nội vụ chủ trì …`, `Đề nghị Mặt trận … phối hợp …`.
pub(super) fn given(words: &str) -> Option<(&str, &str)> {
    let rest = GIVING.iter().rev().find_map(|verb| words.strip_prefix(verb))?;
    body_and_action(rest)
}

/// The body at the beginning of `words`, and its work from the first verb on.
pub(super) fn body_and_action(words: &str) -> Option<(&str, &str)> {
    if !starts_with(words, &BODY_STARTS) || is_no_body(words) {
        return None;
    }
    let (_, behind_first) = words.split_once(' ')?;
    let mut at = words.len() - behind_first.len();
    let mut previous = words[..at].trim_end();
    for _ in 0..BODY_WORDS {
        let rest = &words[at..];
        let is_verb = rest.starts_with(char::is_lowercase) && starts_with(rest, &VERB_STARTS);
        if is_verb && !is_inside_name(previous, rest) && !is_organization(rest) {
            let body = words[..at].trim_end().trim_end_matches([',', ':', ';', '-']).trim_end();
            let body = body.strip_suffix(" trực tiếp").unwrap_or(body);
            return (body.split(' ').count() >= 2 || body.chars().all(char::is_uppercase)).then_some((body, rest));
        }
        // A colon parts the body from its work, too.
        if previous.ends_with(':') {
            let body = words[..at].trim_end().trim_end_matches(':');
            return Some((body, rest));
        }
        let (word, behind) = rest.split_once(' ')?;
        previous = word;
        at = words.len() - behind.len();
    }
    None
}

/// Whether the words begin as a body does and name none: `Báo cáo` is a report and `Báo Quảng Trị` a newspaper.
fn is_no_body(words: &str) -> bool {
    const MATTERS: [&str; 7] = [
        "truonghop",
        "hoinghi",
        "hoithi",
        "phongchong",
        "phongngua",
        "doanket",
        "baove",
    ];
    let mut two = words.splitn(3, ' ');
    let (first, second) = (two.next().unwrap_or_default(), two.next().unwrap_or_default());
    let letters = squeeze(first) + &squeeze(second);
    // `Tổ chức, cá nhân …` are organizations.
    let verb = VERB_STARTS.contains(letters.as_str()) && !is_organization(words) && !second.ends_with(',');
    second.starts_with(char::is_lowercase) && (verb || MATTERS.contains(&letters.as_str()))
}

/// `ban chỉ đạo`, `cơ quan chủ trì`, `trung tâm phát triển`: behind these a verb is part of the name.
fn is_inside_name(previous: &str, verb: &str) -> bool {
    const BEFORE: [&str; 10] = ["quan", "tổ", "tâm", "viện", "các", "và", "việc", "công", "tác", "được"];
    const OF_A_BOARD: [&str; 6] = ["chỉ đạo", "tổ chức", "quản lý", "vận động", "kiểm tra", "xây dựng Đảng"];
    let resident = previous == "dân" && verb.starts_with("cư");
    let board = matches!(previous, "ban" | "Ban") && OF_A_BOARD.iter().any(|of| verb.starts_with(of));
    board || resident || BEFORE.contains(&previous)
}

/// `tổ chức đảng`, `tổ chức chính trị - xã hội`: organizations, not organizing as in `tổ chức quán triệt`.
fn is_organization(words: &str) -> bool {
    const KINDS: [&str; 8] = ["dang", "chinh", "co", "doan", "thanh", "xa", "hoi", "quan"];
    const MATTERS: [&str; 7] = [
        "quantriet",
        "quanly",
        "hoinghi",
        "hoithi",
        "hoithao",
        "hoidien",
        "hoitrai",
    ];
    let mut bare = words.split(' ').map(squeeze);
    let is_noun = bare.next().as_deref() == Some("to") && bare.next().as_deref() == Some("chuc");
    let (kind, behind) = (bare.next().unwrap_or_default(), bare.next().unwrap_or_default());
    is_noun && KINDS.contains(&kind.as_str()) && !MATTERS.contains(&format!("{kind}{behind}").as_str())
}

/// Whether the words close a document or speak to all: no work of one body.
pub(super) fn closes(action: &str) -> bool {
    [
        "Trên đây",
        "Trong quá trình",
        "Kế hoạch này",
        "Căn cứ Kế hoạch này",
        "Nơi nhận",
    ]
    .iter()
    .any(|words| action.starts_with(words))
}

/// The body that a title names, if it is the name of a body and nothing else.
///
/// `is_below_execution` believes any title that does not begin with a verb.
pub(super) fn body_of_title(title: &str, is_below_execution: bool) -> Option<String> {
    let names_body = starts_with(title, &BODY_STARTS)
        || (is_below_execution && title.split(' ').count() >= 2 && !starts_with(title, &VERB_STARTS));
    if title.is_empty() || !names_body || is_matter(title) || title.chars().count() > 220 {
        return None;
    }
    let body = body_and_action(title).map_or(title, |(body, _)| body);
    Some(body.trim_end_matches([':', '.', ',', ';']).to_owned())
}

/// Whether a title speaks of a matter, not of a body: `Kinh phí`, `Chế độ báo cáo`.
fn is_matter(title: &str) -> bool {
    const MATTERS: [&str; 9] = [
        "Kinh phí",
        "Chế độ",
        "Thời gian",
        "Tiến độ",
        "Nguồn lực",
        "Nguồn kinh phí",
        "Khen thưởng",
        "Hiệu lực",
        "Công tác",
    ];
    MATTERS.iter().any(|matter| title.starts_with(matter))
}

/// Whether a title begins with a body and with nothing that a body does.
pub(super) fn names_body(title: &str) -> bool {
    starts_with(title, &BODY_STARTS) && body_and_action(title).is_none()
}

/// Whether one to three words at the beginning of `words` are in the table.
fn starts_with(words: &str, table: &FxHashSet<String>) -> bool {
    let mut letters = String::new();
    for word in words.split(' ').take(3) {
        let ends = word.ends_with([',', ';', '.', ':']);
        letters.push_str(&squeeze(word));
        if table.contains(letters.as_str()) {
            return true;
        }
        if ends {
            return false;
        }
    }
    false
}
