//! The facts that were read with the least confidence, and how a person corrects them.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use corpus::corrections::FILE_NAME;
use index::Doubt;

use super::{Frame, PageError, Place, document_address, draw};
use crate::language::{Language, Words};
use crate::parameters::SearchParameters;
use crate::service::Service;

/// How many are listed.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    frame: Frame,
    file: &'static str,
    doubts: Vec<Line>,
    /// The first of them as a line of the corrections file.
    example: Option<String>,
}

struct Line {
    field: String,
    name: String,
    value: Option<String>,
    confidence: String,
    evidence: Vec<String>,
    path: String,
    href: String,
}

/// `GET /review`
pub async fn review(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Html<String>, PageError> {
    let raw = raw.unwrap_or_default();
    let language = SearchParameters::kindly(&raw).language();
    let answer = service
        .ask(move |searcher| {
            let doubts = searcher.doubts(MOST)?;
            let example = doubts.first().map(|doubt| {
                format!(
                    "{}\t{}\t{}",
                    doubt.path,
                    doubt.field,
                    doubt.value.as_deref().unwrap_or("-")
                )
            });
            let frame = Frame::new(
                language,
                language.words().review.to_owned(),
                Place::Review,
                "/review",
                &[],
            );
            let doubts = doubts.into_iter().map(|doubt| line(doubt, language)).collect();
            draw(&ReviewPage {
                frame,
                file: FILE_NAME,
                doubts,
                example,
            })
        })
        .await;
    answer.map_err(|error| PageError::of(error, Some(&raw)))
}

fn line(doubt: Doubt, language: Language) -> Line {
    Line {
        field: field_name(&doubt.field, language.words()).to_owned(),
        value: doubt.value,
        confidence: language.percent(doubt.confidence),
        evidence: doubt.evidence,
        href: format!(
            "{}#{}",
            document_address(&doubt.id, language),
            super::document::evidence_anchor(&doubt.field)
        ),
        path: doubt.path,
        name: doubt.field,
    }
}

/// The name of a field as the document page has it.
fn field_name<'a>(field: &'a str, words: &'static Words) -> &'a str {
    match field {
        "number" => words.fact_number,
        "kind" => words.fact_kind,
        "issuer" => words.fact_issuer,
        "level" => words.fact_level,
        "province" => words.fact_province,
        "date" => words.fact_date,
        "place" => words.fact_place,
        "title" => words.fact_title,
        "signatory" => words.fact_signatory,
        "signatory_title" => words.fact_signatory_title,
        "signed_for" => words.fact_signed_for,
        "topics" => words.fact_topics,
        "deadline" => words.fact_deadline,
        "not_before" => words.fact_not_before,
        "not_after" => words.fact_not_after,
        other => other,
    }
}
