//! The verbs in a terminal: data on stdout, talk on stderr, and exit codes that scripts can trust.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::program::{Desk, PLAN, command, run, run_with};

#[test]
fn search_tells_found_from_not_found() {
    let desk = Desk::indexed();
    let found = desk.search("đối ngoại").ends_with(0);
    let hits = found.json_lines();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["number"], "311-KH/BTGTU");
    let pasted = desk
        .search("d6i ngoai")
        .ends_with(0)
        .says(&["read from a scan as: đối ngoại"]);
    assert_eq!(pasted.json_lines()[0]["id"], hits[0]["id"]);
    let nothing = desk.search("\"vịnh Hạ Long\"").ends_with(1);
    assert_eq!(nothing.stdout, "");
    desk.search("\"đối ngoại").ends_with(2);
}

#[test]
fn search_keeps_to_its_limit() {
    let desk = Desk::indexed();
    let store = desk.store();
    let store = store.to_string_lossy();
    let run_limited = |limit: &str| run(["search", "--json", "--index", &store, "--limit", limit, "công"]);
    assert_eq!(run_limited("1").ends_with(0).json_lines().len(), 1);
    // Options may stand behind the query too: they are no words of it.
    assert_eq!(
        run(["search", "công", "--json", "--limit", "1", "--index", &store])
            .ends_with(0)
            .json_lines()
            .len(),
        1
    );
    assert_eq!(
        run(["search", "--json", "--index", &store, "--", "nhà", "trọ"])
            .ends_with(0)
            .json_lines()
            .len(),
        1
    );
    run_limited("0").ends_with(2);
    run_limited("101").ends_with(2);
    run_limited("many").ends_with(2);
}

#[test]
fn inspect_shows_a_document_with_its_evidence() {
    let desk = Desk::new();
    desk.write("plan.txt", PLAN);
    let file = desk.folder().join("plan.txt");
    let file = file.to_string_lossy();
    let shown = run(["inspect", "--json", &file]).ends_with(0);
    let text = shown.stdout;
    for part in [
        "311-KH/BTGTU",
        "Kế hoạch",
        "Ban Tuyên giáo Tỉnh ủy Lâm Đồng",
        "2023-03-07",
        "77-HD/BTGTW",
        "2023-11-15",
        "evidence",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    run(["inspect", &file]).ends_with(0);
    run(["inspect", "no-such-file.txt"])
        .ends_with(2)
        .says(&["no-such-file.txt"]);
}

#[test]
fn restore_is_a_filter_that_keeps_lines() {
    let scan =
        "KE HOACH\ntrién khai cong tac thong tin déi ngoai\n\nThuc hién Huéng dan s6 21- HD/BTGDVTW, ngay 23/7/2025\n";
    let restored = run_with(&["restore"], scan.as_bytes()).ends_with(0).stdout;
    assert_eq!(restored.lines().count(), scan.lines().count());
    assert!(restored.contains("công tác thông tin đối ngoại"), "{restored}");
    let clean = run_with(&["restore"], PLAN.as_bytes()).ends_with(0).stdout;
    assert_eq!(clean, PLAN, "clean text stays as it is");
    for line in run_with(&["restore", "--json"], scan.as_bytes())
        .ends_with(0)
        .json_lines()
    {
        assert!(
            line["confidence"]
                .as_f64()
                .is_some_and(|sure| (0.0..=1.0).contains(&sure)),
            "{line}"
        );
    }
}

#[test]
fn restore_reads_with_the_hand_that_an_index_has_learned() {
    let desk = Desk::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample");
    let store = desk.store();
    let place = store.to_string_lossy();
    run(["index", &sample.to_string_lossy(), "--index", &place]).ends_with(0);
    let searcher = index::Searcher::open(&store).unwrap();
    let mut ids = Vec::new();
    searcher.each_summary(&mut |summary, _| ids.push(summary.id)).unwrap();
    let documents = ids.iter().map(|id| searcher.document(id).unwrap().unwrap().0);
    let scanned: Vec<_> = documents.filter(|one| one.text != one.scan).take(3).collect();
    assert_eq!(scanned.len(), 3);
    for document in scanned {
        let restored = run_with(&["restore", "--index", &place], document.scan.as_bytes());
        assert_eq!(restored.ends_with(0).stdout, document.text);
    }
    let clean = Desk::indexed();
    run_with(&["restore", "--index", &clean.store().to_string_lossy()], b"KE HOACH\n")
        .ends_with(0)
        .says(&["too little scanned text"]);
    run_with(&["restore", "--index", "no-such-index"], b"KE HOACH\n")
        .ends_with(2)
        .says(&["no-such-index"]);
}

#[test]
fn restore_of_a_folder_without_texts_finds_nothing() {
    let desk = Desk::new();
    let folder = desk.folder();
    let folder = folder.to_string_lossy();
    run(["restore", &folder]).ends_with(1).says(&[&folder, ".txt"]);
}

/// `vankien … | head -1`: who has read enough goes away, and that is no error.
#[test]
fn a_reader_that_has_enough_is_no_error() {
    let desk = Desk::new();
    for place in 0..40 {
        let scan = "KE HOACH\ntrién khai cong tac thong tin déi ngoai\n".repeat(200);
        desk.write(&format!("{place}.txt"), format!("{scan}{place}\n"));
    }
    let mut child = command()
        .args(["restore", "--json"])
        .arg(desk.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("standard output is a pipe"))
        .read_line(&mut first)
        .expect("there is a first line");
    let output = child.wait_with_output().expect("the program ends");
    assert!(first.starts_with('{'), "{first}");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn restore_gives_back_what_is_no_language() {
    let noise: Vec<(&str, Vec<u8>)> = vec![
        ("no space", vec![b'x'; 1 << 20]),
        ("one-letter tokens", b"a ".repeat(1 << 19)),
        (
            "emoji and other scripts",
            "🙂 越南 ภาษาไทย مرحبا \\frac{a}{b} aGVsbG8gd29ybGQ=\n"
                .repeat(2000)
                .into_bytes(),
        ),
    ];
    for (name, bytes) in noise {
        let back = run_with(&["restore"], &bytes).ends_with(0).stdout;
        assert_eq!(back.len(), bytes.len(), "{name}");
    }
    run_with(&["restore"], b"\x7fELF\0\0\0").ends_with(2);
}

#[test]
fn a_wrong_command_line_is_told() {
    run(["indx"]).ends_with(2);
    run(["index"]).ends_with(2);
    run(["serve", "--listen", "nowhere"]).ends_with(2).says(&["nowhere"]);
    assert!(run(["--help"]).ends_with(0).stdout.contains("index"));
}
