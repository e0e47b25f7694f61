//! What holds for every address.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

use super::{ask, get, searcher};
use crate::app;

#[tokio::test]
async fn the_description_is_of_every_address() {
    let described = get("/api/v1/openapi.json").await.json();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
    for path in &paths {
        let address = path.replace("{id}", "0000000000000000").replace("{number}", "1-X");
        assert!(
            !get(&address).await.body.contains("address-not-found"),
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

/// The description knows types by name: two of one name would be one type, and lie about the other.
#[tokio::test]
async fn the_description_tells_a_doubt_from_a_problem() {
    let described = get("/api/v1/openapi.json").await.json();
    let schemas = &described["components"]["schemas"];
    assert!(schemas["Problem"]["properties"]["code"].is_object());
    assert!(schemas["Doubt"]["properties"]["about"].is_object());
    let doubts = &schemas["DocumentView"]["properties"]["problems"]["items"]["$ref"];
    assert_eq!(doubts, "#/components/schemas/Doubt");
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
    let asked_first = Request::options("/api/v1/search")
        .header("origin", "https://example.org")
        .header("access-control-request-method", "GET");
    let allowed = ask(asked_first.body(Body::empty()).unwrap()).await;
    assert_eq!(
        allowed.status,
        StatusCode::OK,
        "a browser that asks first is told that it may"
    );
    assert!(allowed.header("access-control-allow-methods").contains("GET"));
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
    for nothing in ["/assets/nothing", "/assets/%ff"] {
        assert_eq!(get(nothing).await.json()["code"], "address-not-found", "{nothing}");
    }
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
