//! What a reader expects of restoring, and the laws it keeps whatever it is given.

use std::sync::LazyLock;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

/// The embedded model is read once for all tests.
pub(super) fn restorer() -> &'static Restorer {
    static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);
    &RESTORER
}

fn check(scan: &str, expected: Expect) {
    expected.assert_eq(&restorer().restore(scan).text);
}

#[test]
fn a_scan_is_read_as_the_paper_said() {
    check(
        "Thuc hién Nghi quyét Dai hoi dai biéu toan qudc lan thir XIV cua Pang vé cong tac d6i ngoai",
        expect!["Thực hiện Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng về công tác đối ngoại"],
    );
}

#[test]
fn a_short_word_is_set_as_the_words_beside_it() {
    check(
        "Nghi quyét cua BO Chinh tri vé cong tac d6i ngoai, cac SO Van hoa\nKT. BO TRUONG",
        expect![[r#"
            Nghị quyết của Bộ Chính trị về công tác đối ngoại, các Sở Văn hóa
            KT. BỘ TRƯỞNG"#]],
    );
}

#[test]
fn letters_among_digits_are_digits_in_a_date() {
    check(
        "Quang Tri, ngay 22 thang O1 nam 2O24; S6 16-HD/TU ngay l5 thang 1O nam 2023 cta Ban Thudng vu",
        expect!["Quảng Trị, ngày 22 tháng 01 năm 2024; Số 16-HD/TU ngày 15 tháng 10 năm 2023 của Ban Thường vụ"],
    );
}

#[test]
fn typed_without_marks_gets_its_marks() {
    check(
        "Ban Chap hanh Trung uong ban hanh nghi quyet ve phat trien kinh te nong thon va xay dung giai cap cong nhan",
        expect![
            "Ban Chấp hành Trung ương ban hành nghị quyết về phát triển kinh tế nông thôn và xây dựng giai cấp công nhân"
        ],
    );
}

#[test]
fn clean_text_has_no_readings() {
    let text = "Đảng Cộng sản Việt Nam\nSố 37-KH/TU, ngày 16 tháng 4 năm 2024\n\nhttps://dangcongsan.vn OECD";
    let restored = restorer().restore(text);
    assert_eq!(restored.text, text);
    assert!(restored.readings.is_empty());
    assert!(restored.judgements.iter().all(|j| j.condition == Condition::Clean));
}

#[test]
fn decomposed_text_is_clean() {
    let text: String = unicode_normalization::UnicodeNormalization::nfd(
        "Ban Chấp hành Trung ương Đảng ban hành nghị quyết về phát triển kinh tế",
    )
    .collect();
    assert_eq!(restorer().restore(&text).text, text);
}

#[test]
fn a_damaged_model_is_refused_with_a_sentence() {
    let whole = include_bytes!("../../model/restore.bin");
    expect!["this is no model for restoring scans; train one with `train model`, or use the one that is built in"]
        .assert_eq(&Restorer::from_model(b"GIF89a").expect_err("not a model").to_string());
    let mut damaged = whole.to_vec();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    assert!(matches!(
        Restorer::from_model(&damaged),
        Err(ModelError::Damaged { .. })
    ));
    assert!(Restorer::from_model(&whole[..whole.len() / 3]).is_err());
}

#[test]
fn the_same_pages_teach_the_same_hand() {
    let page =
        "Thuc hién Nghi quyét Dai hoi dai biéu toan qudc lan thir XIV cua Pang vé cong tac d6i ngoai\n".repeat(20);
    let learn = || restorer().learn([page.as_str()]);
    assert!(!learn().is_empty());
    assert_eq!(learn(), learn());
}

#[test]
fn clean_documents_of_the_folder_lend_their_wording() {
    // There is a Thanh Trì too, and more is written of it.
    let scan = "Pang uy x4 Thanh Tri t6 chitc h6i nghi quan triét nghi quyét ctia Tinh uy\n".repeat(12);
    let clean = "Đảng ủy xã Thạnh Trị ban hành kế hoạch; các chi bộ của xã Thạnh Trị báo cáo kết quả.\n".repeat(12);
    let with = |texts: &[&str]| {
        let hand = restorer().learn(texts.iter().copied());
        restorer().with_hand(&hand).restore(&scan).text
    };
    let right = |text: &str| text.matches("Thạnh Trị").count();
    let (alone, together) = (right(&with(&[&scan])), right(&with(&[&scan, &clean])));
    assert_eq!((alone, together), (0, 12));
}

/// Whether readings and text fit together as promised.
pub(super) fn assert_lawful(scan: &str, restored: &Restored) {
    assert_eq!(scan.matches('\n').count(), restored.text.matches('\n').count());
    let (mut scan_at, mut text_at) = (0, 0);
    let mut readings = restored.readings.iter().peekable();
    while let Some(reading) = readings.next() {
        let scanned = &scan[scan_at..reading.scan.range().start];
        assert_eq!(
            scanned,
            &restored.text[text_at..reading.text.range().start],
            "between readings nothing changes"
        );
        assert!(!restored.text[reading.text.range()].is_empty());
        assert!((0.0..=1.0).contains(&reading.confidence));
        let mut end = reading.text.end;
        while let Some(next) = readings.next_if(|next| next.scan == reading.scan) {
            end = next.text.end;
        }
        (scan_at, text_at) = (reading.scan.end as usize, end as usize);
    }
    assert_eq!(&scan[scan_at..], &restored.text[text_at..]);
    let mut at = (0, 0);
    for judgement in &restored.judgements {
        assert_eq!((judgement.scan.start, judgement.text.start), at);
        at = (judgement.scan.end, judgement.text.end);
    }
    assert_eq!(at, (scan.len() as u32, restored.text.len() as u32));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_scanned_keeps_its_lines_and_places(scan in "(([a-zéêôâuư&¢6l1|'(),.]{1,9}|Pang|d6i|ngoai|trién|khai|S637|XIV)[ \n]){0,40}") {
        let restored = restorer().restore(&scan);
        assert_lawful(&scan, &restored);
    }

    #[test]
    fn nothing_makes_it_panic(scan in "\\PC{0,200}") {
        assert_lawful(&scan, &restorer().restore(&scan));
    }

    #[test]
    fn spans_come_back_around_themselves(start in 0usize..90, len in 1usize..20) {
        let scan = "Thuc hién Nghi quyét Dai hoi dai biéu toan qudc lan thir XIV cua Pang vé cong tac d6i ngoai";
        let restored = restorer().restore(scan);
        let floor = |mut at: usize| { while !scan.is_char_boundary(at) { at -= 1 } at };
        let span = Span::new(floor(start.min(scan.len() - 1)), floor((start + len).min(scan.len())));
        prop_assume!(!span.is_empty());
        let there = span_in_text(&restored.readings, span);
        prop_assert!(restored.text.is_char_boundary(there.start as usize) && restored.text.is_char_boundary(there.end as usize));
        prop_assert!(span_in_scan(&restored.readings, there).holds(span));
    }
}
