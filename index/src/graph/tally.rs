//! How often each number is cited and carried out, counted once over all summaries.

use corpus::Date;
use corpus::citations::{Citation, CitationRole};
use corpus::metadata::DocumentNumber;
use rustc_hash::FxHashMap;

use crate::error::SearchError;
use crate::graph::identity::is_local;
use crate::plan::squash_number;
use crate::snapshot::Snapshot;
use crate::stored::{Summary, read_summary};

/// How many of the most cited numbers are kept.
const KEPT: usize = 5_000;
/// How many different sayings of one number are remembered.
const SAYINGS: usize = 12;

/// A number that documents cite, and what they say of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cited {
    /// The number.
    pub number: DocumentNumber,
    /// How many documents cite it.
    pub count: usize,
    /// How many of them carry it out.
    pub carried_out: usize,
    kinds: Sayings<String>,
    dates: Sayings<Date>,
    issuers: Sayings<String>,
    titles: Sayings<String>,
    /// One citation, with the issuer of the document it stands in, to find the document by.
    pub example: (Citation, Option<corpus::metadata::Issuer>),
}

impl Cited {
    /// Its kind, as most say.
    pub fn kind(&self) -> Option<String> {
        self.kinds.most()
    }

    /// Its day, as most say.
    pub fn date(&self) -> Option<Date> {
        self.dates.most()
    }

    /// Its issuer, as most say.
    pub fn issuer(&self) -> Option<String> {
        self.issuers.most()
    }

    /// Its title, as most say.
    pub fn title(&self) -> Option<String> {
        self.titles.most()
    }
}

/// What was said, and how often.
#[derive(Debug, Clone, PartialEq)]
struct Sayings<T>(Vec<(T, u32)>);

impl<T: Clone + PartialEq> Sayings<T> {
    fn hear(&mut self, said: Option<&T>) {
        let Some(said) = said else { return };
        if let Some((_, count)) = self.0.iter_mut().find(|(known, _)| known == said) {
            *count += 1;
        } else if self.0.len() < SAYINGS {
            self.0.push((said.clone(), 1));
        }
    }

    fn most(&self) -> Option<T> {
        // The first of equals: documents come in the order of the index.
        let most = self.0.iter().map(|(_, count)| *count).max()?;
        self.0
            .iter()
            .find(|(_, count)| *count == most)
            .map(|(said, _)| said.clone())
    }
}

/// Counts all citations of a snapshot, the most cited first.
///
/// Numbers that every province gives are counted by the province of those that cite them.
pub(crate) fn count(snapshot: &Snapshot) -> Result<Vec<Cited>, SearchError> {
    let mut tallies: FxHashMap<(String, Option<String>), Cited> = FxHashMap::default();
    for segment in 0..snapshot.segment_count() {
        snapshot.each_summary(segment, |_, bytes| {
            add(&mut tallies, &read_summary(bytes)?);
            Ok(())
        })?;
    }
    let mut cited: Vec<Cited> = tallies.into_values().collect();
    cited.sort_by(|a, b| {
        b.count
            .cmp(&a.count)
            .then_with(|| a.number.cmp(&b.number))
            .then_with(|| a.date().cmp(&b.date()))
    });
    cited.truncate(KEPT);
    Ok(cited)
}

fn add(tallies: &mut FxHashMap<(String, Option<String>), Cited>, summary: &Summary) {
    let province = summary.issuer.as_ref().and_then(|issuer| issuer.province.clone());
    for citation in &summary.citations {
        let scope = if is_local(&citation.number.0) {
            province.clone()
        } else {
            None
        };
        let cited = tallies
            .entry((squash_number(&citation.number.0), scope))
            .or_insert_with(|| Cited {
                number: citation.number.clone(),
                count: 0,
                carried_out: 0,
                kinds: Sayings(Vec::new()),
                dates: Sayings(Vec::new()),
                issuers: Sayings(Vec::new()),
                titles: Sayings(Vec::new()),
                example: (citation.clone(), summary.issuer.clone()),
            });
        cited.count += 1;
        cited.carried_out +=
            usize::from(matches!(citation.role, CitationRole::Implements) || rests_on_guidance(citation));
        cited.kinds.hear(citation.kind.as_ref());
        cited.dates.hear(citation.date.as_ref());
        cited.issuers.hear(citation.issuer.as_ref());
        cited.titles.hear(citation.title.as_ref());
        // The fullest citation finds the document best.
        if cited.example.0.date.is_none() && citation.date.is_some() {
            cited.example = (citation.clone(), summary.issuer.clone());
        }
    }
}

/// Whether a document rests on one that gives a task, not on a law that merely empowers it.
fn rests_on_guidance(citation: &Citation) -> bool {
    const TASKS: [&str; 9] = [
        "Kế hoạch",
        "Hướng dẫn",
        "Chỉ thị",
        "Kết luận",
        "Chương trình",
        "Chương trình hành động",
        "Thông tri",
        "Công văn",
        "Công điện",
    ];
    citation.role == CitationRole::Basis && citation.kind.as_deref().is_some_and(|kind| TASKS.contains(&kind))
}
