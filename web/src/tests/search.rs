//! Searching, as programs and people ask it.

use axum::http::StatusCode;
use expect_test::expect;

use super::{check, encoded, get};

#[tokio::test]
async fn a_search_answers_with_the_names_of_the_contract() {
    let answer = get(&format!("/api/v1/search?q={}", encoded("\"đối ngoại nhân dân\""))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let mut page = answer.json();
    page["took_ms"] = 0.into();
    page["hits"][0]["score"] = 0.into();
    page["hits"][0]["id"] = "…".into();
    page["first"]["id"] = "…".into();
    page["first"]["href"] = "…".into();
    page.as_object_mut().unwrap().remove("facets");
    check(
        &serde_json::to_string_pretty(&page).unwrap(),
        expect![[r#"
        {
          "counts": {
            "bare": 1,
            "marked": 1,
            "scan": 1,
            "typed": 1
          },
          "first": {
            "date": "2024-04-16",
            "href": "…",
            "id": "…",
            "issuer": {
              "level": "tỉnh",
              "name": "Tỉnh ủy Lạng Sơn",
              "province": "Lạng Sơn"
            },
            "kind": "Kế hoạch",
            "number": "12-KH/TU",
            "path": "lang-son/12.txt",
            "title": "thực hiện công tác đối ngoại",
            "undated": 0
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
          "match": "typed",
          "query": "\"đối ngoại nhân dân\"",
          "took_ms": 0,
          "total": 1
        }"#]],
    );
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
async fn the_whole_list_is_given_as_a_table() {
    let whole = get("/api/v1/search.csv?sort=oldest&limit=1").await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert!(whole.header("content-disposition").contains("attachment"));
    let rows: Vec<&str> = whole.body.lines().collect();
    assert_eq!(
        rows.len(),
        3,
        "a heading and both documents, whatever the limit: {}",
        whole.body
    );
    assert!(
        rows[0].starts_with("\u{feff}\"Số, ký hiệu\",Loại văn bản,Trích yếu,"),
        "{}",
        rows[0]
    );
    assert!(
        rows[1].starts_with("12-KH/TU,Kế hoạch,") && rows[1].contains(",Lạng Sơn,2024-04-16,"),
        "{}",
        rows[1]
    );
    let found = get(&format!("/api/v1/search.csv?lang=en&q={}", encoded("\"môi trường\""))).await;
    assert_eq!(found.body.lines().count(), 2);
    assert!(found.body.starts_with("\u{feff}number,kind,title,") && found.body.contains("37-KH/TU"));
    let refused = get("/api/v1/search.csv?q=%22open").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(refused.json()["code"], "query-open-quote");
}
