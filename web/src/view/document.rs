//! A document as programs see it: `GET /api/v1/documents/{id}` and `vankien inspect --json`.
//!
//! The plain values stand at the top under the names they have in a hit; `metadata` holds each of them once more with its
//! confidence and evidence, so that a program may read either without knowing the other.

use std::collections::HashMap;

use corpus::citations::{Citation as Cited, CitationRole};
use corpus::metadata::{Fact, Issuer as Body};
use corpus::{Document, outline, problem};
use serde::Serialize;
use utoipa::ToSchema;
use vietnamese::offsets::Span;
use vietnamese::restore::{Condition, span_in_scan};

use super::Issuer;
use crate::pieces::Characters;

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
    /// Documents of the corpus that name this one.
    pub cited_by: Vec<CitedBy>,
    /// What was doubtful.
    pub problems: Vec<Problem>,
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

/// A document of the corpus that names this one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CitedBy {
    /// The document's id.
    pub id: String,
    /// Where it is told of.
    pub href: String,
    /// Its number.
    pub number: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its date (ISO).
    pub date: Option<String>,
    /// What it does with this one: `basis`, `implements`, `amends` or `mentions`.
    pub role: &'static str,
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
    /// What it is for, in Vietnamese: `tổ chức thực hiện`.
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
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The field or stage it is about.
    pub about: String,
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
    /// The documents that each cited number stands for, where they are in the corpus.
    pub resolved: HashMap<String, Vec<String>>,
    /// The documents that cite it.
    pub cited_by: Vec<CitedBy>,
}

/// The wire form of a document.
///
/// `paths` are where it lies, the first one first; a file outside an index has none.
pub fn document(document: &Document, paths: &[String], relations: &Relations) -> DocumentView {
    let text = Characters::of(&document.text);
    let reader = Reader {
        document,
        text: &text,
        relations,
    };
    let facts = &document.metadata;
    let (basis, cites): (Vec<_>, Vec<_>) = document
        .citations
        .iter()
        .partition(|citation| matches!(citation.role, CitationRole::Basis | CitationRole::Implements));
    let numbers = |citations: &[&Cited]| citations.iter().map(|citation| citation.number.to_string()).collect();
    DocumentView {
        id: document.id.0.clone(),
        path: paths.first().cloned(),
        other_paths: paths.get(1..).unwrap_or_default().to_vec(),
        number: plain(&facts.number),
        kind: plain(&facts.kind),
        issuer: facts.issuer.as_ref().map(|fact| Issuer::from(&fact.value)),
        date: plain(&facts.date),
        place: plain(&facts.place),
        title: plain(&facts.title),
        signatory: plain(&facts.signatory),
        signatory_title: plain(&facts.signatory_title),
        signed_for: plain(&facts.signed_for),
        basis: numbers(&basis),
        cites: numbers(&cites),
        topics: facts.topics.iter().map(|topic| topic.value.clone()).collect(),
        deadline: plain(&facts.deadline),
        not_before: plain(&facts.not_before),
        not_after: plain(&facts.not_after),
        metadata: reader.metadata(&basis, &cites),
        outline: document.outline.iter().map(|section| reader.section(section)).collect(),
        tasks: document.tasks.iter().map(|task| reader.task(task)).collect(),
        cited_by: relations.cited_by.clone(),
        problems: document
            .problems
            .iter()
            .map(|problem| reader.problem(problem))
            .collect(),
        conditions: document
            .judgements
            .iter()
            .map(|judged| Stretch {
                condition: condition_name(judged.condition),
                range: text.range(judged.text),
            })
            .collect(),
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

/// The Vietnamese name of a section's role, as facets and the query language have it.
pub fn section_role_name(role: outline::Role) -> &'static str {
    match role {
        outline::Role::Purpose => "mục đích yêu cầu",
        outline::Role::Content => "nội dung",
        outline::Role::Measures => "nhiệm vụ giải pháp",
        outline::Role::Form => "hình thức",
        outline::Role::Time => "thời gian",
        outline::Role::Execution => "tổ chức thực hiện",
        outline::Role::Recipients => "nơi nhận",
    }
}

fn plain<T: ToString>(fact: &Option<Fact<T>>) -> Option<String> {
    fact.as_ref().map(|fact| fact.value.to_string())
}

/// Reads the parts of one document into their wire forms.
struct Reader<'a> {
    document: &'a Document,
    text: &'a Characters,
    relations: &'a Relations,
}

impl Reader<'_> {
    fn metadata(&self, basis: &[&Cited], cites: &[&Cited]) -> Metadata {
        let facts = &self.document.metadata;
        let texts = |facts: &[Fact<String>]| facts.iter().map(|fact| self.field(fact, String::clone)).collect();
        Metadata {
            number: self.optional(&facts.number),
            kind: self.optional(&facts.kind),
            issuer: facts.issuer.as_ref().map(|fact| self.field(fact, authority)),
            date: self.optional(&facts.date),
            place: self.optional(&facts.place),
            title: self.optional(&facts.title),
            signatory: self.optional(&facts.signatory),
            signatory_title: self.optional(&facts.signatory_title),
            signed_for: self.optional(&facts.signed_for),
            confidentiality: self.optional(&facts.confidentiality),
            urgency: self.optional(&facts.urgency),
            draft: facts.draft.as_ref().map(|fact| self.field(fact, |draft| *draft)),
            recipients: texts(&facts.recipients),
            topics: texts(&facts.topics),
            key_phrases: facts.key_phrases.clone(),
            basis: basis.iter().map(|citation| self.citation(citation)).collect(),
            cites: cites.iter().map(|citation| self.citation(citation)).collect(),
            deadline: self.optional(&facts.deadline),
            not_before: self.optional(&facts.not_before),
            not_after: self.optional(&facts.not_after),
        }
    }

    fn optional<T: ToString>(&self, fact: &Option<Fact<T>>) -> Option<Field<String>> {
        fact.as_ref().map(|fact| self.field(fact, T::to_string))
    }

    fn field<T, V>(&self, fact: &Fact<T>, value: impl FnOnce(&T) -> V) -> Field<V> {
        Field {
            value: value(&fact.value),
            confidence: fact.confidence,
            evidence: self.scanned(&fact.evidence),
            ranges: fact.evidence.iter().map(|span| self.text.range(*span)).collect(),
            corrected: fact.corrected,
        }
    }

    fn citation(&self, citation: &Cited) -> Citation {
        let ids = self.relations.resolved.get(&citation.number.0);
        let link = |id: &String| Link {
            id: id.clone(),
            href: href(id),
        };
        Citation {
            number: citation.number.to_string(),
            kind: citation.kind.clone(),
            date: citation.date.map(|date| date.to_string()),
            issuer: citation.issuer.clone(),
            title: citation.title.clone(),
            role: role_name(citation.role),
            confidence: citation.confidence,
            evidence: self.scanned(&citation.spans),
            links: ids.into_iter().flatten().map(link).collect(),
        }
    }

    fn section(&self, section: &outline::Section) -> Section {
        Section {
            level: section.level,
            marker: section.marker.clone(),
            title: section.title.clone(),
            role: section.role.map(section_role_name),
            range: self.text.range(section.span),
        }
    }

    fn task(&self, task: &outline::Task) -> Task {
        Task {
            assignee: task.assignee.clone(),
            action: task.action.clone(),
            due: task.due.map(|date| date.to_string()),
            range: self.text.range(task.span),
        }
    }

    fn problem(&self, problem: &problem::Problem) -> Problem {
        Problem {
            about: problem.about.clone(),
            message: problem.message.clone(),
            evidence: problem.span.and_then(|span| self.scanned(&[span]).pop()),
        }
    }

    fn scanned(&self, spans: &[Span]) -> Vec<String> {
        let in_scan = spans.iter().map(|span| span_in_scan(&self.document.readings, *span));
        in_scan
            .filter_map(|span| Some(self.document.scan.get(span.range())?.to_owned()))
            .collect()
    }
}

fn authority(body: &Body) -> Authority {
    Authority {
        name: body.name.clone(),
        level: body.level.map(corpus::metadata::Level::name),
        province: body.province.clone(),
        province_today: body.province_today.clone(),
        aliases: body.aliases.clone(),
    }
}
