//! What programs ask for, one file an action.

pub mod campaigns;
pub mod document;
pub mod export;
pub mod health;
pub mod implementation;
pub mod missing;
pub mod resolve;
pub mod search;
pub mod text;

use axum::Json;
use axum::extract::OriginalUri;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::{InfoBuilder, License, OpenApi, OpenApiBuilder};

use crate::error::ApiError;

/// What the description of the API says of itself; its paths and types come from the handlers.
pub fn description() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Văn kiện")
        .description(Some(
            "Finds Vietnamese Party documents, whatever the scanner did to them. Offsets are in characters (Unicode scalar \
             values). Unknown metadata is null. Errors are problems of RFC 9457 with a stable code.",
        ))
        .version(env!("CARGO_PKG_VERSION"))
        .license(Some(License::new("MIT")));
    OpenApiBuilder::new().info(info.build()).build()
}

/// Answers with the description of the API.
pub fn openapi(document: OpenApi) -> impl Fn() -> std::future::Ready<Json<OpenApi>> + Clone {
    move || std::future::ready(Json(document.clone()))
}

/// An address under `/api` where nothing lives.
pub async fn nowhere(OriginalUri(uri): OriginalUri) -> ApiError {
    ApiError::NoAddress {
        path: uri.path().to_owned(),
    }
}

/// A method other than GET or HEAD.
pub async fn wrong_method(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        return ApiError::Method.into_response();
    }
    crate::pages::PageError::of(ApiError::Method, uri.query()).into_response()
}
