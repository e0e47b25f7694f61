//! What a person knows better: corrections of facts, kept in one small table for a folder.
//!
//! The table is the file `corrections.tsv` at the top of the crawled folder. Each line corrects one fact of one document,
//! in three columns parted by tabs, so that any editor or spreadsheet can write it:
//!
//! ```text
//! # văn bản               trường    giá trị
//! 2024/ke-hoach-69.txt    date      2024-04-16
//! 2024/ke-hoach-69.txt    issuer    Ban Tuyên giáo Tỉnh ủy Lâm Đồng
//! 3f2a90c1d4e5b677        topics    đối ngoại; tuyên giáo
//! 2024/cong-van.txt       deadline  -
//! ```
//!
//! - The document is named by its path inside the folder, or by its id; a correction by id follows a file that moves.
//! - The field is one of [`Field::ALL`]; the value is written as the API gives it. Days are `2024-04-16` or `16/4/2024`,
//!   lists are parted by `;`, and `-` says that there is none.
//! - Lines that begin with `#` are notes. Where two lines correct the same fact, the later one holds.
//!
//! Corrections win over what the machine reads, whatever is read anew. A line that cannot be understood is told with its
//! number, and the others hold.

use std::path::Path;
use std::{fs, io};

use rustc_hash::FxHashMap;

use crate::Date;
use crate::citations::{Citation, CitationRole};
use crate::document::{Document, DocumentId};
use crate::metadata::{DocumentNumber, Fact, Issuer, Level, Metadata};

/// The name of the table in a crawled folder.
pub const FILE_NAME: &str = "corrections.tsv";

/// The value that says that there is none.
const NONE: &str = "-";

/// A fact that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Số, ký hiệu.
    Number,
    /// Loại văn bản.
    Kind,
    /// Cơ quan ban hành: its name.
    Issuer,
    /// Its level.
    Level,
    /// Its province.
    Province,
    /// Ngày ban hành.
    Date,
    /// Where it was issued.
    Place,
    /// Trích yếu.
    Title,
    /// Người ký.
    Signatory,
    /// Chức vụ.
    SignatoryTitle,
    /// On whose behalf.
    SignedFor,
    /// Topics, a list.
    Topics,
    /// The last day for the whole.
    Deadline,
    /// Issued no earlier.
    NotBefore,
    /// Issued no later.
    NotAfter,
    /// What it rests on or carries out, a list of numbers.
    Basis,
    /// What else it names, a list of numbers.
    Cites,
}

impl Field {
    /// All fields, by the names that the table and the API give them.
    pub const ALL: [(&'static str, Self); 17] = [
        ("number", Self::Number),
        ("kind", Self::Kind),
        ("issuer", Self::Issuer),
        ("level", Self::Level),
        ("province", Self::Province),
        ("date", Self::Date),
        ("place", Self::Place),
        ("title", Self::Title),
        ("signatory", Self::Signatory),
        ("signatory_title", Self::SignatoryTitle),
        ("signed_for", Self::SignedFor),
        ("topics", Self::Topics),
        ("deadline", Self::Deadline),
        ("not_before", Self::NotBefore),
        ("not_after", Self::NotAfter),
        ("basis", Self::Basis),
        ("cites", Self::Cites),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find_map(|(known, field)| (*known == name).then_some(*field))
    }

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find_map(|(name, field)| (*field == self).then_some(*name))
            .unwrap_or_default()
    }
}

/// What a person says of one fact.
#[derive(Debug, Clone, PartialEq)]
struct Correction {
    field: Field,
    value: Value,
}

/// A value, understood; an empty list or `None` says that there is none.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(Option<String>),
    Day(Option<Date>),
    Level(Option<Level>),
    List(Vec<String>),
}

/// The corrections of one folder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corrections {
    by_document: FxHashMap<String, Vec<Correction>>,
    wrong: Vec<WrongLine>,
}

/// Why the table of a folder could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionsError {
    /// The system does not give it.
    #[error("{FILE_NAME} cannot be read: {kind}; without it, corrected facts would be lost")]
    Unreadable {
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// Not UTF-8.
    #[error("{FILE_NAME} is not in UTF-8; save it as UTF-8 text")]
    NotUtf8,
}

/// A line of the table that corrects nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WrongLine {
    /// Less than three columns.
    #[error("{FILE_NAME}, line {line}: three columns are needed, parted by tabs: document, field, value")]
    Columns {
        /// Counted from 1.
        line: usize,
    },
    /// No such field.
    #[error("{FILE_NAME}, line {line}: there is no field “{field}”; fields are {}", names())]
    Field {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        field: String,
    },
    /// No day of the calendar.
    #[error("{FILE_NAME}, line {line}: “{value}” is no day; write it as 2024-04-16")]
    Day {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        value: String,
    },
    /// None of the four levels.
    #[error("{FILE_NAME}, line {line}: “{value}” is no level; write trung ương, tỉnh, huyện or xã")]
    Level {
        /// Counted from 1.
        line: usize,
        /// What stands there.
        value: String,
    },
}

fn names() -> String {
    Field::ALL.map(|(name, _)| name).join(", ")
}

impl Corrections {
    /// Reads the table of `folder`; a folder without one has no corrections.
    ///
    /// # Errors
    ///
    /// When there is a table and it cannot be read: better to stop than to drop what a person wrote.
    pub fn load(folder: &Path) -> Result<Self, CorrectionsError> {
        match fs::read(folder.join(FILE_NAME)) {
            Ok(bytes) => String::from_utf8(bytes)
                .map(|text| Self::parse(&text))
                .map_err(|_| CorrectionsError::NotUtf8),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(CorrectionsError::Unreadable { kind: error.kind() }),
        }
    }

    /// Reads a table; what is wrong in it is in [`wrong_lines`](Self::wrong_lines).
    pub fn parse(table: &str) -> Self {
        let mut corrections = Self::default();
        for (line, row) in (1..).zip(table.trim_start_matches('\u{feff}').lines()) {
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            match parse_row(line, row) {
                Ok((document, correction)) => corrections.put(document, correction),
                Err(wrong) => corrections.wrong.push(wrong),
            }
        }
        corrections
    }

    fn put(&mut self, document: &str, correction: Correction) {
        let list = self.by_document.entry(document.to_owned()).or_default();
        list.retain(|other| other.field != correction.field);
        list.push(correction);
    }

    /// The lines that correct nothing, to be told to who wrote them.
    pub fn wrong_lines(&self) -> &[WrongLine] {
        &self.wrong
    }

    /// Whether there is nothing to correct.
    pub fn is_empty(&self) -> bool {
        self.by_document.is_empty()
    }

    /// A number that changes when the corrections of this document do; 0 where there are none.
    ///
    /// The index keeps it beside the document and reads the document again when it differs.
    pub fn fingerprint(&self, path: &str, id: &DocumentId) -> u64 {
        let mut hasher = blake3::Hasher::new();
        let mut any = false;
        for correction in self.of(path, id) {
            hasher.update(format!("{correction:?}\n").as_bytes());
            any = true;
        }
        if !any {
            return 0;
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_le_bytes(first)
    }

    /// Corrects the document that stands at `path` inside the folder.
    pub fn apply(&self, path: &str, document: &mut Document) {
        let corrections: Vec<Correction> = self.of(path, &document.id).cloned().collect();
        for correction in corrections {
            correct(document, correction);
        }
    }

    /// What is said of a document by its id, and then by its path.
    fn of<'a>(&'a self, path: &str, id: &DocumentId) -> impl Iterator<Item = &'a Correction> + use<'a> {
        let (by_id, by_path) = (self.by_document.get(&id.0), self.by_document.get(path));
        by_id.into_iter().chain(by_path).flatten()
    }
}

fn parse_row(line: usize, row: &str) -> Result<(&str, Correction), WrongLine> {
    let mut columns = row.splitn(3, '\t').map(str::trim);
    let (Some(document), Some(field), Some(value)) = (columns.next(), columns.next(), columns.next()) else {
        return Err(WrongLine::Columns { line });
    };
    if document.is_empty() || value.is_empty() {
        return Err(WrongLine::Columns { line });
    }
    let field = Field::named(field).ok_or_else(|| WrongLine::Field {
        line,
        field: field.to_owned(),
    })?;
    let value = parse_value(line, field, value)?;
    // A path that was copied from a terminal may begin with `./`.
    let document = document.strip_prefix("./").unwrap_or(document);
    Ok((document, Correction { field, value }))
}

fn parse_value(line: usize, field: Field, value: &str) -> Result<Value, WrongLine> {
    let given = (value != NONE).then_some(value);
    Ok(match field {
        Field::Date | Field::Deadline | Field::NotBefore | Field::NotAfter => Value::Day(match given {
            Some(value) => Some(day(value).ok_or_else(|| WrongLine::Day {
                line,
                value: value.to_owned(),
            })?),
            None => None,
        }),
        Field::Level => Value::Level(match given {
            Some(value) => Some(level(value).ok_or_else(|| WrongLine::Level {
                line,
                value: value.to_owned(),
            })?),
            None => None,
        }),
        Field::Topics | Field::Basis | Field::Cites => {
            let parts = given.unwrap_or_default().split(';').map(str::trim);
            Value::List(parts.filter(|part| !part.is_empty()).map(str::to_owned).collect())
        }
        _ => Value::Text(given.map(str::to_owned)),
    })
}

/// `2024-04-16`, `16/4/2024`, `16.4.2024`.
fn day(value: &str) -> Option<Date> {
    if let Ok(day) = value.parse() {
        return Some(day);
    }
    let parts: Vec<i16> = value
        .split(['/', '.'])
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    match parts[..] {
        [day, month, year] => Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok(),
        _ => None,
    }
}

fn level(value: &str) -> Option<Level> {
    let levels = [Level::Central, Level::Province, Level::District, Level::Commune];
    levels.into_iter().find(|level| level.name() == value)
}

/// A fact that a person said.
fn said<T>(value: T) -> Fact<T> {
    Fact {
        value,
        confidence: 1.0,
        evidence: Vec::new(),
        corrected: true,
    }
}

fn correct(document: &mut Document, Correction { field, value }: Correction) {
    let facts = &mut document.metadata;
    match (field, value) {
        (Field::Number, Value::Text(value)) => facts.number = value.map(DocumentNumber).map(said),
        (Field::Kind, Value::Text(value)) => facts.kind = value.map(said),
        (Field::Place, Value::Text(value)) => facts.place = value.map(said),
        (Field::Title, Value::Text(value)) => facts.title = value.map(said),
        (Field::Signatory, Value::Text(value)) => {
            facts.signatory = value.map(said);
            facts.signatory_lent_by = None;
        }
        (Field::SignatoryTitle, Value::Text(value)) => facts.signatory_title = value.map(said),
        (Field::SignedFor, Value::Text(value)) => facts.signed_for = value.map(said),
        (Field::Issuer | Field::Province, Value::Text(value)) => correct_issuer(facts, field, value),
        (Field::Level, Value::Level(level)) => issuer(facts).level = level,
        (Field::Date, Value::Day(day)) => facts.date = day.map(said),
        (Field::Deadline, Value::Day(day)) => facts.deadline = day.map(said),
        (Field::NotBefore, Value::Day(day)) => facts.not_before = day.map(said),
        (Field::NotAfter, Value::Day(day)) => facts.not_after = day.map(said),
        (Field::Topics, Value::List(topics)) => facts.topics = topics.into_iter().map(said).collect(),
        (Field::Basis, Value::List(numbers)) => correct_citations(&mut document.citations, numbers, true),
        (Field::Cites, Value::List(numbers)) => correct_citations(&mut document.citations, numbers, false),
        // `parse_value` gives each field its own sort of value.
        _ => {}
    }
}

fn correct_issuer(facts: &mut Metadata, field: Field, value: Option<String>) {
    match (field, value) {
        (Field::Issuer, None) => facts.issuer = None,
        (Field::Issuer, Some(name)) => {
            let issuer = issuer(facts);
            if issuer.name != name {
                issuer.aliases.clear();
            }
            issuer.name = name;
        }
        (_, province) => issuer(facts).province = province,
    }
}

/// The issuer, marked as corrected.
fn issuer(facts: &mut Metadata) -> &mut Issuer {
    let unknown = || Issuer {
        name: String::new(),
        level: None,
        province: None,
        province_today: None,
        aliases: Vec::new(),
    };
    let fact = facts.issuer.get_or_insert_with(|| said(unknown()));
    (fact.confidence, fact.corrected) = (1.0, true);
    fact.evidence.clear();
    &mut fact.value
}

/// Makes `numbers` the documents that are carried out, or the ones that are merely named.
fn correct_citations(citations: &mut Vec<Citation>, numbers: Vec<String>, as_basis: bool) {
    let is_basis = |role| matches!(role, CitationRole::Basis | CitationRole::Implements);
    let is_listed = |citation: &Citation| numbers.contains(&citation.number.0);
    let role = if as_basis {
        CitationRole::Implements
    } else {
        CitationRole::Mentions
    };
    citations.retain(|citation| as_basis || is_basis(citation.role) || is_listed(citation));
    for citation in citations.iter_mut() {
        if is_listed(citation) && is_basis(citation.role) != as_basis {
            (citation.role, citation.confidence) = (role, 1.0);
        } else if as_basis && is_basis(citation.role) && !is_listed(citation) {
            (citation.role, citation.confidence) = (CitationRole::Mentions, 1.0);
        }
    }
    for number in numbers {
        if citations.iter().all(|citation| citation.number.0 != number) {
            citations.push(Citation {
                number: DocumentNumber(number),
                kind: None,
                date: None,
                issuer: None,
                title: None,
                role,
                confidence: 1.0,
                spans: Vec::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests;
