//! What is wrong is said with a status, a code and a sentence.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use super::{ask, get};

#[tokio::test]
async fn whatever_is_wrong_is_a_problem_with_a_code() {
    let long = "a".repeat(10_000);
    let deep = format!("{}a{}", "(".repeat(500), ")".repeat(500));
    for (query, code, position) in [
        ("q=", "query-empty", Some(0)),
        ("q=%22doi+ngoai", "query-open-quote", Some(0)),
        ("q=a+%22doi+ngoai", "query-open-quote", Some(2)),
        ("q=...%21%3F", "query-no-words", Some(0)),
        (&format!("q={long}"), "query-too-long", Some(2_000)),
        (&format!("q={deep}"), "query-too-deep", Some(32)),
        ("q=a&from=2024-02-31", "date-invalid", None),
        ("q=a&cursor=broken", "cursor-invalid", None),
        ("q=a&sort=best", "sort-invalid", None),
        ("q=a&limit=1000", "limit-invalid", None),
        ("q=a&match=x", "match-invalid", None),
        ("q=a&level=x", "filter-invalid", None),
        ("q=a&year=x", "filter-invalid", None),
        ("q=a&topic=x", "filter-invalid", None),
        ("q=a&issuer=", "filter-invalid", None),
        ("q=a&literal=x", "literal-invalid", None),
        ("q=a&isuer=x", "parameter-unknown", None),
    ] {
        let answer = get(&format!("/api/v1/search?{query}")).await;
        let shown = &query[..query.len().min(40)];
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{shown}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{shown}");
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{shown}");
        assert_eq!(problem["status"], 400, "{shown}");
        assert_eq!(problem["position"].as_u64(), position, "{shown}: {}", answer.body);
        assert_eq!(problem["type"], format!("urn:vankien:problem:{code}"));
        assert!(problem["title"].is_string() && problem["detail"].is_string());
    }
}

#[tokio::test]
async fn the_page_says_the_same_kindly() {
    for query in [
        "q=%22doi+ngoai",
        "q=...",
        "from=2024-02-31",
        "cursor=broken",
        "sort=best",
        "limit=0",
        "level=x",
    ] {
        for lang in ["", "&lang=en"] {
            let answer = get(&format!("/?{query}{lang}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
            assert!(
                answer.body.contains("class=\"refusal\"") && answer.body.contains("name=\"q\""),
                "{query}"
            );
        }
    }
}

#[tokio::test]
async fn a_wrong_value_is_answered_with_the_right_ones() {
    for (query, allowed) in [
        ("level=x", "trung ương · tỉnh · huyện · xã"),
        ("topic=x", "đối ngoại · "),
        ("section=x", "tổ chức thực hiện"),
        ("year=x", "2024"),
        ("kind=", "the facet kind"),
        ("sort=x", "relevance, newest, oldest"),
        ("match=x", "marked, bare, scan"),
    ] {
        let problem = get(&format!("/api/v1/search?q=a&{query}")).await.json();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(allowed), "{query}: {detail}");
    }
}

#[tokio::test]
async fn an_unknown_parameter_is_refused_everywhere() {
    for address in [
        "search",
        "documents/0000000000000000",
        "documents/0000000000000000/implementation",
    ] {
        let problem = get(&format!("/api/v1/{address}?isuer=x")).await.json();
        assert_eq!(problem["code"], "parameter-unknown", "{address}");
    }
}

#[tokio::test]
async fn nothing_lives_elsewhere() {
    for (address, code) in [
        ("/api/v1/nothing", "address-not-found"),
        ("/api", "address-not-found"),
        ("/api/v1/documents/0000000000000000", "document-not-found"),
        ("/api/v1/documents/%FF", "document-not-found"),
        ("/api/v1/documents/0000000000000000/text", "document-not-found"),
        ("/assets/nothing.css", "address-not-found"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.json()["code"], code, "{address}");
    }
    for address in ["/nothing", "/documents/0000000000000000", "/documents/%FF"] {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.body.contains("class=\"refusal\""), "{address}");
    }
}

#[tokio::test]
async fn the_heading_of_an_error_names_what_was_given() {
    let query = get("/?q=%22open").await.body;
    assert!(query.contains("<h1>Câu tìm này chưa dùng được</h1>"), "{query}");
    let number = get("/campaigns?number=zzz").await.body;
    assert!(number.contains("<h1>Chưa đọc được số hiệu này</h1>"), "{number}");
}

#[tokio::test]
async fn only_questions_are_answered() {
    for address in ["/api/v1/search", "/healthz", "/"] {
        let post = Request::builder()
            .method(Method::POST)
            .uri(address)
            .body(Body::from("x"))
            .unwrap();
        assert_eq!(ask(post).await.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
    }
    let large = Request::post("/api/v1/search")
        .header("content-length", 1_000_000)
        .body(Body::from("x"))
        .unwrap();
    assert_eq!(ask(large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
