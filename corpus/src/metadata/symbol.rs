//! The codes of kinds and bodies in a document's symbol, with their marks.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::bare::{distance, squeeze};

/// Codes of kinds, Party and State, in canonical form.
const CODES: &[&str] = &[
    "NQ", "QĐ", "CT", "KL", "QC", "QyĐ", "QĐi", "TT", "HD", "TB", "TC", "BC", "KH", "CTr", "CTHĐ", "CTrHĐ", "KHHĐ",
    "ĐA", "PA", "TTr", "CV", "BB", "BS", "QĐNS", "CĐ", "NĐ", "PL", "TTLT", "NQLT", "KHLT", "HDLN", "HDLT", "QCPH",
    "CTPH", "CTrPH", "KHPH", "VBHN", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "TrS", "SL",
    "HĐ", "DA", "QH", "LKG", "PLYK", "TTHĐ", "ĐAn", "KLTT", "L", "CTCT", "ĐC", "ĐH", "KHTU", "LCT", "LLV",
];

/// Bodies that are written as one part of a symbol, in canonical form.
const BODIES: &[&str] = &[
    "TW", "TU", "HU", "QU", "ThU", "ĐU", "ĐUK", "CB", "UBND", "HĐND", "CTUBND", "CP", "TTg", "VPCP", "CTN", "QH",
    "UBTVQH", "BNV", "BTP", "BTC", "BCT", "BYT", "BXD", "BNG", "BQP", "BCA", "BGDĐT", "BKHCN", "BVHTTDL", "BVHTT",
    "BNNMT", "BDTTG", "BKHĐT", "BGTVT", "BNNPTNT", "BTNMT", "BTTTT", "BLĐTBXH", "UBDT", "TTCP", "NHNN", "KTNN",
    "TANDTC", "VKSNDTC", "BHXH", "TTXVN", "VPUBND", "VPUB", "SNV", "STP", "STC", "SNgV", "STTTT", "SVHTTDL", "SVHTT",
    "SGDĐT", "SKHCN", "SYT", "SCT", "SXD", "SNNMT", "SNNPTNT", "SKHĐT", "SLĐTBXH", "SDTTG", "SGTVT", "STNMT", "MTTQ",
    "MTTW", "LĐLĐ", "TLĐ", "ĐTN", "TĐTN", "HĐTN", "TWĐTN", "HPN", "HLHPN", "HND", "HCCB", "CCB", "HNDT", "ĐCT", "BTV",
    "BCH", "BTT", "HĐLL", "HĐLLTW", "TCCS", "QUTW", "ĐUCA", "ĐUQS", "ĐUQSTW", "ĐUCP", "ĐUQH", "CHQ", "TCT", "CT",
    "TCHQ", "UBPLTP", "UBPL", "UBKTNS", "UBTP", "TTHĐND", "ĐĐBQH", "BCĐ", "BCĐTW", "BCĐQG", "VPBCĐ", "TCTĐA06",
    "HĐTĐKT", "KTVB", "CTSV", "ĐUUBND", "ĐUHĐND", "TĐ", "HĐTS", "HVCTQG", "BCHQS", "BCHBĐBP", "TTBCĐ", "CĐ", "LHHN",
    "TTCT", "BQLDA", "QLĐT", "KHĐT", "TTĐT", "QLNN", "CCVC", "TCBC", "VPCTN", "VPQH", "ĐUB", "TTg", "BCSĐ", "BCS",
    "ĐĐ", "ĐH", "CĐKCN", "CĐGD", "CĐN", "CĐCS", "CĐVC",
];

/// Units of a committee, as they stand before its level.
const UNITS: &[&str] = &[
    "BTGDV", "BTG", "BDV", "BTC", "UBKT", "BNC", "VP", "BCĐ", "BCSĐ", "BCS", "BKT", "BĐN", "BXDĐ", "TTCT", "TCT",
    "ĐUK", "BTCNC", "BCSCL", "HĐLL", "BBV", "BBVCSSK", "TT", "BTV", "VPĐU", "BTGĐU",
];

/// Levels of committees, as they stand behind a unit.
const LEVELS: &[&str] = &["TW", "TU", "HU", "QU", "ThU", "ĐU", "ĐUK", "CB"];

/// Organs of a council, as they stand before it: `ĐĐHĐND`, `BCSĐUBND`, `TTHĐND`.
const ORGANS: &[&str] = &["ĐĐ", "BCSĐ", "BCS", "ĐU", "VP", "TT"];

/// The councils that have them.
const COUNCILS: &[&str] = &["HĐND", "UBND", "MTTQ", "UBMTTQ"];

static CODE_OF: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    // The first of two with the same letters wins: HD (Hướng dẫn) before HĐ (Hợp đồng), ĐA (Đề án) before DA (Dự án).
    let mut map = FxHashMap::default();
    for &code in CODES {
        map.entry(squeeze(code)).or_insert(code);
    }
    map
});

static BODY_OF: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let mut map: FxHashMap<String, String> = FxHashMap::default();
    for &body in BODIES {
        map.entry(squeeze(body)).or_insert_with(|| body.to_owned());
    }
    for (heads, tails) in [(UNITS, LEVELS), (ORGANS, COUNCILS)] {
        for body in heads
            .iter()
            .flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")))
        {
            map.entry(squeeze(&body)).or_insert(body);
        }
    }
    map
});

/// Whether the tables know both code and body, so that nothing was guessed.
pub(crate) fn is_known(code: &str, body: &str) -> bool {
    let body = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = |body: &str| {
        let letters = squeeze(body);
        BODY_OF.get(&letters).is_some_and(|known| known == body) || numbered_board(&letters).is_some()
    };
    (code.is_empty() || CODES.contains(&code)) && body.split('-').all(known)
}

/// The code of a kind in canonical form: `QD` and `QP` are `QĐ`; none where the letters cannot be a code.
pub(crate) fn code(written: &str) -> Option<String> {
    let letters = squeeze(written);
    // Marks that the text gives are kept where they change the meaning: HĐ is no HD.
    if let Some(&exact) = CODES.iter().find(|&&code| code == written) {
        return Some(exact.to_owned());
    }
    if letters == "hd" && has_stroke(written) {
        return Some("HĐ".to_owned());
    }
    if let Some(&known) = CODE_OF.get(&letters)
        && looks_like_code(written)
    {
        return Some(known.to_owned());
    }
    if !looks_like_code(written) || letters.len() < 2 {
        return None;
    }
    if let Some(near) = nearest_code(&letters) {
        return Some(near.to_owned());
    }
    BODY_OF.get(&letters).cloned().or_else(|| Some(plain(written)))
}

/// The code that a scanner may have read so: `QB`, `QP` are `QĐ`; only for confusions of Đ and of KH.
fn nearest_code(letters: &str) -> Option<&'static str> {
    const SCANNED: &[(&str, &str)] = &[
        ("qb", "QĐ"),
        ("qp", "QĐ"),
        ("0d", "QĐ"),
        ("od", "QĐ"),
        ("nb", "NĐ"),
        ("np", "NĐ"),
        ("ndb", "NĐ"),
        ("qdb", "QĐ"),
        ("nqg", "NQ"),
        ("kii", "KH"),
        ("ki1", "KH"),
        ("ki", "KH"),
        ("kf", "KH"),
        ("k11", "KH"),
        ("cp", "CĐ"),
        ("cb", "CĐ"),
        ("n0", "NQ"),
        ("no", "NQ"),
        ("iir", "TTr"),
        ("itr", "TTr"),
        ("tir", "TTr"),
        ("ttf", "TTr"),
        ("ctf", "CTr"),
        ("h0", "HD"),
        ("hb", "HD"),
        ("ld", "LĐ"),
        ("tib", "TB"),
    ];
    let known = SCANNED.iter().find(|(scanned, _)| *scanned == letters);
    // A Đ that an engine wrote twice: `QĐĐNS`.
    let once = || {
        CODE_OF
            .get(&letters.replacen("dd", "d", 1))
            .filter(|_| letters.contains("dd"))
    };
    known.map(|&(_, code)| code).or_else(|| once().copied())
}

/// The issuing body in canonical form: `HDND` is `HĐND`, `BTGDVTW` stays; none where the letters cannot be a body.
pub(crate) fn body(written: &str) -> Option<String> {
    if written.chars().next().is_none_or(|c| !c.is_alphanumeric()) {
        return None;
    }
    let letters = squeeze(written);
    if let Some(known) = BODY_OF.get(&letters)
        && looks_like_body(written)
    {
        return Some(known.clone());
    }
    if let Some(assembly) = assembly(written) {
        return Some(assembly);
    }
    if !looks_like_body(written) {
        return None;
    }
    if let Some(board) = numbered_board(&letters) {
        return Some(board);
    }
    if !has_stroke(written)
        && let Some(near) = nearest_body(&letters)
    {
        return Some(near);
    }
    Some(plain(written))
}

/// A Ban Chỉ đạo that is called by a number, alone or before its level: `BCĐ35`, `BCĐ389TU`.
fn numbered_board(letters: &str) -> Option<String> {
    let digits = letters.find(|c: char| c.is_ascii_digit())?;
    let (head, rest) = letters.split_at(digits);
    let behind = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, tail) = rest.split_at(behind);
    let board = BODY_OF.get(head).filter(|body| body.ends_with("BCĐ"))?;
    let level = LEVELS.iter().find(|level| squeeze(level) == tail);
    let level = if tail.is_empty() { "" } else { level? };
    (2..=4)
        .contains(&number.len())
        .then(|| format!("{board}{number}{level}"))
}

/// The known body of at least three letters that scanned letters differ from by one usual confusion or two.
fn nearest_body(letters: &str) -> Option<String> {
    if letters.len() < 2 {
        return None;
    }
    const SHORT: &[(&str, &str)] = &[
        ("iu", "TU"),
        ("1u", "TU"),
        ("tv", "TU"),
        ("tl", "TU"),
        ("tll", "TU"),
        ("ttj", "TU"),
        ("hv", "HU"),
        ("pu", "ĐU"),
        ("bu", "ĐU"),
        ("dv", "ĐU"),
        ("tvv", "TW"),
        ("iw", "TW"),
        ("1w", "TW"),
        ("cf", "CP"),
        ("gp", "CP"),
        ("ttq", "TTg"),
        ("tig", "TTg"),
        ("itg", "TTg"),
        ("ttcg", "TTg"),
        ("tt", "TTg"),
    ];
    if let Some(&(_, body)) = SHORT.iter().find(|(scanned, _)| *scanned == letters) {
        return Some(body.to_owned());
    }
    // A Đ read as two letters: `HPDND`, `BTGPDVTU`.
    let single = ["pd", "bd", "dp", "db"].iter().find_map(|two| {
        let at = letters.find(two)?;
        BODY_OF.get(&format!("{}d{}", &letters[..at], &letters[at + 2..]))
    });
    if let Some(body) = single {
        return Some(body.clone());
    }
    if letters.len() < 4 {
        return None;
    }
    let mut best: Option<(u32, &String)> = None;
    for (known, body) in BODY_OF.iter() {
        if known.len() != letters.len() {
            continue;
        }
        let cost = distance(letters.as_bytes(), known.as_bytes());
        let nearer = best.is_none_or(|(least, other)| cost < least || (cost == least && body < other));
        if cost <= 8 && nearer {
            best = Some((cost, body));
        }
    }
    best.map(|(_, body)| body.clone())
}

/// The National Assembly's symbol: `QH15`, `UBTVQH14`, also as scanned (`0H15`, `QHI5`).
pub(crate) fn assembly(written: &str) -> Option<String> {
    let letters = squeeze(written);
    let mark = letters.rfind('h')?;
    let (head, term) = letters.split_at(mark + 1);
    let term: String = term
        .chars()
        .map(|c| {
            if matches!(c, 'i' | 'l') {
                '1'
            } else if c == 's' {
                '5'
            } else {
                c
            }
        })
        .collect();
    // One letter too many is a stroke of the H (QHI15) or a digit that was read twice (QHIS5).
    let is_term = |digits: &&str| (1..=2).contains(&digits.len()) && digits.parse().is_ok_and(|term: u8| term <= 20);
    let shorter = [term.get(1..), term.get(..2)].into_iter().flatten();
    let term = std::iter::once(term.as_str())
        .chain(shorter.filter(|_| term.len() == 3 && term.starts_with('1')))
        .find(is_term)?;
    match head {
        "qh" | "0h" | "oh" => Some(format!("QH{term}")),
        "ubtvqh" | "ubtv0h" | "ubtvoh" => Some(format!("UBTVQH{term}")),
        _ => None,
    }
}

/// Letters as they stand, composed, without what cannot be in a symbol.
fn plain(written: &str) -> String {
    written.replace('\u{D0}', "Đ").replace('\u{F0}', "đ")
}

fn has_stroke(written: &str) -> bool {
    written.contains(['Đ', 'đ', '\u{D0}'])
}

/// Codes are capitals, with at most a few small letters behind the first (`CTr`, `QyĐ`).
fn looks_like_code(written: &str) -> bool {
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let small = written.chars().filter(|c| c.is_lowercase()).count();
    written.chars().next().is_some_and(|c| c.is_uppercase() || c == '0')
        && written.chars().count() <= 9
        && capitals > small
        && written.chars().any(char::is_alphabetic)
}

/// Bodies are capitals with small letters here and there (`TTg`, `ThU`, `SNgV`).
fn looks_like_body(written: &str) -> bool {
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let small = written.chars().filter(|c| c.is_lowercase()).count();
    capitals >= 1 && capitals + usize::from(small <= 1) > small && written.chars().count() <= 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_units_are_known() {
        assert_eq!(body("BTGDVTW").as_deref(), Some("BTGDVTW"));
        assert_eq!(body("DU").as_deref(), Some("ĐU"));
        assert_eq!(body("HPND").as_deref(), Some("HĐND"));
        assert_eq!(body("HPDND").as_deref(), Some("HĐND"));
        assert_eq!(body("DDHDND").as_deref(), Some("ĐĐHĐND"));
        assert_eq!(body("BGDDT").as_deref(), Some("BGDĐT"));
        assert_eq!(assembly("0H15").as_deref(), Some("QH15"));
        assert_eq!(assembly("QHIS").as_deref(), Some("QH15"));
        assert_eq!(assembly("QHI15").as_deref(), Some("QH15"));
        assert_eq!(assembly("UBTVQHIS5").as_deref(), Some("UBTVQH15"));
    }

    #[test]
    fn ordinary_words_are_no_codes() {
        assert_eq!(code("ngày"), None);
        assert_eq!(body("ngày"), None);
        assert_eq!(code("HD").as_deref(), Some("HD"));
        assert_eq!(code("HĐ").as_deref(), Some("HĐ"));
    }
}
