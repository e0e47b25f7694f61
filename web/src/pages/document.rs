//! The page of one document.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;

use super::{Frame, PageError, Place, draw};
use crate::error::ApiError;
use crate::parameters::{Id, SearchParameters};
use crate::service::Service;

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    text: String,
}

/// `GET /documents/{id}`
pub async fn document(
    State(service): State<Service>,
    Id(id): Id,
    RawQuery(raw): RawQuery,
) -> Result<Html<String>, PageError> {
    let asked = SearchParameters::kindly(raw.as_deref().unwrap_or_default());
    let language = asked.language();
    let path = format!("/documents/{id}");
    let answer = service
        .ask(move |searcher| searcher.document(&id)?.ok_or(ApiError::NoDocument { id }))
        .await
        .and_then(|(document, _)| {
            draw(&DocumentPage {
                frame: Frame::new(language, path.clone(), Place::Document, &path, &asked.pairs()),
                text: document.text,
            })
        });
    answer.map_err(|error| PageError::of(error, raw.as_deref()))
}
