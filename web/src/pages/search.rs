//! The search page: box, filters, hits.

mod facets;
mod hits;
mod years;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use index::{Matching, SearchPage, Sort};

use self::facets::{Bodies, Chip, FacetView, bodies, chips, flat};
use self::hits::{FirstView, HitView, first, hit};
use self::years::{Years, years};
use super::{Choice, Frame, PageError, Place, draw};
use crate::error::ApiError;
use crate::language::Language;
use crate::parameters::{Facet, SearchParameters};
use crate::service::Service;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchView {
    frame: Frame,
    query: String,
    /// What the search form carries along unseen: the filters.
    hidden: Vec<(&'static str, String)>,
    /// The same for the form of days.
    hidden_for_dates: Vec<(&'static str, String)>,
    from: String,
    to: String,
    /// Whether this is the first page: no query, no filter.
    home: bool,
    total: String,
    one: bool,
    none: bool,
    took_ms: u128,
    /// How the query was read, and where its letters are sought as typed.
    read_as: Option<(String, String)>,
    /// The earliest document that holds the phrase.
    first: Option<FirstView>,
    strictness: Vec<Choice>,
    orders: Vec<Choice>,
    chips: Vec<Chip>,
    clear: String,
    bodies: Bodies,
    facets: Vec<FacetView>,
    years: Years,
    hits: Vec<HitView>,
    next: Option<String>,
    first_page: Option<String>,
    /// Where the whole list is, as a table and for programs.
    csv: String,
    json: String,
    /// What to try when nothing was found, with where it leads.
    advice: Vec<(String, Option<String>)>,
}

/// `GET /`
pub async fn search(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Html<String>, PageError> {
    let raw = raw.unwrap_or_default();
    answer(service, SearchParameters::kindly(&raw))
        .await
        .map_err(|error| PageError::of(error, Some(&raw)))
}

async fn answer(service: Service, asked: SearchParameters) -> Result<Html<String>, ApiError> {
    let request = asked.request()?;
    let begun = std::time::Instant::now();
    let page = service.ask(move |searcher| Ok(searcher.search(&request)?)).await?;
    let took_ms = begun.elapsed().as_millis();
    draw(&view(&asked, page, took_ms)?)
}

fn view(asked: &SearchParameters, page: SearchPage, took_ms: u128) -> Result<SearchView, ApiError> {
    let language = asked.language();
    let words = language.words();
    let query = asked.q.clone().unwrap_or_default();
    let home = query.is_empty() && !asked.is_filtered() && asked.cursor.is_none();
    let title = match (home, query.is_empty()) {
        (true, _) => format!("{} · {}", words.name, words.motto),
        (false, true) => format!("{} · {}", words.all_documents, words.name),
        (false, false) => format!("{} “{query}” · {}", words.results_for, words.name),
    };
    let hidden = hidden(asked, &["q", "literal", "cursor"]);
    let next = page.next.as_ref().map(|cursor| {
        let further = SearchParameters {
            cursor: Some(cursor.clone()),
            ..asked.clone()
        };
        further.address("/")
    });
    Ok(SearchView {
        frame: Frame::new(language, title, Place::Search, "/", &asked.pairs()),
        hidden,
        hidden_for_dates: self::hidden(asked, &["from", "to", "cursor"]),
        from: asked.from.clone().unwrap_or_default(),
        to: asked.to.clone().unwrap_or_default(),
        home,
        total: language.number(page.total),
        one: page.total == 1,
        none: page.total == 0,
        took_ms,
        read_as: page.read_as.clone().map(|read| (read, literally(asked))),
        first: page
            .first
            .as_ref()
            .filter(|_| page.total > 1)
            .map(|found| first(asked, found)),
        strictness: strictness(asked, &page, language),
        orders: orders(asked, language)?,
        chips: chips(asked),
        clear: asked.unfiltered().address("/"),
        bodies: bodies(asked, &page.facets),
        facets: vec![
            flat(asked, Facet::Topic, &page.facets.topic),
            flat(asked, Facet::Kind, &page.facets.kind),
            flat(asked, Facet::Province, &page.facets.province),
            flat(asked, Facet::Section, &page.facets.section),
        ],
        years: years(asked, &page.facets.year),
        advice: advice(asked, &page, language),
        next,
        csv: asked.from_start().address("/api/v1/search.csv"),
        json: asked.from_start().address("/api/v1/search"),
        first_page: asked.cursor.as_ref().map(|_| asked.from_start().address("/")),
        hits: page.hits.into_iter().map(|found| hit(asked, found)).collect(),
        query,
    })
}

/// The same search for the letters as typed.
fn literally(asked: &SearchParameters) -> String {
    SearchParameters {
        literal: Some("true".to_owned()),
        ..asked.from_start()
    }
    .address("/")
}

fn hidden(asked: &SearchParameters, without: &[&str]) -> Vec<(&'static str, String)> {
    let kept = asked.pairs().into_iter().filter(|(name, _)| !without.contains(name));
    kept.map(|(name, value)| (name, value.to_owned())).collect()
}

/// The query as typed and the three degrees of strictness, with their counts; none for a query without words.
fn strictness(asked: &SearchParameters, page: &SearchPage, language: Language) -> Vec<Choice> {
    if asked.q.is_none() {
        return Vec::new();
    }
    let words = language.words();
    let degrees = [
        (None, None, page.counts.typed, words.match_typed_hint),
        (
            Some(Matching::Marked),
            Some("marked"),
            page.counts.marked,
            words.match_marked_hint,
        ),
        (
            Some(Matching::Bare),
            Some("bare"),
            page.counts.bare,
            words.match_bare_hint,
        ),
        (
            Some(Matching::Scan),
            Some("scan"),
            page.counts.scan,
            words.match_scan_hint,
        ),
    ];
    let choice = |(matching, name, count, hint): (Option<Matching>, Option<&str>, usize, &'static str)| Choice {
        label: matching
            .map_or(words.match_typed, |matching| language.matching(matching))
            .to_owned(),
        count: language.number(count),
        hint,
        href: SearchParameters {
            matching: name.map(str::to_owned),
            ..asked.from_start()
        }
        .address("/"),
        chosen: page.matching == matching,
    };
    degrees.map(choice).into()
}

fn orders(asked: &SearchParameters, language: Language) -> Result<Vec<Choice>, ApiError> {
    let words = language.words();
    let chosen = asked.sort()?;
    let choice = |(sort, name, label): (Sort, Option<&str>, &str)| Choice {
        label: label.to_owned(),
        count: String::new(),
        hint: "",
        href: SearchParameters {
            sort: name.map(str::to_owned),
            ..asked.from_start()
        }
        .address("/"),
        chosen: chosen == sort,
    };
    let mut orders = vec![
        (Sort::Relevance, None, words.sort_relevance),
        (Sort::Newest, Some("newest"), words.sort_newest),
        (Sort::Oldest, Some("oldest"), words.sort_oldest),
    ];
    if asked.q.is_none() {
        // Without words nothing matches better than another: the newest come first unless the oldest are asked for.
        orders[0].2 = words.sort_newest;
        orders.remove(1);
    }
    Ok(orders.into_iter().map(choice).collect())
}

/// What may help when nothing was found, the likeliest first.
fn advice(asked: &SearchParameters, page: &SearchPage, language: Language) -> Vec<(String, Option<String>)> {
    let words = language.words();
    let mut advice = Vec::new();
    for (matching, name, count) in [
        (Matching::Bare, "bare", page.counts.bare),
        (Matching::Scan, "scan", page.counts.scan),
    ] {
        if count > page.total && Some(matching) > page.matching {
            let looser = SearchParameters {
                matching: Some(name.to_owned()),
                ..asked.from_start()
            };
            let label = format!(
                "{} {} ({})",
                words.empty_loosen,
                language.matching(matching),
                language.number(count)
            );
            advice.push((label, Some(looser.address("/"))));
        }
    }
    if asked.is_filtered() {
        advice.push((words.empty_filters.to_owned(), Some(asked.unfiltered().address("/"))));
    }
    if let Some(query) = &asked.q {
        if query.contains(['"', '“', '”']) {
            let bare = SearchParameters {
                q: Some(query.replace(['"', '“', '”'], " ").trim().to_owned()),
                ..asked.from_start()
            };
            advice.push((words.empty_quotes.to_owned(), Some(bare.address("/"))));
        }
        advice.push((words.empty_fewer.to_owned(), None));
        if query.contains(|character: char| character.is_ascii_digit()) {
            advice.push((words.empty_number.to_owned(), None));
        }
    }
    let all = SearchParameters {
        lang: asked.lang.clone(),
        ..SearchParameters::default()
    };
    advice.push((words.empty_all.to_owned(), Some(all.address("/"))));
    advice
}

#[cfg(test)]
mod tests;
