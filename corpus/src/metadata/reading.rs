//! All fields of a document, read in the order in which they help one another.

use jiff::civil::Date;
use vietnamese::offsets::Span;

use crate::bare;
use crate::citations::opening::Opening;
use crate::citations::{self, Citation};
use crate::document::Paper;
use crate::metadata::header::{Blank, Header};
use crate::metadata::issuer::{self, Hints};
use crate::metadata::lines::Lines;
use crate::metadata::signature::Signature;
use crate::metadata::tail::Tail;
use crate::metadata::title::Title;
use crate::metadata::{
    DocumentNumber, Fact, Issuer, Level, Metadata, authority, bounds, issued, kind, marks, number, recipients,
    signature, speaker, symbolic, title, topics,
};
use crate::problem::Problem;

/// Reads every field of `paper`, and the documents it names.
pub(super) fn read(paper: &Paper<'_>) -> (Metadata, Vec<Citation>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = paper.text;
    let numbers = number::all(paper);
    let cut = cut(paper);
    let header = Header::of(paper, &cut, &numbers);
    let subject = title::read(&header);
    let tail = Tail::of(&cut, behind_heading(&header));
    let signed = signature::read(paper, &tail);
    let mut number = own_number(&header);
    let kind = own_kind(&header, number.as_ref().map(|(_, found)| found.code.as_str()));
    if let (Some(heading), Some((number, found))) = (&header.heading, &mut number) {
        mark_code(number, found, heading.kind);
    }
    let told = problems.len();
    let mut date = issued::day(&header, number.is_some(), &mut problems);
    if date.is_none() && problems.len() == told {
        let kind = kind.as_ref().map(|kind| kind.value.as_str());
        let signature = signed.signed_for.as_ref().map(|(_, span)| span);
        let signature = signature.or(signed.post.as_ref().map(|(_, span)| span));
        date = signature
            .filter(|_| number.is_some() || header.heading.is_some())
            .and_then(|span| issued::day_above_signature(&tail, span.start as usize))
            .or_else(|| {
                let (number, _) = number.as_ref()?;
                issued::day_elsewhere(text, &number.value, kind)
            });
    }
    let document = header.heading.is_some() || number.is_some() || header.motto;
    let own = number.as_ref().map(|(fact, _)| &fact.value);
    let citations = citations::find(text, &numbers, own, |last| {
        opening(&cut, &header, subject.as_ref(), last)
    });
    let known = Known {
        header: &header,
        tail: &tail,
        signed: &signed,
        title_end: subject.as_ref().map_or(0, |title| title.span.end as usize),
    };
    let issuer = issuing_body(
        text,
        &known,
        number.as_ref().map(|(_, found)| found),
        date.as_ref().map(|date| date.value),
    );
    let place = issued::place(&header, date.as_ref().map(|date| date.value), issuer.as_ref());
    let mut metadata = Metadata {
        kind,
        issuer: issuer.filter(|_| document),
        place: place.filter(|_| document),
        number: number.map(|(fact, _)| fact),
        date,
        title: subject
            .as_ref()
            .map(|title| fact(title.text.clone(), 0.9, vec![title.span])),
        ..Metadata::default()
    };
    if document {
        metadata.topics = topics(paper, &cut, subject.as_ref());
        read_end(&mut metadata, paper, &known);
        read_marks(&mut metadata, &header);
        read_bounds(&mut metadata, text, &citations, header.blank.as_ref());
    }
    (metadata, citations, problems)
}

/// The lines of `paper`: most documents are no longer, and each reader takes its part of them.
pub(super) fn cut<'a>(paper: &Paper<'a>) -> Lines<'a> {
    const CUT_BYTES: usize = 32 * 1024;
    Lines::of(paper.text, 0..CUT_BYTES)
}

/// What was read of a document so far.
struct Known<'k, 'a> {
    header: &'k Header<'a>,
    tail: &'k Tail<'a>,
    signed: &'k Signature,
    title_end: usize,
}

fn topics(paper: &Paper<'_>, cut: &Lines<'_>, subject: Option<&Title>) -> Vec<Fact<String>> {
    let headings: Vec<Span> = paper
        .outline
        .iter()
        .filter(|section| section.level <= 2)
        .map(|section| section.heading)
        .collect();
    topics::read(cut, subject.map(|title| title.span), &headings)
        .into_iter()
        .map(|topic| fact(topic.topic.to_owned(), topic.confidence, topic.evidence))
        .collect()
}

/// Signature and recipients.
fn read_end(metadata: &mut Metadata, paper: &Paper<'_>, known: &Known<'_, '_>) {
    let signed = known.signed;
    let mut taken: Vec<Span> = Vec::new();
    taken.extend(signed.name.as_ref().map(|&(_, span, _)| span));
    taken.extend(signed.post.as_ref().map(|&(_, span)| span));
    taken.extend(signed.signed_for.as_ref().map(|&(_, span)| span));
    metadata.recipients = recipients::read(known.tail, &taken)
        .into_iter()
        .map(|(recipient, span)| fact(recipient, 0.85, vec![span]))
        .collect();
    metadata.signatory = signed
        .name
        .clone()
        .map(|(name, span, confidence)| fact(name, confidence, vec![span]));
    metadata.signatory_title = signed.post.clone().map(|(post, span)| fact(post, 0.9, vec![span]));
    metadata.signed_for = signed
        .signed_for
        .clone()
        .map(|(formula, span)| fact(formula, 0.9, vec![span]));
    if let Some(card) = &known.header.card.signatory {
        // The card is typed by an editor: it wins over a name read out of the signature block.
        let (name, sure) = signature::named(paper, card.span);
        metadata.signatory = Some(fact(name, 0.93 * sure, vec![card.span]));
    }
}

fn read_marks(metadata: &mut Metadata, header: &Header<'_>) {
    let marks = marks::read(header);
    metadata.confidentiality = marks
        .confidentiality
        .map(|(mark, span)| fact(mark.to_owned(), 0.9, vec![span]));
    metadata.urgency = marks.urgency.map(|(mark, span)| fact(mark.to_owned(), 0.9, vec![span]));
    metadata.draft = marks.draft.map(|(_, span)| fact(true, 0.9, vec![span]));
}

/// The last day that the text sets, and the days between which an undated document was issued.
fn read_bounds(metadata: &mut Metadata, text: &str, citations: &[Citation], blank: Option<&Blank>) {
    let newest = bounds::not_before(citations);
    let after = metadata
        .date
        .as_ref()
        .map(|date| date.value)
        .or(newest.map(|(day, _)| day));
    metadata.deadline = bounds::deadline(text, after).map(|(day, span)| fact(day, 0.8, vec![span]));
    if metadata.date.is_none() {
        // A day left blank still has its month: `ngày    tháng 10 năm 2025`.
        let written = blank.and_then(|blank| Some((blank.days?, blank.span)));
        let first = written.map(|((first, _), span)| (first, span));
        let last = written.map(|((_, last), span)| fact(last, 0.9, vec![span]));
        let newest = newest.into_iter().chain(first).max_by_key(|(day, _)| *day);
        metadata.not_before = newest.map(|(day, span)| fact(day, 0.9, vec![span]));
        let deadline = metadata.deadline.clone();
        metadata.not_after = deadline.into_iter().chain(last).min_by_key(|last| last.value);
    }
}

/// Where the document says what it rests on, up to byte `last`: from its subject, or from the heading where it has none.
pub(super) fn opening(cut: &Lines<'_>, header: &Header<'_>, subject: Option<&Title>, last: usize) -> Opening {
    let range = match (subject, &header.heading, header.addressed) {
        (Some(title), ..) => title.span.range(),
        (None, Some(heading), _) => header.span(heading.words.clone()).range(),
        (None, None, Some(line)) => header.lines.lines[line].start..header.lines.lines[line].end,
        (None, None, None) => return Opening::default(),
    };
    Opening::behind(cut, range, last)
}

pub(super) fn fact<T>(value: T, confidence: f32, evidence: Vec<Span>) -> Fact<T> {
    Fact {
        value,
        confidence,
        evidence,
        corrected: false,
    }
}

/// Where the text below the heading begins.
fn behind_heading(header: &Header<'_>) -> usize {
    let line = header
        .heading
        .as_ref()
        .map_or(header.zone.start, |heading| heading.line);
    header.lines.lines.get(line).map_or(0, |line| line.start)
}

/// The number of the header; else that of the card, else one just below the heading.
fn own_number(header: &Header<'_>) -> Option<(Fact<DocumentNumber>, number::Found)> {
    let labelled = header
        .numbers
        .iter()
        .find(|own| own.labelled)
        .or(header.numbers.first());
    if let Some(own) = labelled {
        let signs = header.motto
            || header.heading.is_some()
            || header.addressed.is_some()
            || !header.dates.is_empty()
            || header.card.number.is_some();
        if signs {
            let span = Span::new(own.found.start, own.found.end);
            let confidence = if own.labelled { 0.97 } else { 0.85 };
            return Some((
                fact(own.found.number.clone(), confidence, vec![span]),
                own.found.clone(),
            ));
        }
    }
    if let Some(value) = &header.card.number
        && let Some(found) = header.number_at(value.span)
    {
        return Some((fact(found.number.clone(), 0.9, vec![value.span]), found));
    }
    let heading = header.heading.as_ref()?;
    let below = (heading.line + 1..heading.line + 3).find_map(|line| {
        header
            .number_in(line)
            .filter(|own| own.labelled && own.found.start < header.lines.lines[line].start + 8)
    })?;
    let span = Span::new(below.found.start, below.found.end);
    Some((fact(below.found.number.clone(), 0.8, vec![span]), below.found))
}

/// Gives the code of a number the marks that the kind in the heading says: below `ĐỀ ÁN`, `DA` is ĐA.
fn mark_code(number: &mut Fact<DocumentNumber>, found: &mut number::Found, kind: &str) {
    if kind::bears(kind, &found.code) {
        return;
    }
    if let Some(code) = kind::code_like(kind, &found.code) {
        number.value.0 = number.value.0.replacen(&found.code, code, 1);
        found.code = code.to_owned();
    }
}

/// The kind by heading; a công văn has none, and a code alone tells only some kinds.
fn own_kind(header: &Header<'_>, code: Option<&str>) -> Option<Fact<String>> {
    if let Some(heading) = &header.heading {
        let span = header.span(heading.words.clone());
        let agrees = code.is_none_or(|code| kind::bears(heading.kind, code));
        return Some(fact(
            heading.kind.to_owned(),
            if agrees { 0.97 } else { 0.85 },
            vec![span],
        ));
    }
    if let Some(value) = &header.card.kind
        && let Some(kind) = kind::named(&bare::squeeze(&value.text))
    {
        return Some(fact(kind.to_owned(), 0.85, vec![value.span]));
    }
    if let Some(line) = header.addressed
        && (code.is_some() || header.motto)
    {
        let line = &header.lines.lines[line];
        return Some(fact("Công văn".to_owned(), 0.8, vec![Span::new(line.start, line.end)]));
    }
    code.and_then(kind::of_code)
        .map(|kind| fact(kind.to_owned(), 0.6, Vec::new()))
}

/// The issuer: by the letterhead, else by number and place, else by what the text says of itself.
fn issuing_body(
    text: &str,
    known: &Known<'_, '_>,
    number: Option<&number::Found>,
    date: Option<Date>,
) -> Option<Fact<Issuer>> {
    let header = known.header;
    let place = header.place().map(|words| &text[header.span(words).range()]);
    let hints = Hints {
        date,
        symbol: number.map(|found| found.body.as_str()),
        place,
        typed: header.typed,
    };
    // The name of State or Party alone is no letterhead: articles bear it too.
    if !(header.heading.is_some() || number.is_some() || header.motto && place.is_some()) {
        return None;
    }
    if let Some((mut body, words)) = issuer::from_letterhead(header, &hints) {
        complete(&mut body, text, date);
        let evidence = words
            .first()
            .zip(words.last())
            .map(|(&first, &last)| header.span(first..last + 1));
        return Some(fact(body.issuer(date), 0.95, evidence.into_iter().collect()));
    }
    let evidence: Vec<Span> = number
        .map(|found| Span::new(found.start, found.end))
        .into_iter()
        .collect();
    let by_symbol = symbolic::body(&hints);
    if let Some(body) = &by_symbol
        && (body.place.is_some() || body.level == Some(Level::Central))
    {
        return Some(fact(body.issuer(date), 0.85, evidence));
    }
    let signed_by_unit = known
        .signed
        .post
        .as_ref()
        .is_some_and(|(post, _)| post.contains("Trưởng Ban"));
    let document = known.tail.recipients.is_some() || known.signed.signed_for.is_some();
    if document
        && header.heading.is_some()
        && let Some((body, confidence)) = speaker::read(text, known.title_end, known.tail, signed_by_unit, date)
    {
        return Some(fact(body.issuer(date), confidence, Vec::new()));
    }
    by_symbol.map(|body| fact(body.issuer(date), 0.5, evidence))
}

/// Finds the province of a commune whose name several provinces share by the province that the text names most.
fn complete(body: &mut authority::Body, text: &str, date: Option<Date>) {
    if let Some(seat) = &mut body.place
        && seat.province.is_none()
    {
        seat.province = speaker::province_in(text, date);
    }
}
