//! Schools, companies, agencies, blocs and hamlets, whose names are written in capitals of their own.

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
    ("Quân khu", true),
    ("Quân đoàn", true),
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

/// Agencies whose names hold capitals of their own.
pub(crate) const AGENCIES: &[&str] = &[
    "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Văn hóa và Thể thao",
    "Sở Nông nghiệp và Môi trường",
    "Sở Dân tộc và Tôn giáo",
    "Sở Kế hoạch và Đầu tư",
    "Sở Công Thương",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Giao thông vận tải",
    "Sở Y tế",
    "Sở Nội vụ",
    "Sở Ngoại vụ",
    "Sở Tài chính",
    "Sở Tư pháp",
    "Sở Xây dựng",
    "Sở Du lịch",
    "Cục Hải quan",
    "Cục Thuế",
    "Cục Thống kê",
    "Phòng Giáo dục và Đào tạo",
    "Phòng Văn hóa và Thông tin",
    "Phòng Nội vụ",
];

/// Blocs of Party organisations, as they stand behind `Đảng ủy`.
pub(crate) const BLOCS: &[&str] = &[
    "các cơ quan Đảng",
    "Mặt trận Tổ quốc, các đoàn thể",
    "Mặt trận Tổ quốc và các đoàn thể",
    "Khối các cơ quan và doanh nghiệp",
    "Khối các cơ quan",
    "Khối Doanh nghiệp",
    "Khối cơ quan và doanh nghiệp",
    "Khối cơ sở",
    "Khối các trường Đại học, Cao đẳng",
    "Khối các trường Đại học và Cao đẳng",
];

/// Whether the words begin as the name of an institution does.
pub(crate) fn is_one(written: &str) -> bool {
    let words: Vec<&str> = written.split(' ').collect();
    kind_of(&words).is_some()
}

/// What the words call an institution, how many of them do, and whether every word behind is a name.
fn kind_of(words: &[&str]) -> Option<(&'static str, usize, bool)> {
    KINDS.iter().find_map(|&(kind, names)| {
        let count = kind.split(' ').count();
        let same = words.len() > count && squeeze(&words[..count].concat()) == squeeze(kind);
        same.then_some((kind, count, names))
    })
}

/// The name of an institution typed in capitals, as a sentence writes it: Tập đoàn Điện lực Việt Nam.
pub(crate) fn name(written: &str) -> String {
    let sentence = case::sentence(written);
    let words: Vec<&str> = sentence.split(' ').collect();
    let Some((kind, count, names)) = kind_of(&words) else {
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
