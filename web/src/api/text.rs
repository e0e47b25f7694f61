//! `GET /api/v1/documents/{id}/text`

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use corpus::Document;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::error::{ApiError, Problem};
use crate::parameters::{Id, one_parameter, shortened};
use crate::pieces::Characters;
use crate::service::Service;

/// Which of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// As the paper said it.
    #[default]
    Restored,
    /// As the file holds it.
    Scan,
}

/// The parameters of the text.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TextParameters {
    /// `restored` (the default) or `scan`.
    #[param(pattern = "^(restored|scan)$")]
    #[allow(dead_code, reason = "describes the parameter; `Layer::named` reads it")]
    pub layer: Option<String>,
}

/// The text of a document with what is known of each doubtful place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Text {
    /// Which document.
    pub id: String,
    /// Which of its texts.
    pub layer: Layer,
    /// The text, line for line the same in both layers.
    pub text: String,
    /// What was read otherwise than it stands, or read with doubt.
    pub readings: Vec<Reading>,
}

/// One place that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reading {
    /// Where it stands in the restored text, in characters.
    pub range: [usize; 2],
    /// Where it stands in the scan, in characters.
    pub scan_range: [usize; 2],
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// What else the paper may say, likeliest first.
    pub alternatives: Vec<Alternative>,
}

/// Another reading of the same place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Alternative {
    /// What the paper may say.
    pub text: String,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}

impl Layer {
    /// Reads the value of `layer`.
    pub fn named(value: Option<&str>) -> Result<Self, ApiError> {
        match value {
            None | Some("restored") => Ok(Self::Restored),
            Some("scan") => Ok(Self::Scan),
            Some(value) => Err(ApiError::Choice {
                name: "layer",
                value: shortened(value),
                allowed: "restored, scan",
            }),
        }
    }
}

/// Gives the text of a document: restored, or as scanned.
///
/// Plain text; with `Accept: application/json` the readings come with it.
#[utoipa::path(
    get,
    path = "/api/v1/documents/{id}/text",
    tag = "documents",
    params(("id" = String, Path, description = "16 hexadecimal digits"), TextParameters),
    responses(
        (status = 200, description = "The text", content(
            (String = "text/plain; charset=utf-8"),
            (Text = "application/json"),
        )),
        (status = 400, description = "There is no such layer", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such document", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn text(
    State(service): State<Service>,
    Id(id): Id,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let layer = Layer::named(one_parameter(raw.as_deref(), "layer")?.as_deref())?;
    let wants_json = headers
        .get(ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    let document = service
        .ask(move |searcher| match searcher.document(&id)? {
            Some((document, _)) => Ok(document),
            None => Err(ApiError::NoDocument { id }),
        })
        .await?;
    let by_accept = [(VARY, "accept")];
    if wants_json {
        return Ok((by_accept, Json(with_readings(document, layer))).into_response());
    }
    let body = match layer {
        Layer::Restored => document.text,
        Layer::Scan => document.scan,
    };
    Ok((by_accept, [(CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response())
}

fn with_readings(document: Document, layer: Layer) -> Text {
    let (text, scan) = (Characters::of(&document.text), Characters::of(&document.scan));
    let readings = document.readings.iter().map(|reading| Reading {
        range: text.range(reading.text),
        scan_range: scan.range(reading.scan),
        confidence: reading.confidence,
        alternatives: reading
            .alternatives
            .iter()
            .map(|other| Alternative {
                text: other.text.clone(),
                confidence: other.confidence,
            })
            .collect(),
    });
    let readings = readings.collect();
    Text {
        id: document.id.0,
        layer,
        text: match layer {
            Layer::Restored => document.text,
            Layer::Scan => document.scan,
        },
        readings,
    }
}
