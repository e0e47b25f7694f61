use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn blocks_stand_in_order_and_hold_every_word(text in any_page()) {
        let Layout { blocks, .. } = layout(&text, &[]);
        let mut end = 0;
        for block in &blocks {
            let range = block.span.range();
            prop_assert!(end <= range.start && range.start < range.end);
            prop_assert!(is_trimming(&text[end..range.start]), "{:?}", &text[end..range.start]);
            prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
            end = range.end;
        }
        prop_assert!(is_trimming(&text[end..]), "{:?}", &text[end..]);
    }

    #[test]
    fn sections_nest_and_blocks_lie_in_theirs(text in any_page()) {
        let mut blocks = layout(&text, &[]).blocks;
        let outline = crate::outline::sections(&text, &mut blocks);
        for (at, section) in outline.iter().enumerate() {
            prop_assert!(section.span.holds(section.heading) && !section.heading.is_empty());
            prop_assert!(text.get(section.span.range()).is_some());
            for later in &outline[at + 1..] {
                let inside = section.span.holds(later.span) && later.level > section.level;
                prop_assert!(inside || section.span.end <= later.span.start, "{section:?} {later:?}");
            }
        }
        for block in blocks {
            let section = block.section.map(|section| &outline[section as usize]);
            prop_assert!(section.is_none_or(|section| section.span.holds(block.span)));
        }
    }

    #[test]
    fn any_text_is_laid_out(text: String) {
        let _ = layout(&text, &[]);
    }
}

fn is_trimming(between: &str) -> bool {
    between
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '#' | '>' | '*' | '_' | '\u{feff}' | '\u{200b}'))
}

/// Lines of the kind that documents are made of, in any order.
fn any_page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("TỈNH ỦY ĐỒNG NAI ĐẢNG CỘNG SẢN VIỆT NAM"),
        Just("Số 37-KH/TU Đồng Nai, ngày 29 tháng 9 năm 2025"),
        Just("KẾ HOẠCH"),
        Just("## **KẾ HOẠCH**"),
        Just("triển khai công tác thông tin đối ngoại"),
        Just("-----"),
        Just("Thực hiện Hướng dẫn số 21-HD/BTGDVTW, ngày 23/7/2025;"),
        Just("I. MỤC ĐÍCH, YÊU CẦU"),
        Just("|. MUC PiCH, YEU CAU"),
        Just("1. Mục đích"),
        Just("- Giúp cán bộ, đảng viên nhận thức sâu sắc về nội dung cốt lõi của tác phẩm; tạo sự"),
        Just("thống nhất trong hệ thống chính trị, đồng thuận trong Nhân dân."),
        Just("casino. Điều 1. Phạm vi điều chỉnh. Điều 2. Đối tượng"),
        Just("Nơi nhận: T/M BAN THƯỜNG VỤ"),
        Just("- Các đảng ủy trực thuộc tỉnh, PHÓ BÍ THƯ THƯỜNG TRỰC"),
        Just("- Lưu VPTU. Tôn Ngọc Hạnh"),
        Just("TM. CHÍNH PHỦ KT. THỦ TƯỚNG Hồ Đức Phớc"),
        Just("PHỤ LỤC I"),
        Just("3"),
        Just(""),
        Just("\u{c}"),
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}
