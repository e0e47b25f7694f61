//! What people read, one file a page.
//!
//! A page is a template and a view made for it: all links, numbers and marks are worked out here, so that a template only
//! draws. Whatever comes out of a document passes through askama's escaping.

pub mod campaigns;
pub mod document;
pub mod help;
pub mod missing;
pub mod review;
pub mod search;
mod source;
mod tree;

use askama::Template;
use axum::extract::OriginalUri;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};

use crate::assets;
use crate::error::{ApiError, log};
use crate::language::{Language, Words, kindly};
use crate::parameters::{SearchParameters, address};

/// Where a page stands in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Searching.
    Search,
    /// One document.
    Document,
    /// Campaigns.
    Campaigns,
    /// Missing documents.
    Missing,
    /// Facts to review.
    Review,
    /// How to search.
    Help,
    /// None of them.
    Elsewhere,
}

/// What stands around every page.
pub struct Frame {
    /// Its language.
    pub language: Language,
    /// The words of that language.
    pub w: &'static Words,
    /// The title of the window.
    pub title: String,
    /// Where in the navigation it stands.
    pub place: Place,
    /// The same page in the other language.
    pub other_language: String,
    /// The version of the assets.
    pub version: &'static str,
}

impl Frame {
    /// The frame of the page at `path`, whose parameters apart from the language are `pairs`.
    pub fn new(language: Language, title: String, place: Place, path: &str, pairs: &[(&str, &str)]) -> Self {
        let mut pairs: Vec<(&str, &str)> = pairs.iter().copied().filter(|(name, _)| *name != "lang").collect();
        pairs.extend(language.other().parameter().map(|code| ("lang", code)));
        Self {
            language,
            w: language.words(),
            title,
            place,
            other_language: address(path, &pairs),
            version: assets::VERSION.as_str(),
        }
    }

    /// The address of another page in the same language.
    pub fn link(&self, path: &str) -> String {
        let pairs: Vec<(&str, &str)> = self
            .language
            .parameter()
            .map(|code| ("lang", code))
            .into_iter()
            .collect();
        address(path, &pairs)
    }

    /// The code of the other language.
    pub fn other_code(&self) -> &'static str {
        self.language.other().code()
    }
}

/// A link that a person may choose among others.
pub struct Choice {
    /// What it says.
    pub label: String,
    /// A number beside it, or nothing.
    pub count: String,
    /// What it means, in a sentence.
    pub hint: &'static str,
    /// Where it leads.
    pub href: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// The page of a document, in the same language.
pub(crate) fn document_address(id: &str, language: Language) -> String {
    let pairs: Vec<(&str, &str)> = language.parameter().map(|code| ("lang", code)).into_iter().collect();
    address(&format!("/documents/{id}"), &pairs)
}

/// Draws a page.
pub fn draw(template: &impl Template) -> Result<Html<String>, ApiError> {
    template.render().map(Html).map_err(|error| {
        tracing::error!(%error, "a page was not drawn");
        ApiError::Crashed
    })
}

/// An error as a page: the same status as in the API, and a kind sentence.
pub struct PageError {
    error: ApiError,
    asked: SearchParameters,
}

impl PageError {
    /// The error of a page whose address had `query` behind its `?`.
    pub fn of(error: ApiError, query: Option<&str>) -> Self {
        Self {
            error,
            asked: SearchParameters::kindly(query.unwrap_or_default()),
        }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    sentence: String,
    query: String,
    /// The query up to the wrong place, the wrong character, and the rest.
    wrong: Option<[String; 3]>,
    hidden: Vec<(&'static str, String)>,
    code: &'static str,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        log(&self.error);
        let status = self.error.status();
        let language = self.asked.language();
        let words = language.words();
        let heading = match status {
            status if status.is_server_error() => words.error_heading_server,
            StatusCode::NOT_FOUND => words.error_heading_missing,
            _ if matches!(self.error, ApiError::Number { .. }) => words.error_heading_number,
            _ => words.error_heading,
        };
        let query = self.asked.q.unwrap_or_default();
        let page = ErrorPage {
            frame: Frame::new(language, heading.to_owned(), Place::Elsewhere, "/", &[]),
            heading,
            sentence: kindly(&self.error, language),
            wrong: self.error.position().and_then(|position| wrong_place(&query, position)),
            query,
            hidden: language
                .parameter()
                .map(|code| ("lang", code.to_owned()))
                .into_iter()
                .collect(),
            code: self.error.code(),
        };
        match draw(&page) {
            Ok(page) => (status, page).into_response(),
            Err(error) => error.into_response(),
        }
    }
}

/// Cuts a query around its wrong character, and shortens it where somebody pasted a book.
fn wrong_place(query: &str, position: usize) -> Option<[String; 3]> {
    const AROUND: usize = 60;
    let characters: Vec<char> = query.chars().collect();
    let wrong = *characters.get(position)?;
    let start = position.saturating_sub(AROUND);
    let end = characters.len().min(position + 1 + AROUND);
    let mut before: String = characters[start..position].iter().collect();
    let mut after: String = characters[position + 1..end].iter().collect();
    if start > 0 {
        before.insert(0, '…');
    }
    if end < characters.len() {
        after.push('…');
    }
    Some([before, wrong.to_string(), after])
}

/// An address where no page is.
pub async fn nowhere(OriginalUri(uri): OriginalUri) -> PageError {
    not_here(&uri)
}

fn not_here(uri: &Uri) -> PageError {
    PageError::of(
        ApiError::NoAddress {
            path: uri.path().to_owned(),
        },
        uri.query(),
    )
}
