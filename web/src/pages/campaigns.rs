//! Campaigns: documents that carry out the same one, over time and over the provinces.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use corpus::Date;
use corpus::metadata::Level;
use index::{Campaign, Entry, Filters, SearchRequest, Searcher, Sort};

use super::{Frame, PageError, Place, document_address, draw};
use crate::error::ApiError;
use crate::language::{Language, alphabetical};
use crate::parameters::{ListParameters, address};
use crate::service::Service;

/// How many campaigns are listed.
const CAMPAIGNS_MOST: usize = 50;
/// How many documents of one campaign are listed.
const DOCUMENTS_MOST: usize = 300;
/// How wide the time line is drawn, in units of its picture.
const LINE_WIDTH: i64 = 1000;
/// The levels, from the centre down: the lanes of the time line and the columns of the table.
const LEVELS: [Level; 4] = [Level::Central, Level::Province, Level::District, Level::Commune];

#[derive(Template)]
#[template(path = "campaigns.html")]
struct CampaignsPage {
    frame: Frame,
    campaigns: Vec<Summary>,
}

/// A campaign in the list.
struct Summary {
    number: String,
    title: Option<String>,
    href: String,
    count: String,
    provinces: String,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Template)]
#[template(path = "campaign.html")]
struct CampaignPage {
    frame: Frame,
    number: String,
    title: Option<String>,
    basis: Option<Line>,
    count: String,
    lanes: Vec<Lane>,
    first: String,
    last: String,
    levels: Vec<String>,
    coverage: Vec<Covered>,
    absent: Vec<String>,
    documents: Vec<Line>,
    more: Option<String>,
}

/// A document in a list.
struct Line {
    href: String,
    name: String,
    issuer: Option<String>,
    date: Option<String>,
    title: Option<String>,
}

/// The documents of one level along the time.
struct Lane {
    label: String,
    marks: Vec<Mark>,
}

struct Mark {
    x: i64,
    href: String,
    label: String,
}

/// One province of the table.
struct Covered {
    province: String,
    /// How many documents of each level.
    counts: Vec<String>,
    total: String,
    first: Option<Line>,
}

/// `GET /campaigns`, and `GET /campaigns?number=…` for one.
pub async fn campaigns(State(service): State<Service>, RawQuery(raw): RawQuery) -> Result<Html<String>, PageError> {
    let raw = raw.unwrap_or_default();
    let asked = ListParameters::strict(&raw);
    let answer = async {
        let asked = asked?;
        service.ask(move |searcher| answer(searcher, &asked)).await
    };
    answer.await.map_err(|error| PageError::of(error, Some(&raw)))
}

fn answer(searcher: &Searcher, asked: &ListParameters) -> Result<Html<String>, ApiError> {
    let language = asked.language();
    let Some(typed) = &asked.number else {
        let campaigns = searcher.campaigns(CAMPAIGNS_MOST)?;
        let title = language.words().campaigns.to_owned();
        return draw(&CampaignsPage {
            frame: Frame::new(language, title, Place::Campaigns, "/campaigns", &[]),
            campaigns: campaigns.iter().map(|campaign| summary(campaign, language)).collect(),
        });
    };
    let number = searcher.resolve(typed)?.number.ok_or_else(|| ApiError::number(typed))?;
    let Some(campaign) = searcher.campaign(&number.0)? else {
        return Err(ApiError::NoCampaign { number: number.0 });
    };
    draw(&page(&campaign, &known_provinces(searcher)?, language))
}

/// All provinces of the corpus.
fn known_provinces(searcher: &Searcher) -> Result<BTreeSet<String>, ApiError> {
    let everything = SearchRequest {
        query: String::new(),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 1,
        cursor: None,
        matching: None,
        literal: false,
    };
    let facets = searcher.search(&everything)?.facets;
    Ok(facets.province.into_iter().map(|value| value.value).collect())
}

/// The page of the campaign that carries out the document of this number.
pub(super) fn campaign_address(number: &str, language: Language) -> String {
    let lang = language.parameter().map(|code| ("lang", code));
    let pairs: Vec<(&str, &str)> = [("number", number)].into_iter().chain(lang).collect();
    address("/campaigns", &pairs)
}

fn summary(campaign: &Campaign, language: Language) -> Summary {
    let number = campaign.number.to_string();
    let dates: Vec<Date> = campaign.documents.iter().filter_map(|entry| entry.date).collect();
    let provinces: BTreeSet<&str> = campaign.documents.iter().filter_map(province).collect();
    Summary {
        href: campaign_address(&number, language),
        number,
        title: campaign.title.clone(),
        count: language.number(campaign.documents.len()),
        provinces: language.number(provinces.len()),
        first: dates.iter().min().map(|date| language.date(*date)),
        last: dates.iter().max().map(|date| language.date(*date)),
    }
}

fn page(campaign: &Campaign, known: &BTreeSet<String>, language: Language) -> CampaignPage {
    let number = campaign.number.to_string();
    let words = language.words();
    let dates: Vec<Date> = campaign.documents.iter().filter_map(|entry| entry.date).collect();
    let (first, last) = (dates.iter().min().copied(), dates.iter().max().copied());
    let covered: BTreeSet<&str> = campaign.documents.iter().filter_map(province).collect();
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| language.date(date));
    let mut absent: Vec<String> = known
        .iter()
        .filter(|province| !covered.contains(province.as_str()))
        .cloned()
        .collect();
    absent.sort_by_key(|province| alphabetical(province));
    let more = campaign.documents.len().saturating_sub(DOCUMENTS_MOST);
    let title = format!("{number} · {}", words.campaigns);
    CampaignPage {
        frame: Frame::new(
            language,
            title,
            Place::Campaigns,
            "/campaigns",
            &[("number", number.as_str())],
        ),
        title: campaign.title.clone(),
        basis: campaign.basis.as_ref().map(|entry| line(entry, language)),
        count: language.number(campaign.documents.len()),
        lanes: lanes(campaign, first, last, language),
        first: day(first),
        last: day(last),
        levels: LEVELS
            .iter()
            .skip(1)
            .map(|level| language.level(*level).to_owned())
            .collect(),
        coverage: coverage(campaign, language),
        absent,
        documents: campaign
            .documents
            .iter()
            .take(DOCUMENTS_MOST)
            .map(|entry| line(entry, language))
            .collect(),
        more: (more > 0).then(|| language.more(more)),
        number,
    }
}

fn province(entry: &Entry) -> Option<&str> {
    entry.issuer.as_ref()?.province.as_deref()
}

fn level(entry: &Entry) -> Option<Level> {
    entry.issuer.as_ref()?.level
}

fn line(entry: &Entry, language: Language) -> Line {
    Line {
        href: document_address(&entry.id, language),
        name: entry.number.clone().unwrap_or_else(|| entry.path.clone()),
        issuer: entry.issuer.as_ref().map(|issuer| issuer.name.clone()),
        date: entry.date.map(|date| language.date(date)),
        title: entry.title.clone(),
    }
}

/// The time line: a lane a level, a mark a document, from the first day to the last.
fn lanes(campaign: &Campaign, first: Option<Date>, last: Option<Date>, language: Language) -> Vec<Lane> {
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let days = |from: Date, to: Date| i64::from(from.until(to).map_or(0, |span| span.get_days()));
    let whole = days(first, last).max(1);
    let mark = |entry: &Entry| {
        let date = entry.date?;
        let told = [
            entry.number.clone(),
            entry.issuer.as_ref().map(|issuer| issuer.name.clone()),
            Some(language.date(date)),
        ];
        Some(Mark {
            x: days(first, date) * LINE_WIDTH / whole,
            href: document_address(&entry.id, language),
            label: told.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        })
    };
    let lanes = LEVELS.iter().map(|lane| Lane {
        label: language.level(*lane).to_owned(),
        marks: campaign
            .documents
            .iter()
            .filter(|entry| level(entry) == Some(*lane))
            .filter_map(mark)
            .collect(),
    });
    lanes.filter(|lane| !lane.marks.is_empty()).collect()
}

/// The table of provinces, the first to carry it out at the top.
fn coverage(campaign: &Campaign, language: Language) -> Vec<Covered> {
    let mut provinces: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &campaign.documents {
        if let Some(province) = province(entry) {
            provinces.entry(province).or_default().push(entry);
        }
    }
    let mut provinces: Vec<(&str, Vec<&Entry>)> = provinces.into_iter().collect();
    // An unknown date is not the earliest: it goes to the end.
    let earliest = |entries: &[&Entry]| entries.iter().filter_map(|entry| entry.date).min();
    provinces.sort_by_cached_key(|(province, entries)| {
        let first = earliest(entries);
        (first.is_none(), first, alphabetical(province))
    });
    let covered = |(province, entries): (&str, Vec<&Entry>)| Covered {
        province: province.to_owned(),
        counts: LEVELS
            .iter()
            .skip(1)
            .map(|lane| entries.iter().filter(|entry| level(entry) == Some(*lane)).count())
            .map(|count| {
                if count == 0 {
                    String::new()
                } else {
                    language.number(count)
                }
            })
            .collect(),
        total: language.number(entries.len()),
        first: entries
            .iter()
            .filter(|entry| entry.date.is_some())
            .min_by_key(|entry| entry.date)
            .map(|entry| line(entry, language)),
    };
    provinces.into_iter().map(covered).collect()
}

#[cfg(test)]
mod tests;
