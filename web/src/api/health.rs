//! `GET /healthz`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::service::Service;

/// That the server answers, and over how much.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
    /// How many documents the index holds.
    pub documents: usize,
}

/// Says that the server answers.
#[utoipa::path(get, path = "/healthz", tag = "server", responses((status = 200, description = "The server answers", body = Health)))]
pub async fn health(State(service): State<Service>) -> Result<Json<Health>, ApiError> {
    let documents = service.ask(|searcher| Ok(searcher.document_count())).await?;
    Ok(Json(Health {
        status: "ok",
        documents,
    }))
}
