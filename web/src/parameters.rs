//! Reads addresses into questions, and writes questions back into addresses.

mod search;

pub use search::{Facet, SearchParameters};

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use corpus::Date;
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::language::Language;

/// How many hits a page holds unless another number is asked for.
const DEFAULT_LIMIT: usize = 20;

/// An address from a path and what stands behind its `?`.
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

/// How many are asked for: 1 to 100, 20 unless said otherwise.
pub fn limit(value: Option<&str>) -> Result<usize, ApiError> {
    let Some(value) = value else {
        return Ok(DEFAULT_LIMIT);
    };
    match value.parse() {
        Ok(limit @ 1..=100) => Ok(limit),
        _ => Err(ApiError::Limit {
            value: shortened(value),
        }),
    }
}

/// The parameters of a list of campaigns.
#[derive(Debug, Clone, Default, PartialEq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListParameters {
    /// Only the one of this number, in any spelling.
    #[param(example = "143-HD/BTGTW")]
    pub number: Option<String>,
    /// How many, 1 to 100; 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub limit: Option<String>,
    /// The language of the page, `vi` or `en`; without meaning for the API.
    pub lang: Option<String>,
}

impl ListParameters {
    /// Reads what stands behind the `?` of an address, or says what is wrong with it.
    pub fn strict(raw: &str) -> Result<Self, ApiError> {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let (name, field) = match name.as_ref() {
                "number" => ("number", &mut parameters.number),
                "limit" => ("limit", &mut parameters.limit),
                "lang" => ("lang", &mut parameters.lang),
                _ => return Err(ApiError::UnknownParameter { name: shortened(&name) }),
            };
            if field.replace(value.into_owned()).is_some() {
                return Err(ApiError::RepeatedParameter { name });
            }
        }
        Ok(parameters)
    }

    /// How many are asked for.
    pub fn limit(&self) -> Result<usize, ApiError> {
        limit(self.limit.as_deref())
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        Language::named(self.lang.as_deref())
    }
}

/// Refuses whatever stands behind the `?` of an address that takes no parameter of its own.
pub fn no_parameter(raw: Option<&str>) -> Result<(), ApiError> {
    own_parameter(raw, None).map(|_| ())
}

/// The one parameter of a simple address, or what is wrong with it.
pub fn one_parameter(raw: Option<&str>, name: &'static str) -> Result<Option<String>, ApiError> {
    own_parameter(raw, Some(name))
}

/// The parameter `name` of an address; beside it the language of a page may stand, which is without meaning here.
fn own_parameter(raw: Option<&str>, name: Option<&'static str>) -> Result<Option<String>, ApiError> {
    let (mut found, mut language) = (None, None);
    for (asked, value) in form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
        let (name, field) = match name {
            Some(name) if asked == name => (name, &mut found),
            _ if asked == "lang" => ("lang", &mut language),
            _ => {
                return Err(ApiError::UnknownParameter {
                    name: shortened(&asked),
                });
            }
        };
        if field.replace(value.into_owned()).is_some() {
            return Err(ApiError::RepeatedParameter { name });
        }
    }
    Ok(found)
}

/// The id of a document, out of an address.
///
/// Whatever stands there is taken: what is no id is the id of no document.
#[derive(Debug, Clone)]
pub struct Id(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(ApiError::NoDocument {
                id: shortened(parts.uri.path()),
            }),
        }
    }
}

/// Reads a day written as ISO has it, `2024-04-16`, and nothing looser.
fn day(name: &'static str, value: Option<&str>) -> Result<Option<Date>, ApiError> {
    let Some(value) = value else {
        return Ok(None);
    };
    match value.parse::<Date>() {
        Ok(date) if date.to_string() == value => Ok(Some(date)),
        _ => Err(ApiError::Date {
            name,
            value: shortened(value),
        }),
    }
}

fn choice(name: &'static str, value: &str, allowed: &'static str) -> ApiError {
    ApiError::Choice {
        name,
        value: shortened(value),
        allowed,
    }
}

/// An error repeats what was typed, but not all of it if somebody pastes a book.
pub(crate) fn shortened(value: &str) -> String {
    match value.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
