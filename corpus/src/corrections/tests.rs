use expect_test::{Expect, expect};
use vietnamese::restore::Restorer;

use super::*;

const PATH: &str = "2024/ke-hoach-69.txt";

fn document() -> Document {
    crate::read_text(
        DocumentId("3f2a90c1d4e5b677".into()),
        "KẾ HOẠCH\n\nNội dung.\n".into(),
        &Restorer::new(),
    )
}

fn check(table: &str, expected: Expect) {
    let corrections = Corrections::parse(table);
    let mut document = document();
    corrections.apply(PATH, &mut document);
    let facts = &document.metadata;
    let mut told = String::new();
    let texts = [("number", facts.number.as_ref().map(|fact| fact.value.0.clone()))];
    let days = [("date", &facts.date), ("deadline", &facts.deadline)];
    for (name, value) in texts {
        told += &value.map(|value| format!("{name}: {value}\n")).unwrap_or_default();
    }
    for (name, fact) in days {
        told += &fact
            .as_ref()
            .map(|fact| format!("{name}: {} ({})\n", fact.value, fact.confidence))
            .unwrap_or_default();
    }
    if let Some(issuer) = facts
        .issuer
        .as_ref()
        .filter(|fact| fact.corrected)
        .map(|fact| &fact.value)
    {
        told += &format!("issuer: {}, {:?}, {:?}\n", issuer.name, issuer.level, issuer.province);
    }
    for topic in facts.topics.iter().filter(|topic| topic.corrected) {
        told += &format!("topic: {}\n", topic.value);
    }
    for citation in &document.citations {
        told += &format!("{:?}: {}\n", citation.role, citation.number);
    }
    for wrong in corrections.wrong_lines() {
        told += &format!("! {wrong}\n");
    }
    expected.assert_eq(&told);
}

#[test]
fn a_person_wins_over_the_machine() {
    check(
        "# văn bản\ttrường\tgiá trị\n\
         2024/ke-hoach-69.txt\tnumber\t69-KH/BTGTU\n\
         2024/ke-hoach-69.txt\tdate\t16/4/2024\n\
         ./2024/ke-hoach-69.txt\tissuer\tBan Tuyên giáo Tỉnh ủy Lâm Đồng\n\
         2024/ke-hoach-69.txt\tlevel\ttỉnh\n\
         2024/ke-hoach-69.txt\tprovince\tLâm Đồng\n\
         3f2a90c1d4e5b677\ttopics\tđối ngoại; tuyên giáo\n\
         3f2a90c1d4e5b677\tbasis\t143-HD/BTGTW\n\
         khac.txt\tnumber\t1-KH/TU\n",
        expect![[r#"
            number: 69-KH/BTGTU
            date: 2024-04-16 (1)
            issuer: Ban Tuyên giáo Tỉnh ủy Lâm Đồng, Some(Province), Some("Lâm Đồng")
            topic: đối ngoại
            topic: tuyên giáo
            Implements: 143-HD/BTGTW
        "#]],
    );
}

#[test]
fn the_later_line_holds_and_a_dash_says_none() {
    check(
        "2024/ke-hoach-69.txt\tdate\t2024-04-16\n2024/ke-hoach-69.txt\tdate\t2024-04-17\n\
         2024/ke-hoach-69.txt\tdeadline\t2024-11-20\n2024/ke-hoach-69.txt\tdeadline\t-\n",
        expect![[r#"
            date: 2024-04-17 (1)
        "#]],
    );
}

#[test]
fn wrong_lines_are_told_and_the_others_hold() {
    check(
        "2024/ke-hoach-69.txt date 2024-04-16\na\tday\t1\na\tdate\t31/2/2024\na\tlevel\tthôn\n\
         2024/ke-hoach-69.txt\tnumber\t69-KH/BTGTU\n",
        expect![[r#"
            number: 69-KH/BTGTU
            ! corrections.tsv, line 1: three columns are needed, parted by tabs: document, field, value
            ! corrections.tsv, line 2: there is no field “day”; fields are number, kind, issuer, level, province, date, place, title, signatory, signatory_title, signed_for, topics, deadline, not_before, not_after, basis, cites
            ! corrections.tsv, line 3: “31/2/2024” is no day; write it as 2024-04-16
            ! corrections.tsv, line 4: “thôn” is no level; write trung ương, tỉnh, huyện or xã
        "#]],
    );
}

#[test]
fn the_fingerprint_changes_with_what_is_said() {
    let id = document().id;
    let fingerprint = |table: &str| Corrections::parse(table).fingerprint(PATH, &id);
    let first = fingerprint("2024/ke-hoach-69.txt\tdate\t2024-04-16");
    assert_eq!(fingerprint("khac.txt\tdate\t2024-04-16"), 0);
    assert_eq!(fingerprint("# ghi chú\n2024/ke-hoach-69.txt\tdate\t16/4/2024"), first);
    assert_ne!(fingerprint("2024/ke-hoach-69.txt\tdate\t2024-04-17"), first);
}

#[test]
fn a_folder_without_a_table_has_no_corrections() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Corrections::load(folder.path()), Ok(Corrections::default()));
    fs::write(folder.path().join(FILE_NAME), b"a\tdate\t\xFF").unwrap();
    assert_eq!(Corrections::load(folder.path()), Err(CorrectionsError::NotUtf8));
}
