//! `vankien search`: the same answers as the page, in the terminal.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use index::{Filters, Hit, SearchRequest, Searcher, Sort};

use crate::cli;

/// Runs the verb.
pub fn run(options: &cli::Search) -> Result<ExitCode> {
    let searcher = Searcher::open(&options.store.index)?;
    let page = searcher.search(&SearchRequest {
        query: options.query.join(" "),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: options.limit,
        cursor: None,
        matching: None,
        literal: false,
    })?;
    if let Some(read_as) = &page.read_as {
        eprintln!("read from a scan as: {read_as}");
    }
    match page.total {
        1 => eprintln!("1 document"),
        total => eprintln!("{total} documents"),
    }
    let found = page.total > 0;
    let mut out = std::io::stdout().lock();
    for hit in page.hits {
        if options.json {
            serde_json::to_writer(&mut out, &web::view::SearchHit::from(hit))?;
            writeln!(out)?;
        } else {
            print_hit(&mut out, &hit)?;
        }
    }
    Ok(super::found(found))
}

/// Writes what a reader needs to recognize the document, then its best passages.
fn print_hit(out: &mut impl Write, hit: &Hit) -> std::io::Result<()> {
    let issuer = hit.issuer.as_ref().map(|issuer| issuer.name.clone());
    let date = hit.date.map(|date| date.to_string());
    let facts: Vec<String> = [hit.kind.clone(), hit.number.clone(), issuer, date]
        .into_iter()
        .flatten()
        .collect();
    writeln!(out, "{}", hit.path)?;
    if !facts.is_empty() {
        writeln!(out, "  {}", facts.join(" · "))?;
    }
    if let Some(title) = &hit.title {
        writeln!(out, "  {title}")?;
    }
    for highlight in &hit.highlights {
        writeln!(out, "    … {} …", highlight.text.trim())?;
    }
    writeln!(out)
}
