//! Proves that a text with marks was written by an engine, not by a person.

use rustc_hash::FxHashSet;

use super::model::Model;
use super::suspect::{self, Suspect, Suspicion};
use super::words::canonical;
use super::{Condition, Restorer};

/// The most words to each error.
const WORDS: usize = 600;
/// How many different errors are no chance: an author may write one word in his own way again and again.
const DIFFERENT: usize = 2;

impl Restorer {
    /// Whether the lines that are suspected of a Vietnamese engine show its errors.
    ///
    /// A person misspells a word now and then; an engine takes letters for those that look alike (`thay đối`, `khai
    /// thác đầu khí`) in one word of a hundred or two. A first look finds words that may be such errors. Where they
    /// are many enough to prove something, the lines around them are read as if they were scanned.
    pub(super) fn proves_engine(&self, model: &Model, lines: &[&str], conditions: &[Condition]) -> bool {
        /// How many bytes are looked at first, and how many where they show something.
        const SAMPLES: [usize; 2] = [4_000, 32_000];
        for bytes in SAMPLES {
            let sample = sample(lines, conditions, bytes);
            let suspicion = suspect::look(model, &sample);
            if suspicion.is_empty() {
                return false;
            }
            if self.confirms(model, &sample, &suspicion) {
                return true;
            }
            let is_whole = sample.len() + char::MAX_LEN_UTF8 <= bytes;
            if is_whole {
                return false;
            }
        }
        false
    }

    /// Whether reading confirms enough of what is suspected.
    fn confirms(&self, model: &Model, sample: &str, suspicion: &Suspicion<'_>) -> bool {
        let words = suspicion.words;
        let mut errors = Errors::default();
        suspicion.slips.iter().for_each(|slip| errors.add(slip));
        let mut suspected = errors.clone();
        suspicion
            .suspects
            .iter()
            .for_each(|suspect| suspected.add(suspect.scan));
        if !suspected.prove(words) {
            return false;
        }
        self.misread(model, sample, &suspicion.suspects, |word| errors.add(word));
        errors.prove(words)
    }

    /// Calls `each` with those of the suspects that are surely read as what they may have meant.
    fn misread(&self, model: &Model, sample: &str, suspects: &[Suspect<'_>], mut each: impl FnMut(&str)) {
        const SURE: f32 = 0.85;
        let passages = passages(sample, suspects);
        let meant: FxHashSet<(&str, &str)> = suspects
            .iter()
            .filter_map(|suspect| Some((suspect.scan, model.vocabulary.spelling(suspect.meant)?)))
            .collect();
        let conditions = vec![Condition::ScannedVietnamese; passages.split_inclusive('\n').count()];
        let read = self.read(model, &passages, &conditions);
        for reading in read.readings.iter().filter(|r| r.confidence >= SURE) {
            let scan = &passages[reading.scan.range()];
            let text = canonical(&read.text[reading.text.range()]);
            if meant.contains(&(scan, text.as_str())) {
                each(scan);
            }
        }
    }
}

/// The first of the lines that are suspected, the last one cut.
fn sample(lines: &[&str], conditions: &[Condition], bytes: usize) -> String {
    let mut sample = String::with_capacity(bytes);
    let suspected = lines.iter().zip(conditions);
    for (line, _) in suspected.filter(|(_, c)| **c == Condition::ScannedVietnamese) {
        let room = bytes - sample.len();
        sample.push_str(&line[..line.floor_char_boundary(room)]);
        if line.len() >= room {
            break;
        }
    }
    sample
}

/// What stands around the suspects, each stretch a paragraph.
fn passages(sample: &str, suspects: &[Suspect<'_>]) -> String {
    /// How many bytes before and behind a word tell whether it is right.
    const REACH: usize = 120;
    let mut passages = String::new();
    let mut done = 0;
    for suspect in suspects {
        let (start, end) = (suspect.start, suspect.start + suspect.scan.len());
        let from = sample.floor_char_boundary(start.saturating_sub(REACH));
        let blank = sample[from..start].find(char::is_whitespace).filter(|_| from > 0);
        let from = from + blank.unwrap_or_default();
        let to = sample.ceil_char_boundary((end + REACH).min(sample.len()));
        let blank = sample[end..to].rfind(char::is_whitespace).filter(|_| to < sample.len());
        let to = blank.map_or(to, |blank| end + blank);
        if from > done {
            passages.push_str("\n\n");
        }
        if to > done {
            passages.push_str(&sample[from.max(done)..to]);
            done = to;
        }
    }
    passages
}

/// The words that were misread.
#[derive(Debug, Clone, Default)]
struct Errors {
    /// How many there are.
    all: usize,
    /// Which they are.
    different: FxHashSet<String>,
}

impl Errors {
    fn add(&mut self, word: &str) {
        self.all += 1;
        if !self.different.contains(word) {
            self.different.insert(word.to_owned());
        }
    }

    /// Whether chance does not explain them among so many words.
    fn prove(&self, words: usize) -> bool {
        self.different.len() >= DIFFERENT && self.all * WORDS >= words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Thực hiện chương trình công tác năm, Ban Thường vụ Huyện ủy xây dựng kế hoạch\n\
        tuyên truyền, nâng cao nhận thức của cán bộ, đảng viên về chuyển đổi số và cải\n\
        cách hành chính; tổ chức kiểm tra, giám sát việc thực hiện ở cơ sở, kịp thời biểu\n\
        dương những tập thể, cá nhân có thành tích.\n";

    /// Reads a page as it would come from an engine that takes these words for those.
    fn read(misread: &[(&str, &str)]) -> String {
        let scan = misread
            .iter()
            .fold(PAGE.to_owned(), |scan, (word, read)| scan.replace(word, read));
        Restorer::new().restore(&scan).text
    }

    #[test]
    fn passages_hold_what_stands_around_the_suspects() {
        let suspect = |sample: &'static str, scan: &'static str| Suspect {
            start: sample.find(scan).unwrap_or_default(),
            scan,
            meant: 0,
        };
        let page = "Tố chức kiếm tra.";
        let both = [suspect(page, "Tố"), suspect(page, "kiếm")];
        assert_eq!(passages(page, &both), page);
        // Without a blank far and wide.
        let endless: &str = Box::leak(format!("a {0}/đối/{0} b", "chuyển/".repeat(40)).into_boxed_str());
        assert!(passages(endless, &[suspect(endless, "đối")]).contains("/đối/"));
    }

    #[test]
    fn a_page_with_the_errors_of_an_engine_is_read() {
        let errors = [
            ("chuyển đổi", "chuyển đối"),
            ("tổ chức", "tố chức"),
            ("kiểm tra", "kiếm tra"),
        ];
        assert_eq!(read(&errors), PAGE);
    }

    #[test]
    fn a_page_without_errors_stays() {
        assert_eq!(read(&[]), PAGE);
    }

    #[test]
    fn one_word_misspelled_is_the_authors() {
        let misspelled = PAGE.replace("kiểm tra", "kiễm tra");
        assert_eq!(read(&[("kiểm tra", "kiễm tra")]), misspelled);
    }

    #[test]
    fn numbers_names_and_abbreviations_stay_on_a_scan() {
        let page = |names: &str, digit: &str| format!("{PAGE}{names}\nPhụ lục {digit} kèm theo kế hoạch này.\n");
        let names = "Đại diện hãng Wikimedia và QLKT giới thiệu xăng RON95, khí hydrocarbon, lí do.";
        let scan = page(names, "1")
            .replace("chuyển đổi", "chuyển đối")
            .replace("tổ chức", "tố chức");
        assert_eq!(Restorer::new().restore(&scan).text, page(names, "1"));
    }
}
