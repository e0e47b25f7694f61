//! What stands above what.

use expect_test::expect;

use crate::search_tests::Fixture;

#[test]
fn words_of_several_syllables_are_units() {
    let fixture = Fixture::new(&[
        (
            "together.txt",
            "Báo cáo kết quả công tác đối ngoại nhân dân của tỉnh trong sáu tháng đầu năm nay.",
        ),
        (
            "apart.txt",
            "Nhân dân trong tỉnh đồng tình với công tác đối ngoại của cấp ủy trong năm nay.",
        ),
        (
            "scattered.txt",
            "Người dân ở ngoài đối diện với người ngoại tỉnh; nhân đó dân đối đáp, ngoại trừ dân ở xa nhân dịp này.",
        ),
    ]);
    fixture.check(
        "đối ngoại nhân dân",
        expect![[r#"
            together.txt Some(Marked)
            apart.txt Some(Marked)
        "#]],
    );
}

/// A plan that speaks of something else, but for what is put in three places.
fn plan(title: &str, heading: &str, text: &str) -> String {
    format!(
        "TỈNH ỦY LÂM ĐỒNG\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tLâm Đồng, ngày 05 tháng 3 năm 2024\nSố 12-KH/TU\n\nKẾ HOẠCH\nvề công tác \
         {title} năm 2024\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n- Nâng cao nhận thức của cán bộ trong tỉnh.\n\nII. CÔNG TÁC {heading}\n\n\
         - Các cấp ủy lãnh đạo việc {text} ở cơ sở.\n\nIII. TỔ CHỨC THỰC HIỆN\n\n- Các cấp ủy triển khai kế hoạch này.\n"
    )
}

#[test]
fn a_title_stands_above_a_heading_and_a_heading_above_text() {
    let fixture = Fixture::new(&[
        ("text.txt", &plan("dân vận", "DÂN VẬN", "chăm lo thanh niên")),
        ("heading.txt", &plan("dân vận", "THANH NIÊN", "vận động người dân")),
        ("title.txt", &plan("thanh niên", "DÂN VẬN", "vận động người dân")),
    ]);
    fixture.check(
        "thanh niên",
        expect![[r#"
            title.txt Some(Marked)
            heading.txt Some(Marked)
            text.txt Some(Marked)
        "#]],
    );
}

#[test]
fn a_long_document_is_neither_favored_nor_lost() {
    let other = "Các cấp ủy lãnh đạo phát triển kinh tế, văn hóa, xã hội của tỉnh trong năm nay.\n\n";
    let subject = "Các cấp ủy lãnh đạo công tác thanh niên và chăm lo cho thanh niên của tỉnh.\n\n";
    let fixture = Fixture::new(&[
        ("long-once.txt", &format!("{subject}{}", other.repeat(60))),
        ("long-throughout.txt", &format!("{subject}{other}").repeat(30)),
        ("short-once.txt", &format!("{subject}{}", other.repeat(3))),
    ]);
    fixture.check(
        "thanh niên",
        expect![[r#"
            long-throughout.txt Some(Marked)
            short-once.txt Some(Marked)
            long-once.txt Some(Marked)
        "#]],
    );
}
