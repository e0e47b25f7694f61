//! The style sheet, the script and the sign of the page, inside the program.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;

/// A file that the pages ask for.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    body: &'static str,
}

const ASSETS: [Asset; 3] = [
    Asset {
        name: "style.css",
        content_type: "text/css; charset=utf-8",
        body: include_str!("../assets/style.css"),
    },
    Asset {
        name: "page.js",
        content_type: "text/javascript; charset=utf-8",
        body: include_str!("../assets/page.js"),
    },
    Asset {
        name: "sign.svg",
        content_type: "image/svg+xml",
        body: include_str!("../assets/sign.svg"),
    },
];

/// Stands behind the names of the assets (`style.css?v=…`), so that a browser may keep them for ever and still takes up
/// a new version at once.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    ASSETS.iter().for_each(|asset| asset.body.hash(&mut hasher));
    format!("{:016x}", hasher.finish())
});

/// `GET /assets/{name}`
pub async fn asset(name: Result<Path<String>, PathRejection>, uri: Uri, headers: HeaderMap) -> Response {
    let found = name
        .ok()
        .and_then(|Path(name)| ASSETS.iter().find(|asset| asset.name == name));
    let Some(asset) = found else {
        return ApiError::NoAddress {
            path: uri.path().to_owned(),
        }
        .into_response();
    };
    let tag = format!("\"{}\"", *VERSION);
    let keep = [
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (ETAG, tag.clone()),
    ];
    if headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, keep).into_response();
    }
    (keep, [(CONTENT_TYPE, asset.content_type)], asset.body).into_response()
}
