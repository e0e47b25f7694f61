//! A hit of the search page, ready to draw.

use index::{Highlight, Hit, Matching};

use crate::language::Language;
use crate::parameters::{SearchParameters, address};
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

/// How many passages of a hit are shown at once.
const SHOWN: usize = 2;

/// Makes a hit ready to draw; its link carries the query along, so that the document shows the same places.
pub fn hit(asked: &SearchParameters, found: Hit) -> HitView {
    let language = asked.language();
    let carried: Vec<(&str, &str)> = asked
        .pairs()
        .into_iter()
        .filter(|(name, _)| ["q", "match", "lang"].contains(name))
        .collect();
    let mut passages = found.highlights;
    // The title stands above in full: as a passage it is repeated only if nothing else matches.
    let repeated = |passage: &Highlight| found.title.as_ref().is_some_and(|title| repeats(title, &passage.text));
    if !passages.iter().all(repeated) {
        passages.retain(|passage| !repeated(passage));
    }
    let further = passages.split_off(SHOWN.min(passages.len()));
    let views = |passages: Vec<Highlight>| {
        passages
            .into_iter()
            .map(|passage| passage_view(language, passage))
            .collect()
    };
    HitView {
        href: address(&format!("/documents/{}", found.id), &carried),
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
    PassageView {
        section: passage.section.clone(),
        matched: passage
            .matched
            .map(|matching| (language.matching(matching), name(matching))),
        confidence: language.percent(passage.confidence),
        restored: passage.scan != passage.text,
        text: passage,
    }
}

/// Whether a passage is the title once more, in whatever case and with or without `về`.
fn repeats(title: &str, passage: &str) -> bool {
    let (title, passage) = (title.to_lowercase(), passage.to_lowercase());
    let subject = passage.strip_prefix("về ").unwrap_or(&passage);
    title.contains(subject) || subject.contains(&title)
}
