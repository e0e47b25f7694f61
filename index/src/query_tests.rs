use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(typed: &str, expected: Expect) {
    let shown = match parse(typed) {
        Ok(query) => format!("{query:?}"),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn words_quotes_and_operators() {
    check("đối ngoại  nhân dân", expect![[r#"Words("đối ngoại nhân dân")"#]]);
    check(
        "“cây tre Việt Nam” -kế",
        expect![[r#"And([Phrase("cây tre Việt Nam"), Not(Words("kế"))])"#]],
    );
    check(
        "(Lâm Đồng OR Đồng Nai) kế hoạch",
        expect![[r#"And([Or([Words("Lâm Đồng"), Words("Đồng Nai")]), Words("kế hoạch")])"#]],
    );
    check(
        "Lâm Đồng hoặc HOẶC Đồng Nai",
        expect![[r#"Or([Words("Lâm Đồng hoặc"), Words("Đồng Nai")])"#]],
    );
    check(
        "THANH NIÊN HOẶC PHỤ NỮ",
        expect![[r#"Words("THANH NIÊN HOẶC PHỤ NỮ")"#]],
    );
    check(
        "2020 - 2025 69-KH/BTGTU",
        expect![[r#"Words("2020 - 2025 69-KH/BTGTU")"#]],
    );
    check(
        "mục:\"tổ chức thực hiện\" thanh niên",
        expect![[r#"And([Section("tổ chức thực hiện"), Words("thanh niên")])"#]],
    );
    check(
        "scan:\"d6i ngoai\" số: 69-KH/BTGTU",
        expect![[r#"And([Scan("d6i ngoai"), Number("69-KH/BTGTU")])"#]],
    );
    check("NOT \"đối ngoại\"", expect![[r#"Not(Phrase("đối ngoại"))"#]]);
    check("", expect!["All"]);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    check(
        "kế \"hoạch",
        expect!["the query is not understood at character 3: this quote is never closed"],
    );
    check(
        "… !!! ,,,",
        expect!["the query is not understood at character 0: it holds no word to look for"],
    );
    check(
        "(kế hoạch",
        expect!["the query is not understood at character 0: this parenthesis is never closed"],
    );
    check(
        "kế hoạch)",
        expect!["the query is not understood at character 8: this parenthesis closes nothing"],
    );
    check(
        "kế OR",
        expect!["the query is not understood at character 5: a word is missing here"],
    );
    check(
        "OR kế",
        expect!["the query is not understood at character 0: a word is missing here"],
    );
    check(
        "mục: ",
        expect![
            "the query is not understood at character 0: a field needs a word or a phrase in quotes behind its colon"
        ],
    );
    check(
        "\"…\"",
        expect!["the query is not understood at character 0: it holds no word to look for"],
    );
    check(
        &"(".repeat(500),
        expect!["the query is not understood at character 0: it holds no word to look for"],
    );
    check(
        &"a".repeat(10_000),
        expect!["the query is not understood at character 2000: it has 10000 characters; at most 2000 are read"],
    );
    check(
        &"- - \"a\" ".repeat(200),
        expect!["the query is not understood at character 512: it has more than 128 words or phrases"],
    );
}

proptest! {
    #[test]
    fn no_query_panics(typed in any::<String>()) {
        let _ = parse(&typed);
    }

    #[test]
    fn no_query_of_its_own_signs_panics(typed in "[a đ\"“”():|\\-−.  ]{0,60}") {
        let _ = parse(&typed);
    }
}
