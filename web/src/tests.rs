//! The addresses of the server, asked without a port over a small index.

use std::fs;
use std::sync::OnceLock;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use expect_test::{Expect, expect};
use index::{Indexer, Searcher};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use vietnamese::restore::Restorer;

use crate::app;

const PLAN: &str = "TỈNH ỦY LẠNG SƠN\n*\nSố 12-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nLạng Sơn, ngày 16 tháng 4 năm 2024\n\n\
    KẾ HOẠCH\nthực hiện công tác đối ngoại\n-----\n\
    Thực hiện Hướng dẫn số 143-HD/BTGTW, ngày 28/02/2024 của Ban Tuyên giáo Trung ương, Tỉnh ủy xây dựng kế hoạch như sau:\n\n\
    I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao nhận thức về đối ngoại nhân dân <script>alert(1)</script>.\n\n\
    II. TỔ CHỨC THỰC HIỆN\n1. Ban Tuyên giáo Tỉnh ủy theo dõi, báo cáo trước ngày 20/11/2024.\n\n\
    T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn Thử\n";

const OTHER: &str = "TỈNH ỦY ĐỒNG NAI\n*\nSố 37-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nĐồng Nai, ngày 29 tháng 9 năm 2025\n\n\
    KẾ HOẠCH\nvề bảo vệ môi trường\n-----\nTỉnh ủy xây dựng kế hoạch bảo vệ môi trường như sau:\n\n\
    I. MỤC ĐÍCH\nGiữ sạch nguồn nước.\n";

/// One index for all tests of this file.
fn searcher() -> Searcher {
    static INDEX: OnceLock<(TempDir, Searcher)> = OnceLock::new();
    let (_, searcher) = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (papers, store) = (folder.path().join("papers"), folder.path().join("store"));
        fs::create_dir_all(papers.join("lang-son")).unwrap();
        fs::write(papers.join("lang-son/12.txt"), PLAN).unwrap();
        fs::write(papers.join("37.txt"), OTHER).unwrap();
        let mut indexer = Indexer::open(&store, Restorer::new()).unwrap();
        indexer.update(&[papers], &mut |_| {}).unwrap();
        drop(indexer);
        let searcher = Searcher::open(&store).unwrap();
        (folder, searcher)
    });
    searcher.clone()
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(request: Request<Body>) -> Answer {
    let response = app(searcher()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let body = String::from_utf8(bytes.into()).unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

async fn get(address: &str) -> Answer {
    ask(Request::get(address).body(Body::empty()).unwrap()).await
}

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

async fn first_id() -> String {
    let page = get(&format!("/api/v1/search?q={}", encoded("\"đối ngoại\"")))
        .await
        .json();
    page["hits"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_search_answers_with_the_names_of_the_contract() {
    let answer = get(&format!("/api/v1/search?q={}", encoded("\"đối ngoại nhân dân\""))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let mut page = answer.json();
    page["took_ms"] = 0.into();
    page["hits"][0]["score"] = 0.into();
    page["hits"][0]["id"] = "…".into();
    page.as_object_mut().unwrap().remove("facets");
    check(
        &serde_json::to_string_pretty(&page).unwrap(),
        expect![[r#"
        {
          "counts": {
            "bare": 1,
            "marked": 1,
            "scan": 1
          },
          "hits": [
            {
              "date": "2024-04-16",
              "highlights": [
                {
                  "confidence": 1.0,
                  "doubtful": [],
                  "match": "marked",
                  "ranges": [
                    [
                      22,
                      40
                    ]
                  ],
                  "scan": "Nâng cao nhận thức về đối ngoại nhân dân <script>alert(1)</script>.",
                  "scan_ranges": [
                    [
                      22,
                      40
                    ]
                  ],
                  "section": "1. Mục đích",
                  "text": "Nâng cao nhận thức về đối ngoại nhân dân <script>alert(1)</script>."
                }
              ],
              "id": "…",
              "issuer": {
                "level": "tỉnh",
                "name": "Tỉnh ủy Lạng Sơn",
                "province": "Lạng Sơn"
              },
              "kind": "Kế hoạch",
              "match": "marked",
              "number": "12-KH/TU",
              "path": "lang-son/12.txt",
              "score": 0,
              "title": "thực hiện công tác đối ngoại",
              "topics": [
                "đối ngoại"
              ]
            }
          ],
          "match": "marked",
          "query": "\"đối ngoại nhân dân\"",
          "took_ms": 0,
          "total": 1
        }"#]],
    );
}

fn check(actual: &str, expected: Expect) {
    expected.assert_eq(actual);
}

#[tokio::test]
async fn facets_count_documents_and_ignore_their_own_choice() {
    let all = get("/api/v1/search").await.json();
    assert_eq!(all["total"], 2);
    let one = get("/api/v1/search?year=2024").await.json();
    assert_eq!(one["total"], 1);
    assert_eq!(
        one["facets"]["year"],
        serde_json::json!([
            {"value": "2024", "count": 1, "selected": true},
            {"value": "2025", "count": 1, "selected": false},
        ])
    );
    let both = get("/api/v1/search?year=2024&year=2025").await.json();
    assert_eq!(both["total"], 2);
    assert!(both.get("next").is_none(), "there is no next page at the end");
}

#[tokio::test]
async fn next_leads_on_until_the_end() {
    let first = get("/api/v1/search?limit=1&sort=oldest").await.json();
    let next = first["next"].as_str().unwrap();
    assert!(next.starts_with("/api/v1/search?"), "{next}");
    let second = get(next).await.json();
    assert_eq!(second["total"], 2);
    assert_ne!(first["hits"][0]["id"], second["hits"][0]["id"]);
    assert!(second.get("next").is_none());
}

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

#[tokio::test]
async fn every_fact_comes_with_confidence_and_evidence() {
    let id = first_id().await;
    let answer = get(&format!("/api/v1/documents/{id}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let document = answer.json();
    for name in [
        "number",
        "kind",
        "issuer",
        "date",
        "place",
        "title",
        "signatory",
        "basis",
        "cites",
        "topics",
        "deadline",
    ] {
        assert!(
            document.get(name).is_some(),
            "{name} stands at the top, null where unknown"
        );
        assert!(
            document["metadata"].get(name).is_some(),
            "{name} stands among the fields"
        );
    }
    assert_eq!(document["path"], "lang-son/12.txt");
    assert_eq!(document["number"], "12-KH/TU");
    let number = &document["metadata"]["number"];
    assert_eq!(number["value"], "12-KH/TU");
    assert!(number["confidence"].as_f64().unwrap() > 0.5);
    assert!(PLAN.contains(number["evidence"][0].as_str().unwrap()));
}

#[tokio::test]
async fn both_texts_are_given() {
    let id = first_id().await;
    let plain = get(&format!("/api/v1/documents/{id}/text?layer=scan")).await;
    assert_eq!(plain.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(plain.body, PLAN);
    assert_eq!(
        get(&format!("/api/v1/documents/{id}/text")).await.body,
        PLAN,
        "clean text is not touched"
    );
    let wrong = get(&format!("/api/v1/documents/{id}/text?layer=xray")).await;
    assert_eq!(
        (wrong.status, wrong.json()["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("layer-invalid"))
    );
    let request = Request::get(format!("/api/v1/documents/{id}/text")).header("accept", "application/json");
    let told = ask(request.body(Body::empty()).unwrap()).await.json();
    assert_eq!(told["layer"], "restored");
    assert_eq!(told["text"], PLAN);
}

#[tokio::test]
async fn the_description_is_of_every_address() {
    let described = get("/api/v1/openapi.json").await.json();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
    for path in &paths {
        let address = path.replace("{id}", "0000000000000000").replace("{number}", "1-X");
        assert_ne!(
            get(&address).await.json()["code"],
            "address-not-found",
            "{path} is described but not there"
        );
    }
    assert!(paths.iter().any(|path| *path == "/api/v1/search"));
    let parameters = described["paths"]["/api/v1/search"]["get"]["parameters"]
        .as_array()
        .unwrap();
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap();
        let refused = get(&format!("/api/v1/search?{name}=1")).await.json()["code"].clone();
        assert_ne!(refused, "parameter-unknown", "{name} is described but not read");
    }
}

#[tokio::test]
async fn other_origins_may_ask_and_nobody_is_remembered() {
    let request = Request::get("/api/v1/search").header("origin", "https://example.org");
    let answer = ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    for address in ["/", "/api/v1/search", "/assets/style.css", "/nothing", "/healthz"] {
        let answer = get(address).await;
        assert!(answer.headers.get("set-cookie").is_none(), "{address} sets a cookie");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{address}: {policy}"
        );
    }
    let page = get("/").await;
    assert!(
        page.headers.get("access-control-allow-origin").is_none(),
        "pages are not for other origins"
    );
}

#[tokio::test]
async fn assets_are_kept_by_browsers_until_they_change() {
    let first = get("/assets/style.css").await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.header("cache-control").contains("immutable"));
    let again = Request::get("/assets/style.css").header("if-none-match", first.header("etag"));
    assert_eq!(
        ask(again.body(Body::empty()).unwrap()).await.status,
        StatusCode::NOT_MODIFIED
    );
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_can_read_it() {
    let request = Request::get("/assets/style.css")
        .header("accept-encoding", "gzip")
        .body(Body::empty())
        .unwrap();
    let response = app(searcher()).oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
}

#[tokio::test]
async fn the_server_says_that_it_is_well() {
    let answer = get("/healthz").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json(), serde_json::json!({"status": "ok", "documents": 2}));
}

#[tokio::test]
async fn the_page_of_a_document_shows_it_as_text() {
    let id = first_id().await;
    for layer in ["", "&layer=both", "&layer=scan"] {
        let page = get(&format!("/documents/{id}?q={}{layer}", encoded("đối ngoại"))).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(!page.body.contains("<script>alert"), "{layer}");
        assert!(
            page.body.contains("12-KH/TU") && page.body.contains("<mark>"),
            "{layer}"
        );
    }
    assert_eq!(
        get(&format!("/documents/{id}?layer=xray")).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        get(&format!("/documents/{id}?q=%22open")).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn pages_of_the_whole_corpus_are_there() {
    for address in ["/", "/help", "/campaigns", "/missing", "/review"] {
        for lang in ["", "?lang=en"] {
            let page = get(&format!("{address}{lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{address}{lang}");
            let language = if lang.is_empty() { "vi" } else { "en" };
            assert!(
                page.body.contains(&format!("<html lang=\"{language}\">")),
                "{address}{lang}"
            );
        }
    }
    let review = get("/review").await.body;
    assert!(review.contains("corrections.tsv"), "the page says how to correct");
}

#[tokio::test]
async fn numbers_are_resolved_or_refused() {
    let missing = get("/api/v1/resolve").await;
    assert_eq!(
        (missing.status, missing.json()["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("parameter-missing"))
    );
    let wrong = get("/api/v1/resolve?number=xin+ch%C3%A0o").await;
    assert_eq!(
        (wrong.status, wrong.json()["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("number-invalid"))
    );
    let found = get("/api/v1/resolve?number=12+kh+tu").await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
    assert_eq!(found.json()["number"], "12-KH/TU");
    assert_eq!(found.json()["documents"][0]["path"], "lang-son/12.txt");
    let cited = get("/api/v1/resolve?number=S6+143-HD%2FBTGTW").await.json();
    assert_eq!(cited["documents"].as_array().map(Vec::len), Some(0));
    assert_eq!(cited["cited_by"][0]["number"], "12-KH/TU");
    assert_eq!(cited["cited_by"][0]["role"], "implements");
}

#[tokio::test]
async fn what_is_cited_but_not_there_is_listed() {
    let missing = get("/api/v1/missing").await.json();
    assert_eq!(missing["missing"][0]["number"], "143-HD/BTGTW");
    assert_eq!(missing["missing"][0]["cited_by_count"], 1);
    assert_eq!(get("/api/v1/missing?limit=0").await.json()["code"], "limit-invalid");
}

#[tokio::test]
async fn a_document_has_its_implementation_tree() {
    let id = first_id().await;
    let tree = get(&format!("/api/v1/documents/{id}/implementation")).await.json();
    assert_eq!(tree["number"], "12-KH/TU");
    assert_eq!(tree["document"]["path"], "lang-son/12.txt");
    let none = get("/api/v1/documents/0000000000000000/implementation").await;
    assert_eq!(
        (none.status, none.json()["code"].as_str()),
        (StatusCode::NOT_FOUND, Some("document-not-found"))
    );
}
