//! `GET /api/v1/documents/{id}/implementation`

use axum::Json;
use axum::extract::{RawQuery, State};

use crate::error::{ApiError, Problem};
use crate::parameters::{Id, no_parameter};
use crate::service::Service;
use crate::view::graph::BranchView;

/// Tells who carried out a document, who carried out those, and who is absent.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/implementation",
    tag = "citations",
    params(("id" = String, Path, description = "16 hexadecimal digits")),
    responses(
        (status = 200, description = "The implementation tree below the document", body = BranchView),
        (status = 400, description = "It takes no parameters of its own", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such document", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn implementation(
    State(service): State<Service>,
    Id(id): Id,
    RawQuery(raw): RawQuery,
) -> Result<Json<BranchView>, ApiError> {
    no_parameter(raw.as_deref())?;
    service
        .ask(move |searcher| match searcher.implementation(&id)? {
            Some(branch) => Ok(Json(branch.into())),
            None => Err(ApiError::NoDocument { id }),
        })
        .await
}
