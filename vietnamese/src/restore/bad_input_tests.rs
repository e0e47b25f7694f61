//! What is not Vietnamese, or no text at all, comes back as it is: in bounded time, line for line.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::tests::{assert_lawful, restorer};
use super::*;

/// Restores, with the promises every text is owed; a hundred times the time it takes on a slow machine is too long.
fn restored(scan: &str) -> Restored {
    const LONGEST: Duration = Duration::from_secs(120);
    let started = Instant::now();
    let restored = restorer().restore(scan);
    assert!(
        started.elapsed() < LONGEST,
        "{} bytes took {:?}",
        scan.len(),
        started.elapsed()
    );
    assert_lawful(scan, &restored);
    assert!(
        restored.text.len() <= 4 * scan.len(),
        "restoring adds marks and blanks, no text"
    );
    restored
}

#[test]
fn a_megabyte_of_anything_comes_back() {
    for unit in [
        "x",
        "đ",
        "ꙮ",
        "漢字",
        "ภาษา",
        "عربي",
        "🎉",
        "a\u{301}",
        "\u{323}\u{302}",
        "\u{200b}",
        "\u{202e}",
        "\0",
        "¢§",
        "d6i",
        "-",
        "\u{feff}",
    ] {
        let scan = unit.repeat(1_000_000 / unit.len());
        assert_eq!(restored(&scan).text, scan, "{unit:?} without a blank");
    }
}

#[test]
fn a_million_tokens_of_one_letter_come_back() {
    for unit in ["q ", "z\n", "漢 ", "🎉 ", "\u{301} ", "7 ", "¢ "] {
        let scan = unit.repeat(1_000_000);
        assert_eq!(restored(&scan).text, scan, "{unit:?}");
    }
}

#[test]
fn a_million_vowels_are_read_in_bounded_time() {
    restored(&"a ".repeat(1_000_000));
    restored(&"é y\n".repeat(100_000));
}

#[test]
fn what_is_no_vietnamese_comes_back() {
    for text in [
        "The Party held its thirteenth congress in the capital, and delegates of all provinces were present.\n\
         On the other hand, to be or not to be, that is the question; a man can do no more than he can do.\n",
        "Les délégués de la conférence étaient présents pour la clôture, dans une grande salle.\n",
        "fn main() { let mut an = Vec::new(); for i in 0..10 { an.push(i * 2); } println!(\"{:?}\", an); }\n",
        "SELECT id, ten, ho FROM nhan_vien WHERE tinh = 'Ha Noi' AND nam > 2000 ORDER BY ten;\n",
        "\\begin{equation} \\int_0^\\infty e^{-x^2} dx = \\frac{\\sqrt{\\pi}}{2} \\end{equation}\n",
        "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=\nTWFuIGlzIGRpc3Rpbmd1aXNoZWQ=\n",
        "https://a.example/ke-hoach?id=69&trang=2 van.phong@tinh.example +84 912 345 678\n",
        "中央委员会\nกรุงเทพมหานคร\nالسلام عليكم\nשלום עולם\nПривет мир\n",
        "1.234.567 | 89,5 % | 12/2024 | K0+000 - K12+700 | 0x1F\n",
    ] {
        assert_eq!(restored(text).text, text);
    }
}

#[test]
fn each_part_of_a_mixed_text_is_judged_for_itself() {
    let typed = "Kính gửi các chi bộ trực thuộc Đảng ủy xã bản quét kế hoạch của Huyện ủy để biết và thực hiện.\n\n";
    let scanned = "Thuc hién Nghi quyét cua Huyén uy vé cong tac d6i ngoai, Pang uy xa xay dung ké hoach nhu sau:\n\
                   Tang cudng cong tac thong tin, tuyén truyén d6i ngoai; gop phan khang dinh vai tro lanh dao cua Pang.\n\n";
    let english = "The original of this letter is kept by the office of the committee and was sent with the annex.\n\n";
    let unmarked = "Toi xin bao cao voi cac dong chi ve tinh hinh thuc hien nghi quyet cua chi bo trong quy mot nam nay, \
                    trong do noi ro nhung viec da lam duoc va nhung viec chua lam duoc cua tung dang vien.\n";
    let restored = restored(&[typed, scanned, english, unmarked].concat());
    let stays = |part: &str| restored.text.contains(part);
    assert!(stays(typed) && stays(english), "{}", restored.text);
    assert!(
        stays("về công tác đối ngoại, Đảng ủy xã xây dựng kế hoạch"),
        "{}",
        restored.text
    );
    assert!(
        stays("nghị quyết của chi bộ trong quý một năm nay"),
        "{}",
        restored.text
    );
}

#[test]
fn without_a_model_a_scan_stays() {
    let scan = "trién khai cong tac d6i ngoai\n";
    let restored = Restorer::of(None).restore(scan);
    assert_lawful(scan, &restored);
    assert_eq!(restored.text, scan);
    assert!(Restorer::of(None).learn([scan]).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_bytes_keep_the_promises(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        restored(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_mixture_keeps_the_promises(parts in prop::collection::vec(prop_oneof![
        Just("trién khai cong tac d6i ngoai vé Pai hoi "), Just("cong tac tuyen truyen cua Dang "), Just("thay đối, tố chức "),
        Just("Ban Chấp hành Trung ương "), Just("中国 "), Just("สวัสดี "), Just("مرحبا "), Just("\u{301}\u{323}\u{302}"), Just("🎉"),
        Just("\n"), Just("\n\n"), Just("$\\alpha$ "), Just("aGVsbG8= "), Just("ˆ ~ . — ¬\n"), Just("S637 -KH/TU"), Just("the end of "),
        Just("x\ty\u{a0}z\r\n"), Just("\u{202e}"),
    ], 0..60)) {
        restored(&parts.concat());
    }
}
