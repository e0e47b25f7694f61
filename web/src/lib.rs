//! Answers out to people and programs.
//!
//! A question comes in as an address: [`parameters`] reads it, strictly, into a request of the index. What the index
//! answers goes out in one of two forms: as JSON ([`api`], whose wire types are [`view`]), or as a page that a person reads
//! ([`pages`], drawn by `templates/` with the words of [`language`]). Both take their answer from the same
//! [`service::Service`], so the page can never say what the API does not.
//!
//! This crate knows nothing of how documents are read or found. It keeps three promises of its own: whatever is typed is
//! answered with a status and a sentence ([`error`]), whatever stands in a document is shown as text and never as markup,
//! and the page is whole without JavaScript.

pub mod api;
pub mod assets;
pub mod error;
mod guard;
pub mod language;
pub mod pages;
pub mod parameters;
pub mod passages;
pub mod pieces;
pub mod serve;
pub mod service;
pub mod view;

pub use serve::{ServeError, serve};

use axum::Router;
use axum::routing::get;
use index::Searcher;
use service::Service;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All addresses of the server, over one index.
///
/// Needs no port: a test asks it with `tower::ServiceExt::oneshot`.
pub fn app(searcher: Searcher) -> Router {
    let (api, document) = OpenApiRouter::with_openapi(api::description())
        .routes(routes!(api::search::search))
        .routes(routes!(api::export::export))
        .routes(routes!(api::document::document))
        .routes(routes!(api::text::text))
        .routes(routes!(api::implementation::implementation))
        .routes(routes!(api::resolve::resolve))
        .routes(routes!(api::campaigns::campaigns))
        .routes(routes!(api::missing::missing))
        .routes(routes!(api::health::health))
        .split_for_parts();
    let api = api
        .route("/api/v1/openapi.json", get(api::openapi(document)))
        .route("/api", get(api::nowhere))
        .route("/api/{*rest}", get(api::nowhere))
        .method_not_allowed_fallback(api::wrong_method)
        .layer(guard::open_to_other_origins());
    let pages = Router::new()
        .route("/", get(pages::search::search))
        .route("/documents/{id}", get(pages::document::document))
        .route("/campaigns", get(pages::campaigns::campaigns))
        .route("/missing", get(pages::missing::missing))
        .route("/review", get(pages::review::review))
        .route("/help", get(pages::help::help))
        .route("/assets/{name}", get(assets::asset))
        .method_not_allowed_fallback(api::wrong_method)
        .fallback(pages::nowhere);
    guard::guarded(api.merge(pages)).with_state(Service::new(searcher))
}

#[cfg(test)]
mod tests;
