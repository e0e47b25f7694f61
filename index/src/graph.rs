//! Who cites whom: the documents of the index as a graph, from a directive down to the plans that carry it out.

mod identity;
mod shelf;
mod sisters;
pub(crate) mod tally;
mod tree;

use corpus::Date;
use corpus::citations::{Citation, CitationRole};
use corpus::metadata::{DocumentNumber, Issuer};

use self::identity::means;
use self::shelf::{Known, Shelf};
use self::sisters::Sisters;
use self::tally::Cited;
use self::tree::{Root, Tree};
use crate::error::SearchError;
use crate::plan::squash_number;
use crate::searcher::Searcher;

/// A document, as others point to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its path, relative to the crawled folder.
    pub path: String,
    /// Its number.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<Issuer>,
    /// When.
    pub date: Option<Date>,
}

/// A document that cites another, and to what end.
#[derive(Debug, Clone, PartialEq)]
pub struct Citing {
    /// The document.
    pub document: Entry,
    /// What it does with the one it cites.
    pub role: CitationRole,
}

/// What a number stands for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolved {
    /// The number in canonical form; none if nothing in the text reads as one.
    pub number: Option<DocumentNumber>,
    /// The documents of this number; several where numbers repeat.
    pub documents: Vec<Entry>,
    /// The documents that cite it, the newest first.
    pub cited_by: Vec<Citing>,
}

/// A document of an implementation tree, with those that carry it out.
///
/// A document that (through others) carries out itself stands in the tree once.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// Its number, as it is cited or as it says itself.
    pub number: Option<DocumentNumber>,
    /// The document; none if the corpus lacks it.
    pub document: Option<Entry>,
    /// Those that carry it out, the earliest first, unknown dates last.
    pub carried_out_by: Vec<Branch>,
    /// Sister bodies of those that carried it out, known to the corpus at its date, of which no such document is there.
    pub absent: Vec<String>,
}

/// All documents that carry out the same one.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// The number of what is carried out.
    pub number: DocumentNumber,
    /// The document itself; none if the corpus lacks it.
    pub basis: Option<Entry>,
    /// Its title, from the document or as it is cited.
    pub title: Option<String>,
    /// Those that carry it out, directly or through one another, the earliest first, unknown dates last.
    pub documents: Vec<Entry>,
}

/// A document that is cited, but is not in the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// Its number.
    pub number: DocumentNumber,
    /// Its kind, as most of those that cite it say.
    pub kind: Option<String>,
    /// Its date, as most of those that cite it say.
    pub date: Option<Date>,
    /// Its issuer, as most of those that cite it say.
    pub issuer: Option<String>,
    /// Its title, as most of those that cite it say.
    pub title: Option<String>,
    /// How many documents cite it.
    pub count: usize,
}

impl Searcher {
    /// What `typed` stands for: a document number in any spelling (`69 kh btgtu`, `S6 69-KH/BTGTU`).
    pub fn resolve(&self, typed: &str) -> Result<Resolved, SearchError> {
        let Some(number) = DocumentNumber::parse(typed) else {
            return Ok(Resolved::default());
        };
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let mut documents = shelf.bearing(&number)?;
        documents.sort_by_key(|known| (std::cmp::Reverse(known.summary.date), known.summary.id.clone()));
        let key = squash_number(&number.0);
        let cited_by = shelf.citing(&number)?.into_iter().filter_map(|known| {
            let same = |citation: &&Citation| squash_number(&citation.number.0) == key;
            let role = known
                .summary
                .citations
                .iter()
                .filter(same)
                .map(|citation| citation.role)
                .min()?;
            Some(Citing {
                document: known.entry(),
                role,
            })
        });
        let cited_by = newest_first(cited_by.collect());
        let documents = documents.iter().map(Known::entry).collect();
        Ok(Resolved {
            number: Some(number),
            documents,
            cited_by,
        })
    }

    /// The documents that each citation of a document stands for, in the order of `Document::citations`.
    ///
    /// Number, issuer and date are compared together, since numbers repeat; an empty list where the corpus lacks it.
    pub fn cited(&self, id: &str) -> Result<Vec<Vec<Entry>>, SearchError> {
        let Some((document, _)) = self.document(id)? else {
            return Ok(Vec::new());
        };
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let issuer = document.metadata.issuer.as_ref().map(|fact| &fact.value);
        let find = |citation: &Citation| {
            let mut found = shelf.bearing(&citation.number)?;
            found.retain(|known| known.summary.id != id && means(citation, issuer, &known.summary));
            Ok(found.iter().map(Known::entry).collect())
        };
        document.citations.iter().map(find).collect()
    }

    /// The documents that cite a document, the newest first.
    pub fn cited_by(&self, id: &str) -> Result<Vec<Citing>, SearchError> {
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let Some(cited) = shelf.of_id(id)? else {
            return Ok(Vec::new());
        };
        let Some(number) = cited.summary.number.clone().map(DocumentNumber) else {
            return Ok(Vec::new());
        };
        let citing = shelf.citing(&number)?.into_iter().filter_map(|known| {
            let issuer = known.summary.issuer.as_ref();
            let meant = |citation: &&Citation| means(citation, issuer, &cited.summary);
            let role = known
                .summary
                .citations
                .iter()
                .filter(meant)
                .map(|citation| citation.role)
                .min()?;
            (known.summary.id != id).then(|| Citing {
                document: known.entry(),
                role,
            })
        });
        Ok(newest_first(citing.collect()))
    }

    /// The implementation tree below a document; none if there is no such document.
    pub fn implementation(&self, id: &str) -> Result<Option<Branch>, SearchError> {
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let Some(known) = shelf.of_id(id)? else {
            return Ok(None);
        };
        let Some(root) = tree::root_of(&known) else {
            // Nothing can cite a document without a number.
            let document = Some(known.entry());
            return Ok(Some(Branch {
                number: None,
                document,
                carried_out_by: Vec::new(),
                absent: Vec::new(),
            }));
        };
        let tree = Tree::grow(&shelf, root)?;
        Ok(Some(tree.branch(&Sisters::of(&snapshot))))
    }

    /// What at least two documents carry out, the most followed first, at most `limit`.
    pub fn campaigns(&self, limit: usize) -> Result<Vec<Campaign>, SearchError> {
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let mut followed: Vec<&Cited> = snapshot.cited()?.iter().filter(|cited| cited.carried_out > 1).collect();
        followed.sort_by(|a, b| b.carried_out.cmp(&a.carried_out).then_with(|| a.number.cmp(&b.number)));
        let mut campaigns = Vec::new();
        for cited in followed.into_iter().take(limit) {
            let campaign = campaign(&shelf, cited.number.clone(), Some(cited))?;
            campaigns.extend(campaign.filter(|campaign| campaign.documents.len() > 1));
        }
        Ok(campaigns)
    }

    /// The campaign of one number in canonical form; none if no document carries it out.
    pub fn campaign(&self, number: &str) -> Result<Option<Campaign>, SearchError> {
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let number = DocumentNumber::parse(number).unwrap_or_else(|| DocumentNumber(number.to_owned()));
        let cited = snapshot.cited()?.iter().find(|cited| cited.number == number);
        campaign(&shelf, number, cited)
    }

    /// Documents that are cited but missing, the most cited first, at most `limit`.
    pub fn missing(&self, limit: usize) -> Result<Vec<Missing>, SearchError> {
        let snapshot = self.snapshot();
        let shelf = Shelf::open(&snapshot)?;
        let mut missing = Vec::new();
        for cited in snapshot.cited()? {
            if missing.len() >= limit {
                break;
            }
            let (citation, issuer) = &cited.example;
            let there = shelf.bearing(&cited.number)?;
            if there
                .iter()
                .any(|known| means(citation, issuer.as_ref(), &known.summary))
            {
                continue;
            }
            missing.push(Missing {
                number: cited.number.clone(),
                kind: cited.kind(),
                date: cited.date(),
                issuer: cited.issuer(),
                title: cited.title(),
                count: cited.count,
            });
        }
        Ok(missing)
    }
}

/// All that carry out `number`, under the document itself where the corpus has it.
fn campaign(shelf: &Shelf<'_>, number: DocumentNumber, cited: Option<&Cited>) -> Result<Option<Campaign>, SearchError> {
    let mut bearing = shelf.bearing(&number)?;
    let meant =
        |known: &Known| cited.is_none_or(|cited| means(&cited.example.0, cited.example.1.as_ref(), &known.summary));
    bearing.retain(meant);
    bearing.sort_by_key(|known| {
        (
            known.summary.date.is_none(),
            known.summary.date,
            known.summary.id.clone(),
        )
    });
    let basis = bearing.into_iter().next();
    let title = basis
        .as_ref()
        .and_then(|known| known.summary.title.clone())
        .or_else(|| cited.and_then(Cited::title));
    let entry = basis.as_ref().map(Known::entry);
    let root = Root {
        number: number.clone(),
        date: cited.and_then(Cited::date),
        document: basis,
    };
    let documents: Vec<Entry> = Tree::grow(shelf, root)?
        .into_documents()
        .iter()
        .map(Known::entry)
        .collect();
    let campaign = Campaign {
        number,
        basis: entry,
        title,
        documents,
    };
    Ok(Some(campaign).filter(|campaign| !campaign.documents.is_empty()))
}

/// How many citing documents a list holds at most.
const MOST_CITING: usize = 1_000;

fn newest_first(mut citing: Vec<Citing>) -> Vec<Citing> {
    citing.sort_by(|a, b| {
        b.document
            .date
            .cmp(&a.document.date)
            .then_with(|| a.document.id.cmp(&b.document.id))
    });
    citing.truncate(MOST_CITING);
    citing
}
