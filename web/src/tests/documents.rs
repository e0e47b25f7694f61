//! One document and what it has to do with others.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::{PLAN, ask, encoded, first_id, get};

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
    for below in ["", "/text", "/implementation"] {
        let address = format!("/api/v1/documents/{id}{below}");
        let (one, other) = (get(&address).await, get(&format!("{address}?lang=en")).await);
        assert_eq!(one.body, other.body, "the language of a page changes nothing here");
        assert_eq!(other.status, StatusCode::OK, "{address}");
    }
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
