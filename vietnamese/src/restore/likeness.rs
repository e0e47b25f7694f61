//! How like a scanned token each word of a list is: for readers who know what stands at a place, a name or a rank.

use super::channel::{LONGEST_CHUNK, UNSEEN, chunk};
use super::letters::{self, ALL_LETTERS};
use super::model::{Model, Scanner};
use super::{Condition, Restorer};
use crate::tone::other_style;

/// The longest token that is weighed.
const LONGEST: usize = 24;

/// What the likelihood of a word is where nothing speaks for it.
const HOPELESS: f32 = -60.0;

/// How far behind the best that is to be hoped for, in log probability, the letters of a word are followed.
const REACH: f32 = 18.0;

impl Restorer {
    /// The log probability of the scanned `token` for each of `words`, which are spelled as the paper would have them.
    ///
    /// Words in alphabetical order are weighed fastest: those that begin alike are weighed together as far as they do.
    ///
    /// ```
    /// use vietnamese::restore::{Condition, Restorer};
    /// let likely = Restorer::new().likelihoods(Condition::ScannedEnglish, "Hiéng", ["Hưng", "Hường", "Toàn"]);
    /// assert!(likely[1] > likely[0] && likely[0] > likely[2]);
    /// ```
    pub fn likelihoods<'w>(
        &self,
        condition: Condition,
        token: &str,
        words: impl IntoIterator<Item = &'w str>,
    ) -> Vec<f32> {
        let words = words.into_iter();
        let scanner = match condition {
            Condition::ScannedEnglish => 0,
            Condition::ScannedVietnamese => 1,
            Condition::Clean | Condition::Garbage => return words.map(|word| certain(word == token)).collect(),
            Condition::Unmarked => return words.map(|word| certain(same_letters(word, token))).collect(),
        };
        match (&self.model, token.chars().nth(LONGEST)) {
            (Some(model), None) => {
                let mut scale = Scale::of(model, &self.scanners[scanner], token);
                words.map(|word| scale.weigh(word)).collect()
            }
            _ => words.map(|word| certain(word == token)).collect(),
        }
    }
}

fn certain(same: bool) -> f32 {
    if same { 0.0 } else { HOPELESS }
}

fn same_letters(a: &str, b: &str) -> bool {
    let bare = |text: &str| -> Vec<u8> { text.chars().filter_map(letters::letter).map(letters::bare).collect() };
    bare(a) == bare(b)
}

/// One token, ready to be compared with many words.
struct Scale<'s> {
    scanner: &'s Scanner,
    /// How many symbols the token has.
    width: usize,
    /// The log probability of `len` symbols from `from` for each letter, one table for each `len` and `from`.
    emissions: Vec<f32>,
    /// The best log probability that is to be hoped for from each symbol on, whatever the letters.
    hope: Vec<f32>,
    /// The letters of the word weighed last.
    spelled: Vec<u8>,
    /// For each letter of it the likeliest way to the first so many symbols; one more in front for no letters.
    rows: Vec<f32>,
    /// How many of those letters are already too unlikely to go on with.
    dead: Option<usize>,
}

impl<'s> Scale<'s> {
    fn of(model: &Model, scanner: &'s Scanner, token: &str) -> Self {
        let symbols: Vec<u8> = token.chars().map(|c| model.symbols.symbol(c)).collect();
        let width = symbols.len();
        let mut emissions = Vec::with_capacity((width + 1) * LONGEST_CHUNK * ALL_LETTERS);
        for from in 0..width {
            for (len, &unseen) in UNSEEN.iter().enumerate().skip(1) {
                let begin = emissions.len();
                emissions.resize(begin + ALL_LETTERS, unseen);
                let Some(read) = symbols.get(from..from + len) else {
                    continue;
                };
                for &(letter, log) in scanner.channel.emitters(chunk(read)) {
                    emissions[begin + letter as usize] = log;
                }
            }
        }
        let mut hope = vec![0.0; width + 1];
        for from in (0..width).rev() {
            let ahead = (1..=LONGEST_CHUNK.min(width - from)).map(|len| {
                let emitters = scanner.channel.emitters(chunk(&symbols[from..from + len]));
                emitters.iter().map(|e| e.1).fold(UNSEEN[len], f32::max) + hope[from + len]
            });
            hope[from] = ahead.fold(f32::NEG_INFINITY, f32::max);
        }
        let mut rows = vec![f32::NEG_INFINITY; width + 1];
        rows[0] = 0.0;
        Self {
            scanner,
            width,
            emissions,
            hope,
            spelled: Vec::new(),
            rows,
            dead: None,
        }
    }

    /// The log probability of the token for `word`, in either placement of its tone mark.
    fn weigh(&mut self, word: &str) -> f32 {
        let letters = self.by_letters(word);
        // Two placements have only `Hòa`, `Hòe`, `Thúy` and their like.
        let other = if word.ends_with(['a', 'e', 'y']) {
            other_style(word)
        } else {
            None
        };
        match other {
            Some(other) => letters.max(self.by_letters(&other)),
            None => letters,
        }
    }

    fn by_letters(&mut self, word: &str) -> f32 {
        let mut length = 0;
        for c in word.chars() {
            let Some(letter) = letters::letter(c) else {
                return HOPELESS;
            };
            if self.spelled.get(length) != Some(&letter) {
                self.spelled.truncate(length);
                self.rows.truncate((length + 1) * (self.width + 1));
                self.spelled.push(letter);
                self.step(letter);
                self.dead = self.dead.filter(|&dead| dead <= length);
                let row = &self.rows[(length + 1) * (self.width + 1)..];
                let least = self.hope[0] - REACH;
                if row.iter().zip(&self.hope).all(|(log, ahead)| log + ahead < least) {
                    self.dead.get_or_insert(length + 1);
                }
            }
            length += 1;
            // What begins so cannot become likelier.
            if self.dead.is_some_and(|dead| dead <= length) {
                return HOPELESS;
            }
        }
        self.rows[length * (self.width + 1) + self.width].max(HOPELESS)
    }

    /// Adds the row of one more letter.
    fn step(&mut self, letter: u8) {
        let width = self.width;
        let before = self.rows.len() - (width + 1);
        let here = self.rows.len();
        let deletion = self.scanner.channel.deletion(letter);
        self.rows.extend_from_within(before..here);
        for cell in &mut self.rows[here..] {
            *cell += deletion;
        }
        for from in 0..width {
            let so_far = self.rows[before + from];
            for len in 1..=LONGEST_CHUNK.min(width - from) {
                let log = self.emissions[(from * LONGEST_CHUNK + len - 1) * ALL_LETTERS + letter as usize];
                let cell = &mut self.rows[here + from + len];
                *cell = cell.max(so_far + log);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_weighed_alike_in_any_order() {
        let restorer = Restorer::new();
        let words = ["Hòa", "Hoài", "Hoa", "Hường"];
        let together = restorer.likelihoods(Condition::ScannedEnglish, "Hoa", words);
        for (word, together) in words.into_iter().zip(together) {
            let alone = restorer.likelihoods(Condition::ScannedEnglish, "Hoa", [word]);
            assert_eq!(alone, [together], "{word}");
        }
    }

    #[test]
    fn what_needs_no_scanner_is_the_same_or_not() {
        let restorer = Restorer::new();
        assert_eq!(
            restorer.likelihoods(Condition::Clean, "Hà", ["Hà", "Ha"]),
            [0.0, HOPELESS]
        );
        assert_eq!(
            restorer.likelihoods(Condition::Unmarked, "Ha", ["Hà", "Hai"]),
            [0.0, HOPELESS]
        );
        assert_eq!(
            restorer.likelihoods(Condition::ScannedEnglish, "", ["Hà 2"]),
            [HOPELESS]
        );
    }
}
