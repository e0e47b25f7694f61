//! `GET /api/v1/resolve`

use axum::Json;
use axum::extract::{RawQuery, State};
use utoipa::IntoParams;

use crate::error::{ApiError, Problem};
use crate::parameters::one_parameter;
use crate::service::Service;
use crate::view::graph::ResolvedView;

/// The parameter of resolving.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the parameter; `one_parameter` reads it")]
pub struct ResolveParameters {
    /// A document number in any spelling: `69-KH/BTGTU`, `69 kh btgtu`, `S6 69-KH/BTGTU`.
    #[param(example = "69 kh btgtu")]
    pub number: String,
}

/// Tells which documents a number stands for, and which cite it.
#[utoipa::path(
    get,
    path = "/api/v1/resolve",
    tag = "citations",
    params(ResolveParameters),
    responses(
        (status = 200, description = "The number in canonical form and its documents, if the corpus has any", body = ResolvedView),
        (status = 400, description = "It does not read as a number", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn resolve(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Json<ResolvedView>, ApiError> {
    let typed = one_parameter(raw.as_deref(), "number")?.ok_or(ApiError::MissingParameter { name: "number" })?;
    let asked = typed.clone();
    let resolved = service.ask(move |searcher| Ok(searcher.resolve(&asked)?)).await?;
    ResolvedView::new(resolved)
        .map(Json)
        .ok_or_else(|| ApiError::number(&typed))
}
