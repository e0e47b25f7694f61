//! `GET /api/v1/campaigns`

use axum::Json;
use axum::extract::{RawQuery, State};

use crate::error::{ApiError, Problem};
use crate::parameters::ListParameters;
use crate::service::Service;
use crate::view::graph::Campaigns;

/// Tells which documents several others carry out, and which these are.
#[utoipa::path(
    get,
    path = "/api/v1/campaigns",
    tag = "citations",
    params(ListParameters),
    responses(
        (status = 200, description = "The campaigns, the most followed first; with a number, that one alone", body = Campaigns),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn campaigns(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Json<Campaigns>, ApiError> {
    let asked = ListParameters::strict(raw.as_deref().unwrap_or_default())?;
    let limit = asked.limit()?;
    let campaigns = service
        .ask(move |searcher| match asked.number {
            Some(number) => {
                let canonical = searcher
                    .resolve(&number)?
                    .number
                    .ok_or_else(|| ApiError::number(&number))?;
                Ok(searcher.campaign(&canonical.0)?.into_iter().collect())
            }
            None => Ok(searcher.campaigns(limit)?),
        })
        .await?;
    Ok(Json(Campaigns {
        campaigns: campaigns.into_iter().map(Into::into).collect(),
    }))
}
