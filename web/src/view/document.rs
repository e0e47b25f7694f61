//! A document as programs see it: `GET /api/v1/documents/{id}` and `vankien inspect --json`.
//!
//! The plain values stand at the top under the names they have in a hit; `metadata` holds each of them once more with its
//! confidence and evidence, so that a program may read either without knowing the other.

mod reading;

pub use reading::document;

use corpus::citations::CitationRole;
use index::{Citing, Entry, SearchError, Searcher};
use serde::Serialize;
use utoipa::ToSchema;
use vietnamese::restore::Condition;

use super::Issuer;
use super::graph::CitingView;

/// Everything that was read of one document; what is unknown is null.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// Its name for other programs: 16 hexadecimal digits.
    pub id: String,
    /// Where it lies, relative to the crawled folder; null if it is not part of an index.
    pub path: Option<String>,
    /// Other files that hold the same text.
    pub other_paths: Vec<String>,
    /// Số, ký hiệu.
    #[schema(example = "69-KH/BTGTU")]
    pub number: Option<String>,
    /// Loại văn bản.
    pub kind: Option<String>,
    /// Cơ quan ban hành.
    pub issuer: Option<Issuer>,
    /// Ngày ban hành (ISO).
    pub date: Option<String>,
    /// Nơi ban hành.
    pub place: Option<String>,
    /// Trích yếu.
    pub title: Option<String>,
    /// Người ký.
    pub signatory: Option<String>,
    /// Chức vụ của người ký.
    pub signatory_title: Option<String>,
    /// `T/M BAN THƯỜNG VỤ`, `K/T TRƯỞNG BAN`, …
    pub signed_for: Option<String>,
    /// Numbers of the documents that it carries out or rests on.
    pub basis: Vec<String>,
    /// Every other document number in its text.
    pub cites: Vec<String>,
    /// On what, of the fixed list.
    pub topics: Vec<String>,
    /// The last day by which it wants the report or completion of the whole (ISO).
    pub deadline: Option<String>,
    /// Issued no earlier than this day (ISO).
    pub not_before: Option<String>,
    /// Issued no later than this day (ISO).
    pub not_after: Option<String>,
    /// The same fields, each with confidence and evidence.
    pub metadata: Metadata,
    /// Its parts, sections, articles and points, in order, flat with levels.
    pub outline: Vec<Section>,
    /// Who must do what by when.
    pub tasks: Vec<Task>,
    /// Documents of the corpus that name this one, the newest first; at most a thousand.
    pub cited_by: Vec<CitingView>,
    /// How many there are.
    pub cited_by_count: usize,
    /// What was doubtful.
    pub problems: Vec<Doubt>,
    /// In what condition each stretch of the text was found.
    pub conditions: Vec<Stretch>,
}

/// A field, how sure it is, and the words it was read from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Field<T> {
    /// What was read.
    pub value: T,
    /// 0 to 1; 1 for a person's correction.
    pub confidence: f32,
    /// The scanned words it was read from.
    pub evidence: Vec<String>,
    /// Where they stand in the restored text: character (Unicode scalar) offsets.
    pub ranges: Vec<[usize; 2]>,
    /// Whether a person said it.
    pub corrected: bool,
}

/// All fields with confidence and evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Metadata {
    /// Số, ký hiệu.
    pub number: Option<Field<String>>,
    /// Loại văn bản.
    pub kind: Option<Field<String>>,
    /// Cơ quan ban hành.
    pub issuer: Option<Field<Authority>>,
    /// Ngày ban hành (ISO).
    pub date: Option<Field<String>>,
    /// Nơi ban hành.
    pub place: Option<Field<String>>,
    /// Trích yếu.
    pub title: Option<Field<String>>,
    /// Người ký.
    pub signatory: Option<Field<String>>,
    /// The number of the document that lent the spelling of the signatory's name.
    pub signatory_lent_by: Option<String>,
    /// Chức vụ của người ký.
    pub signatory_title: Option<Field<String>>,
    /// On whose behalf.
    pub signed_for: Option<Field<String>>,
    /// `Mật`, `Tối mật`, `Tuyệt mật`.
    pub confidentiality: Option<Field<String>>,
    /// `Khẩn`, `Thượng khẩn`, `Hỏa tốc`.
    pub urgency: Option<Field<String>>,
    /// Whether it is a draft.
    pub draft: Option<Field<bool>>,
    /// Nơi nhận, a line each.
    pub recipients: Vec<Field<String>>,
    /// Topics, with the words that decided each.
    pub topics: Vec<Field<String>>,
    /// Key phrases, likeliest first.
    pub key_phrases: Vec<String>,
    /// The documents that it carries out or rests on.
    pub basis: Vec<Citation>,
    /// Every other document that it names.
    pub cites: Vec<Citation>,
    /// The day by which the whole is wanted (ISO).
    pub deadline: Option<Field<String>>,
    /// Issued no earlier than this day (ISO).
    pub not_before: Option<Field<String>>,
    /// Issued no later than this day (ISO).
    pub not_after: Option<Field<String>>,
}

/// An issuing body with what is known of it beyond a hit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Authority {
    /// Its canonical name.
    pub name: String,
    /// `trung ương`, `tỉnh`, `huyện` or `xã`.
    pub level: Option<&'static str>,
    /// The province in force on the date.
    pub province: Option<String>,
    /// The province that holds the place today, where it differs.
    pub province_today: Option<String>,
    /// Predecessor, successor, abbreviation.
    pub aliases: Vec<String>,
}

/// A document that the text names.
#[derive(Debug, Serialize, ToSchema)]
pub struct Citation {
    /// Its number.
    pub number: String,
    /// Its kind, where given.
    pub kind: Option<String>,
    /// Its date, where given (ISO).
    pub date: Option<String>,
    /// Its issuer, as the text names it.
    pub issuer: Option<String>,
    /// Its title, where given.
    pub title: Option<String>,
    /// `basis`, `implements`, `amends` or `mentions`.
    pub role: &'static str,
    /// 0 to 1.
    pub confidence: f32,
    /// The scanned words that name it.
    pub evidence: Vec<String>,
    /// The documents of the corpus that it may be; several where a number repeats.
    pub links: Vec<Link>,
}

/// A way to a document of the corpus.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Link {
    /// The document's id.
    pub id: String,
    /// Where it is told of.
    #[schema(example = "/api/v1/documents/0326977b5d611b9a")]
    pub href: String,
}

/// A part, section, article or point.
#[derive(Debug, Serialize, ToSchema)]
pub struct Section {
    /// Its depth, 1 for the top.
    pub level: u8,
    /// The sign it is counted by: `I.`, `Điều 5.`
    pub marker: String,
    /// Its title.
    pub title: String,
    /// What it is for, in Vietnamese: `tổ chức thực hiện`, `mục đích, yêu cầu`.
    pub role: Option<&'static str>,
    /// Where the whole of it stands in the restored text, in characters.
    pub range: [usize; 2],
}

/// Work given to somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct Task {
    /// Who.
    pub assignee: String,
    /// What.
    pub action: String,
    /// By when (ISO).
    pub due: Option<String>,
    /// Where it stands in the restored text, in characters.
    pub range: [usize; 2],
}

/// A doubt about the document.
///
/// Not named like the problem of an error: the description of the API knows types by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Doubt {
    /// What is doubtful, by a name that stays: `no-letterhead`, `several-dates`.
    pub code: &'static str,
    /// The field or stage it is about.
    pub about: &'static str,
    /// A sentence.
    pub message: String,
    /// The scanned words, if it is about one place.
    pub evidence: Option<String>,
}

/// A stretch of whole lines in one condition.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stretch {
    /// `clean`, `unmarked`, `scanned-english`, `scanned-vietnamese` or `garbage`.
    pub condition: &'static str,
    /// Where it stands in the restored text, in characters.
    pub range: [usize; 2],
}

/// What the corpus knows of a document beyond its own text; empty for a file outside an index.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// The documents that each of its citations stands for, in the order of the citations.
    pub cited: Vec<Vec<Entry>>,
    /// The documents that cite it, the newest first.
    pub cited_by: Vec<Citing>,
}

impl Relations {
    /// Asks the index for them.
    pub fn of(searcher: &Searcher, id: &str) -> Result<Self, SearchError> {
        Ok(Self {
            cited: searcher.cited(id)?,
            cited_by: searcher.cited_by(id)?,
        })
    }

    /// The documents that the citation at `place` stands for.
    pub fn cited_at(&self, place: usize) -> &[Entry] {
        self.cited.get(place).map_or(&[], Vec::as_slice)
    }
}

/// The address of a document in the API.
pub fn href(id: &str) -> String {
    format!("/api/v1/documents/{id}")
}

/// The wire name of what a document does with one that it cites.
pub fn role_name(role: CitationRole) -> &'static str {
    match role {
        CitationRole::Basis => "basis",
        CitationRole::Implements => "implements",
        CitationRole::Amends => "amends",
        CitationRole::Mentions => "mentions",
    }
}

/// The wire name of a condition.
pub fn condition_name(condition: Condition) -> &'static str {
    match condition {
        Condition::Clean => "clean",
        Condition::Unmarked => "unmarked",
        Condition::ScannedEnglish => "scanned-english",
        Condition::ScannedVietnamese => "scanned-vietnamese",
        Condition::Garbage => "garbage",
    }
}
