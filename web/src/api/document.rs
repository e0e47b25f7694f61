//! `GET /api/v1/documents/{id}`

use axum::Json;
use axum::extract::{RawQuery, State};

use crate::error::{ApiError, Problem};
use crate::parameters::{Id, no_parameter};
use crate::service::Service;
use crate::view::document::{DocumentView, Relations, document as wire};

/// Tells everything that was read of one document.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}",
    tag = "documents",
    params(("id" = String, Path, description = "16 hexadecimal digits", example = "0326977b5d611b9a")),
    responses(
        (status = 200, description = "The document's metadata with evidence, outline, citations and tasks", body = DocumentView),
        (status = 400, description = "It takes no parameters of its own", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such document", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn document(
    State(service): State<Service>,
    Id(id): Id,
    RawQuery(raw): RawQuery,
) -> Result<Json<DocumentView>, ApiError> {
    no_parameter(raw.as_deref())?;
    service
        .ask(move |searcher| {
            let Some((document, paths)) = searcher.document(&id)? else {
                return Err(ApiError::NoDocument { id });
            };
            let relations = Relations::of(searcher, &id)?;
            Ok(Json(wire(&document, &paths, &relations)))
        })
        .await
}
