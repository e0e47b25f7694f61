//! Proves that a text with marks was written by an engine, not by a person.

use rustc_hash::FxHashSet;

use super::model::Model;
use super::{Condition, Restorer};

impl Restorer {
    /// Whether the lines that are suspected of a Vietnamese engine show its errors.
    ///
    /// They are read as if they were scanned. A person misspells a word now and then; an engine takes letters for
    /// those that look alike (`thay đối`, `khai thác đầu khí`) in one word of a hundred or two. A part tells: clean text
    /// costs no more than the reading of some lines.
    pub(super) fn proves_engine(&self, model: &Model, lines: &[&str], conditions: &[Condition]) -> bool {
        /// How many bytes are read at first, and how many where they show an error.
        const SAMPLES: [usize; 2] = [4_000, 16_000];
        /// The most words to each error.
        const WORDS: usize = 600;
        for bytes in SAMPLES {
            let mut sample = String::with_capacity(bytes);
            let suspected = lines.iter().zip(conditions);
            for (line, _) in suspected.filter(|(_, c)| **c == Condition::ScannedVietnamese) {
                if sample.len() + line.len() > bytes {
                    break;
                }
                sample.push_str(line);
            }
            let errors = self.errors(model, &sample);
            if errors.prove() && errors.all * WORDS >= sample.split_ascii_whitespace().count() {
                return true;
            }
            if errors.all == 0 {
                return false;
            }
        }
        false
    }

    /// The words of a text that a Vietnamese engine surely misread.
    ///
    /// What has no marks is no proof: it may be a name.
    fn errors(&self, model: &Model, sample: &str) -> Errors {
        const SURE: f32 = 0.97;
        let conditions = vec![Condition::ScannedVietnamese; sample.split_inclusive('\n').count()];
        let read = self.read(model, sample, &conditions);
        let mut different = FxHashSet::default();
        let mut all = 0;
        for reading in read.readings.iter().filter(|r| r.confidence >= SURE) {
            let (scan, text) = (&sample[reading.scan.range()], &read.text[reading.text.range()]);
            if scan != text && !scan.is_ascii() {
                all += 1;
                different.insert((scan, text));
            }
        }
        Errors {
            all,
            different: different.len(),
        }
    }
}

/// How many words were misread, and how many different ones.
#[derive(Debug, Clone, Copy)]
struct Errors {
    all: usize,
    different: usize,
}

impl Errors {
    /// Whether chance does not explain them: an author may write one word in his own way again and again.
    fn prove(self) -> bool {
        self.different >= 2 || self.all >= 4
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
