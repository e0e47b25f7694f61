//! Schools, companies and hamlets, whose names are written in capitals of their own.

use crate::bare::squeeze;
use crate::gazetteer;
use crate::metadata::case;

/// What an institution is called before its name, and whether every word behind is a name: Trường Tiểu học Lê Hồng Phong.
const KINDS: &[(&str, bool)] = &[
    ("Trường Đại học", false),
    ("Trường Cao đẳng", false),
    ("Trường Mầm non", true),
    ("Trường Tiểu học", true),
    ("Trường Trung học cơ sở", true),
    ("Trường Trung học phổ thông", true),
    ("Trường THCS", true),
    ("Trường THPT", true),
    ("Trường Chính trị", true),
    ("Đại học", false),
    ("Học viện", false),
    ("Bệnh viện", false),
    ("Trung tâm", false),
    ("Tập đoàn", false),
    ("Tổng Công ty", false),
    ("Công ty cổ phần", false),
    ("Công ty Cổ phần", false),
    ("Công ty", false),
    ("Ngân hàng", false),
    ("Phòng", false),
    ("Sở", false),
    ("Cục", false),
    ("Chi cục", false),
    ("Viện", false),
    ("thôn", true),
    ("bản", true),
    ("ấp", true),
    ("xóm", true),
    ("khu phố", true),
    ("tổ dân phố", true),
];

/// The name of an institution typed in capitals, as a sentence writes it: Tập đoàn Điện lực Việt Nam.
pub(crate) fn name(written: &str) -> String {
    let sentence = case::sentence(written);
    let words: Vec<&str> = sentence.split(' ').collect();
    let kind = KINDS.iter().find_map(|&(kind, names)| {
        let count = kind.split(' ').count();
        let same = words.len() > count && squeeze(&words[..count].concat()) == squeeze(kind);
        same.then_some((kind, count, names))
    });
    let Some((kind, count, names)) = kind else {
        return sentence;
    };
    let place = (count..words.len()).find(|&at| {
        gazetteer::named(&squeeze(&words[at..].concat()))
            .any(|place| case::same_marks(place.name, &words[at..].join(" ")))
    });
    let mut out = kind.to_owned();
    for (at, word) in words.iter().enumerate().skip(count) {
        out.push(' ');
        if names || at == count || place.is_some_and(|place| at >= place) {
            out.push_str(&case::capitalized(word));
        } else {
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_keep_their_capitals() {
        assert_eq!(name("TẬP ĐOÀN ĐIỆN LỰC VIỆT NAM"), "Tập đoàn Điện lực Việt Nam");
        assert_eq!(name("TRƯỜNG TIỂU HỌC LÊ HỒNG PHONG"), "Trường Tiểu học Lê Hồng Phong");
        assert_eq!(
            name("CÔNG TY CỔ PHẦN CẤP NƯỚC ĐỒNG NAI"),
            "Công ty cổ phần Cấp nước Đồng Nai"
        );
    }
}
