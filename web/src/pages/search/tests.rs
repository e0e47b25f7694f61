use askama::Template;
use corpus::Date;
use corpus::metadata::{Issuer, Level};
use index::{
    Entry, Facet as Values, FacetValue, Facets, First, Highlight, Hit, MatchCounts, Matching, Place, SearchPage,
};

use super::*;

fn values(list: &[(&str, usize)]) -> Values {
    let value = |&(value, count): &(&str, usize)| FacetValue {
        value: value.to_owned(),
        count,
        selected: false,
        place: None,
    };
    list.iter().map(value).collect()
}

fn body(name: &str, count: usize, level: Level, province: Option<&str>, selected: bool) -> FacetValue {
    FacetValue {
        value: name.to_owned(),
        count,
        selected,
        place: Some(Place {
            level: Some(level),
            province: province.map(str::to_owned),
        }),
    }
}

fn found() -> Hit {
    Hit {
        id: "0326977b5d611b9a".to_owned(),
        path: "lam-dong/69.txt".to_owned(),
        other_paths: vec!["lam-dong/69-copy.txt".to_owned()],
        title: Some("triển khai đợt sinh hoạt chính trị, tư tưởng sâu rộng".to_owned()),
        number: Some("69-KH/BTGTU".to_owned()),
        kind: Some("Kế hoạch".to_owned()),
        issuer: Some(Issuer {
            name: "Ban Tuyên giáo Tỉnh ủy Lâm Đồng".to_owned(),
            level: Some(Level::Province),
            province: Some("Lâm Đồng".to_owned()),
            province_today: None,
            aliases: Vec::new(),
        }),
        date: Some(Date::constant(2024, 4, 16)),
        topics: vec!["đối ngoại".to_owned(), "tuyên giáo".to_owned()],
        score: 7.1,
        matched: Some(Matching::Bare),
        highlights: vec![Highlight {
            text: "phát triển nền đối ngoại, ngoại giao <script>alert(1)</script>".to_owned(),
            ranges: vec![(15, 24)],
            scan: "phat trién nén déi ngogi, ngogi giao <script>alert(1)</script>".to_owned(),
            scan_ranges: vec![(15, 24)],
            doubtful: vec![(11, 14)],
            section: Some("I. Mục đích, yêu cầu".to_owned()),
            confidence: 0.987,
            matched: Some(Matching::Scan),
        }],
    }
}

fn answered() -> SearchPage {
    SearchPage {
        query: "đối ngoại".to_owned(),
        read_as: None,
        first: None,
        total: 12_034,
        counts: MatchCounts {
            typed: 12_034,
            marked: 12_034,
            bare: 12_100,
            scan: 12_900,
        },
        matching: Some(Matching::Marked),
        hits: vec![
            found(),
            Hit {
                title: None,
                number: None,
                date: None,
                issuer: None,
                highlights: Vec::new(),
                ..found()
            },
        ],
        facets: Facets {
            issuer: vec![
                body("Ban Tuyên giáo Trung ương", 9, Level::Central, None, false),
                body("Tỉnh ủy Đồng Nai", 5, Level::Province, Some("Đồng Nai"), false),
                body(
                    "Ban Tuyên giáo Tỉnh ủy Lâm Đồng",
                    4,
                    Level::Province,
                    Some("Lâm Đồng"),
                    true,
                ),
                body("Tỉnh ủy Lâm Đồng", 2, Level::Province, Some("Lâm Đồng"), false),
                body("Tỉnh ủy Lạng Sơn", 1, Level::Province, Some("Lạng Sơn"), false),
            ],
            level: values(&[("tỉnh", 12), ("trung ương", 9)]),
            province: values(&[("Lâm Đồng", 6), ("Đồng Nai", 5), ("Lạng Sơn", 1)]),
            kind: values(&[("Kế hoạch", 9), ("Công văn", 3)]),
            topic: values(&[
                ("đối ngoại", 12),
                ("tuyên giáo", 9),
                ("dân vận", 4),
                ("môi trường", 2),
                ("thanh niên", 2),
                ("phụ nữ", 1),
                ("công đoàn", 1),
                ("đại hội Đảng", 1),
                ("nội chính", 1),
            ]),
            year: values(&[("2016", 1), ("2018", 4), ("2024", 9), ("2025", 5), ("không rõ", 2)]),
            section: values(&[("tổ chức thực hiện", 9)]),
        },
        next: Some("abc".to_owned()),
    }
}

fn drawn(address: &str, page: SearchPage) -> String {
    view(&SearchParameters::kindly(address), page, 3)
        .unwrap()
        .render()
        .unwrap()
}

#[test]
fn what_stands_in_a_document_is_text_and_never_markup() {
    let page = drawn("q=đối ngoại", answered());
    assert!(!page.contains("<script>alert"), "markup of a document reached the page");
    assert!(page.contains("&#60;script&#62;alert(1)"));
}

#[test]
fn what_is_typed_is_text_and_never_markup() {
    let page = drawn(
        "q=\"><img src=x>&issuer=</a><b>",
        SearchPage {
            read_as: Some("<i>".to_owned()),
            ..answered()
        },
    );
    assert!(page.contains("literal=true"), "the letters can be sought as typed");
    assert!(!page.contains("<img src=x>") && !page.contains("</a><b>") && !page.contains("<b><i></b>"));
}

#[test]
fn the_match_is_marked_and_doubt_is_shown() {
    let page = drawn("q=đối ngoại", answered());
    assert!(page.contains(r#"phát triển <span class="doubt">nền</span> <mark>đối ngoại</mark>,"#));
    assert!(page.contains(r#"phat trién nén <mark>déi ngogi</mark>,"#));
    assert!(page.contains("có thể do lỗi quét") && page.contains("98\u{a0}%"));
}

#[test]
fn who_said_it_first_is_told_with_those_of_unknown_date() {
    let hit = found();
    let first = First {
        document: Entry {
            id: hit.id,
            path: hit.path,
            number: hit.number,
            kind: hit.kind,
            title: hit.title,
            issuer: hit.issuer,
            date: hit.date,
        },
        undated: 2,
    };
    let page = drawn(
        "q=\"đối ngoại\"",
        SearchPage {
            first: Some(first),
            ..answered()
        },
    );
    let line = page.lines().find(|line| line.contains("class=\"first\"")).unwrap();
    for part in [
        "/documents/0326977b5d611b9a?q=",
        ">69-KH/BTGTU</a>",
        "Ban Tuyên giáo Tỉnh ủy Lâm Đồng",
        "16/4/2024",
        "chưa kể 2 văn kiện chưa rõ ngày",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[test]
fn numbers_are_exact_and_grouped() {
    assert!(drawn("q=a", answered()).contains("<b>12.034</b> văn kiện"));
    assert!(drawn("q=a&lang=en", answered()).contains("<b>12,034</b> documents"));
}

#[test]
fn a_chosen_value_can_be_left_in_two_places() {
    let page = drawn(
        "q=a&issuer=Ban+Tuy%C3%AAn+gi%C3%A1o+T%E1%BB%89nh+%E1%BB%A7y+L%C3%A2m+%C4%90%E1%BB%93ng",
        answered(),
    );
    assert_eq!(page.matches(r#"<a href="/?q=a""#).count(), 2, "the chip and the value");
}

#[test]
fn years_between_are_drawn_empty_and_unknown_stands_apart() {
    let view = view(&SearchParameters::kindly("q=a"), answered(), 3).unwrap();
    let years: Vec<&str> = view.years.bars.iter().map(|bar| bar.value.label.as_str()).collect();
    assert_eq!(
        years,
        [
            "2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025"
        ]
    );
    assert_eq!(view.years.bars[1].height, 0);
    assert_eq!(view.years.unknown.unwrap().label, "không rõ");
}

#[test]
fn an_empty_page_says_what_to_try() {
    let none = SearchPage {
        total: 0,
        hits: Vec::new(),
        counts: MatchCounts {
            typed: 0,
            marked: 0,
            bare: 3,
            scan: 5,
        },
        facets: Facets::default(),
        next: None,
        ..answered()
    };
    let page = drawn("q=\"đối ngoại\"&kind=Kế hoạch", none);
    assert!(page.contains("Nới mức khớp: không dấu (3)") && page.contains("Bỏ các bộ lọc đang chọn"));
    assert!(page.contains("Bỏ dấu ngoặc kép"));
}

#[test]
fn a_thousand_bodies_are_a_short_list_with_the_rest_a_click_away() {
    let mut page = answered();
    page.facets.issuer = (0..1000)
        .map(|place| {
            body(
                &format!("Cục {place}"),
                1000 - place,
                Level::Central,
                None,
                place == 999,
            )
        })
        .collect();
    let view = view(&SearchParameters::kindly("q=a"), page, 3).unwrap();
    let central = &view.bodies.levels[0];
    let shown: Vec<&str> = central.bodies.iter().map(|body| body.label.as_str()).collect();
    assert_eq!(
        shown,
        ["Cục 0", "Cục 1", "Cục 2", "Cục 3", "Cục 4", "Cục 5", "Cục 6", "Cục 999"]
    );
    assert_eq!(central.more_bodies_count, "thêm 992");
}
