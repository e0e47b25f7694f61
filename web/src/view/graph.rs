//! Who cites whom, as programs see it.

use corpus::citations::CitationRole;
use index::{Branch, Campaign, Citing, Entry, Missing, Resolved};
use serde::Serialize;
use utoipa::ToSchema;

use super::Issuer;
use super::document::{href, role_name};

/// A document, as others point to it; what is unknown is null.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryView {
    /// Its id.
    pub id: String,
    /// Where it is told of.
    #[schema(example = "/api/v1/documents/0326977b5d611b9a")]
    pub href: String,
    /// Where it lies, relative to the crawled folder.
    pub path: String,
    /// Its number.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<Issuer>,
    /// When (ISO).
    pub date: Option<String>,
}

/// A document that cites another.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CitingView {
    /// The document.
    #[serde(flatten)]
    pub document: EntryView,
    /// What it does with the one it cites: `basis`, `implements`, `amends` or `mentions`.
    pub role: &'static str,
}

/// What a number stands for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolvedView {
    /// The number in canonical form.
    #[schema(example = "69-KH/BTGTU")]
    pub number: String,
    /// The documents of this number; several where numbers repeat.
    pub documents: Vec<EntryView>,
    /// The documents that cite it, the newest first.
    pub cited_by: Vec<CitingView>,
}

/// A document of an implementation tree, with those that carry it out.
#[derive(Debug, Serialize, ToSchema)]
pub struct BranchView {
    /// Its number.
    pub number: Option<String>,
    /// The document; null if the corpus lacks it.
    pub document: Option<EntryView>,
    /// Those that carry it out, the earliest first, unknown dates last.
    #[schema(no_recursion)]
    pub carried_out_by: Vec<BranchView>,
    /// Sister bodies known to the corpus of which no such document is there.
    pub absent: Vec<String>,
}

/// Documents that carry out the same one.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignView {
    /// The number of what is carried out.
    pub number: String,
    /// The document itself; null if the corpus lacks it.
    pub basis: Option<EntryView>,
    /// Its title.
    pub title: Option<String>,
    /// How many documents carry it out.
    pub count: usize,
    /// Those that carry it out, the earliest first, unknown dates last.
    pub documents: Vec<EntryView>,
}

/// The campaigns of a corpus.
#[derive(Debug, Serialize, ToSchema)]
pub struct Campaigns {
    /// The most followed first.
    pub campaigns: Vec<CampaignView>,
}

/// A document that is cited, but is not in the corpus; its facts are as most of those that cite it say.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingView {
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Its date (ISO).
    pub date: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// How many documents cite it.
    pub cited_by_count: usize,
    /// Where those that cite it are found.
    pub href: String,
}

/// The documents that a corpus cites but lacks.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingDocuments {
    /// The most cited first.
    pub missing: Vec<MissingView>,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            href: href(&entry.id),
            id: entry.id,
            path: entry.path,
            number: entry.number,
            kind: entry.kind,
            title: entry.title,
            issuer: entry.issuer.as_ref().map(Issuer::from),
            date: entry.date.map(|date| date.to_string()),
        }
    }
}

impl From<Citing> for CitingView {
    fn from(citing: Citing) -> Self {
        Self {
            document: citing.document.into(),
            role: role_name(citing.role),
        }
    }
}

impl ResolvedView {
    /// What a number stands for; none if nothing read as a number.
    pub fn new(resolved: Resolved) -> Option<Self> {
        Some(Self {
            number: resolved.number?.to_string(),
            documents: resolved.documents.into_iter().map(EntryView::from).collect(),
            cited_by: resolved.cited_by.into_iter().map(CitingView::from).collect(),
        })
    }
}

impl From<Branch> for BranchView {
    fn from(branch: Branch) -> Self {
        Self {
            number: branch.number.map(|number| number.to_string()),
            document: branch.document.map(EntryView::from),
            carried_out_by: branch.carried_out_by.into_iter().map(BranchView::from).collect(),
            absent: branch.absent,
        }
    }
}

impl From<Campaign> for CampaignView {
    fn from(campaign: Campaign) -> Self {
        Self {
            number: campaign.number.to_string(),
            basis: campaign.basis.map(EntryView::from),
            title: campaign.title,
            count: campaign.documents.len(),
            documents: campaign.documents.into_iter().map(EntryView::from).collect(),
        }
    }
}

impl From<Missing> for MissingView {
    fn from(missing: Missing) -> Self {
        let number = missing.number.to_string();
        Self {
            href: crate::parameters::address("/api/v1/resolve", &[("number", number.as_str())]),
            number,
            kind: missing.kind,
            date: missing.date.map(|date| date.to_string()),
            issuer: missing.issuer,
            title: missing.title,
            cited_by_count: missing.count,
        }
    }
}

/// Whether a document that cites in this role carries out or rests on what it cites.
pub fn is_basis(role: CitationRole) -> bool {
    matches!(role, CitationRole::Basis | CitationRole::Implements)
}
