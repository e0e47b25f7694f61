//! How well the facts of documents are read, by field.

use corpus::Document;
use corpus::citations::CitationRole;
use corpus::metadata::Fact;

use crate::data::Gold;
use crate::metric::words;
use crate::scoreboard::{Line, aimed, figure};

/// What was counted over a group of documents.
#[derive(Default)]
pub struct Score {
    fields: Vec<Field>,
    sets: Vec<Set>,
}

/// A field with one value: right or not.
struct Field {
    name: &'static str,
    right: usize,
    all: usize,
}

/// A field with several values: counted over all documents.
struct Set {
    name: &'static str,
    common: usize,
    gold: usize,
    found: usize,
}

impl Score {
    /// Counts one document, in every field of `gold`; `print` what is wrong.
    pub fn count(&mut self, gold: &Gold, document: &Document) {
        let read = &document.metadata;
        let issuer = read.issuer.as_ref().map(|fact| &fact.value);
        let text = |fact: &Option<Fact<String>>| fact.as_ref().map(|fact| fact.value.clone());
        let day = |fact: &Option<Fact<corpus::Date>>| fact.as_ref().map(|fact| fact.value.to_string());
        let one: [(&'static str, Option<String>, &Option<String>); 13] = [
            (
                "number",
                read.number.as_ref().map(|fact| fact.value.0.clone()),
                &gold.number,
            ),
            ("kind", text(&read.kind), &gold.kind),
            ("issuer", issuer.map(|issuer| issuer.name.clone()), &gold.issuer.name),
            (
                "level",
                issuer
                    .and_then(|issuer| issuer.level)
                    .map(|level| level.name().to_owned()),
                &gold.issuer.level,
            ),
            (
                "province",
                issuer.and_then(|issuer| issuer.province.clone()),
                &gold.issuer.province,
            ),
            ("date", day(&read.date), &gold.date),
            ("place", text(&read.place), &gold.place),
            ("signatory", text(&read.signatory), &gold.signatory),
            ("signatory title", text(&read.signatory_title), &gold.signatory_title),
            ("signed for", text(&read.signed_for), &gold.signed_for),
            ("deadline", day(&read.deadline), &gold.deadline),
            (
                "not before",
                gold.not_before.as_ref().and_then(|_| day(&read.not_before)),
                &gold.not_before,
            ),
            (
                "not after",
                gold.not_after.as_ref().and_then(|_| day(&read.not_after)),
                &gold.not_after,
            ),
        ];
        for (name, found, expected) in one {
            // Bounds are asked for only where the date is unknown.
            if name.starts_with("not ") && expected.is_none() {
                continue;
            }
            let right = match (&found, expected) {
                (Some(found), Some(expected)) => words(found) == words(expected),
                (None, None) => true,
                _ => false,
            };
            self.field(name, right, || format!("{}: {found:?}, truth {expected:?}", gold.name));
        }
        let title = text(&read.title);
        let right = near(
            title.as_deref().unwrap_or_default(),
            gold.title.as_deref().unwrap_or_default(),
        );
        self.field("title", right, || {
            format!("{}: {title:?}, truth {:?}", gold.name, gold.title)
        });
        self.citations(gold, document);
        let topics: Vec<String> = read.topics.iter().map(|fact| fact.value.clone()).collect();
        self.set("topics", &gold.topics, &topics, &gold.name);
    }

    /// Counts only number, kind and signatory: all that is known of some documents.
    pub fn count_header(&mut self, gold: &Gold, document: &Document) {
        let read = &document.metadata;
        let one = [
            (
                "number",
                read.number.as_ref().map(|fact| fact.value.0.clone()),
                &gold.number,
            ),
            ("kind", read.kind.as_ref().map(|fact| fact.value.clone()), &gold.kind),
            (
                "signatory",
                read.signatory.as_ref().map(|fact| fact.value.clone()),
                &gold.signatory,
            ),
        ];
        for (name, found, expected) in one {
            let Some(expected) = expected else { continue };
            let right = found.as_ref().is_some_and(|found| words(found) == words(expected));
            self.field(name, right, || format!("{}: {found:?}, truth {expected:?}", gold.name));
        }
    }

    /// Counts only the signatory.
    pub fn count_signatory(&mut self, gold: &Gold, document: &Document) {
        let found = document.metadata.signatory.as_ref().map(|fact| &fact.value);
        let right = found.map(|found| words(found)) == gold.signatory.as_ref().map(|expected| words(expected));
        self.field("signatory", right, || {
            format!("{} by folder: {found:?}, truth {:?}", gold.name, gold.signatory)
        });
    }

    fn citations(&mut self, gold: &Gold, document: &Document) {
        let (basis, cites): (Vec<_>, Vec<_>) = document
            .citations
            .iter()
            .partition(|citation| matches!(citation.role, CitationRole::Basis | CitationRole::Implements));
        let numbers = |citations: Vec<&corpus::citations::Citation>| -> Vec<String> {
            citations
                .into_iter()
                .map(|citation| citation.number.0.clone())
                .collect()
        };
        self.set("basis", &gold.basis, &numbers(basis), &gold.name);
        self.set("cites", &gold.cites, &numbers(cites), &gold.name);
    }

    fn field(&mut self, name: &'static str, right: bool, wrong: impl FnOnce() -> String) {
        if !right {
            println!("{name} of {}", wrong());
        }
        let place = self
            .fields
            .iter()
            .position(|field| field.name == name)
            .unwrap_or_else(|| {
                self.fields.push(Field { name, right: 0, all: 0 });
                self.fields.len() - 1
            });
        self.fields[place].all += 1;
        self.fields[place].right += usize::from(right);
    }

    fn set(&mut self, name: &'static str, gold: &[String], found: &[String], document: &str) {
        let common = gold.iter().filter(|value| found.contains(value)).count();
        if common != gold.len() || common != found.len() {
            println!("{name} of {document}: {found:?}, truth {gold:?}");
        }
        let place = self.sets.iter().position(|set| set.name == name).unwrap_or_else(|| {
            self.sets.push(Set {
                name,
                common: 0,
                gold: 0,
                found: 0,
            });
            self.sets.len() - 1
        });
        let set = &mut self.sets[place];
        set.common += common;
        set.gold += gold.len();
        set.found += found.len();
    }

    /// The figures, under `name`; `sure` is the aim of number, kind, date, issuer, level and province.
    pub fn lines(&self, name: &str, sure: &'static str) -> Vec<Line> {
        let mut lines = Vec::new();
        for field in &self.fields {
            let share = field.right as f64 / field.all.max(1) as f64;
            let name = format!("{name}, {}", field.name);
            lines.push(match field.name {
                "number" | "kind" | "issuer" | "level" | "province" | "date" => aimed(name, share, sure),
                "signatory" | "title" => aimed(name, share, ">= 0.9"),
                _ => figure(name, share),
            });
        }
        for set in &self.sets {
            let f1 = 2.0 * set.common as f64 / (set.gold + set.found).max(1) as f64;
            let aim = if set.name == "topics" { ">= 0.85" } else { ">= 0.95" };
            lines.push(aimed(format!("{name}, {} (F1)", set.name), f1, aim));
        }
        lines
    }
}

/// Whether two titles are the same but for at most one word at each end.
fn near(found: &str, gold: &str) -> bool {
    let (found, gold) = (words(found), words(gold));
    if found.is_empty() || gold.is_empty() {
        return found.is_empty() && gold.is_empty();
    }
    let trims = |words: &[String]| -> Vec<Vec<String>> {
        [(0, 0), (1, 0), (0, 1), (1, 1)]
            .into_iter()
            .filter(|(head, tail)| head + tail < words.len())
            .map(|(head, tail)| words[head..words.len() - tail].to_vec())
            .collect()
    };
    let gold = trims(&gold);
    trims(&found).iter().any(|title| gold.contains(title))
}

#[test]
fn a_title_may_miss_one_word_at_each_end() {
    assert!(near("về công tác đối ngoại", "công tác đối ngoại"));
    assert!(near("công tác đối", "về công tác đối ngoại"));
    assert!(!near("công tác đối ngoại năm 2024", "công tác đối ngoại"));
    assert!(!near("công tác đổi ngoại", "công tác đối ngoại"));
}
