use askama::Template;
use corpus::citations::{Citation, CitationRole};
use corpus::metadata::{DocumentNumber, Fact, Issuer, Level, Metadata};
use corpus::outline::{Role, Section, Task};
use corpus::{Block, BlockKind, Date, DocumentId};
use vietnamese::offsets::Span;
use vietnamese::restore::{Alternative, Condition, Judgement, Reading};

use super::*;

const TEXT: &str = "TỈNH ỦY LÂM ĐỒNG\nSố 69-KH/BTGTU\nKẾ HOẠCH\nvề công tác đối ngoại\n\
    I. MỤC ĐÍCH\nThực hiện Hướng dẫn số 143-HD/BTGTW, nâng cao nhận thức <script>alert(1)</script> về đối\nngoại.\n";

/// The same, as a scan might have read it: line for line.
const SCAN: &str = "TINH UY LAM PONG\nS6 69-KH/BTGTU\nKE HOACH\nve cong tac d6i ngoai\n\
    |. MUC DiCH\nThuc hien Huong dan s6 143-HD/BTGTW, nang cao nhan thuc <script>alert(1)</script> ve doi\nngogi.\n";

fn place(of: &str, within: &str) -> Span {
    let start = within.find(of).unwrap();
    Span::new(start, start + of.len())
}

fn fact<T>(value: T, words: &str, confidence: f32) -> Fact<T> {
    Fact {
        value,
        confidence,
        evidence: vec![place(words, TEXT)],
        corrected: false,
    }
}

/// Readings word by word: both texts have as many words, in the same order.
fn readings() -> Vec<Reading> {
    let words = |text: &'static str| -> Vec<Span> {
        text.split_whitespace()
            .map(|word| {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                Span::new(start, start + word.len())
            })
            .collect()
    };
    let (texts, scans) = (words(TEXT), words(SCAN));
    assert_eq!(texts.len(), scans.len());
    let reading = |(text, scan): (Span, Span)| Reading {
        scan,
        text,
        confidence: if &SCAN[scan.range()] == "ngogi." { 0.61 } else { 0.99 },
        alternatives: vec![Alternative {
            text: "ngoài".to_owned(),
            confidence: 0.3,
        }],
    };
    texts
        .into_iter()
        .zip(scans)
        .map(reading)
        .filter(|reading| TEXT[reading.text.range()] != SCAN[reading.scan.range()])
        .collect()
}

fn sample() -> Document {
    let block = |kind, words: &str, section| Block {
        kind,
        span: place(words, TEXT),
        section,
    };
    let last = "Thực hiện Hướng dẫn số 143-HD/BTGTW, nâng cao nhận thức <script>alert(1)</script> về đối\nngoại.";
    Document {
        id: DocumentId("0326977b5d611b9a".to_owned()),
        scan: SCAN.to_owned(),
        text: TEXT.to_owned(),
        readings: readings(),
        judgements: vec![Judgement {
            scan: Span::new(0, SCAN.len()),
            text: Span::new(0, TEXT.len()),
            condition: Condition::ScannedEnglish,
        }],
        blocks: vec![
            block(BlockKind::Letterhead, "TỈNH ỦY LÂM ĐỒNG", None),
            block(BlockKind::Letterhead, "Số 69-KH/BTGTU", None),
            block(BlockKind::Title, "KẾ HOẠCH", None),
            block(BlockKind::Title, "về công tác đối ngoại", None),
            block(BlockKind::Heading, "I. MỤC ĐÍCH", Some(0)),
            block(BlockKind::Paragraph, last, Some(0)),
        ],
        outline: vec![Section {
            level: 1,
            marker: "I.".to_owned(),
            title: "Mục đích".to_owned(),
            role: Some(Role::Purpose),
            heading: place("I. MỤC ĐÍCH", TEXT),
            span: place("I. MỤC ĐÍCH", TEXT),
        }],
        tasks: vec![Task {
            assignee: "Ban Tuyên giáo".to_owned(),
            action: "nâng cao nhận thức".to_owned(),
            due: Some(Date::constant(2024, 11, 20)),
            span: place("nâng cao nhận thức", TEXT),
        }],
        metadata: Metadata {
            number: Some(fact(DocumentNumber("69-KH/BTGTU".to_owned()), "Số 69-KH/BTGTU", 0.98)),
            kind: Some(fact("Kế hoạch".to_owned(), "KẾ HOẠCH", 0.99)),
            title: Some(fact("công tác đối ngoại".to_owned(), "công tác đối ngoại", 0.9)),
            issuer: Some(fact(
                Issuer {
                    name: "Tỉnh ủy Lâm Đồng".to_owned(),
                    level: Some(Level::Province),
                    province: Some("Lâm Đồng".to_owned()),
                    province_today: None,
                    aliases: Vec::new(),
                },
                "TỈNH ỦY LÂM ĐỒNG",
                0.7,
            )),
            topics: vec![fact("đối ngoại".to_owned(), "công tác đối ngoại", 0.8)],
            ..Metadata::default()
        },
        citations: vec![Citation {
            number: DocumentNumber("143-HD/BTGTW".to_owned()),
            kind: Some("Hướng dẫn".to_owned()),
            date: None,
            issuer: None,
            title: None,
            role: CitationRole::Implements,
            confidence: 0.9,
            spans: vec![place("143-HD/BTGTW", TEXT)],
        }],
        problems: Vec::new(),
    }
}

fn drawn(query: &str) -> String {
    let document = sample();
    let asked = Asked::read(document.id.0.clone(), query).unwrap();
    let mut marks = Marks::of(&document, asked.search.language());
    marks.hits = vec![place("đối ngoại", TEXT), place("đối\nngoại", TEXT)];
    let paths = ["lam-dong/69.txt".to_owned()];
    view(&asked, &document, &paths, &Relations::default(), &marks)
        .render()
        .unwrap()
}

#[test]
fn the_text_is_shown_as_text() {
    for layer in ["", "layer=scan", "layer=both"] {
        let page = drawn(layer);
        assert!(
            !page.contains("<script>alert") && page.contains("&#60;script&#62;alert(1)"),
            "{layer}"
        );
    }
}

#[test]
fn every_match_stands_at_the_same_place_in_both_layers() {
    let page = drawn("layer=both&q=đối ngoại");
    let (document, language) = (sample(), Language::Vietnamese);
    let mut marks = Marks::of(&document, language);
    marks.hits = vec![place("đối ngoại", TEXT), place("đối\nngoại", TEXT)];
    for block in blocks(&document, &marks) {
        let hits = |pieces: &[text::TextPiece<'_>]| -> String {
            pieces
                .iter()
                .filter(|piece| piece.hit)
                .map(|piece| piece.text)
                .collect()
        };
        let restored = hits(&block.restored);
        let expected = match restored.as_str() {
            "đối ngoại" => "d6i ngoai",
            "đối\nngoại" => "doi\nngogi",
            other => other,
        };
        // A reading is a whole scanned word: the full stop that hangs on it comes along.
        assert_eq!(hits(&block.scanned).trim_end_matches('.'), expected);
    }
    assert!(page.contains("2 chỗ khớp"));
}

#[test]
fn doubt_tells_the_scan_and_what_else_it_may_be() {
    assert!(drawn("").contains("title=\"Bản quét: ngogi. · 61\u{a0}% · ngoài 30\u{a0}%\""));
}

#[test]
fn facts_lead_to_their_evidence() {
    let page = drawn("");
    assert!(page.contains("<code lang=\"vi\">S6 69-KH/BTGTU</code>") && page.contains("href=\"#e-number\""));
    assert!(page.contains("id=\"e-number\""));
}

#[test]
fn the_way_back_keeps_filters_and_page() {
    let page = drawn("q=đối ngoại&issuer=Tỉnh ủy Lâm Đồng&year=2024&sort=oldest&cursor=abc&layer=both");
    let results = "/?q=%C4%91%E1%BB%91i+ngo%E1%BA%A1i&#38;issuer=T%E1%BB%89nh+%E1%BB%A7y+L%C3%A2m+%C4%90%E1%BB%93ng&#38;year=2024&#38;sort=oldest&#38;cursor=abc";
    assert!(page.contains(&format!("href=\"{results}\"")), "{page}");
    assert!(
        !drawn("lang=en").contains("class=\"back\""),
        "who came from nowhere is not sent back"
    );
}

#[test]
fn a_doubt_is_told_in_the_language_of_the_page() {
    let mut document = sample();
    document.problems = vec![corpus::problem::Problem {
        kind: corpus::problem::ProblemKind::NoBody,
        span: Some(place("KẾ HOẠCH", TEXT)),
    }];
    let told = |language| {
        doubts(&document, language)
            .pop()
            .map(|doubt| (doubt.sentence, doubt.words))
    };
    let (sentence, words) = told(Language::Vietnamese).unwrap();
    assert!(
        sentence.starts_with("Có phần đầu văn bản") && words == Some("KẾ HOẠCH"),
        "{sentence}"
    );
    assert_eq!(
        told(Language::English).unwrap().0,
        document.problems[0].kind.to_string()
    );
}

#[test]
fn an_unknown_layer_is_refused() {
    assert_eq!(Asked::read("a".to_owned(), "layer=both").unwrap().shown, Shown::Both);
    assert_eq!(
        Asked::read("a".to_owned(), "layer=xray").unwrap_err().code(),
        "layer-invalid"
    );
}
