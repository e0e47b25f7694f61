//! What a document cites and what cites it, ready to draw.

use corpus::Document;
use corpus::citations::{Citation, CitationRole};
use index::Citing;
use vietnamese::offsets::Span;

use crate::language::Language;
use crate::pages::document_address;
use crate::parameters::address;
use crate::view::document::Relations;

/// How many citing documents a page lists; a search finds the others.
const CITING_MOST: usize = 20;

/// A document that is cited.
pub struct CitationView {
    /// Its number.
    pub number: String,
    /// Kind, date and body, as far as the text tells them.
    pub told: String,
    /// What is done with it.
    pub role: &'static str,
    /// Its pages; none where the corpus lacks it.
    pub links: Vec<String>,
    /// Where the corpus names it.
    pub search: String,
}

/// A document that cites.
pub struct CitingLine {
    /// Its page.
    pub href: String,
    /// Its number, or what else it is known by.
    pub name: String,
    /// Body and date.
    pub told: String,
    /// What it does with the one it cites.
    pub role: &'static str,
}

fn role(role: CitationRole, language: Language) -> &'static str {
    let words = language.words();
    match role {
        CitationRole::Basis => words.role_basis,
        CitationRole::Implements => words.role_implements,
        CitationRole::Amends => words.role_amends,
        CitationRole::Mentions => words.role_mentions,
    }
}

/// The search that finds what bears a number and what cites it.
fn number_search(number: &str, language: Language) -> String {
    let lang = language.parameter().map(|code| ("lang", code));
    address("/", &[("q", number)].into_iter().chain(lang).collect::<Vec<_>>())
}

/// Cited documents with their links; each with its place among the citations.
pub fn citations(cited: &[(usize, &Citation)], relations: &Relations, language: Language) -> Vec<CitationView> {
    let view = |(place, citation): &(usize, &Citation)| {
        let number = citation.number.to_string();
        let told = [
            citation.kind.clone(),
            citation.date.map(|date| language.date(date)),
            citation.issuer.clone(),
            citation.title.clone(),
        ];
        let entries = relations.cited_at(*place);
        CitationView {
            told: told.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            role: role(citation.role, language),
            links: entries
                .iter()
                .map(|entry| document_address(&entry.id, language))
                .collect(),
            search: number_search(&number, language),
            number,
        }
    };
    cited.iter().map(view).collect()
}

/// The places of the text that name a document of the corpus, with the way to it.
pub fn links(document: &Document, relations: &Relations, language: Language) -> Vec<(Span, String)> {
    let mut links: Vec<(Span, String)> = Vec::new();
    for (place, citation) in document.citations.iter().enumerate() {
        if let Some(entry) = relations.cited_at(place).first() {
            let href = document_address(&entry.id, language);
            links.extend(citation.spans.iter().map(|span| (*span, href.clone())));
        }
    }
    links.sort();
    // Two citations may be read from the same words (`57, 59-KL/TW`): the first keeps them.
    links.dedup_by(|later, earlier| later.0.overlaps(earlier.0));
    links
}

/// The first documents that cite this one.
pub fn citing_lines(citing: &[Citing], language: Language) -> Vec<CitingLine> {
    let line = |citing: &Citing| {
        let entry = &citing.document;
        let issuer = entry.issuer.as_ref().map(|issuer| issuer.name.clone());
        let told = [issuer, entry.date.map(|date| language.date(date))];
        CitingLine {
            href: document_address(&entry.id, language),
            name: entry
                .number
                .clone()
                .or(entry.title.clone())
                .unwrap_or(entry.path.clone()),
            told: told.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            role: role(citing.role, language),
        }
    };
    citing.iter().take(CITING_MOST).map(line).collect()
}

/// How many documents beyond those cite it, and the search that finds them.
pub fn more_citing(citing: &[Citing], number: Option<&str>, language: Language) -> Option<(String, String)> {
    let more = citing.len().checked_sub(CITING_MOST).filter(|more| *more > 0)?;
    Some((language.more(more), number_search(number?, language)))
}
