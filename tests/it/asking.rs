//! Questions over HTTP: good ones are answered exactly, bad ones with a sentence and a place, none with a 500.

use serde_json::Value;

use crate::program::{Answer, Desk, PLAN, Server};

fn served() -> (Desk, Server) {
    let desk = Desk::indexed();
    let server = desk.serve();
    (desk, server)
}

/// Asserts a refusal in the form of RFC 9457, and gives it.
#[track_caller]
fn refused(answer: &Answer, code: &str) -> Value {
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(answer.media_type, "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(problem["status"], 400);
    for field in ["type", "title", "detail"] {
        assert!(
            problem[field].as_str().is_some_and(|text| !text.is_empty()),
            "{field} in {problem}"
        );
    }
    problem
}

fn paths(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let page = answer.json();
    let hits = page["hits"].as_array().expect("a page has hits");
    hits.iter()
        .map(|hit| hit["path"].as_str().expect("a hit has a path").to_owned())
        .collect()
}

#[test]
fn a_hit_says_what_it_is_and_where_it_matched() {
    let (_desk, server) = served();
    let answer = server.search(&[("q", "\"đối ngoại\"")]);
    assert_eq!(answer.media_type, "application/json");
    let page = answer.json();
    assert_eq!(page["total"], 1);
    assert!(page["took_ms"].is_u64());
    assert!(page.get("next").is_none_or(Value::is_null));
    let hit = &page["hits"][0];
    assert_eq!(hit["path"], "lam-dong/ke-hoach.txt");
    assert_eq!(hit["number"], "311-KH/BTGTU");
    assert_eq!(hit["kind"], "Kế hoạch");
    assert_eq!(hit["date"], "2023-03-07");
    assert_eq!(hit["issuer"]["name"], "Ban Tuyên giáo Tỉnh ủy Lâm Đồng");
    assert_eq!(hit["issuer"]["level"], "tỉnh");
    assert_eq!(hit["issuer"]["province"], "Lâm Đồng");
    assert_eq!(hit["match"], "marked");
    let highlight = &hit["highlights"][0];
    let text: Vec<char> = highlight["text"]
        .as_str()
        .expect("a passage has text")
        .chars()
        .collect();
    let ranges = highlight["ranges"].as_array().expect("a passage has ranges");
    assert!(!ranges.is_empty());
    for range in ranges {
        let end =
            |place: usize| usize::try_from(range[place].as_u64().expect("a range has two ends")).expect("it is small");
        let marked: String = text[end(0)..end(1)].iter().collect();
        assert_eq!(marked.to_lowercase(), "đối ngoại");
    }
}

#[test]
fn marks_case_spaces_and_composition_do_not_hide_a_text() {
    let (_desk, server) = served();
    // The last is in NFD: each letter before its marks.
    for query in [
        "đối ngoại",
        "doi ngoai",
        "ĐỐI NGOẠI",
        "Ðối  ngoại",
        "đo\u{302}\u{301}i ngoa\u{323}i",
        "\"doi ngoai\"",
    ] {
        assert_eq!(
            paths(&server.search(&[("q", query)]))[0],
            "lam-dong/ke-hoach.txt",
            "{query}"
        );
    }
}

#[test]
fn filters_narrow_and_facets_count_what_another_choice_would_give() {
    let (_desk, server) = served();
    let all = server.get("/api/v1/search").json();
    assert_eq!(all["total"], 3);
    let one = server.search(&[("year", "2022")]);
    assert_eq!(paths(&one), ["cao-bang/chi-thi.txt"]);
    let years = one.json()["facets"]["year"]
        .as_array()
        .expect("a facet is a list")
        .clone();
    let year = |value: &str| {
        years
            .iter()
            .find(|year| year["value"] == value)
            .cloned()
            .unwrap_or_else(|| panic!("{value} in {years:?}"))
    };
    assert_eq!(
        (&year("2022")["count"], &year("2022")["selected"]),
        (&Value::from(1), &Value::from(true))
    );
    assert_eq!(
        (&year("2023")["count"], &year("2023")["selected"]),
        (&Value::from(1), &Value::from(false))
    );
    let two = server.search(&[("year", "2022"), ("year", "2021"), ("sort", "newest")]);
    assert_eq!(paths(&two), ["cao-bang/chi-thi.txt", "dong-nai/cong-van.txt"]);
    let span = server.search(&[("from", "2021-06-02"), ("to", "2022-08-18")]);
    assert_eq!(paths(&span), ["dong-nai/cong-van.txt"]);
    let both = server.search(&[("kind", "Chỉ thị"), ("level", "tỉnh"), ("province", "Cao Bằng")]);
    assert_eq!(paths(&both), ["cao-bang/chi-thi.txt"]);
}

#[test]
fn pages_follow_each_other_without_a_wall() {
    let desk = Desk::new();
    for number in 1..=45 {
        desk.write(
            &format!("{number}.txt"),
            PLAN.replace("311-KH", &format!("{number}-KH")),
        );
    }
    desk.index().ends_with(0);
    let server = desk.serve();
    for sort in ["relevance", "newest", "oldest"] {
        let mut next = Some(format!("/api/v1/search?q=%22cây+tre%22&limit=10&sort={sort}"));
        let mut seen = Vec::new();
        while let Some(address) = next {
            let answer = server.get(&address.replace("â", "%C3%A2"));
            assert_eq!(answer.json()["total"], 45);
            seen.extend(paths(&answer));
            next = answer.json()["next"].as_str().map(str::to_owned);
        }
        assert_eq!(seen.len(), 45, "{sort}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 45, "{sort}: no hit comes twice");
    }
}

#[test]
fn an_empty_query_is_refused() {
    let (_desk, server) = served();
    for query in ["", "   "] {
        let problem = refused(&server.search(&[("q", query)]), "query-empty");
        assert_eq!(problem["position"], 0);
    }
}

#[test]
fn broken_queries_are_refused_with_their_place() {
    let (_desk, server) = served();
    let long = "đối ngoại ".repeat(1000);
    let deep = format!("{}đối{}", "(".repeat(500), ")".repeat(500));
    for query in [long.as_str(), deep.as_str(), "công tác \"đối ngoại", "(đối ngoại"] {
        let answer = server.search(&[("q", query)]);
        assert_eq!(answer.status, 400, "{}", answer.body);
        let problem = answer.json();
        assert_eq!(answer.media_type, "application/problem+json");
        let position = problem["position"].as_u64().expect("a query is wrong somewhere");
        assert!(usize::try_from(position).expect("it is small") <= query.chars().count());
        assert!(
            problem["code"].as_str().is_some_and(|code| code.starts_with("query-")),
            "{problem}"
        );
    }
}

#[test]
fn queries_of_punctuation_never_break_the_server() {
    let (_desk, server) = served();
    let odd = [
        "!!! ??? ...",
        "\"\"",
        "()",
        "-",
        "- -",
        "*",
        "?",
        ":",
        "mục:",
        "scan:",
        "a:b:c",
        "\\",
        "\u{0}",
        "\u{202e}abc",
        "🙂",
        "越南",
        "ไทย",
        "AND OR NOT",
        "đối AND",
        "-đối",
        "+đối",
        "đối~2",
        "[a TO b]",
        "\"-\"",
        "((((",
        "))))",
        "\u{300}\u{301}",
        "scan:\"\"",
        "mục:\"\"",
        "𝐝𝐨𝐢",
        "ﷺ",
        "a\tb\nc",
        "%00",
        "\u{feff}",
        "\"đối\"ngoại\"",
        "“đối ngoại”",
    ];
    for query in odd {
        let answer = server.search(&[("q", query)]);
        assert!(
            matches!(answer.status, 200 | 400),
            "{query:?}: {} {}",
            answer.status,
            answer.body
        );
        let page = server.get(&format!("/?q={}", crate::program::encode(query)));
        assert!(page.status < 500, "{query:?}: the page gives {}", page.status);
    }
    // Nothing but signs is refused, not silently answered with everything.
    assert_eq!(server.search(&[("q", "!!! ??? ...")]).status, 400);
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn wrong_parameters_are_refused_by_name() {
    let (_desk, server) = served();
    let wrong = [
        ("from", "2024-02-31", "date-invalid"),
        ("to", "31/12/2024", "date-invalid"),
        ("cursor", "abc", "cursor-invalid"),
        ("sort", "best", "sort-invalid"),
        ("limit", "0", "limit-invalid"),
        ("limit", "101", "limit-invalid"),
        ("limit", "ten", "limit-invalid"),
        ("year", "hai nghìn", "filter-invalid"),
        ("level", "thôn", "filter-invalid"),
        ("topic", "thời tiết", "filter-invalid"),
        ("match", "fuzzy", "match-invalid"),
        ("isuer", "Tỉnh ủy Cao Bằng", "parameter-unknown"),
    ];
    for (name, value, code) in wrong {
        refused(&server.search(&[("q", "đối ngoại"), (name, value)]), code);
    }
    refused(
        &server.search(&[("from", "2024-01-01"), ("to", "2023-01-01")]),
        "dates-reversed",
    );
    // A body that the corpus does not know is no mistake of the asker: nothing is found.
    assert_eq!(server.search(&[("issuer", "Tỉnh ủy Hà Nam")]).json()["total"], 0);
}

#[test]
fn a_wrong_question_on_the_page_is_told_kindly() {
    let (_desk, server) = served();
    let page = server.get("/?q=%22%C4%91%E1%BB%91i");
    assert_eq!((page.status, page.media_type.as_str()), (400, "text/html"));
    assert!(page.body.contains("<form"), "the search box is still there");
    assert_eq!(server.get("/no/such/page").status, 404);
}

#[test]
fn a_document_is_shown_with_evidence_and_in_both_layers() {
    let (_desk, server) = served();
    let hit = server.search(&[("q", "\"nhà trọ\"")]).json()["hits"][0].clone();
    let id = hit["id"].as_str().expect("a hit has an id");
    let document = server.get(&format!("/api/v1/documents/{id}")).json();
    let text = document.to_string();
    assert!(
        text.contains("4410/UBND-KGVX") && text.contains("evidence") && text.contains("confidence"),
        "{text}"
    );
    for layer in ["restored", "scan"] {
        let text = server.get(&format!("/api/v1/documents/{id}/text?layer={layer}"));
        assert_eq!(text.status, 200);
        assert!(text.body.contains("khu nhà trọ"));
    }
    let missing = server.get("/api/v1/documents/0000000000000000");
    assert_eq!(
        (missing.status, missing.media_type.as_str()),
        (404, "application/problem+json")
    );
}

#[test]
fn programs_are_told_the_contract_and_may_come_from_anywhere() {
    let (_desk, server) = served();
    let contract = server.get("/api/v1/openapi.json").json();
    assert!(
        contract["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    assert!(contract["paths"]["/api/v1/search"].is_object());
    let response = ureq::get(format!("{}/api/v1/search?q=doi", server.address))
        .header("Origin", "https://example.org")
        .call()
        .expect("the server answers");
    assert_eq!(
        response
            .headers()
            .get("access-control-allow-origin")
            .and_then(|value| value.to_str().ok()),
        Some("*")
    );
    assert!(response.headers().get("set-cookie").is_none());
}
