//! Turns what was read of a document into its wire form.

use corpus::citations::Citation as Cited;
use corpus::metadata::{Fact, Issuer as Body};
use corpus::{Document, outline, problem};
use index::Entry;
use vietnamese::offsets::Span;
use vietnamese::restore::span_in_scan;

use super::super::Issuer;
use super::super::graph::{CitingView, is_basis};
use super::{
    Authority, Citation, DocumentView, Doubt, Field, Link, Metadata, Relations, Section, Stretch, Task, condition_name,
    href, role_name,
};
use crate::pieces::Characters;

/// A number that is cited thousands of times does not make its document an answer of thousands.
const CITED_BY_MOST: usize = 1000;

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
        .enumerate()
        .partition(|(_, citation)| is_basis(citation.role));
    let numbers = |citations: &[(usize, &Cited)]| citations.iter().map(|(_, cited)| cited.number.to_string()).collect();
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
        cited_by: relations
            .cited_by
            .iter()
            .take(CITED_BY_MOST)
            .cloned()
            .map(CitingView::from)
            .collect(),
        cited_by_count: relations.cited_by.len(),
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
    fn metadata(&self, basis: &[(usize, &Cited)], cites: &[(usize, &Cited)]) -> Metadata {
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
            signatory_lent_by: facts.signatory_lent_by.clone(),
            signatory_title: self.optional(&facts.signatory_title),
            signed_for: self.optional(&facts.signed_for),
            confidentiality: self.optional(&facts.confidentiality),
            urgency: self.optional(&facts.urgency),
            draft: facts.draft.as_ref().map(|fact| self.field(fact, |draft| *draft)),
            recipients: texts(&facts.recipients),
            topics: texts(&facts.topics),
            key_phrases: self.document.key_phrases(),
            basis: basis
                .iter()
                .map(|(place, cited)| self.citation(*place, cited))
                .collect(),
            cites: cites
                .iter()
                .map(|(place, cited)| self.citation(*place, cited))
                .collect(),
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

    fn citation(&self, place: usize, citation: &Cited) -> Citation {
        let link = |entry: &Entry| Link {
            id: entry.id.clone(),
            href: href(&entry.id),
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
            links: self.relations.cited_at(place).iter().map(link).collect(),
        }
    }

    fn section(&self, section: &outline::Section) -> Section {
        Section {
            level: section.level,
            marker: section.marker.clone(),
            title: section.title.clone(),
            role: section.role.map(index::role_name),
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

    fn problem(&self, problem: &problem::Problem) -> Doubt {
        Doubt {
            code: problem.kind.code(),
            about: problem.kind.about(),
            message: problem.kind.to_string(),
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
