//! How well sections and given work are found: what `outline.jsonl` says of the sample, against what is read.

use corpus::Document;
use serde::Deserialize;

use crate::metric::words;
use crate::scoreboard::{Line, figure};

/// The sections and tasks of a document as a person found them; a line of `outline.jsonl`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Gold {
    /// The document's file without ending.
    pub name: String,
    headings: Vec<Heading>,
    tasks: Vec<(String, Option<String>)>,
}

/// A section with a title; numbered paragraphs without one are not asked for.
#[derive(Debug, Clone, Deserialize)]
struct Heading {
    title: String,
    /// What a top section is for, as the API says it; absent for inner sections.
    #[serde(default, deserialize_with = "present")]
    role: Option<Option<String>>,
}

/// Tells `"role": null` from no role at all.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What was counted over a group of documents.
#[derive(Default)]
pub struct Score {
    headings: Count,
    tasks: Count,
    roles: (usize, usize),
    dues: (usize, usize),
}

#[derive(Default)]
struct Count {
    common: usize,
    gold: usize,
    found: usize,
}

impl Count {
    fn f1(&self) -> f64 {
        2.0 * self.common as f64 / (self.gold + self.found).max(1) as f64
    }
}

impl Score {
    /// Counts one document; prints what is wrong.
    pub fn count(&mut self, gold: &Gold, document: &Document) {
        self.count_headings(gold, document);
        self.count_tasks(gold, document);
    }

    fn count_headings(&mut self, gold: &Gold, document: &Document) {
        let found: Vec<_> = document
            .outline
            .iter()
            .filter(|section| !section.title.is_empty())
            .collect();
        self.headings.gold += gold.headings.len();
        self.headings.found += found.len();
        let mut from = 0;
        for heading in &gold.headings {
            let place = found[from..]
                .iter()
                .position(|section| same(&section.title, &heading.title));
            let Some(place) = place.map(|place| from + place) else {
                println!("heading of {}: {:?} is not found", gold.name, heading.title);
                continue;
            };
            for extra in &found[from..place] {
                println!("heading of {}: {:?} is none", gold.name, extra.title);
            }
            self.headings.common += 1;
            from = place + 1;
            if let Some(role) = &heading.role {
                let read = found[place].role.and_then(|role| serde_json::to_value(role).ok());
                let read = read.as_ref().and_then(|role| role.as_str());
                if read != role.as_deref() {
                    println!("role of {}: {:?} {read:?}, truth {role:?}", gold.name, heading.title);
                }
                self.roles.0 += usize::from(read == role.as_deref());
                self.roles.1 += 1;
            }
        }
    }

    fn count_tasks(&mut self, gold: &Gold, document: &Document) {
        self.tasks.gold += gold.tasks.len();
        self.tasks.found += document.tasks.len();
        let mut left: Vec<_> = document.tasks.iter().collect();
        for (assignee, due) in &gold.tasks {
            let mut same_body = (0..left.len()).filter(|&at| same(&left[at].assignee, assignee));
            let is_due = |at: usize| left[at].due.map(|day| day.to_string()) == *due;
            let first = same_body.next();
            let best = first
                .filter(|&at| is_due(at))
                .or_else(|| same_body.find(|&at| is_due(at)))
                .or(first);
            let Some(at) = best else {
                println!("task of {}: {assignee:?} is not found", gold.name);
                continue;
            };
            self.tasks.common += 1;
            self.dues.0 += usize::from(is_due(at));
            self.dues.1 += 1;
            let task = left.remove(at);
            if task.due.map(|day| day.to_string()) != *due {
                println!("due of {}: {assignee:?} {:?}, truth {due:?}", gold.name, task.due);
            }
        }
        for task in left {
            println!("task of {}: {:?} is none: {}", gold.name, task.assignee, task.action);
        }
    }

    /// The figures, under `name`.
    pub fn lines(&self, name: &str) -> Vec<Line> {
        let share = |(right, all): (usize, usize)| right as f64 / all.max(1) as f64;
        vec![
            figure(format!("{name}, headings (F1)"), self.headings.f1()),
            figure(format!("{name}, roles of top sections"), share(self.roles)),
            figure(format!("{name}, tasks by who does them (F1)"), self.tasks.f1()),
            figure(format!("{name}, days by which they are due"), share(self.dues)),
        ]
    }
}

/// Whether two names are the same but for every tenth word: restoring is measured elsewhere.
fn same(found: &str, gold: &str) -> bool {
    let (found, gold) = (words(found), words(gold));
    let wrong = found.iter().zip(&gold).filter(|(found, gold)| found != gold).count();
    found.len() == gold.len() && wrong <= gold.len().div_ceil(10).min(gold.len() / 2)
}

#[test]
fn a_name_may_have_one_word_misread() {
    assert!(same("Ban Tuyền giáo Huyện ủy", "Ban Tuyên giáo Huyện ủy"));
    assert!(!same("Ban Tuyên giáo", "Ban Tuyên giáo Huyện ủy"));
    assert!(!same("Nội dụng", "Hình thức"));
}
