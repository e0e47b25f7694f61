//! A hit of the search page, ready to draw.

use index::{First, Highlight, Hit, Matching};

use crate::language::Language;
use crate::pages::source::Source;
use crate::parameters::SearchParameters;
use crate::passages::beyond_title;
use crate::pieces::{Piece, pieces};

/// One document that was found.
pub struct HitView {
    /// Where it is shown.
    pub href: String,
    /// Its number.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its date as people write it, and as machines do.
    pub date: Option<(String, String)>,
    /// On what.
    pub topics: Vec<String>,
    /// Where it lies.
    pub path: String,
    /// Other files of the same text.
    pub other_paths: Vec<String>,
    /// The line to cite it by.
    pub source: String,
    /// Its best passages.
    pub passages: Vec<PassageView>,
    /// The others, one click away.
    pub further: Vec<PassageView>,
}

/// A passage, cut where its marks begin and end.
pub struct PassageView {
    text: Highlight,
    /// The heading it stands under.
    pub section: Option<String>,
    /// How it matched, in words, and as the API says it.
    pub matched: Option<(&'static str, &'static str)>,
    /// How sure the reading is.
    pub confidence: String,
    /// Whether the scan reads otherwise.
    pub restored: bool,
    /// Whether its first sentence begins before it.
    pub begun: bool,
    /// Whether its last sentence goes on behind it.
    pub goes_on: bool,
}

impl PassageView {
    /// The passage as restored.
    pub fn reading(&self) -> Vec<Piece<'_>> {
        pieces(&self.text.text, &self.text.ranges, &self.text.doubtful)
    }

    /// The passage as scanned.
    pub fn scanned(&self) -> Vec<Piece<'_>> {
        pieces(&self.text.scan, &self.text.scan_ranges, &[])
    }
}

/// The earliest document of a phrase.
pub struct FirstView {
    /// Where it is shown.
    pub href: String,
    /// Its number; its title or its file where it has none.
    pub name: String,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its date as people write it, and as machines do.
    pub date: Option<(String, String)>,
    /// How many documents have no date, if any.
    pub undated: Option<String>,
}

/// Makes the earliest document ready to draw; its link carries the search along.
pub fn first(asked: &SearchParameters, found: &First) -> FirstView {
    let language = asked.language();
    let document = &found.document;
    let name = document.number.as_ref().or(document.title.as_ref());
    FirstView {
        href: asked.address(&format!("/documents/{}", document.id)),
        name: name.unwrap_or(&document.path).clone(),
        issuer: document.issuer.as_ref().map(|issuer| issuer.name.clone()),
        date: document.date.map(|date| (language.date(date), date.to_string())),
        undated: (found.undated > 0).then(|| language.number(found.undated)),
    }
}

/// How many passages of a hit are shown at once.
const SHOWN: usize = 2;

/// Makes a hit ready to draw; its link carries the search along, so that the document shows the same places and leads back.
pub fn hit(asked: &SearchParameters, found: Hit) -> HitView {
    let language = asked.language();
    let mut passages = beyond_title(found.title.as_deref(), found.highlights);
    let further = passages.split_off(SHOWN.min(passages.len()));
    let views = |passages: Vec<Highlight>| {
        passages
            .into_iter()
            .map(|passage| passage_view(language, passage))
            .collect()
    };
    let source = Source {
        kind: found.kind.as_deref(),
        number: found.number.as_deref(),
        date: found.date,
        issuer: found.issuer.as_ref().map(|issuer| issuer.name.as_str()),
        heading: found.title.as_deref().unwrap_or(&found.path),
    };
    HitView {
        href: asked.address(&format!("/documents/{}", found.id)),
        source: source.line(),
        number: found.number,
        kind: found.kind,
        title: found.title,
        issuer: found.issuer.map(|issuer| issuer.name),
        date: found.date.map(|date| (language.date(date), date.to_string())),
        topics: found.topics,
        path: found.path,
        other_paths: found.other_paths,
        passages: views(passages),
        further: views(further),
    }
}

fn passage_view(language: Language, passage: Highlight) -> PassageView {
    let name = |matching| match matching {
        Matching::Marked => "marked",
        Matching::Bare => "bare",
        Matching::Scan => "scan",
    };
    let begun = passage
        .text
        .starts_with(|first: char| first.is_lowercase() || first == ',');
    // A heading that matches is its own section, and ends where it ends.
    let is_heading = passage
        .section
        .as_ref()
        .is_some_and(|section| section.to_lowercase() == passage.text.trim().to_lowercase());
    let goes_on = !is_heading
        && passage
            .text
            .trim_end()
            .ends_with(|last: char| last.is_alphanumeric() || last == ',');
    PassageView {
        // A number alone says nothing that the passage does not begin with.
        section: passage
            .section
            .clone()
            .filter(|section| !is_heading && section.chars().filter(|c| c.is_alphabetic()).count() > 3),
        begun,
        goes_on,
        matched: passage
            .matched
            .map(|matching| (language.matching(matching), name(matching))),
        confidence: language.percent(passage.confidence),
        restored: passage.scan != passage.text,
        text: passage,
    }
}
