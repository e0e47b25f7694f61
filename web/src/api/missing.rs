//! `GET /api/v1/missing`

use axum::Json;
use axum::extract::{RawQuery, State};
use utoipa::IntoParams;

use crate::error::{ApiError, Problem};
use crate::parameters::{limit, one_parameter};
use crate::service::Service;
use crate::view::graph::MissingDocuments;

/// The parameter of the list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the parameter; `one_parameter` reads it")]
pub struct MissingParameters {
    /// How many, 1 to 100; 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub limit: Option<String>,
}

/// Tells which documents are cited but not in the corpus, the most cited first.
#[utoipa::path(
    get,
    path = "/api/v1/missing",
    tag = "citations",
    params(MissingParameters),
    responses(
        (status = 200, description = "What is missing", body = MissingDocuments),
        (status = 400, description = "The limit is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn missing(
    State(service): State<Service>,
    RawQuery(raw): RawQuery,
) -> Result<Json<MissingDocuments>, ApiError> {
    let limit = limit(one_parameter(raw.as_deref(), "limit")?.as_deref())?;
    let missing = service.ask(move |searcher| Ok(searcher.missing(limit)?)).await?;
    Ok(Json(MissingDocuments {
        missing: missing.into_iter().map(Into::into).collect(),
    }))
}
