//! Names of persons read out of scanned words.
//!
//! Names are what restoring reads worst, since no sentence tells `Toại` from `Toàn`. Here it is known that a name stands
//! there: which syllables names are made of and which follow which is weighed against what the scanner writes for each.

use vietnamese::restore::{Condition, Restorer};
use vietnamese::syllable::is_syllable;

use crate::metadata::case::capitalized;
use crate::metadata::name_table::{Place, TABLE};

/// How much what restoring read weighs: it knows the sentence, and many who are often named.
const READ: f32 = 0.6;
/// What a reading that restoring did not think of is worth.
const UNREAD: f32 = 0.02;

/// One word of a name as it was scanned and restored.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// The word of the scan, white space taken out.
    pub scanned: String,
    /// What became of the paper there.
    pub condition: Condition,
    /// What restoring read, likeliest first, in lower case with probabilities.
    pub readings: Vec<(String, f32)>,
}

impl Token {
    /// A word that was not restored.
    pub fn certain(written: &str) -> Self {
        Self {
            scanned: written.to_owned(),
            condition: Condition::Clean,
            readings: vec![(written.to_lowercase(), 1.0)],
        }
    }
}

impl Token {
    /// What scanner and restorer say for the syllable `written`, the log of a weight.
    fn weight(&self, restorer: &Restorer, written: &str) -> f32 {
        let scanned = restorer.likelihoods(self.condition, &self.scanned, [written]);
        let lowered = written.to_lowercase();
        let read = self.readings.iter().find(|(reading, _)| *reading == lowered);
        scanned.first().copied().unwrap_or(f32::NEG_INFINITY)
            + READ * read.map_or(UNREAD, |(_, sure)| sure.max(UNREAD)).ln()
    }
}

/// A name, and the probability that it is right in all its syllables.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Name {
    /// The words, each with a capital.
    pub text: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// A syllable that may stand at a place of the name.
#[derive(Debug, Clone, Default)]
struct Candidate {
    written: String,
    syllable: Option<u16>,
    /// What scanner and restorer say for it.
    weight: f32,
    /// The best way through the name so far: its weight, and the candidate before.
    best: f32,
    before: usize,
    /// The weight of all ways together.
    all: f32,
}

impl Candidate {
    /// Finds the ways through the candidates before it.
    fn follow(&mut self, earlier: &[Self], place: Place) {
        (self.best, self.all) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for (index, before) in earlier.iter().enumerate() {
            let step = TABLE.behind(before.syllable, self.syllable, place) + self.weight;
            if before.best + step > self.best {
                (self.best, self.before) = (before.best + step, index);
            }
            self.all = log_add(self.all, before.all + step);
        }
    }
}

/// The likeliest name of these tokens.
pub(crate) fn read(restorer: &Restorer, tokens: &[Token]) -> Name {
    trace(&columns(restorer, tokens))
}

/// Which of the names `known` these tokens are, and how likely; none where a name that is not known is likelier.
pub(crate) fn read_among(restorer: &Restorer, tokens: &[Token], known: &[&str]) -> Option<(usize, f32)> {
    /// How often somebody signs whose name is known.
    const AMONG: f32 = 0.5;
    let share = AMONG / known.len().max(1) as f32;
    let weight = |name: &&str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let weighed = words
            .iter()
            .zip(tokens)
            .map(|(word, token)| token.weight(restorer, word));
        let fits = words.len() == tokens.len();
        share.ln() + if fits { weighed.sum() } else { f32::NEG_INFINITY }
    };
    let weights: Vec<f32> = known.iter().map(weight).collect();
    let (best, &likeliest) = weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    let others = (1.0 - AMONG).ln() + all_ways(&columns(restorer, tokens));
    let all = weights.iter().fold(others, |sum, &weight| log_add(sum, weight));
    let confidence = (likeliest - all).exp();
    (confidence > 0.5).then_some((best, confidence))
}

/// The syllables that each token may be, with the ways through them.
fn columns(restorer: &Restorer, tokens: &[Token]) -> Vec<Vec<Candidate>> {
    let mut columns: Vec<Vec<Candidate>> = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let place = match index {
            0 => Place::Surname,
            _ if index + 1 == tokens.len() => Place::Given,
            _ => Place::Within,
        };
        let mut column = candidates(restorer, token, place);
        let first = [Candidate::default()];
        let earlier = columns.last().map_or(&first[..], Vec::as_slice);
        for candidate in &mut column {
            candidate.follow(earlier, place);
        }
        columns.push(column);
    }
    columns
}

/// The weight of all ways through the columns together.
fn all_ways(columns: &[Vec<Candidate>]) -> f32 {
    let last = columns.last().map_or(&[][..], Vec::as_slice);
    last.iter()
        .fold(f32::NEG_INFINITY, |sum, candidate| log_add(sum, candidate.all))
}

/// The best way through the columns, and its share of all ways.
fn trace(columns: &[Vec<Candidate>]) -> Name {
    /// How often a scanned word that spells no syllable is right.
    const UNSPELLED: f32 = 0.5;
    let last = columns.last().map_or(&[][..], Vec::as_slice);
    let likeliest = (0..last.len()).max_by(|&a, &b| last[a].best.total_cmp(&last[b].best));
    let Some(mut at) = likeliest else {
        return Name::default();
    };
    let mut confidence = (last[at].best - all_ways(columns)).exp();
    let mut words = Vec::with_capacity(columns.len());
    for column in columns.iter().rev() {
        let chosen = &column[at];
        // What no name has and no syllable spells (`Giv`) is what the scanner left, and likely wrong.
        if chosen.weight < 0.0 && chosen.syllable.is_none() && !is_syllable(&chosen.written.to_lowercase()) {
            confidence *= UNSPELLED;
        }
        words.push(chosen.written.as_str());
        at = chosen.before;
    }
    words.reverse();
    Name {
        text: words.join(" "),
        confidence,
    }
}

/// The syllables that `token` may be, the likeliest so many.
fn candidates(restorer: &Restorer, token: &Token, place: Place) -> Vec<Candidate> {
    const MOST: usize = 20;
    /// Less likely than this is hardly how the word was scanned.
    const LEAST: f32 = -30.0;
    let known = TABLE.written.len();
    // The places in the table of what was read, and behind it what the table lacks.
    let mut unknown: Vec<String> = Vec::new();
    let mut read: Vec<(usize, f32)> = Vec::with_capacity(token.readings.len());
    for (reading, sure) in &token.readings {
        let index = TABLE.number(reading).map_or_else(
            || {
                unknown.push(capitalized(reading));
                known + unknown.len() - 1
            },
            usize::from,
        );
        read.push((index, sure.max(UNREAD)));
    }
    let words = TABLE.written.iter().chain(&unknown).map(String::as_str);
    let mut weights = restorer.likelihoods(token.condition, &token.scanned, words);
    for weight in &mut weights {
        *weight += READ * UNREAD.ln();
    }
    for &(index, sure) in &read {
        weights[index] += READ * (sure / UNREAD).ln();
    }
    let syllable = |index: usize| (index < known).then_some(index as u16);
    let mut ranked: Vec<(f32, usize)> = weights
        .iter()
        .enumerate()
        .filter(|&(_, &weight)| weight > LEAST)
        .map(|(index, &weight)| (weight + TABLE.alone_log(syllable(index), place), index))
        .collect();
    if ranked.len() > MOST {
        ranked.select_nth_unstable_by(MOST, |a, b| b.0.total_cmp(&a.0));
        ranked.truncate(MOST);
    }
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let mut column: Vec<Candidate> = ranked
        .into_iter()
        .map(|(_, index)| Candidate {
            written: TABLE
                .written
                .get(index)
                .unwrap_or_else(|| &unknown[index - known])
                .clone(),
            syllable: syllable(index),
            weight: weights[index],
            ..Candidate::default()
        })
        .collect();
    if column.is_empty() {
        let written = token
            .readings
            .first()
            .map_or(token.scanned.as_str(), |(reading, _)| reading);
        column.push(Candidate {
            written: capitalized(written),
            ..Candidate::default()
        });
    }
    column
}

/// The log of the sum of two probabilities given as logs.
fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scanned: &[&str], readings: &[&str], want: &str) {
        let token = |(scanned, reading): (&&str, &&str)| Token {
            scanned: (*scanned).to_owned(),
            condition: Condition::ScannedEnglish,
            readings: vec![((*reading).to_owned(), 0.6)],
        };
        let tokens: Vec<Token> = scanned.iter().zip(readings).map(token).collect();
        assert_eq!(read(&Restorer::new(), &tokens).text, want);
    }

    #[test]
    fn names_are_read_by_what_stands_in_names() {
        check(
            &["Nguyén", "Thi", "Héng"],
            &["nguyên", "thì", "hồng"],
            "Nguyễn Thị Hồng",
        );
        check(&["Pham", "Van", "Hing"], &["phạm", "vẫn", "hùng"], "Phạm Văn Hùng");
        check(&["Vii", "Dinh", "Hoach"], &["vi", "đình", "hoạch"], "Vũ Đình Hoạch");
    }

    #[test]
    fn what_was_typed_stays() {
        let tokens = ["Vi", "Thị", "Lụa"].map(Token::certain);
        let name = read(&Restorer::new(), &tokens);
        assert_eq!(name.text, "Vi Thị Lụa");
        assert!(name.confidence > 0.99);
    }

    #[test]
    fn no_words_are_no_name() {
        assert_eq!(read(&Restorer::new(), &[]), Name::default());
    }
}
