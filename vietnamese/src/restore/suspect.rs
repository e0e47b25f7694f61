//! A first look at a text with marks: the words that an engine may have misread, found without reading the text.

use super::letters;
use super::lookalikes::{LANGUAGE, Lookalike, TIED};
use super::model::{Model, SPELLING_SEED, spelling_hash};
use super::words::{BOUNDARY, MIXED, UNKNOWN, Word, number_class};

/// What a first look at a text finds.
#[derive(Debug, Default)]
pub(super) struct Suspicion<'a> {
    /// The words that stand strangely between their neighbors, in order.
    pub suspects: Vec<Suspect<'a>>,
    /// The numbers with a letter for a digit: `QHI5`, `l6`.
    pub slips: Vec<&'a str>,
    /// How many words were looked at.
    pub words: usize,
}

impl Suspicion<'_> {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.suspects.is_empty() && self.slips.is_empty()
    }
}

/// A word beside another one that an engine takes for it, and that stands better between its neighbors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Suspect<'a> {
    /// Where it begins, in bytes.
    pub start: usize,
    /// What stands there.
    pub scan: &'a str,
    /// The word that may be meant.
    pub meant: Word,
}

/// A word and where it stands.
#[derive(Debug, Clone, Copy)]
struct Placed {
    word: Word,
    start: u32,
    end: u32,
    /// See [`Lookalikes::temptation`](super::lookalikes::Lookalikes::temptation); none where there is no mark.
    temptation: f32,
    /// How likely it follows the word before it, as a logarithm; nothing where neither is tempting.
    log: f32,
}

impl Placed {
    fn new(model: &Model, text: &str, run: Run) -> Self {
        let word = run.word(model, text);
        let Run { start, end, .. } = run;
        let temptation = if text.as_bytes()[start as usize..end as usize].is_ascii() {
            f32::NEG_INFINITY
        } else {
            model.lookalikes.temptation(word)
        };
        Self {
            word,
            start,
            end,
            temptation,
            log: 0.0,
        }
    }

    fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..self.end as usize]
    }

    fn is_tempting(&self) -> bool {
        self.temptation > f32::NEG_INFINITY
    }
}

/// Looks at a text of no more than 4 GB as an engine may have written it.
///
/// Each thing is done for all words before the next: so the memory is asked for many of them at once.
pub(super) fn look<'a>(model: &Model, text: &'a str) -> Suspicion<'a> {
    let runs = runs(text);
    let mut words: Vec<Placed> = runs.into_iter().map(|run| Placed::new(model, text, run)).collect();
    weigh(model, &mut words);
    let slips = words.iter().filter(|placed| placed.word == MIXED);
    let slips = slips.map(|placed| placed.text(text)).filter(|run| is_slip(run));
    let mut found = Suspicion {
        suspects: Vec::new(),
        slips: slips.collect(),
        words: words.iter().filter(|placed| placed.word != BOUNDARY).count(),
    };
    for around in words.windows(3) {
        let &[before, middle, behind] = around else { continue };
        if middle.is_tempting()
            && !is_tied(model, middle, behind)
            && let Some(meant) = meant(model, text, [before, middle, behind])
        {
            found.suspects.push(Suspect {
                start: middle.start as usize,
                scan: middle.text(text),
                meant,
            });
        }
    }
    found
}

/// Finds how likely the words follow each other.
fn weigh(model: &Model, words: &mut [Placed]) {
    let asked = |pair: &[Placed]| pair[0].is_tempting() || pair[1].is_tempting();
    let asked: Vec<usize> = (1..words.len()).filter(|&at| asked(&words[at - 1..=at])).collect();
    let pairs = asked.iter().map(|&at| (words[at - 1].word, words[at].word));
    for (&at, log) in asked.iter().zip(model.language.pairs(pairs)) {
        words[at].log = log;
    }
}

/// Whether a word is too well tied to its neighbors for another to stand much better between them.
fn is_tied(model: &Model, word: Placed, behind: Placed) -> bool {
    let alone = model.language.unigram(word.word) + model.language.unigram(behind.word);
    word.log + behind.log - alone >= word.temptation + TIED
}

/// The word that is likelier in the middle, with the engine's error reckoned in.
fn meant(model: &Model, text: &str, [before, middle, behind]: [Placed; 3]) -> Option<Word> {
    /// How much likelier, as a logarithm, the other must be between its neighbors.
    const GAIN: f32 = 4.0;
    let lookalikes = &model.lookalikes;
    let found;
    let others = if middle.word == UNKNOWN {
        found = lookalikes.find(&model.vocabulary, &model.bare, middle.text(text));
        &found[..]
    } else {
        lookalikes.of(middle.word)
    };
    let gain = |other: &Lookalike| {
        let log = model.language.pair(before.word, other.word) + model.language.pair(other.word, behind.word);
        let gain = log - middle.log - behind.log;
        (gain > GAIN && LANGUAGE * gain + other.error > 0.0).then_some((gain, other.word))
    };
    let likelier = others.iter().filter_map(gain);
    likelier.max_by(|a, b| a.0.total_cmp(&b.0)).map(|other| other.1)
}

/// Whether a letter stands for a digit: a stroke before another digit.
fn is_slip(run: &str) -> bool {
    let bytes = run.as_bytes();
    bytes
        .windows(2)
        .any(|pair| matches!(pair[0], b'I' | b'l') && pair[1].is_ascii_digit())
}

/// The runs of letters and digits of a text, with empty ones where sentences begin and end.
///
/// They are cut as [`for_words`](super::words::for_words) cuts, as far as a first look needs, and much faster.
fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::with_capacity(text.len() / 4);
    let mut run = Run::new(0);
    runs.push(run);
    let mut ended = false;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if let Some(letter) = letters::letter(c) {
            run.letters += 1;
            run.hash = spelling_hash(run.hash, letters::lower(letter));
        } else if c.is_ascii_digit() {
            run.digits += 1;
        } else if c.is_alphanumeric() {
            run.others += 1;
        } else {
            if at > run.start as usize {
                runs.push(Run { end: at as u32, ..run });
                ended = false;
            }
            run = Run::new(at + c.len_utf8());
            match c {
                '.' | '!' | '?' | ';' | ':' | '…' => ended = true,
                '"' | '”' | '’' | ')' | '\'' => {}
                _ if c.is_whitespace() && ended => {
                    runs.push(Run::new(at));
                    ended = false;
                }
                _ => ended = false,
            }
        }
    }
    runs.push(Run::new(text.len()));
    runs
}

/// Letters and digits that stand together; nothing at all where a sentence ends.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    /// Of the letters in lower case.
    hash: u64,
    letters: u32,
    digits: u32,
    /// Letters that no spelling has.
    others: u32,
}

impl Run {
    /// An empty one.
    fn new(at: usize) -> Self {
        Self {
            start: at as u32,
            end: at as u32,
            letters: 0,
            hash: SPELLING_SEED,
            digits: 0,
            others: 0,
        }
    }

    fn word(&self, model: &Model, text: &str) -> Word {
        match (self.letters, self.digits, self.others) {
            (0, 0, 0) => BOUNDARY,
            (0, _, 0) => number_class(&text[self.start as usize..self.end as usize]),
            (_, 0, 0) => model.spelling_hashes.get(&self.hash).copied().unwrap_or(UNKNOWN),
            (_, 0, _) => UNKNOWN,
            _ => MIXED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::restore::Restorer;
    use crate::restore::words::for_words;

    /// What is suspected in a text, and what may be meant.
    fn suspects(text: &str) -> Vec<(&str, String)> {
        let restorer = Restorer::new();
        let model = restorer.model.as_deref().expect("the model that is built in is whole");
        let spelled = |word| model.vocabulary.spelling(word).unwrap_or_default().to_owned();
        let suspects = look(model, text).suspects.into_iter();
        suspects.map(|suspect| (suspect.scan, spelled(suspect.meant))).collect()
    }

    #[test]
    fn words_that_engines_misread_are_suspected() {
        let scan = "Tố chức kiếm tra, giám sát việc thực hiện chuyển đối số ở các cơ quan, đơn vị.";
        let expected = [("Tố", "tổ"), ("kiếm", "kiểm"), ("đối", "đổi")];
        assert_eq!(suspects(scan), expected.map(|(scan, meant)| (scan, meant.to_owned())));
    }

    #[test]
    fn clean_text_and_words_misspelled_by_hand_are_not() {
        assert_eq!(suspects("Tổ chức kiểm tra, giám sát việc thực hiện chuyển đổi số."), []);
        assert_eq!(suspects("Đồng chí Bí thư Đảng uỷ xã báo cáo trưc tiếp, kịp thơì."), []);
    }

    #[test]
    fn a_stroke_before_a_digit_is_a_slip() {
        assert!(["UBTVQHI5", "l6", "I1"].into_iter().all(is_slip));
        assert!(["QH15", "5l", "16", "2I", "Il"].into_iter().all(|run| !is_slip(run)));
    }

    #[test]
    fn words_are_cut_as_the_language_counts_them() {
        let restorer = Restorer::new();
        let model = restorer.model.as_deref().expect("the model that is built in is whole");
        for line in [
            "Căn cứ Luật số 37/2025/QH15 ngày 12 tháng 6; theo đề nghị của đồng chí (Bí thư).",
            "Thuỷ lợi, hòa bình: 1.250 ha; wifi ở nhà văn hoá “Tân Tiến”. Hết",
        ] {
            let mut words = Vec::new();
            for_words(&model.vocabulary, line, |word| words.push(word));
            let text = format!("{line}\n");
            let cut: Vec<Word> = runs(&text).iter().map(|run| run.word(model, &text)).collect();
            assert_eq!(cut, [&[BOUNDARY], &words[..], &[BOUNDARY]].concat(), "{line}");
        }
    }
}
