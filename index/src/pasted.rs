//! Reads a query that was pasted from a scan (`d6i ngoai`) as the scan would be read.

use vietnamese::restore::Restorer;
use vietnamese::syllable::{is_bare_syllable, is_syllable};

use crate::analyzer::{self, Word};
use crate::query::Query;

/// Which words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Words that are spelled as no Vietnamese syllable is: a scanner wrote them.
    Scanned,
    /// All that may say something else, because nothing is found as it was typed.
    Any,
}

/// Where the reader comes from when it is needed: most queries need none.
type Lend<'a> = dyn Fn() -> &'a Restorer + 'a;

/// The query with each reading of its words and phrases beside what was typed, and these readings; none if nothing is
/// read otherwise.
///
/// What is excluded and what fields hold is left alone.
pub(crate) fn read(query: &Query, which: Which, restorer: &Lend<'_>) -> Option<(Query, String)> {
    let mut readings = Vec::new();
    let query = beside(query, which, restorer, &mut readings);
    (!readings.is_empty()).then(|| (query, readings.join(" … ")))
}

/// Letters of a query that are read less surely than this are left alone.
const SURE: f32 = 0.7;

/// What the letters of `typed` say, even if so few do not look scanned; `typed` itself if that is not sure.
fn letters(typed: &str, restorer: &Restorer) -> String {
    let judged = restorer.restore(typed);
    if judged.text != typed {
        return judged.text;
    }
    let read = restorer.restore_scanned(typed);
    if read.readings.iter().all(|reading| reading.confidence >= SURE) {
        read.text
    } else {
        typed.to_owned()
    }
}

fn beside(query: &Query, which: Which, restorer: &Lend<'_>, readings: &mut Vec<String>) -> Query {
    let mut of_all = |parts: &[Query]| -> Vec<Query> {
        let parts = parts.iter();
        parts.map(|part| beside(part, which, restorer, readings)).collect()
    };
    let (typed, reading): (&String, fn(String) -> Query) = match query {
        Query::And(parts) => return Query::And(of_all(parts)),
        Query::Or(parts) => return Query::Or(of_all(parts)),
        Query::Words(words) => (words, Query::Words),
        Query::Phrase(phrase) => (phrase, Query::Phrase),
        _ => return query.clone(),
    };
    let Some(read) = reading_of(typed, which, restorer) else {
        return query.clone();
    };
    readings.push(read.clone());
    Query::Or(vec![query.clone(), Query::Reading(Box::new(reading(read)))])
}

fn reading_of(typed: &str, which: Which, restorer: &Lend<'_>) -> Option<String> {
    let words = analyzer::words(typed);
    // Most queries are spelled well: the model is not even asked.
    if which == Which::Scanned && !words.iter().any(looks_scanned) {
        return None;
    }
    let read = letters(typed, restorer());
    let read_words = analyzer::words(&read);
    // Marks put on a word typed without do not make it another one.
    let is_kept = |word: &Word| {
        let same = |read: &Word| read.marked == word.marked || (word.is_unmarked() && read.bare == word.bare);
        read_words.iter().any(same)
    };
    let is_read = match which {
        Which::Scanned => words.iter().any(|word| looks_scanned(word) && !is_kept(word)),
        // With marks put on, a query without marks finds nothing that it would not find without.
        Which::Any => !words
            .iter()
            .map(|word| &word.bare)
            .eq(read_words.iter().map(|word| &word.bare)),
    };
    (is_read && !read_words.is_empty()).then_some(read)
}

/// Whether a word has letters but not the spelling of a syllable, with marks or without.
fn looks_scanned(word: &Word) -> bool {
    let spelled = if word.is_unmarked() {
        is_bare_syllable(&word.marked)
    } else {
        is_syllable(&word.marked)
    };
    !spelled && word.marked.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(typed: &str, which: Which, expected: Expect) {
        let query = crate::query::parse(typed).unwrap();
        let restorer = Restorer::new();
        let read = read(&query, which, &|| &restorer);
        expected.assert_eq(&read.map_or_else(|| "as typed".to_owned(), |(_, readings)| readings));
    }

    #[test]
    fn what_a_scanner_wrote_is_read() {
        check("d6i ngoai", Which::Scanned, expect!["đối ngoại"]);
        check("\"déi ngoai\"", Which::Scanned, expect!["đối ngoại"]);
        check(
            "\"d6i ngoai\" -d6i (c6 y nghia OR kinh)",
            Which::Scanned,
            expect!["đối ngoại … có ý nghĩa"],
        );
    }

    #[test]
    fn what_a_person_wrote_is_not() {
        for typed in [
            "đối ngoại",
            "doi ngoai",
            "Google 4G ASEAN covid",
            "UBND Dak Lak",
            "BTGTU",
            "Facebook wifi",
            "logistics startup",
            "ChatGPT blockchain",
            "Pleiku",
            "Krông Pắc",
            "Ea Kar",
            "hội nghị COP26",
            "Putin",
            "Obama",
            "FDI ODA GRDP",
            "ISO 9001",
            "website",
            "halal",
            "OCOP",
            "VNeID",
            "email",
            "Stalin",
            "marketing",
            "nông nghiệp 4.0",
            "H5N1",
            "xyzzy qwrtp",
            "hello world",
            "TCCSĐ",
            "công nghệ AI",
            "Kế hoạch 69",
            "scan:\"d6i ngoai\"",
            "69-KH/BTGTU",
        ] {
            check(typed, Which::Scanned, expect!["as typed"]);
        }
    }

    #[test]
    fn few_letters_are_read_too() {
        check("ddi ngogi", Which::Scanned, expect!["đối ngoại"]);
        check("\"dbi ngoai\"", Which::Scanned, expect!["đối ngoại"]);
    }

    #[test]
    fn marks_alone_are_no_other_reading() {
        check("doi ngoai", Which::Any, expect!["as typed"]);
    }
}
