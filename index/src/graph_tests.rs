//! The citation graph over a small corpus: one directive, those who carry it out, and those who do not.

use std::fs;

use expect_test::{Expect, expect};
use tempfile::TempDir;
use vietnamese::restore::Restorer;

use crate::{Branch, Indexer, Searcher};

/// A plan in the Party's form.
fn plan(issuer: &str, number: &str, place: &str, day: &str, opening: &str) -> String {
    format!(
        "{issuer}  ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố {number}\n{place}, ngày {day}\n\nKẾ HOẠCH\ncông tác thông tin đối ngoại năm 2024\n-----\n{opening}\n\n\
         I. MỤC ĐÍCH, YÊU CẦU\nNâng cao nhận thức về công tác thông tin đối ngoại.\n\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nNguyễn Văn An\n"
    )
}

const OF_THE_CENTER: &str = "Thực hiện Hướng dẫn số 118-HD/BTGTW, ngày 15/11/2023 của Ban Tuyên giáo Trung ương về công tác thông tin đối ngoại năm 2024, Ban Thường vụ Tỉnh ủy xây dựng kế hoạch như sau:";

fn searcher(files: &[(&str, String)]) -> (TempDir, TempDir, Searcher) {
    let (folder, store) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut indexer = Indexer::open(store.path(), Restorer::new()).unwrap();
    indexer.update(&[folder.path().to_owned()], &mut |_| {}).unwrap();
    drop(indexer);
    let searcher = Searcher::open(store.path()).unwrap();
    (folder, store, searcher)
}

fn campaign() -> (TempDir, TempDir, Searcher) {
    let of_the_province = |body: &str, day: &str| {
        format!(
            "Thực hiện Kế hoạch số 225-KH/TU, ngày {day} của Ban Thường vụ Tỉnh ủy và Hướng dẫn số 118-HD/BTGTW, ngày 15/11/2023 của Ban Tuyên giáo Trung ương, Ban Thường vụ {body} xây dựng kế hoạch như sau:"
        )
    };
    searcher(&[
        (
            "quang-tri.txt",
            plan(
                "TỈNH ỦY QUẢNG TRỊ",
                "225-KH/TU",
                "Quảng Trị",
                "22 tháng 01 năm 2024",
                OF_THE_CENTER,
            ),
        ),
        (
            "lang-son.txt",
            plan(
                "TỈNH ỦY LẠNG SƠN",
                "225-KH/TU",
                "Lạng Sơn",
                "30 tháng 01 năm 2024",
                OF_THE_CENTER,
            ),
        ),
        (
            "huong-hoa.txt",
            plan(
                "HUYỆN ỦY HƯỚNG HÓA",
                "78-KH/HU",
                "Hướng Hóa",
                "12 tháng 3 năm 2024",
                &of_the_province("Huyện ủy", "22/01/2024"),
            ),
        ),
        (
            "loc-binh.txt",
            plan(
                "HUYỆN ỦY LỘC BÌNH",
                "56-KH/HU",
                "Lộc Bình",
                "20 tháng 02 năm 2024",
                &of_the_province("Huyện ủy", "30/01/2024"),
            ),
        ),
        (
            "dakrong.txt",
            plan(
                "HUYỆN ỦY ĐAKRÔNG",
                "09-KH/HU",
                "Đakrông",
                "05 tháng 01 năm 2024",
                "Căn cứ tình hình thực tế, Ban Thường vụ Huyện ủy xây dựng kế hoạch như sau:",
            ),
        ),
        (
            "cao-bang.txt",
            plan(
                "TỈNH ỦY CAO BẰNG",
                "31-KH/TU",
                "Cao Bằng",
                "02 tháng 5 năm 2024",
                "Ban Thường vụ Tỉnh ủy xây dựng kế hoạch như sau:",
            ),
        ),
    ])
}

fn draw(branch: &Branch, depth: usize, out: &mut String) {
    let name = branch.document.as_ref().map_or("?", |document| document.path.as_str());
    out.push_str(&format!(
        "{}{} {name}\n",
        "  ".repeat(depth),
        branch.number.as_ref().map_or("-", |number| &number.0)
    ));
    if !branch.absent.is_empty() {
        out.push_str(&format!(
            "{}absent: {}\n",
            "  ".repeat(depth + 1),
            branch.absent.join(", ")
        ));
    }
    for child in &branch.carried_out_by {
        draw(child, depth + 1, out);
    }
}

fn id_of(searcher: &Searcher, typed: &str, path: &str) -> String {
    let resolved = searcher.resolve(typed).unwrap();
    resolved
        .documents
        .into_iter()
        .find(|entry| entry.path.ends_with(path))
        .unwrap()
        .id
}

fn check_tree(searcher: &Searcher, id: &str, expected: Expect) {
    let mut drawn = String::new();
    draw(&searcher.implementation(id).unwrap().unwrap(), 0, &mut drawn);
    expected.assert_eq(&drawn);
}

#[test]
fn numbers_repeat_and_the_day_tells_them_apart() {
    let (_folder, _store, searcher) = campaign();
    let resolved = searcher.resolve("225 kh tu").unwrap();
    assert_eq!(resolved.documents.len(), 2);
    check_tree(
        &searcher,
        &id_of(&searcher, "225-KH/TU", "quang-tri.txt"),
        expect![[r#"
        225-KH/TU quang-tri.txt
          absent: Huyện ủy Đa Krông
          78-KH/HU huong-hoa.txt
    "#]],
    );
    let cited_by = searcher
        .cited_by(&id_of(&searcher, "225-KH/TU", "lang-son.txt"))
        .unwrap();
    let paths: Vec<&str> = cited_by.iter().map(|citing| citing.document.path.as_str()).collect();
    assert_eq!(paths, ["loc-binh.txt"]);
}

#[test]
fn a_campaign_gathers_all_that_carry_it_out() {
    let (_folder, _store, searcher) = campaign();
    let campaigns = searcher.campaigns(10).unwrap();
    let first = &campaigns[0];
    assert_eq!(first.number.0, "118-HD/BTGTW");
    let paths: Vec<&str> = first.documents.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(
        paths,
        ["quang-tri.txt", "lang-son.txt", "loc-binh.txt", "huong-hoa.txt"]
    );
    let missing = searcher.missing(10).unwrap();
    assert_eq!((missing[0].number.0.as_str(), missing[0].count), ("118-HD/BTGTW", 4));
    assert_eq!(
        missing[0].date.map(|date| date.to_string()).as_deref(),
        Some("2023-11-15")
    );
    assert_eq!(missing.len(), 1, "what the corpus has is not missing");
}

#[test]
fn cycles_end() {
    let cites = |number: &str| {
        format!(
            "Thực hiện Kế hoạch số {number} của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Tỉnh ủy xây dựng kế hoạch như sau:"
        )
    };
    let (_folder, _store, searcher) = searcher(&[
        (
            "a.txt",
            plan(
                "TỈNH ỦY LẠNG SƠN",
                "01-KH/TU",
                "Lạng Sơn",
                "02 tháng 01 năm 2024",
                &cites("02-KH/TU"),
            ),
        ),
        (
            "b.txt",
            plan(
                "TỈNH ỦY LẠNG SƠN",
                "02-KH/TU",
                "Lạng Sơn",
                "03 tháng 01 năm 2024",
                &cites("01-KH/TU"),
            ),
        ),
    ]);
    check_tree(
        &searcher,
        &id_of(&searcher, "01-KH/TU", "a.txt"),
        expect![[r#"
        01-KH/TU a.txt
          02-KH/TU b.txt
    "#]],
    );
}
