use encoding_rs::WINDOWS_1258;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(bytes: &[u8], expected: Expect) {
    let told = match extract(bytes) {
        Ok(Extracted {
            text,
            encoding,
            problems,
        }) => {
            let problems: String = problems.iter().map(|problem| format!("\n! {}", problem.kind)).collect();
            format!("{encoding:?}: {text}{problems}")
        }
        Err(error) => format!("{error}"),
    };
    expected.assert_eq(&told);
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn utf8_is_taken_with_and_without_its_mark() {
    check("Kế hoạch".as_bytes(), expect!["Utf8: Kế hoạch"]);
    check(b"\xEF\xBB\xBFNgh\xE1\xBB\x8B", expect!["Utf8: Nghị"]);
}

#[test]
fn a_cut_character_is_told_and_the_rest_is_kept() {
    check(&"Đảng ủy".as_bytes()[..8], expect!["Utf8: Đảng "]);
    check(
        &"Đảng".as_bytes()[..4],
        expect![[r#"
        Utf8: Đ�
        ! bytes that are no character were replaced by �"#]],
    );
    check(b"Ngh\xE1\xBB\x8B quy\xBA\xBFt s\xE1\xBB\x91 ch\xC3\xADn, Trung \xC6\xB0\xC6\xA1ng \xC4\x90\xE1\xBA\xA3ng kh\xC3\xB3a m\xC6\xB0\xE1\xBB\x9Di hai", expect![[r#"
        Utf8: Nghị quy��t số chín, Trung ương Đảng khóa mười hai
        ! bytes that are no character were replaced by �, and 1 more places like it"#]]);
}

#[test]
fn utf16_is_known_with_and_without_its_mark() {
    let text = "Tỉnh ủy Lâm Đồng";
    let marked = [vec![0xFF, 0xFE], utf16(text, u16::to_le_bytes)].concat();
    check(&marked, expect!["Utf16Le: Tỉnh ủy Lâm Đồng"]);
    check(&utf16(text, u16::to_le_bytes), expect!["Utf16Le: Tỉnh ủy Lâm Đồng"]);
    check(&utf16(text, u16::to_be_bytes), expect!["Utf16Be: Tỉnh ủy Lâm Đồng"]);
    check(
        &marked[..marked.len() - 1],
        expect![[r#"
        Utf16Le: Tỉnh ủy Lâm Đồn�
        ! bytes that are no character were replaced by �"#]],
    );
}

#[test]
fn the_code_page_of_windows_is_detected() {
    let text =
        "Tha\u{300}nh uy\u{309} tri\u{EA}\u{309}n khai k\u{EA}\u{301} hoa\u{323}ch tuy\u{EA}n truy\u{EA}\u{300}n";
    let (bytes, _, lost) = WINDOWS_1258.encode(text);
    assert!(!lost);
    check(
        &bytes,
        expect!["Windows1258: Thành ủy triển khai kế hoạch tuyên truyền"],
    );
}

#[test]
fn fonts_of_the_nineties_are_read() {
    let text = "Ban ChÊp hµnh Trung ¬ng §¶ng Céng s¶n ViÖt Nam ban hµnh nghÞ quyÕt vÒ c«ng t¸c d©n vËn";
    check(
        text.as_bytes(),
        expect!["Tcvn3: Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam ban hành nghị quyết về công tác dân vận"],
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    check(
        &bytes,
        expect!["Tcvn3: Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam ban hành nghị quyết về công tác dân vận"],
    );
    check(
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp, Töï do, Haïnh phuùc".as_bytes(),
        expect!["Vni: Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập, Tự do, Hạnh phúc"],
    );
    check(
        "Déclaration à la première conférence".as_bytes(),
        expect!["Utf8: Déclaration à la première conférence"],
    );
}

#[test]
fn line_ends_become_plain() {
    check(
        b"a\r\nb\rc\n",
        expect![[r#"
        Utf8: a
        b
        c
    "#]],
    );
}

#[test]
fn what_is_no_text_is_refused_with_a_sentence() {
    check(b"", expect!["the file is empty; if it should not be, save it again"]);
    check(
        b" \r\n\t",
        expect!["the file is empty; if it should not be, save it again"],
    );
    check(
        b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0",
        expect!["the file is not text (byte 6 occurs in none); export it as text, or rename it to leave it out"],
    );
    check(
        b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
        expect!["the file is not text (byte 0 occurs in none); export it as text, or rename it to leave it out"],
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = extract(&bytes);
    }

    #[test]
    fn utf8_comes_back_as_it_is(text in "[a-zàáạđĐêếệ \\n]{1,80}[a-z]") {
        prop_assert_eq!(super::text(text.as_bytes()).unwrap(), text);
    }

    #[test]
    fn utf16_comes_back_as_it_is(text in "[a-zàáạđĐêếệ \\n]{8,80}[a-z]") {
        let marked = [vec![0xFE, 0xFF], utf16(&text, u16::to_be_bytes)].concat();
        prop_assert_eq!(super::text(&marked).unwrap(), text);
    }
}
