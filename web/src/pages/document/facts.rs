//! The facts of a document and what it asks for, ready to draw.

use corpus::Document;
use corpus::metadata::{Fact, Metadata};
use vietnamese::offsets::Span;
use vietnamese::restore::span_in_scan;

use super::text::evidence_anchor;
use crate::language::{Language, Words};
use crate::parameters::Facet;

/// One fact.
pub struct FactView {
    /// What it is; empty for a further value of the fact before.
    pub label: &'static str,
    /// What was read; none where nothing was found.
    pub value: Option<String>,
    /// How sure that is, in words.
    pub confidence: String,
    /// The same as a class: `sure`, `likely`, `unsure`.
    pub sureness: &'static str,
    /// The scanned words it was read from.
    pub evidence: Vec<String>,
    /// Where they stand in the text.
    pub anchor: Option<String>,
    /// Whether a person said it.
    pub corrected: bool,
}

/// Work given to somebody.
pub struct TaskView<'a> {
    /// Who.
    pub assignee: &'a str,
    /// What.
    pub action: &'a str,
    /// By when.
    pub due: String,
}

/// Where each field was read from.
pub fn evidence(metadata: &Metadata) -> Vec<(Span, &'static str)> {
    fn of<T>(fact: &Option<Fact<T>>, field: &'static str) -> Vec<(Span, &'static str)> {
        fact.iter()
            .flat_map(|fact| fact.evidence.iter().map(|span| (*span, field)))
            .collect()
    }
    let mut all = of(&metadata.number, "number");
    all.extend(of(&metadata.kind, "kind"));
    all.extend(of(&metadata.issuer, "issuer"));
    all.extend(of(&metadata.date, "date"));
    all.extend(of(&metadata.place, "place"));
    all.extend(of(&metadata.title, "title"));
    all.extend(of(&metadata.signatory, "signatory"));
    all.extend(of(&metadata.signatory_title, "signatory_title"));
    all.extend(of(&metadata.signed_for, "signed_for"));
    all.extend(of(&metadata.confidentiality, "confidentiality"));
    all.extend(of(&metadata.urgency, "urgency"));
    all.extend(of(&metadata.draft, "draft"));
    all.extend(of(&metadata.deadline, "deadline"));
    all.extend(of(&metadata.not_before, "not_before"));
    all.extend(of(&metadata.not_after, "not_after"));
    all
}

/// All facts in the order of a register; the first ones are shown even where nothing was found.
pub fn facts(document: &Document, language: Language) -> Vec<FactView> {
    let reader = Reader {
        document,
        language,
        words: language.words(),
    };
    let known = &document.metadata;
    let words = reader.words;
    let day = |date: &corpus::Date| language.date(*date);
    let text = String::clone;
    let mut facts = vec![
        reader.always(words.fact_number, "number", &known.number, ToString::to_string),
        reader.always(words.fact_kind, "kind", &known.kind, text),
        reader.always(words.fact_issuer, "issuer", &known.issuer, |issuer| issuer.name.clone()),
        reader.always(words.fact_date, "date", &known.date, day),
    ];
    facts.extend(reader.issuer_facts());
    facts.extend(reader.found(words.fact_place, "place", &known.place, text));
    facts.push(reader.always(words.fact_signatory, "signatory", &known.signatory, text));
    if let (Some(fact), Some(lender)) = (&known.signatory, &known.signatory_lent_by) {
        facts.push(reader.fact(words.fact_signatory_lent_by, Some("signatory"), fact, lender.clone()));
    }
    let optional = [
        (words.fact_signatory_title, "signatory_title", &known.signatory_title),
        (words.fact_signed_for, "signed_for", &known.signed_for),
        (words.fact_confidentiality, "confidentiality", &known.confidentiality),
        (words.fact_urgency, "urgency", &known.urgency),
    ];
    facts.extend(
        optional
            .into_iter()
            .filter_map(|(label, field, fact)| reader.found(label, field, fact, text)),
    );
    let draft = known.draft.clone().filter(|draft| draft.value);
    facts.extend(reader.found(words.fact_draft, "draft", &draft, |_| words.yes.to_owned()));
    facts.extend(reader.found(words.fact_deadline, "deadline", &known.deadline, day));
    if known.date.is_none() {
        facts.extend(reader.found(words.fact_not_before, "not_before", &known.not_before, day));
        facts.extend(reader.found(words.fact_not_after, "not_after", &known.not_after, day));
    }
    facts.extend(known.topics.iter().enumerate().map(|(place, topic)| {
        // Several topics stand under one label.
        let label = if place == 0 { words.fact_topics } else { "" };
        reader.fact(label, None, topic, topic.value.clone())
    }));
    facts
}

struct Reader<'a> {
    document: &'a Document,
    language: Language,
    words: &'static Words,
}

impl Reader<'_> {
    fn always<T>(
        &self,
        label: &'static str,
        field: &'static str,
        fact: &Option<Fact<T>>,
        say: impl Fn(&T) -> String,
    ) -> FactView {
        self.found(label, field, fact, say).unwrap_or(FactView {
            label,
            value: None,
            confidence: String::new(),
            sureness: "unsure",
            evidence: Vec::new(),
            anchor: None,
            corrected: false,
        })
    }

    fn found<T>(
        &self,
        label: &'static str,
        field: &'static str,
        fact: &Option<Fact<T>>,
        say: impl Fn(&T) -> String,
    ) -> Option<FactView> {
        let fact = fact.as_ref()?;
        Some(self.fact(label, Some(field), fact, say(&fact.value)))
    }

    fn fact<T>(&self, label: &'static str, field: Option<&str>, fact: &Fact<T>, value: String) -> FactView {
        let scanned = fact
            .evidence
            .iter()
            .map(|span| span_in_scan(&self.document.readings, *span));
        FactView {
            label,
            value: Some(value),
            confidence: self.language.percent(fact.confidence),
            sureness: match fact.confidence {
                confidence if confidence >= 0.9 => "sure",
                confidence if confidence >= 0.6 => "likely",
                _ => "unsure",
            },
            evidence: scanned
                .filter_map(|span| Some(self.document.scan.get(span.range())?.to_owned()))
                .collect(),
            anchor: field.filter(|_| !fact.evidence.is_empty()).map(evidence_anchor),
            corrected: fact.corrected,
        }
    }

    /// Level and province stand with the issuer: they are as sure as it is.
    fn issuer_facts(&self) -> Vec<FactView> {
        let Some(fact) = &self.document.metadata.issuer else {
            return Vec::new();
        };
        let issuer = &fact.value;
        let level = issuer
            .level
            .map(|level| self.language.value(Facet::Level, level.name()));
        let told = [
            (self.words.fact_level, level),
            (self.words.fact_province, issuer.province.clone()),
            (self.words.fact_province_today, issuer.province_today.clone()),
        ];
        let view =
            |(label, value): (&'static str, Option<String>)| Some(self.fact(label, Some("issuer"), fact, value?));
        told.into_iter().filter_map(view).collect()
    }
}

/// The tasks that it gives.
pub fn tasks(document: &Document, language: Language) -> Vec<TaskView<'_>> {
    let view = |task: &'_ corpus::outline::Task| task.due.map_or_else(String::new, |due| language.date(due));
    document
        .tasks
        .iter()
        .map(|task| TaskView {
            assignee: &task.assignee,
            action: &task.action,
            due: view(task),
        })
        .collect()
}
