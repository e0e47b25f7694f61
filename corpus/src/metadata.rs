//! What a document says of itself: number, kind, issuer, date, title, signatory.

mod about;
mod authority;
pub(crate) mod body;
mod bounds;
mod card;
pub(crate) mod case;
pub(crate) mod date;
mod header;
mod institution;
mod issued;
mod issuer;
pub(crate) mod kind;
mod letterhead;
pub(crate) mod lines;
mod marks;
mod motto;
mod name_table;
mod naming;
pub(crate) mod number;
mod person;
mod reading;
mod recipients;
mod school;
mod seat;
mod seating;
mod signature;
mod speaker;
pub(crate) mod symbol;
mod symbolic;
mod tail;
mod title;
pub mod topics;

use std::fmt;

use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;

use crate::Date;
use crate::citations::Citation;
use crate::citations::opening::Opening;
use crate::document::Paper;
use crate::problem::Problem;

pub(crate) use signature::name_among;

/// A value read from a document, how sure it is, and the words it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// What was read.
    pub value: T,
    /// 0 to 1; 1 for a person's correction.
    pub confidence: f32,
    /// The places it was read from; empty for a correction.
    pub evidence: Vec<Span>,
    /// Whether a person said it.
    pub corrected: bool,
}

/// A document number in canonical form, with marks: `69-KH/BTGTU`, `08/2025/NQ-CP`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentNumber(pub String);

impl DocumentNumber {
    /// Reads a number typed in any spelling; none if the text does not read as one.
    ///
    /// ```
    /// use corpus::metadata::DocumentNumber;
    /// assert_eq!(DocumentNumber::parse("69 kh btgtu").unwrap().0, "69-KH/BTGTU");
    /// ```
    pub fn parse(typed: &str) -> Option<Self> {
        number::typed(typed)
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How high a body stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Trung ương.
    #[serde(rename = "trung ương")]
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    #[serde(rename = "tỉnh")]
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (to 30 June 2025).
    #[serde(rename = "huyện")]
    District,
    /// Xã, phường, đặc khu.
    #[serde(rename = "xã")]
    Commune,
}

impl Level {
    /// The Vietnamese word, as the API gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Central => "trung ương",
            Self::Province => "tỉnh",
            Self::District => "huyện",
            Self::Commune => "xã",
        }
    }
}

/// The body that issued a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issuer {
    /// The canonical name: `Ban Tuyên giáo Tỉnh ủy Lâm Đồng`.
    pub name: String,
    /// How high it stands.
    pub level: Option<Level>,
    /// The province in force on the date, without `tỉnh`; none for central bodies.
    pub province: Option<String>,
    /// The province that holds the place today, where it differs.
    pub province_today: Option<String>,
    /// Other names under which it is searched: predecessor, successor, abbreviation.
    pub aliases: Vec<String>,
}

/// All facts of a document; what is unknown is `None`, never a guess.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// Số, ký hiệu.
    pub number: Option<Fact<DocumentNumber>>,
    /// Loại văn bản, as the heading says it: `Kế hoạch`.
    pub kind: Option<Fact<String>>,
    /// Cơ quan ban hành.
    pub issuer: Option<Fact<Issuer>>,
    /// Ngày ban hành.
    pub date: Option<Fact<Date>>,
    /// Where it was issued: `Lâm Đồng`.
    pub place: Option<Fact<String>>,
    /// Trích yếu, without the kind, in the case it would have in a sentence.
    pub title: Option<Fact<String>>,
    /// Người ký, the name alone.
    pub signatory: Option<Fact<String>>,
    /// The document of the same body that lent the spelling of a scanned name, by its number: see [`crate::signers`].
    pub signatory_lent_by: Option<String>,
    /// Chức vụ: `Phó Bí thư Thường trực`.
    pub signatory_title: Option<Fact<String>>,
    /// On whose behalf: `T/M BAN THƯỜNG VỤ`.
    pub signed_for: Option<Fact<String>>,
    /// `Mật`, `Tối mật`, `Tuyệt mật`.
    pub confidentiality: Option<Fact<String>>,
    /// `Khẩn`, `Thượng khẩn`, `Hỏa tốc`.
    pub urgency: Option<Fact<String>>,
    /// Whether it is a draft.
    pub draft: Option<Fact<bool>>,
    /// Nơi nhận, a line each.
    pub recipients: Vec<Fact<String>>,
    /// Topics of the fixed list, with the words that decided each.
    pub topics: Vec<Fact<String>>,
    /// The last day by which the document wants the report or completion of the whole.
    pub deadline: Option<Fact<Date>>,
    /// Issued no earlier than this day.
    pub not_before: Option<Fact<Date>>,
    /// Issued no later than this day.
    pub not_after: Option<Fact<Date>>,
}

/// Reads what `paper` says of itself, and what of it was doubtful.
///
/// What cannot be read is `None`: a text that is no document gives no number, no date and no issuer.
pub fn read(paper: &Paper<'_>) -> (Metadata, Vec<Problem>) {
    let (metadata, _, problems) = reading::read(paper);
    (metadata, problems)
}

/// Reads what `paper` says of itself and the documents it names, each of which helps to read the other.
pub fn read_with_citations(paper: &Paper<'_>) -> (Metadata, Vec<Citation>, Vec<Problem>) {
    reading::read(paper)
}

/// Where `paper`, which bears the document numbers `numbers`, says what it rests on, up to byte `last` of its text.
pub(crate) fn opening_of(paper: &Paper<'_>, numbers: &[number::Found], last: usize) -> Opening {
    let cut = reading::cut(paper);
    let header = header::Header::of(paper, &cut, numbers);
    reading::opening(&cut, &header, title::read(&header).as_ref(), last)
}
