//! Finds a plan's terms in the dictionaries of a snapshot, and makes the nodes that match it, segment by segment.

use std::cmp::Reverse;

use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term};

use crate::analyzer::{BEST, OTHER, write_key};
use crate::matcher::{Lengths, UnitMatcher};
use crate::node::{Node, Within};
use crate::plan::{Layer, Plan, Slot, Step, Unit};
use crate::sections::{self, role_mark};
use crate::slots::{List, SlotLists};
use crate::snapshot::Snapshot;

/// A plan whose terms have been looked up.
pub(crate) struct Lookup<'a> {
    plan: &'a Plan,
    snapshot: &'a Snapshot,
    units: Vec<UnitTerms>,
}

/// The terms of one unit.
struct UnitTerms {
    /// By segment, then by slot.
    segments: Vec<Vec<Vec<(TermInfo, u8)>>>,
    /// How telling it is: the sum over its syllables.
    idf: f32,
}

/// The bit of a way that tells another reading.
const OTHER_BIT: u8 = 1;
/// The bit of a way that tells ignored marks.
const FOLDED_BIT: u8 = 1 << 1;

/// A syllable typed without marks among marked ones is meant so if at least this share of what folds to it is written
/// so; else its marks were left out.
const UNMARKED_SHARE: f64 = 0.02;

impl<'a> Lookup<'a> {
    /// Looks up all terms of `plan`.
    pub fn new(plan: &'a Plan, snapshot: &'a Snapshot) -> tantivy::Result<Self> {
        let units = plan
            .units
            .iter()
            .map(|unit| unit_terms(unit, snapshot))
            .collect::<tantivy::Result<_>>()?;
        Ok(Self { plan, snapshot, units })
    }

    /// The node of the whole plan in the segment `ord`, at its first candidate.
    pub fn node(&self, ord: usize) -> tantivy::Result<Node> {
        self.step(ord, &self.plan.root)
    }

    fn step(&self, ord: usize, step: &Step) -> tantivy::Result<Node> {
        let reader = self.snapshot.segment(ord);
        let steps = |steps: &[Step]| {
            steps
                .iter()
                .map(|step| self.step(ord, step))
                .collect::<tantivy::Result<Vec<_>>>()
        };
        let mut node = match step {
            Step::All => Node::All {
                doc: 0,
                bound: reader.max_doc(),
            },
            Step::Unit(unit) => self.unit(ord, *unit)?,
            Step::Number(number) => Node::Number {
                own: raw_postings(reader, self.snapshot.fields.number, number)?,
                cites: raw_postings(reader, self.snapshot.fields.cites, number)?,
                doc: 0,
            },
            Step::And { must, not } => Node::all(steps(must)?, steps(not)?, false),
            Step::Run(units) => {
                let units = units.iter().map(|&unit| self.unit(ord, unit));
                Node::all(units.collect::<tantivy::Result<_>>()?, Vec::new(), true)
            }
            Step::Or(choices) => Node::Or {
                choices: steps(choices)?,
                doc: 0,
            },
            Step::Reading(read) => Node::Reading(Box::new(self.step(ord, read)?)),
            Step::Within { heading, role, inner } => {
                let mark = |term: &str| positions(reader, self.snapshot.fields.sections, term);
                let role = role
                    .as_deref()
                    .map_or_else(|| Ok(SlotLists::new(Vec::new())), |name| mark(&role_mark(name)))?;
                let inner = inner.as_ref().map(|inner| self.step(ord, inner)).transpose()?;
                Node::Within(Box::new(Within {
                    heading: self.phrase(ord, *heading)?,
                    role,
                    marks: [
                        mark(sections::START)?,
                        mark(sections::HEADING_END)?,
                        mark(sections::END)?,
                    ],
                    inner,
                    doc: 0,
                }))
            }
        };
        node.seek(0);
        Ok(node)
    }

    fn unit(&self, ord: usize, at: usize) -> tantivy::Result<Node> {
        let mut node = Node::Unit(self.phrase(ord, at)?);
        if self.plan.units[at].layer == Layer::Unscanned {
            node = Node::Unscanned {
                inner: Box::new(node),
                scanned: self.snapshot.segment(ord).fast_fields().bool("scanned")?,
            };
        }
        Ok(node)
    }

    fn phrase(&self, ord: usize, at: usize) -> tantivy::Result<UnitMatcher> {
        let unit = &self.plan.units[at];
        let terms = &self.units[at];
        let reader = self.snapshot.segment(ord);
        let field = self.field(unit.layer);
        let inverted = reader.inverted_index(field)?;
        let mut slots = Vec::with_capacity(unit.slots.len());
        for slot in &terms.segments[ord] {
            let mut lists = Vec::with_capacity(slot.len());
            for (info, way) in slot {
                lists.push(List {
                    postings: inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?,
                    way: *way,
                });
            }
            slots.push(SlotLists::new(lists));
        }
        let lengths = Lengths {
            factors: self.snapshot.length_factors(unit.layer),
            classes: reader.get_fieldnorms_reader(field)?,
        };
        let mut phrase = UnitMatcher::new(at, unit, slots, lengths, terms.idf);
        phrase.seek(0);
        Ok(phrase)
    }

    fn field(&self, layer: Layer) -> Field {
        field_of(self.snapshot, layer)
    }
}

fn field_of(snapshot: &Snapshot, layer: Layer) -> Field {
    match layer {
        Layer::Text | Layer::Unscanned => snapshot.fields.text,
        Layer::Scan => snapshot.fields.scan,
    }
}

fn unit_terms(unit: &Unit, snapshot: &Snapshot) -> tantivy::Result<UnitTerms> {
    let field = field_of(snapshot, unit.layer);
    let mixed = unit.layer == Layer::Text && !unit.bare;
    let mut segments = vec![Vec::with_capacity(unit.slots.len()); snapshot.segment_count()];
    let mut idf = 0.0;
    for slot in &unit.slots {
        let mut found: Vec<Vec<(TermInfo, u8)>> = Vec::new();
        let (mut exact, mut folded) = (0u64, 0u64);
        for ord in 0..snapshot.segment_count() {
            let terms = slot_terms(snapshot.segment(ord), field, slot, unit.layer)?;
            for (info, way) in &terms {
                let frequency = u64::from(info.doc_freq);
                if way & FOLDED_BIT == 0 {
                    exact += frequency;
                } else {
                    folded += frequency;
                }
            }
            found.push(terms);
        }
        let open = mixed && slot.open() && (exact as f64) < UNMARKED_SHARE * (exact + folded) as f64;
        let count = snapshot.document_count() as f32;
        let frequency = if unit.bare || open { exact + folded } else { exact } as f32;
        let frequency = frequency.min(count);
        idf += (1.0 + (count - frequency + 0.5) / (frequency + 0.5)).ln();
        for (segment, mut terms) in segments.iter_mut().zip(found) {
            if open {
                terms.iter_mut().for_each(|(_, way)| *way &= !FOLDED_BIT);
            }
            segment.push(terms);
        }
    }
    Ok(UnitTerms { segments, idf })
}

/// All terms of a segment that fold to a syllable, with their ways, the most frequent first; for the scan's letters, the
/// exact one.
fn slot_terms(reader: &SegmentReader, field: Field, slot: &Slot, layer: Layer) -> tantivy::Result<Vec<(TermInfo, u8)>> {
    let inverted = reader.inverted_index(field)?;
    let mut exact = String::new();
    write_key(&mut exact, &slot.bare, BEST, &slot.marked);
    if layer != Layer::Text {
        return Ok(inverted
            .terms()
            .get(&exact)?
            .map(|info| (info, 0))
            .into_iter()
            .collect());
    }
    let first = format!("{}{BEST}", slot.bare);
    let behind = format!("{}{}", slot.bare, char::from(OTHER as u8 + 1));
    let marks = if slot.marked == slot.bare { "" } else { &slot.marked };
    let mut stream = inverted.terms().range().ge(&first).lt(&behind).into_stream()?;
    let mut terms = Vec::new();
    while stream.advance() {
        let key = &stream.key()[slot.bare.len()..];
        let other = if key[0] == OTHER as u8 { OTHER_BIT } else { 0 };
        let folded = if &key[1..] == marks.as_bytes() { 0 } else { FOLDED_BIT };
        terms.push((stream.value().clone(), other | folded));
    }
    terms.sort_by_key(|(info, _)| Reverse(info.doc_freq));
    Ok(terms)
}

fn raw_postings(reader: &SegmentReader, field: Field, value: &str) -> tantivy::Result<SlotLists> {
    lists(reader, field, value, IndexRecordOption::Basic)
}

fn positions(reader: &SegmentReader, field: Field, value: &str) -> tantivy::Result<SlotLists> {
    lists(reader, field, value, IndexRecordOption::WithFreqsAndPositions)
}

fn lists(reader: &SegmentReader, field: Field, value: &str, option: IndexRecordOption) -> tantivy::Result<SlotLists> {
    let term = Term::from_field_text(field, value);
    let postings = reader.inverted_index(field)?.read_postings(&term, option)?;
    Ok(SlotLists::new(
        postings.map(|postings| List { postings, way: 0 }).into_iter().collect(),
    ))
}
