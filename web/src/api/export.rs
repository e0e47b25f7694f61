//! `GET /api/v1/search.csv`

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use index::{Hit, SearchPage, SearchRequest};

use crate::error::{ApiError, Problem};
use crate::language::Language;
use crate::parameters::{Facet, SearchParameters};
use crate::passages::beyond_title;
use crate::service::Service;

/// How many rows are asked for at once: the most that one question may.
const ROWS: usize = 100;
/// Tells spreadsheets that what follows is UTF-8; without it they show `Káº¿ hoáº¡ch`.
const UTF_8_SIGN: &str = "\u{feff}";

/// Gives the whole list of hits as a table, for a spreadsheet.
///
/// The same question as `/api/v1/search`, answered to the end: `limit` and `cursor` are passed over. `lang` chooses the
/// language of the headings. The rows are sent as they are found; a list that could not be finished ends in a broken
/// connection, never in a short table that looks whole.
#[utoipa::path(
    get,
    path = "/api/v1/search.csv",
    tag = "search",
    params(SearchParameters),
    responses(
        (status = 200, description = "A heading and a row for each hit", body = String, content_type = "text/csv"),
        (status = 400, description = "The query or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many questions are waiting", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn export(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Response, ApiError> {
    let asked = SearchParameters::strict(raw.as_deref().unwrap_or_default())?;
    let language = asked.language();
    let request = SearchRequest {
        limit: ROWS,
        cursor: None,
        ..asked.request()?
    };
    // The first page is asked for before anything is sent, so that what is wrong can still be answered as a problem.
    let first = found(&service, request.clone()).await?;
    let head = UTF_8_SIGN.to_owned() + &table([headings(language)])?;
    let rows = try_unfold((Some(first), head), move |(page, head)| {
        let (service, request) = (service.clone(), request.clone());
        async move {
            let Some(page) = page else {
                return Ok::<_, ApiError>(None);
            };
            let cursor = page.next;
            let rows = head + &table(page.hits.into_iter().map(|hit| row(hit, language)))?;
            let next = match cursor {
                Some(_) => Some(found(&service, SearchRequest { cursor, ..request }).await?),
                None => None,
            };
            Ok(Some((rows, (next, String::new()))))
        }
    });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, "attachment; filename=\"van-kien.csv\""),
    ];
    Ok((headers, Body::from_stream(rows)).into_response())
}

async fn found(service: &Service, request: SearchRequest) -> Result<SearchPage, ApiError> {
    service.ask(move |searcher| Ok(searcher.search(&request)?)).await
}

/// Writes rows as RFC 4180 has them.
fn table<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<String, ApiError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let unwritten = |error: &dyn std::error::Error| {
        tracing::error!(%error, "a table was not written");
        ApiError::Crashed
    };
    for row in rows {
        writer.write_record(&row).map_err(|error| unwritten(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| unwritten(&error))?;
    String::from_utf8(bytes).map_err(|error| unwritten(&error))
}

/// The headings: as a register names its columns, or, in English, as the API names its fields.
fn headings(language: Language) -> [String; 13] {
    let words = language.words();
    let headings = match language {
        Language::Vietnamese => [
            words.fact_number,
            words.fact_kind,
            words.fact_title,
            words.fact_issuer,
            words.fact_level,
            words.fact_province,
            words.fact_date,
            words.fact_topics,
            words.match_label,
            words.why_confidence,
            words.export_passage,
            words.fact_files,
            words.export_id,
        ],
        Language::English => [
            "number",
            "kind",
            "title",
            "issuer",
            "level",
            "province",
            "date",
            "topics",
            "match",
            "confidence",
            "passage",
            "path",
            "id",
        ],
    };
    headings.map(str::to_owned)
}

/// A hit with its best passage; what is unknown is empty.
fn row(hit: Hit, language: Language) -> [String; 13] {
    let issuer = hit.issuer.as_ref();
    let level = issuer.and_then(|issuer| issuer.level);
    let passages = beyond_title(hit.title.as_deref(), hit.highlights);
    let best = passages.first();
    let confidence = best.filter(|best| best.matched.is_some()).map(|best| best.confidence);
    let passage = best.map(|best| format!("… {} …", best.text.trim()));
    [
        hit.number,
        hit.kind,
        hit.title,
        issuer.map(|issuer| issuer.name.clone()),
        level.map(|level| language.value(Facet::Level, level.name())),
        issuer.and_then(|issuer| issuer.province.clone()),
        hit.date.map(|date| date.to_string()),
        Some(hit.topics.join("; ")),
        hit.matched.map(|matched| language.matching(matched).to_owned()),
        confidence.map(|confidence| format!("{confidence:.2}")),
        passage,
        Some(hit.path),
        Some(hit.id),
    ]
    .map(|value| inert(value.unwrap_or_default()))
}

/// Keeps a spreadsheet from taking words of a document for a formula to run.
fn inert(mut cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        cell.insert(0, '\'');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(
            inert("=HYPERLINK(\"http://x\")".to_owned()),
            "'=HYPERLINK(\"http://x\")"
        );
        assert_eq!(inert("- Lưu Văn phòng".to_owned()), "'- Lưu Văn phòng");
        assert_eq!(inert("69-KH/BTGTU".to_owned()), "69-KH/BTGTU");
    }

    #[test]
    fn both_languages_name_every_column_once() {
        for language in [Language::Vietnamese, Language::English] {
            let names = std::collections::BTreeSet::from(headings(language));
            assert_eq!(names.len(), 13);
            assert!(names.iter().all(|name| !name.is_empty()));
        }
    }

    #[test]
    fn commas_and_quotes_are_wrapped() {
        let written = table([["a, b".to_owned(), "“c” \"d\"".to_owned()]]).unwrap();
        assert_eq!(written, "\"a, b\",\"“c” \"\"d\"\"\"\r\n");
    }
}
