//! From a [`Query`] to what is looked up: phrases of syllables, joined by and, or, not.

use crate::analyzer::{self, Word};
use crate::error::SearchError;
use crate::query::{QUERY_MAX_PARTS, Query};
use crate::request::Matching;

/// A query ready to be looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// How the units are joined.
    pub root: Step,
    /// Every phrase of the query.
    pub units: Vec<Unit>,
}

/// One step of a plan; units are indexes into [`Plan::units`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// All documents.
    All,
    /// Documents that hold the phrase.
    Unit(usize),
    /// The document of this number, and those that cite it; squashed.
    Number(String),
    /// All of `must`, none of `not`.
    And { must: Vec<Step>, not: Vec<Step> },
    /// Words typed one behind the other: all of them, better where they stand so.
    Run(Vec<usize>),
    /// At least one.
    Or(Vec<Step>),
    /// How letters of a scanner are read: below what was typed.
    Reading(Box<Step>),
    /// `inner` within sections that have the heading.
    Within {
        heading: usize,
        role: Option<String>,
        inner: Option<Box<Step>>,
    },
}

/// In which words a unit is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    /// Restored text, with what the scanner may have meant.
    Text,
    /// The scan's own letters.
    Scan,
    /// Text that is its own scan.
    Unscanned,
}

/// A syllable or several, one behind the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// The syllables.
    pub slots: Vec<Slot>,
    /// Where it is looked up.
    pub layer: Layer,
    /// Whether it was typed without any mark.
    pub bare: bool,
    /// Whether it was typed in quotes: then only the text itself counts.
    pub quoted: bool,
    /// Which ways of matching count as found at the strictness asked for, as a set of [`way`]s.
    pub accepts: u8,
    /// Which do where the query decides.
    pub typed: u8,
}

/// One syllable of a unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slot {
    /// As typed.
    pub marked: String,
    /// Without marks.
    pub bare: String,
}

impl Slot {
    /// Whether it was typed without marks; beside marked syllables it may then stand for what folds to it.
    pub fn open(&self) -> bool {
        analyzer::is_unmarked(&self.marked, &self.bare)
    }
}

/// The ways in which a phrase matches, as bits of a set; each is the bit `1 << (others | folded << 1)`.
pub(crate) mod way {
    /// The best reading as typed.
    pub(crate) const EXACT: u8 = 1;
    /// As typed, but only by another reading of the scan.
    pub(crate) const EXACT_OTHER: u8 = 1 << 1;
    /// The best reading with marks ignored.
    pub(crate) const FOLDED: u8 = 1 << 2;
    /// With marks ignored and by another reading.
    pub(crate) const FOLDED_OTHER: u8 = 1 << 3;
    /// All of them.
    pub(crate) const ALL: u8 = EXACT | EXACT_OTHER | FOLDED | FOLDED_OTHER;
}

/// Which ways count as found at a strictness.
pub(crate) fn ways_of(matching: Matching) -> u8 {
    match matching {
        Matching::Marked => way::EXACT,
        Matching::Bare => way::EXACT | way::FOLDED,
        Matching::Scan => way::ALL,
    }
}

/// Plans `query`; `matching` is the strictness asked for, if any, and `restore` puts marks on words typed without.
pub(crate) fn plan(
    query: &Query,
    matching: Option<Matching>,
    restore: &dyn Fn(&str) -> String,
) -> Result<Plan, SearchError> {
    let mut planner = Planner {
        strictness: Strictness::Asked(matching),
        restore,
        units: Vec::new(),
        slots: 0,
    };
    let root = planner.step(query)?;
    Ok(Plan {
        root,
        units: planner.units,
    })
}

/// More syllables than this are refused, however they are grouped.
const SLOTS_MAX: usize = 2 * QUERY_MAX_PARTS;

/// How strictly the words of a part are matched.
#[derive(Clone, Copy)]
enum Strictness {
    /// As asked for, if anything is.
    Asked(Option<Matching>),
    /// Only what surely stands there as it was typed: a looser question must not exclude more than a strict one.
    Sure,
}

struct Planner<'a> {
    strictness: Strictness,
    restore: &'a dyn Fn(&str) -> String,
    units: Vec<Unit>,
    slots: usize,
}

impl Planner<'_> {
    fn step(&mut self, query: &Query) -> Result<Step, SearchError> {
        Ok(match query {
            Query::All => Step::All,
            Query::Words(words) => self.words(words)?,
            Query::Phrase(phrase) => Step::Unit(self.unit(&analyzer::words(phrase), Layer::Text, true)?),
            Query::Scan(phrase) => {
                let words = analyzer::words(phrase);
                Step::Or(vec![
                    Step::Unit(self.unit(&words, Layer::Scan, true)?),
                    Step::Unit(self.unit(&words, Layer::Unscanned, true)?),
                ])
            }
            Query::Number(number) => Step::Number(squash_number(number)),
            Query::Section(heading) => self.within(heading, None)?,
            Query::Not(_) => self.all_of(std::slice::from_ref(query))?,
            Query::And(parts) => self.all_of(parts)?,
            Query::Or(parts) => Step::Or(parts.iter().map(|part| self.step(part)).collect::<Result<_, _>>()?),
            Query::Reading(read) => Step::Reading(Box::new(self.step(read)?)),
        })
    }

    fn all_of(&mut self, parts: &[Query]) -> Result<Step, SearchError> {
        let (mut must, mut not, mut headings) = (Vec::new(), Vec::new(), Vec::new());
        for part in &whole_exclusions(parts, self.restore) {
            match part {
                Query::Not(part) => not.push(self.at(Strictness::Sure, |planner| planner.step(part))?),
                Query::Section(heading) => headings.push(heading.clone()),
                part => must.push(self.step(part)?),
            }
        }
        if must.is_empty() && headings.is_empty() {
            must.push(Step::All);
        }
        // Each heading restricts the words; with several, the words must stand under each.
        let mut inner = match must.len() {
            0 => None,
            1 => must.pop(),
            _ => Some(Step::And { must, not: Vec::new() }),
        };
        for heading in headings {
            inner = Some(self.within(&heading, inner)?);
        }
        let inner = inner.expect("something is always asked for");
        if not.is_empty() {
            return Ok(inner);
        }
        Ok(Step::And { must: vec![inner], not })
    }

    /// Plans a part at a strictness of its own.
    fn at<T>(&mut self, strictness: Strictness, part: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.strictness, strictness);
        let planned = part(self);
        self.strictness = outer;
        planned
    }

    fn within(&mut self, heading: &str, inner: Option<Step>) -> Result<Step, SearchError> {
        let words = analyzer::words(heading);
        let bare: Vec<&str> = words.iter().map(|word| word.bare.as_str()).collect();
        Ok(Step::Within {
            role: crate::facets::role_of_bare(&bare.join(" ")),
            // A section is where to look, like a filter: how strictly its words match does not move it.
            heading: self.at(Strictness::Asked(None), |planner| {
                planner.unit(&words, Layer::Text, false)
            })?,
            inner: inner.map(Box::new),
        })
    }

    /// Words typed one behind the other: document numbers among them by themselves, the others as runs.
    fn words(&mut self, typed: &str) -> Result<Step, SearchError> {
        // A number in any spelling finds its document and those that cite it: `69 kh btgtu`, `số 69-KH/BTGTU`.
        let number = squash_number(typed);
        if looks_like_number(&number) && !typed.contains(['/', '-']) {
            return Ok(Step::Or(vec![Step::Number(number), self.run(typed)?]));
        }
        let mut must = Vec::new();
        let mut from = 0;
        for word in typed.split_whitespace() {
            let start = word.as_ptr() as usize - typed.as_ptr() as usize;
            let number = squash_number(word);
            if word.contains(['/', '-']) && looks_like_number(&number) {
                let before = without_number_word(&typed[from..start]);
                if before.chars().any(char::is_alphanumeric) {
                    must.push(self.run(before)?);
                }
                let phrase = self.unit(&analyzer::words(word), Layer::Text, true)?;
                must.push(Step::Or(vec![Step::Number(number), Step::Unit(phrase)]));
                from = start + word.len();
            }
        }
        if typed[from..].chars().any(char::is_alphanumeric) {
            must.push(self.run(&typed[from..])?);
        }
        Ok(match must.len() {
            1 => must.swap_remove(0),
            _ => Step::And { must, not: Vec::new() },
        })
    }

    fn run(&mut self, typed: &str) -> Result<Step, SearchError> {
        let mut units = Vec::new();
        for unit in units_of(typed, self.restore) {
            units.push(self.unit(&unit, Layer::Text, false)?);
        }
        Ok(match units[..] {
            [unit] => Step::Unit(unit),
            _ => Step::Run(units),
        })
    }

    fn unit(&mut self, words: &[Word], layer: Layer, quoted: bool) -> Result<usize, SearchError> {
        self.slots += words.len();
        if self.slots > SLOTS_MAX {
            return Err(SearchError::Query {
                position: 0,
                code: "query-too-many-words",
                reason: format!("it has more than {SLOTS_MAX} syllables"),
            });
        }
        let bare = words.iter().all(Word::is_unmarked);
        let typed = match layer {
            Layer::Scan | Layer::Unscanned => way::EXACT,
            Layer::Text if bare => way::ALL,
            Layer::Text if quoted => way::EXACT | way::EXACT_OTHER,
            Layer::Text => way::EXACT | way::EXACT_OTHER | way::FOLDED,
        };
        let accepts = match (layer, self.strictness) {
            (Layer::Scan | Layer::Unscanned, _) => way::EXACT,
            (_, Strictness::Asked(Some(matching))) => ways_of(matching),
            (_, Strictness::Asked(None)) => typed,
            (_, Strictness::Sure) if bare => way::EXACT | way::FOLDED,
            (_, Strictness::Sure) => way::EXACT,
        };
        let slots = words
            .iter()
            .map(|word| Slot {
                marked: word.marked.clone(),
                bare: word.bare.clone(),
            })
            .collect();
        self.units.push(Unit {
            slots,
            layer,
            bare,
            quoted,
            accepts,
            typed,
        });
        Ok(self.units.len() - 1)
    }
}

/// A dash before a word of several syllables excludes all of it: `-kinh tế` is not `tế` without `kinh`.
fn whole_exclusions(parts: &[Query], restore: &dyn Fn(&str) -> String) -> Vec<Query> {
    let mut whole = parts.to_vec();
    for at in 1..whole.len() {
        let (before, behind) = whole.split_at_mut(at);
        if let (Query::Not(excluded), Query::Words(rest)) = (&mut before[at - 1], &mut behind[0])
            && let Query::Words(first) = &mut **excluded
        {
            let run = format!("{first} {rest}");
            let units = units_of(&run, restore);
            let end = units.first().and_then(|unit| unit.last()).map_or(0, |word| word.end);
            let (word, others) = run.split_at(end.max(first.len()));
            (*first, *rest) = (word.to_owned(), others.to_owned());
        }
    }
    whole.retain(|part| !matches!(part, Query::Words(words) if !words.chars().any(char::is_alphanumeric)));
    whole
}

/// The words of a run, of one syllable or several; where marks were left out, as they are with marks put on.
fn units_of(typed: &str, restore: &dyn Fn(&str) -> String) -> Vec<Vec<Word>> {
    let mut words = analyzer::words(typed);
    if words.len() < 2 || !words.iter().all(Word::is_unmarked) {
        return segment(typed);
    }
    let marked = segment(&restore(typed));
    let bare = marked.iter().flatten().map(|word| &word.bare);
    // Whatever was read as other letters is not what was typed.
    if !bare.eq(words.iter().map(|word| &word.bare)) {
        return segment(typed);
    }
    marked.iter().map(|unit| words.drain(..unit.len()).collect()).collect()
}

/// Groups the syllables of a run into words, so that a word of several syllables is found as one.
fn segment(typed: &str) -> Vec<Vec<Word>> {
    let mut units: Vec<Vec<Word>> = Vec::new();
    let mut pieces = vietnamese::segment::words(typed)
        .map(|piece| piece.as_ptr() as usize - typed.as_ptr() as usize + piece.len())
        .peekable();
    let mut end = 0;
    for word in analyzer::words(typed) {
        if word.start >= end {
            units.push(Vec::new());
        }
        while let Some(piece_end) = pieces.next_if(|_| word.end > end) {
            end = piece_end;
        }
        end = end.max(word.end);
        units.last_mut().expect("the first word begins a unit").push(word);
    }
    units
}

/// `Số` before a document number is no word to look for.
fn without_number_word(before: &str) -> &str {
    let last = before.split_whitespace().next_back().unwrap_or("");
    let bare = squash(last);
    if bare == "SO" || bare == "S6" {
        &before[..last.as_ptr() as usize - before.as_ptr() as usize]
    } else {
        before
    }
}

fn squash(text: &str) -> String {
    let words = analyzer::words(text);
    words
        .iter()
        .flat_map(|word| word.bare.chars())
        .flat_map(char::to_uppercase)
        .collect()
}

/// A document number without anything but letters and digits, in bare capitals: `69KHBTGTU`.
pub(crate) fn squash_number(number: &str) -> String {
    let words = analyzer::words(number);
    let skip = usize::from(words.len() > 1 && matches!(words[0].bare.as_str(), "so" | "s6"));
    words[skip..]
        .iter()
        .flat_map(|word| word.bare.chars())
        .flat_map(char::to_uppercase)
        .collect()
}

/// Digits, then letters: worth looking up among the numbers.
fn looks_like_number(squashed: &str) -> bool {
    squashed.len() <= 40
        && squashed.starts_with(|c: char| c.is_ascii_digit())
        && squashed.ends_with(|c: char| c.is_alphabetic())
}
