//! A document as a person would write its facts on a card.

use std::fmt::Write;

use corpus::citations::CitationRole;
use corpus::metadata::Fact;
use corpus::outline::Role;
use corpus::{BlockKind, Date, Document, DocumentId};
use vietnamese::restore::Restorer;

/// Reads a case as the corpus would.
pub fn document(text: &str, restorer: &Restorer) -> Document {
    corpus::read_text(DocumentId::of(text.as_bytes()), text.to_owned(), restorer)
}

/// Letterhead, signature, topics, citations, tasks and doubts, a line each.
pub fn facts(document: &Document) -> String {
    let facts = &document.metadata;
    let mut card = Card(String::new());
    card.line("số", facts.number.as_ref().map(|fact| fact.value.to_string()));
    card.text("loại", &facts.kind);
    let issuer = facts.issuer.as_ref().map(|fact| &fact.value);
    card.line("cơ quan", issuer.map(|issuer| issuer.name.clone()));
    card.line(
        "cấp",
        issuer
            .and_then(|issuer| issuer.level)
            .map(|level| level.name().to_owned()),
    );
    card.line("tỉnh", issuer.and_then(|issuer| issuer.province.clone()));
    card.day("ngày", facts.date.as_ref());
    card.text("nơi", &facts.place);
    card.text("trích yếu", &facts.title);
    card.text("ký thay", &facts.signed_for);
    card.text("chức vụ", &facts.signatory_title);
    card.text("người ký", &facts.signatory);
    card.text("mật", &facts.confidentiality);
    card.text("khẩn", &facts.urgency);
    if facts.draft.as_ref().is_some_and(|fact| fact.value) {
        card.line("dự thảo", Some("có".to_owned()));
    }
    card.day("hạn", facts.deadline.as_ref());
    card.day("không sớm hơn", facts.not_before.as_ref());
    card.day("không muộn hơn", facts.not_after.as_ref());
    for fact in &facts.topics {
        card.line("chủ đề", Some(fact.value.clone()));
    }
    for fact in &facts.recipients {
        card.line("nơi nhận", Some(fact.value.clone()));
    }
    for citation in &document.citations {
        let role = match citation.role {
            CitationRole::Basis => "căn cứ",
            CitationRole::Implements => "thực hiện",
            CitationRole::Amends => "sửa đổi, thay thế",
            CitationRole::Mentions => "nhắc đến",
        };
        let day = citation.date.map(|date| date.to_string());
        let parts: Vec<String> = [Some(citation.number.to_string()), day, citation.issuer.clone()]
            .into_iter()
            .flatten()
            .collect();
        card.line(role, Some(parts.join(" · ")));
    }
    for task in &document.tasks {
        let due = task.due.map(|day| format!(" · trước {day}")).unwrap_or_default();
        card.line("giao", Some(format!("{}{due}", task.assignee)));
    }
    for problem in &document.problems {
        card.line("nghi vấn", Some(format!("{}: {}", problem.kind.about(), problem.kind)));
    }
    card.0
}

/// Blocks with what they are, under the sections they belong to.
pub fn outline(document: &Document) -> String {
    let mut out = String::new();
    for section in &document.outline {
        let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
        let role = section
            .role
            .map(|role| format!("   [{}]", role_name(role)))
            .unwrap_or_default();
        writeln!(out, "{indent}{} {}{role}", section.marker, section.title).expect("a string can be written to");
    }
    out.push_str("----\n");
    for block in &document.blocks {
        let words: Vec<&str> = document.text[block.span.range()].split_whitespace().collect();
        let section = block.section.map_or(String::new(), |section| {
            format!(" {}", document.outline[section as usize].marker)
        });
        writeln!(out, "{}{section} | {}", block_name(block.kind), words.join(" ")).expect("a string can be written to");
    }
    out
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Purpose => "mục đích, yêu cầu",
        Role::Content => "nội dung",
        Role::Measures => "nhiệm vụ, giải pháp",
        Role::Form => "hình thức, đối tượng",
        Role::Time => "thời gian",
        Role::Execution => "tổ chức thực hiện",
        Role::Recipients => "nơi nhận",
    }
}

fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Letterhead => "đầu văn bản",
        BlockKind::Title => "tên văn bản",
        BlockKind::Heading => "đề mục",
        BlockKind::Paragraph => "đoạn",
        BlockKind::ListItem => "gạch đầu dòng",
        BlockKind::Signature => "chữ ký",
        BlockKind::Recipient => "nơi nhận",
        BlockKind::Furniture => "ngoài lề",
    }
}

/// Lines of `name: value`; what is unknown is left out.
struct Card(String);

impl Card {
    fn line(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            writeln!(self.0, "{name}: {value}").expect("a string can be written to");
        }
    }

    fn text(&mut self, name: &str, fact: &Option<Fact<String>>) {
        self.line(name, fact.as_ref().map(|fact| fact.value.clone()));
    }

    fn day(&mut self, name: &str, fact: Option<&Fact<Date>>) {
        self.line(name, fact.map(|fact| fact.value.to_string()));
    }
}
