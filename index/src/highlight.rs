//! Shows a passage with what matched in it, in the text and in its scan.

use std::ops::Range;

use vietnamese::offsets::Span;
use vietnamese::restore::{Reading, span_in_scan};

use crate::analyzer::{Placed, Word, place_in};
use crate::answer::{Highlight, Match};
use crate::passages::{Occurrence, Passage, by_block, choose, in_text, window, word_ranges, word_ranges_around};
use crate::plan::{Slot, Unit, way};
use crate::request::Matching;
use crate::stored::{Passages, Stored, StoredBlock, StoredText, Unreadable};

/// A reading less sure than this is marked as doubtful.
const DOUBTFUL: f32 = 0.9;

/// The best passages of a document; the first words of its text where the query has no words.
pub(crate) fn highlights(
    stored: &Stored<'_>,
    occurrences: &[Occurrence],
    units: &[Unit],
) -> Result<Vec<Highlight>, Unreadable> {
    let passages = stored.passages()?;
    let painter = Painter {
        units,
        text: stored.text(),
        scan: stored.scan(),
        passages: &passages,
    };
    let occurrences = in_text(occurrences, units, painter.text, painter.scan, &passages)?;
    let chosen = choose(by_block(&passages, &occurrences));
    if chosen.is_empty() {
        return painter.opening();
    }
    chosen.iter().map(|passage| painter.paint(passage)).collect()
}

/// Every place of a document where an occurrence stands, in order, not overlapping.
pub(crate) fn matches(
    stored: &Stored<'_>,
    occurrences: &[Occurrence],
    units: &[Unit],
) -> Result<Vec<Match>, Unreadable> {
    let passages = stored.passages()?;
    let text = stored.text();
    let occurrences = in_text(occurrences, units, text, stored.scan(), &passages)?;
    let mut found: Vec<Match> = Vec::new();
    for passage in by_block(&passages, &occurrences) {
        let span = passage.block.span;
        let words = word_ranges(text.slice(span.range())?, span.start as usize);
        for occurrence in &passage.occurrences {
            let Some(at) = words_of(occurrence, passage.block, words.len()) else {
                continue;
            };
            let span = Span::new(words[at.start].start, words[at.end - 1].end);
            match found.last_mut() {
                Some(last) if span.start < last.span.end => last.span.end = last.span.end.max(span.end),
                _ => found.push(Match {
                    span,
                    matched: matching_of(occurrence.ways, occurrence.bare),
                }),
            }
        }
    }
    Ok(found)
}

/// The words of a block, by index, that an occurrence covers there; of a block `count` words are known.
fn words_of(occurrence: &Occurrence, block: &StoredBlock, count: usize) -> Option<Range<usize>> {
    let start = (occurrence.position - block.position) as usize;
    (start < count).then(|| start..(start + occurrence.len as usize).min(count))
}

/// How an occurrence matched, by the best of its ways; whoever typed no marks did not match them.
pub(crate) fn matching_of(ways: u8, bare: bool) -> Matching {
    if ways & way::EXACT != 0 && !bare {
        Matching::Marked
    } else if ways & (way::EXACT | way::FOLDED) != 0 {
        Matching::Bare
    } else {
        Matching::Scan
    }
}

struct Painter<'a> {
    units: &'a [Unit],
    text: StoredText<'a>,
    scan: StoredText<'a>,
    passages: &'a Passages,
}

impl Painter<'_> {
    fn paint(&self, passage: &Passage<'_>) -> Result<Highlight, Unreadable> {
        let block = passage.block;
        let best = passage.occurrences.iter().map(|occurrence| occurrence.tier).min();
        let first = passage
            .occurrences
            .iter()
            .find(|occurrence| Some(occurrence.tier) == best)
            .and_then(|occurrence| words_of(occurrence, block, usize::MAX));
        let stretch = self.text.slice(block.span.range())?;
        let words = word_ranges_around(stretch, block.span.start as usize, first.unwrap_or(0..0));
        let matched: Vec<(Range<usize>, &Occurrence)> = passage
            .occurrences
            .iter()
            .filter_map(|occurrence| Some((words_of(occurrence, block, words.len())?, occurrence)))
            .collect();
        let first = matched.iter().find(|(_, occurrence)| Some(occurrence.tier) == best);
        let shown = match first {
            Some((range, _)) => window(block.span.range(), &words, range.clone()),
            None => block.span.range(),
        };
        let spans: Vec<Span> = matched
            .iter()
            .map(|(range, _)| Span::new(words[range.start].start, words[range.end - 1].end))
            .filter(|span| shown.start <= span.start as usize && span.end as usize <= shown.end)
            .collect();
        let confidence = matched
            .iter()
            .filter(|(_, occurrence)| Some(occurrence.tier) == best)
            .map(|(range, occurrence)| self.confidence(words[range.start].start..words[range.end - 1].end, occurrence))
            .try_fold(0.0, |best, one| one.map(|one| f32::max(best, one)))?;
        Ok(Highlight {
            confidence,
            matched: first.map(|(_, occurrence)| matching_of(occurrence.ways, occurrence.bare)),
            ..self.slice(block, stretch, shown, spans)?
        })
    }

    /// How sure the reading of a match is; what was not read with doubt is certain.
    fn confidence(&self, matched: Range<usize>, occurrence: &Occurrence) -> Result<f32, Unreadable> {
        let readings = &self.passages.readings;
        let first = readings.partition_point(|reading| reading.text.end as usize <= matched.start);
        if readings
            .get(first)
            .is_none_or(|reading| reading.text.start as usize >= matched.end)
        {
            return Ok(1.0);
        }
        let placed = place_in(self.text.slice(matched.clone())?, matched.start, readings);
        Ok(confidence(&placed, occurrence, &self.units[occurrence.unit]))
    }

    /// The beginning of the running text.
    fn opening(&self) -> Result<Vec<Highlight>, Unreadable> {
        use corpus::BlockKind::{ListItem, Paragraph};
        let blocks = &self.passages.blocks;
        let block = blocks
            .iter()
            .find(|block| matches!(block.kind, Paragraph | ListItem))
            .or_else(|| blocks.first());
        let Some(block) = block else {
            return Ok(Vec::new());
        };
        let stretch = self.text.slice(block.span.range())?;
        let words = word_ranges_around(stretch, block.span.start as usize, 0..1);
        let shown = window(block.span.range(), &words, 0..1);
        Ok(vec![self.slice(block, stretch, shown, Vec::new())?])
    }

    /// What is `shown` of a block, whose text is `stretch`, beside its scan.
    fn slice(
        &self,
        block: &StoredBlock,
        stretch: &str,
        shown: Range<usize>,
        spans: Vec<Span>,
    ) -> Result<Highlight, Unreadable> {
        let readings = &self.passages.readings;
        let start = block.span.start as usize;
        let text = stretch.get(shown.start - start..shown.end - start).ok_or(Unreadable)?;
        let spans = merged(spans);
        let one = one_line(text);
        let ranges = in_chars(text, shown.start, &spans);
        // Where nothing was read, the scan is the text.
        let (scan, scan_ranges) = if readings.is_empty() {
            (one.clone(), ranges.clone())
        } else {
            let in_scan = span_in_scan(readings, Span::from(shown.clone()));
            let scan = self.scan.slice(in_scan.range()).unwrap_or_default();
            let spans = merged(spans.iter().map(|&span| span_in_scan(readings, span)).collect());
            (one_line(scan), in_chars(scan, in_scan.start as usize, &spans))
        };
        let doubtful = doubtful(readings, Span::from(shown.clone()));
        Ok(Highlight {
            text: one,
            ranges,
            scan,
            scan_ranges,
            doubtful: in_chars(text, shown.start, &doubtful),
            section: block
                .section
                .and_then(|section| self.passages.headings.get(section as usize))
                .filter(|heading| !heading.is_empty())
                .cloned(),
            confidence: 1.0,
            matched: None,
        })
    }
}

/// How sure the reading of matched words is: the product over them, of another reading where only that matches.
fn confidence(placed: &[Placed], occurrence: &Occurrence, unit: &Unit) -> f32 {
    let folded = occurrence.ways & (way::EXACT | way::EXACT_OTHER) == 0;
    let of_slot = |(one, slot): (&Placed, &Slot)| {
        let matches = |word: &Word| word.marked == slot.marked || ((folded || slot.open()) && word.bare == slot.bare);
        if matches(&one.word) {
            return one.confidence;
        }
        one.others
            .iter()
            .find(|(word, _)| matches(word))
            .map_or(one.confidence, |(_, confidence)| *confidence)
    };
    placed.iter().zip(&unit.slots).map(of_slot).product()
}

fn doubtful(readings: &[Reading], shown: Span) -> Vec<Span> {
    let first = readings.partition_point(|reading| reading.text.end <= shown.start);
    readings[first..]
        .iter()
        .take_while(|reading| reading.text.start < shown.end)
        .filter(|reading| reading.confidence < DOUBTFUL && shown.holds(reading.text))
        .map(|reading| reading.text)
        .collect()
}

/// The same stretches in order, those that touch joined.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Byte spans of a whole text as character ranges of `part`, which begins at `offset` in it.
fn in_chars(part: &str, offset: usize, spans: &[Span]) -> Vec<(usize, usize)> {
    let (mut chars, mut at) = (0, 0);
    let mut to_chars = |byte: usize| {
        let byte = byte.clamp(at, part.len());
        chars += part[at..byte].chars().count();
        at = byte;
        chars
    };
    spans
        .iter()
        .map(|span| {
            (
                to_chars((span.start as usize).saturating_sub(offset)),
                to_chars((span.end as usize).saturating_sub(offset)),
            )
        })
        .collect()
}

/// The same characters, line ends and tabs read as spaces.
fn one_line(text: &str) -> String {
    let between = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'\t');
    match text.as_bytes().iter().filter(|byte| between(byte)).count() {
        0 => text.to_owned(),
        _ => text.replace(['\n', '\r', '\t'], " "),
    }
}
