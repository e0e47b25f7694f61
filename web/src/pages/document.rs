//! The page of one document: its facts with their evidence, its outline, its text restored and as scanned.

mod asked;
mod cited;
mod facts;
mod text;

pub(crate) use self::text::evidence_anchor;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use corpus::Document;
use index::{Match, Searcher};
use vietnamese::offsets::Span;

use self::asked::{Asked, Shown};
use self::cited::{CitationView, CitingLine, citations, citing_lines, links, more_citing};
use self::facts::{FactView, TaskView, facts, tasks};
use self::text::{BlockView, Marks, blocks};
use super::campaigns::campaign_address;
use super::source::Source;
use super::tree::TreeView;
use super::{Choice, Frame, PageError, Place, draw};
use crate::error::ApiError;
use crate::language::{Language, doubt};
use crate::parameters::{Id, address};
use crate::pieces::joined;
use crate::service::Service;
use crate::view::document::Relations;
use crate::view::graph::is_basis;

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage<'a> {
    frame: Frame,
    id: &'a str,
    number: Option<&'a str>,
    kind: Option<&'a str>,
    issuer: Option<&'a str>,
    date: Option<(String, String)>,
    heading: &'a str,
    /// How to cite it.
    source: String,
    /// Back to the hits, if the reader came from some.
    back: Option<String>,
    shown: Shown,
    layers: Vec<Choice>,
    /// Whether any of it was read from a scan.
    restored: bool,
    /// How many places match the query.
    matches: usize,
    facts: Vec<FactView>,
    /// Nơi nhận, a line each.
    recipients: Vec<&'a str>,
    /// Key phrases, and the searches for them.
    phrases: Vec<(String, String)>,
    outline: Vec<OutlineView<'a>>,
    blocks: Vec<BlockView<'a>>,
    basis: Vec<CitationView>,
    cites: Vec<CitationView>,
    cited_by: Vec<CitingLine>,
    /// How many more cite it, and the search that finds them.
    cited_by_more: Option<(String, String)>,
    tree: Option<TreeView>,
    /// The page of the campaign that carries it out.
    campaign: Option<String>,
    tasks: Vec<TaskView<'a>>,
    problems: Vec<DoubtView<'a>>,
    paths: &'a [String],
}

/// A line of the outline.
struct OutlineView<'a> {
    level: u8,
    anchor: String,
    marker: &'a str,
    title: &'a str,
}

/// What was doubtful.
struct DoubtView<'a> {
    sentence: String,
    /// The words it is about.
    words: Option<&'a str>,
}

/// `GET /documents/{id}`
pub async fn document(
    State(service): State<Service>,
    id: Result<Id, ApiError>,
    RawQuery(raw): RawQuery,
) -> Result<Html<String>, PageError> {
    let raw = raw.unwrap_or_default();
    let asked = id.and_then(|Id(id)| Asked::read(id, &raw));
    let drawn = async { service.ask(move |searcher| answer(searcher, &asked?)).await };
    drawn.await.map_err(|error| PageError::of(error, Some(&raw)))
}

fn answer(searcher: &Searcher, asked: &Asked) -> Result<Html<String>, ApiError> {
    let Some((document, paths)) = searcher.document(&asked.id)? else {
        return Err(ApiError::NoDocument { id: asked.id.clone() });
    };
    let matches = match &asked.search.q {
        Some(query) => searcher.matches(&asked.id, query, asked.search.matching()?, asked.search.literal()?)?,
        None => Vec::new(),
    };
    let relations = Relations::of(searcher, &asked.id)?;
    let tree = searcher.implementation(&asked.id)?;
    let mut marks = Marks::of(&document, asked.search.language());
    marks.hits = whole_phrases(&document.text, &matches);
    marks.links = links(&document, &relations, asked.search.language());
    let mut page = view(asked, &document, &paths, &relations, &marks);
    page.tree = tree
        .map(|branch| TreeView::of(&branch, asked.search.language()))
        .filter(TreeView::has_branches);
    draw(&page)
}

/// The places that match, with words that stand side by side as one place.
fn whole_phrases(text: &str, matches: &[Match]) -> Vec<Span> {
    let spans: Vec<(u32, u32)> = matches.iter().map(|found| (found.span.start, found.span.end)).collect();
    let blank = |end: u32, start: u32| {
        text.get(end as usize..start as usize)
            .is_some_and(|gap| gap.trim().is_empty())
    };
    joined(&spans, blank)
        .into_iter()
        .map(|(start, end)| Span { start, end })
        .collect()
}

fn view<'a>(
    asked: &'a Asked,
    document: &'a Document,
    paths: &'a [String],
    relations: &Relations,
    marks: &'a Marks<'a>,
) -> DocumentPage<'a> {
    let language = asked.search.language();
    let known = &document.metadata;
    let value = |fact: &'a Option<corpus::metadata::Fact<String>>| fact.as_ref().map(|fact| fact.value.as_str());
    let number = known.number.as_ref().map(|fact| fact.value.0.as_str());
    let heading = value(&known.title)
        .or(number)
        .or(paths.first().map(String::as_str))
        .unwrap_or(language.words().no_title);
    let title = match number {
        Some(number) => format!("{number} · {heading}"),
        None => heading.to_owned(),
    };
    let issuer = known.issuer.as_ref().map(|fact| fact.value.name.as_str());
    let source = Source {
        kind: value(&known.kind),
        number,
        date: known.date.as_ref().map(|fact| fact.value),
        issuer,
        heading,
    };
    let (basis, cites): (Vec<_>, Vec<_>) = document
        .citations
        .iter()
        .enumerate()
        .partition(|(_, citation)| is_basis(citation.role));
    DocumentPage {
        frame: Frame::new(language, title, Place::Document, &asked.path(), &asked.pairs()),
        id: &document.id.0,
        number,
        kind: value(&known.kind),
        issuer,
        date: known
            .date
            .as_ref()
            .map(|fact| (language.date(fact.value), fact.value.to_string())),
        heading,
        source: source.line(),
        back: asked.back(),
        shown: asked.shown,
        layers: layers(asked, language),
        restored: !document.readings.is_empty(),
        matches: marks.hits.len(),
        facts: facts(document, language),
        recipients: known.recipients.iter().map(|fact| fact.value.as_str()).collect(),
        phrases: phrases(document, language),
        outline: outline(document),
        blocks: blocks(document, marks),
        basis: citations(&basis, relations, language),
        cites: citations(&cites, relations, language),
        cited_by: citing_lines(&relations.cited_by, language),
        cited_by_more: more_citing(&relations.cited_by, number, language),
        tree: None,
        campaign: number.map(|number| campaign_address(number, language)),
        tasks: tasks(document, language),
        problems: doubts(document, language),
        paths,
    }
}

fn layers(asked: &Asked, language: Language) -> Vec<Choice> {
    let words = language.words();
    let choice = |(shown, label): (Shown, &str)| {
        let other = Asked { shown, ..asked.clone() };
        Choice {
            label: label.to_owned(),
            count: String::new(),
            hint: "",
            href: address(&asked.path(), &other.pairs()),
            chosen: shown == asked.shown,
        }
    };
    let all = [
        (Shown::Restored, words.layer_restored),
        (Shown::Both, words.layer_both),
        (Shown::Scan, words.layer_scan),
    ];
    all.map(choice).into()
}

fn doubts(document: &Document, language: Language) -> Vec<DoubtView<'_>> {
    let view = |problem: &corpus::problem::Problem| {
        let words = problem.span.and_then(|span| document.text.get(span.range()));
        DoubtView {
            sentence: doubt(problem.kind, language),
            words,
        }
    };
    document.problems.iter().map(view).collect()
}

fn phrases(document: &Document, language: Language) -> Vec<(String, String)> {
    const MOST: usize = 12;
    let search = |phrase: &str| {
        let quoted = format!("\"{}\"", phrase.replace('"', " "));
        let lang = language.parameter().map(|code| ("lang", code));
        address(
            "/",
            &[("q", quoted.as_str())].into_iter().chain(lang).collect::<Vec<_>>(),
        )
    };
    let phrases = document.key_phrases().into_iter().take(MOST);
    phrases
        .map(|phrase| {
            let href = search(&phrase);
            (phrase, href)
        })
        .collect()
}

fn outline(document: &Document) -> Vec<OutlineView<'_>> {
    // Points below the third level and items without a title would make the outline as long as the text.
    const DEEPEST: u8 = 3;
    let sections = document
        .outline
        .iter()
        .enumerate()
        .filter(|(_, section)| section.level <= DEEPEST && !section.title.is_empty());
    sections
        .map(|(place, section)| OutlineView {
            level: section.level,
            anchor: text::section_anchor(place),
            marker: &section.marker,
            title: &section.title,
        })
        .collect()
}

#[cfg(test)]
mod tests;
