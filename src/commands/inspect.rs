//! `vankien inspect`: one document as the engine understands it, with its evidence.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use corpus::Document;
use corpus::extract::ExtractError;
use vietnamese::restore::Restorer;
use web::view::document::{Citation, DocumentView, Field, Relations, document};

use crate::cli;

/// Runs the verb.
pub fn run(options: &cli::Inspect) -> Result<ExitCode> {
    let shown = options.file.display();
    let bytes = fs::read(&options.file).with_context(|| format!("cannot read {shown}"))?;
    let read = read(&bytes).with_context(|| format!("cannot read {shown}"))?;
    let view = document(
        &read,
        &[options.file.to_string_lossy().into_owned()],
        &Relations::default(),
    );
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if options.json {
        serde_json::to_writer_pretty(&mut out, &view)?;
        writeln!(out)?;
    } else {
        print(&mut out, &view, &read.text)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the document with what its own pages tell of their scanner.
fn read(bytes: &[u8]) -> Result<Document, ExtractError> {
    let restorer = Restorer::new();
    let hand = restorer.learn([corpus::extract::text(bytes)?.as_str()]);
    corpus::read(bytes, &restorer.with_hand(&hand))
}

/// Writes the facts, then what they rest on: citations, outline, tasks, conditions and doubts.
fn print(out: &mut impl Write, view: &DocumentView, text: &str) -> Result<()> {
    let facts = &view.metadata;
    field(out, "number", facts.number.as_ref())?;
    field(out, "kind", facts.kind.as_ref())?;
    if let Some(issuer) = &facts.issuer {
        let body = &issuer.value;
        let place = [body.level, body.province.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ");
        line(
            out,
            "issuer",
            &format!("{} ({place})", body.name),
            issuer.confidence,
            &issuer.evidence,
        )?;
    }
    field(out, "date", facts.date.as_ref())?;
    field(out, "not before", facts.not_before.as_ref())?;
    field(out, "not after", facts.not_after.as_ref())?;
    field(out, "deadline", facts.deadline.as_ref())?;
    field(out, "place", facts.place.as_ref())?;
    field(out, "title", facts.title.as_ref())?;
    field(out, "signed for", facts.signed_for.as_ref())?;
    field(out, "post", facts.signatory_title.as_ref())?;
    field(out, "signatory", facts.signatory.as_ref())?;
    field(out, "secrecy", facts.confidentiality.as_ref())?;
    field(out, "urgency", facts.urgency.as_ref())?;
    for topic in &facts.topics {
        field(out, "topic", Some(topic))?;
    }
    for recipient in &facts.recipients {
        field(out, "recipient", Some(recipient))?;
    }
    for cited in facts.basis.iter().chain(&facts.cites) {
        citation(out, cited)?;
    }
    for section in &view.outline {
        let role = section.role.map(|role| format!(" [{role}]")).unwrap_or_default();
        writeln!(
            out,
            "{:>12}  {}{} {}{role}",
            "section",
            "  ".repeat(usize::from(section.level) - 1),
            section.marker,
            section.title
        )?;
    }
    for task in &view.tasks {
        let due = task.due.as_ref().map(|day| format!(" by {day}")).unwrap_or_default();
        writeln!(out, "{:>12}  {}: {}{due}", "task", task.assignee, task.action)?;
    }
    let characters: Vec<char> = text.chars().collect();
    for stretch in &view.conditions {
        let lines = characters[stretch.range[0]..stretch.range[1]]
            .iter()
            .filter(|c| **c == '\n')
            .count();
        writeln!(out, "{:>12}  {} ({lines} lines)", "condition", stretch.condition)?;
    }
    for problem in &view.problems {
        writeln!(out, "{:>12}  {}: {}", "doubt", problem.about, problem.message)?;
    }
    Ok(())
}

fn field(out: &mut impl Write, name: &str, field: Option<&Field<String>>) -> Result<()> {
    match field {
        Some(field) => line(out, name, &field.value, field.confidence, &field.evidence),
        None => Ok(()),
    }
}

fn line(out: &mut impl Write, name: &str, value: &str, confidence: f32, evidence: &[String]) -> Result<()> {
    writeln!(out, "{name:>12}  {value}  {confidence:.2}")?;
    for words in evidence {
        writeln!(
            out,
            "{:>12}    “{}”",
            "",
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        )?;
    }
    Ok(())
}

fn citation(out: &mut impl Write, cited: &Citation) -> Result<()> {
    let about = [&cited.kind, &cited.date, &cited.issuer]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ");
    line(
        out,
        cited.role,
        &format!("{} {about}", cited.number),
        cited.confidence,
        &cited.evidence,
    )
}
