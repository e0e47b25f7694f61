//! The documents that the corpus cites but lacks.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use index::Missing;

use super::{Frame, PageError, Place, draw};
use crate::language::Language;
use crate::parameters::{SearchParameters, address};
use crate::service::Service;

/// How many are listed.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    frame: Frame,
    missing: Vec<Line>,
}

struct Line {
    number: String,
    told: String,
    title: Option<String>,
    count: String,
    href: String,
}

/// `GET /missing`
pub async fn missing(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Html<String>, PageError> {
    let raw = raw.unwrap_or_default();
    let language = SearchParameters::kindly(&raw).language();
    let answer = service
        .ask(move |searcher| {
            let missing = searcher.missing(MOST)?;
            let frame = Frame::new(
                language,
                language.words().missing.to_owned(),
                Place::Missing,
                "/missing",
                &[],
            );
            let missing = missing.into_iter().map(|missing| line(missing, language)).collect();
            draw(&MissingPage { frame, missing })
        })
        .await;
    answer.map_err(|error| PageError::of(error, Some(&raw)))
}

fn line(missing: Missing, language: Language) -> Line {
    let number = missing.number.to_string();
    let told = [
        missing.kind,
        missing.date.map(|date| language.date(date)),
        missing.issuer,
    ];
    let lang = language.parameter().map(|code| ("lang", code));
    Line {
        told: told.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        title: missing.title,
        count: language.number(missing.count),
        href: address(
            "/",
            &[("q", number.as_str())].into_iter().chain(lang).collect::<Vec<_>>(),
        ),
        number,
    }
}
