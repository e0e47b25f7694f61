//! `GET /api/v1/search`

use std::time::Instant;

use axum::Json;
use axum::extract::{RawQuery, State};

use crate::error::{ApiError, Problem};
use crate::parameters::SearchParameters;
use crate::service::Service;
use crate::view::SearchPage;

/// Finds documents.
///
/// The query language: words (`đối ngoại`, `doi ngoai`), phrases in quotes, fields (`mục:"tổ chức thực hiện"`), the
/// literal scan (`scan:"d6i ngoai"`), a document number in any spelling.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    params(SearchParameters),
    responses(
        (status = 200, description = "One page of hits with exact counts", body = SearchPage),
        (status = 400, description = "The query or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "The index could not be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many questions are waiting", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn search(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Json<SearchPage>, ApiError> {
    let asked = SearchParameters::strict(raw.as_deref().unwrap_or_default())?;
    let request = asked.request()?;
    let begun = Instant::now();
    let page = service.ask(move |searcher| Ok(searcher.search(&request)?)).await?;
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Json(SearchPage::new(page, &asked, took_ms)))
}
