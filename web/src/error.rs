//! What can go wrong, as a status, a stable code and a sentence.
//!
//! Programs get a problem of RFC 9457; a person gets the page of [`crate::pages::PageError`], which says the same kindly.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use corpus::Date;
use index::SearchError;
use serde::Serialize;
use thiserror::Error;
use utoipa::ToSchema;

use crate::parameters::shortened;

/// Why a question was not answered.
#[derive(Debug, Error)]
pub enum ApiError {
    /// The index refused it, or failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// `q` is there but holds nothing to look for.
    #[error("the query is empty; type words, or leave q out to list all documents")]
    EmptyQuery,
    /// No parameter has this name.
    #[error("there is no parameter {name}; the parameters are described in /api/v1/openapi.json")]
    UnknownParameter {
        /// What was asked.
        name: String,
    },
    /// A parameter that has one value was given twice.
    #[error("the parameter {name} may be given once only")]
    RepeatedParameter {
        /// Which.
        name: &'static str,
    },
    /// A parameter that must be there is not.
    #[error("the parameter {name} is missing")]
    MissingParameter {
        /// Which.
        name: &'static str,
    },
    /// Not a day of the calendar in ISO form.
    #[error("{name} cannot be “{value}”; write a day of the calendar as 2024-04-16")]
    Date {
        /// `from` or `to`.
        name: &'static str,
        /// What was asked.
        value: String,
    },
    /// `from` lies behind `to`.
    #[error("from ({from}) lies behind to ({to}); swap them")]
    DatesReversed {
        /// The first day asked for.
        from: Date,
        /// The last day asked for.
        to: Date,
    },
    /// A parameter with few possible values has another one.
    #[error("{name} cannot be “{value}”; it is one of {allowed}")]
    Choice {
        /// Which.
        name: &'static str,
        /// What was asked.
        value: String,
        /// What could have been.
        allowed: &'static str,
    },
    /// Not a number from 1 to 100.
    #[error("limit cannot be “{value}”; it is a number from 1 to 100")]
    Limit {
        /// What was asked.
        value: String,
    },
    /// Nothing in it reads as a document number.
    #[error("“{value}” does not read as a document number; write it as 69-KH/BTGTU or 69 kh btgtu")]
    Number {
        /// What was asked.
        value: String,
    },
    /// No document has this id.
    #[error("there is no document {id}; it may have left the folder since the link was made")]
    NoDocument {
        /// What was asked.
        id: String,
    },
    /// No document of the corpus carries out this one.
    #[error("no document of the corpus carries out {number}")]
    NoCampaign {
        /// What was asked.
        number: String,
    },
    /// Nothing lives at this address.
    #[error("nothing lives at {path}; the addresses are described in /api/v1/openapi.json")]
    NoAddress {
        /// What was asked.
        path: String,
    },
    /// The server only answers questions.
    #[error("only GET and HEAD are answered here")]
    Method,
    /// Somebody sends us something.
    #[error("no address takes a body, least of all one over {limit_bytes} bytes")]
    Body {
        /// The limit.
        limit_bytes: u64,
    },
    /// Too many questions are waiting.
    #[error("too many questions are waiting; ask again in a second")]
    Busy,
    /// The answer took too long.
    #[error("the answer took longer than {seconds} seconds; make the question narrower or ask again")]
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// A mistake of ours.
    #[error("the server made a mistake; it is in its log")]
    Crashed,
}

/// A problem as RFC 9457 has it (`application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem for ever: `urn:vankien:problem:` and the code.
    #[schema(example = "urn:vankien:problem:query-open-quote")]
    pub r#type: String,
    /// The kind of problem in a few words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong here, and what to do.
    pub detail: String,
    /// A stable word for programs.
    #[schema(example = "query-open-quote")]
    pub code: &'static str,
    /// Where the query is wrong: a character (Unicode scalar) offset into `q`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
    /// Which parameter is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl ApiError {
    /// That `value` does not read as a document number.
    pub fn number(value: &str) -> Self {
        Self::Number {
            value: shortened(value),
        }
    }

    /// The HTTP status: 4xx where the asker can mend it, 5xx where only we can.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Search(SearchError::Engine { .. }) | Self::Crashed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Search(
                SearchError::Query { .. }
                | SearchError::Cursor
                | SearchError::Limit { .. }
                | SearchError::Filter { .. },
            )
            | Self::EmptyQuery
            | Self::UnknownParameter { .. }
            | Self::RepeatedParameter { .. }
            | Self::MissingParameter { .. }
            | Self::Date { .. }
            | Self::DatesReversed { .. }
            | Self::Choice { .. }
            | Self::Limit { .. }
            | Self::Number { .. } => StatusCode::BAD_REQUEST,
            Self::NoDocument { .. } | Self::NoCampaign { .. } | Self::NoAddress { .. } => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Body { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy | Self::Slow { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Search(SearchError::Query { code, .. }) => code,
            Self::Search(SearchError::Cursor) => "cursor-invalid",
            Self::Search(SearchError::Limit { .. }) | Self::Limit { .. } => "limit-invalid",
            Self::Search(SearchError::Filter { .. }) => "filter-invalid",
            Self::Search(SearchError::Engine { .. }) => "index-failed",
            Self::EmptyQuery => "query-empty",
            Self::UnknownParameter { .. } => "parameter-unknown",
            Self::RepeatedParameter { .. } => "parameter-repeated",
            Self::MissingParameter { .. } => "parameter-missing",
            Self::Date { .. } => "date-invalid",
            Self::DatesReversed { .. } => "dates-reversed",
            Self::Choice { name: "sort", .. } => "sort-invalid",
            Self::Choice { name: "match", .. } => "match-invalid",
            Self::Choice { name: "layer", .. } => "layer-invalid",
            Self::Choice { name: "literal", .. } => "literal-invalid",
            Self::Choice { .. } => "value-invalid",
            Self::Number { .. } => "number-invalid",
            Self::NoDocument { .. } => "document-not-found",
            Self::NoCampaign { .. } => "campaign-not-found",
            Self::NoAddress { .. } => "address-not-found",
            Self::Method => "method-not-allowed",
            Self::Body { .. } => "body-too-large",
            Self::Busy => "busy",
            Self::Slow { .. } => "timeout",
            Self::Crashed => "internal",
        }
    }

    /// The kind of problem in a few words, the same for every problem of its kind.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Search(SearchError::Query { .. }) | Self::EmptyQuery => "The query is not understood",
            Self::Search(SearchError::Cursor) => "The cursor is not valid",
            Self::Search(SearchError::Engine { .. }) => "The index could not be read",
            Self::Search(SearchError::Limit { .. } | SearchError::Filter { .. })
            | Self::UnknownParameter { .. }
            | Self::RepeatedParameter { .. }
            | Self::MissingParameter { .. }
            | Self::Date { .. }
            | Self::DatesReversed { .. }
            | Self::Choice { .. }
            | Self::Limit { .. }
            | Self::Number { .. } => "A parameter is not valid",
            Self::NoDocument { .. } => "There is no such document",
            Self::NoCampaign { .. } => "There is no such campaign",
            Self::NoAddress { .. } => "There is nothing at this address",
            Self::Method => "The method is not allowed",
            Self::Body { .. } => "The body is too large",
            Self::Busy => "The server is busy",
            Self::Slow { .. } => "The answer took too long",
            Self::Crashed => "The server made a mistake",
        }
    }

    /// Where the query is wrong, as a character offset into it.
    pub fn position(&self) -> Option<usize> {
        match self {
            Self::Search(SearchError::Query { position, .. }) => Some(*position),
            Self::EmptyQuery => Some(0),
            _ => None,
        }
    }

    fn parameter(&self) -> Option<String> {
        match self {
            Self::Search(SearchError::Query { .. }) | Self::EmptyQuery => Some("q".to_owned()),
            Self::Search(SearchError::Cursor) => Some("cursor".to_owned()),
            Self::Search(SearchError::Limit { .. }) | Self::Limit { .. } => Some("limit".to_owned()),
            Self::Search(SearchError::Filter { filter, .. }) => Some((*filter).to_owned()),
            Self::UnknownParameter { name } => Some(name.clone()),
            Self::RepeatedParameter { name }
            | Self::MissingParameter { name }
            | Self::Date { name, .. }
            | Self::Choice { name, .. } => Some((*name).to_owned()),
            Self::DatesReversed { .. } => Some("from".to_owned()),
            Self::Number { .. } => Some("number".to_owned()),
            _ => None,
        }
    }
}

impl From<&ApiError> for Problem {
    fn from(error: &ApiError) -> Self {
        Self {
            r#type: format!("urn:vankien:problem:{}", error.code()),
            title: error.title(),
            status: error.status().as_u16(),
            detail: error.to_string(),
            code: error.code(),
            position: error.position(),
            parameter: error.parameter(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        log(&self);
        let body = (
            self.status(),
            [(CONTENT_TYPE, "application/problem+json")],
            Json(Problem::from(&self)),
        );
        match self {
            Self::Busy | Self::Slow { .. } => ([(RETRY_AFTER, "1")], body).into_response(),
            _ => body.into_response(),
        }
    }
}

/// Tells the log of what the asker cannot mend.
pub(crate) fn log(error: &ApiError) {
    if error.status().is_server_error() {
        tracing::error!(%error, code = error.code(), "a question was not answered");
    }
}
