//! Picks the phrases that a text is about.
//!
//! A candidate is a word of several syllables, or two neighboring words of the dictionary, without function words (hư từ) and without the words
//! that every plan has (`tổ chức`, `thực hiện`). It scores by surprise: how much more often it stands here than in the running text
//! that the dictionary was learned from. That is the pointwise part of a likelihood ratio (Dunning, *Accurate methods for the
//! statistics of surprise and coincidence*, 1993), which needs no collection of documents.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::segment::Segmenter;
use crate::tokens::tokens;

/// A phrase of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Its syllables in lower case, the tone marks in their one place.
    pub text: String,
    /// How often it stands in the text.
    pub count: usize,
    /// How much that surprises, in nats: the count times the logarithm of how much more often than elsewhere.
    pub score: f64,
}

/// The `most` phrases that `text` is about, best first; fewer where the text is short.
///
/// A phrase stands at least twice in the text. What another phrase holds nearly always is left out.
///
/// ```
/// use vietnamese::phrases::key_phrases;
/// let text = "Công tác đối ngoại nhân dân góp phần phát triển kinh tế. Các cấp ủy lãnh đạo đối ngoại nhân dân; \
///             tổ chức tuyên truyền về đối ngoại nhân dân.";
/// assert_eq!(key_phrases(text, 1)[0].text, "đối ngoại nhân dân");
/// ```
pub fn key_phrases(text: &str, most: usize) -> Vec<Phrase> {
    let segmenter = Segmenter::embedded();
    let words = content_words(segmenter, text);
    let total = words.len().max(1) as f64;
    let mut found: FxHashMap<String, Found> = FxHashMap::default();
    let mut note = |phrase: String, cost: f64, words: usize| {
        found.entry(phrase).or_insert(Found { count: 0, cost, words }).count += 1;
    };
    for pair in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        let (Some(word), next) = (pair.0, pair.1.and_then(Option::as_ref)) else {
            continue;
        };
        if word.syllables > 1 {
            note(word.form.clone(), word.cost, 1);
        }
        if let Some(next) = next.filter(|_| word.syllables > 1) {
            // A word of one syllable says something only behind the word that it narrows: `rác thải nhựa`. Of two words that stand together, the rarer one says how rare both are, and one time in twenty they meet.
            let cost = word.cost.max(next.cost) + 20_f64.ln();
            note(format!("{} {}", word.form, next.form), cost, 2);
        }
    }
    let mut phrases: Vec<(Phrase, usize)> = found
        .into_iter()
        .filter(|(_, found)| found.count > 1)
        .map(|(text, found)| {
            let score = found.count as f64 * ((found.count as f64 / total).ln() + found.cost);
            (
                Phrase {
                    text,
                    count: found.count,
                    score,
                },
                found.words,
            )
        })
        .filter(|(phrase, _)| phrase.score > 0.0)
        .collect();
    phrases.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    without_parts(phrases, most)
}

/// What is known of a candidate.
#[derive(Debug, Clone, Copy)]
struct Found {
    count: usize,
    /// Its surprise elsewhere, in nats.
    cost: f64,
    words: usize,
}

/// A word that may stand in a phrase.
#[derive(Debug, Clone)]
struct ContentWord {
    form: String,
    syllables: usize,
    cost: f64,
}

/// The words of a text that may stand in phrases; `None` where something else stands between them.
fn content_words(segmenter: &Segmenter, text: &str) -> Vec<Option<ContentWord>> {
    let mut words = Vec::new();
    for piece in segmenter.segment(text) {
        let typed = &text[piece.span.range()];
        if !piece.is_word {
            if !typed.chars().all(char::is_whitespace) {
                words.push(None);
            }
            continue;
        }
        let mut form = String::with_capacity(typed.len());
        let mut syllables = 0;
        for token in tokens(typed) {
            if syllables > 0 {
                form.push(' ');
            }
            form.push_str(&token.marked);
            syllables += 1;
        }
        let known = segmenter
            .cost(&form)
            .filter(|_| !is_stop_word(&form) && !is_routine(&form));
        words.push(known.map(|cost| ContentWord {
            form,
            syllables,
            cost: f64::from(cost) / 100.0,
        }));
    }
    words
}

/// Takes the best phrases: of one that stands nearly always inside another only the longer, of pieces of a longer phrase only the best.
fn without_parts(phrases: Vec<(Phrase, usize)>, most: usize) -> Vec<Phrase> {
    let mut taken: Vec<(Phrase, usize)> = Vec::new();
    for (phrase, words) in phrases {
        let holds = |long: &Phrase, short: &Phrase| format!(" {} ", long.text).contains(&format!(" {} ", short.text));
        if let Some(part) = taken
            .iter()
            .position(|(better, others)| words > *others && holds(&phrase, better))
        {
            // Two times of three the better one goes on this way: the longer phrase says more in its place.
            if phrase.count * 3 >= taken[part].0.count * 2 {
                taken[part] = (phrase, words);
            }
            continue;
        }
        let told = |(better, others): &(Phrase, usize)| {
            let neighbors = words == 2 && *others == 2 && shares_word(&better.text, &phrase.text);
            *others > words && holds(better, &phrase) && better.count * 2 >= phrase.count
                || neighbors && phrase.count * 2 <= better.count * 3
        };
        if taken.iter().any(told) {
            continue;
        }
        if taken.len() == most {
            break;
        }
        taken.push((phrase, words));
    }
    taken.into_iter().map(|(phrase, _)| phrase).collect()
}

/// Whether one phrase begins as the other ends, so that both are pieces of a longer one.
fn shares_word(a: &str, b: &str) -> bool {
    let tail = |text: &str| text.split(' ').next_back().map(str::to_owned);
    let head = |text: &str| text.split(' ').next().map(str::to_owned);
    a != b && (tail(a) == head(b) || tail(b) == head(a))
}

/// Whether a word is a function word, which says nothing of what a text is about: `và`, `của`, `trong`.
///
/// The word is in its marked form, with one space between syllables.
///
/// ```
/// use vietnamese::phrases::is_stop_word;
/// assert!(is_stop_word("đối với") && !is_stop_word("đối ngoại"));
/// ```
pub fn is_stop_word(form: &str) -> bool {
    static LIST: LazyLock<FxHashSet<&str>> = LazyLock::new(|| listed(include_str!("../model/stop-words.txt")));
    LIST.contains(form)
}

/// Whether a word belongs to the routine of every plan and report.
fn is_routine(form: &str) -> bool {
    static LIST: LazyLock<FxHashSet<&str>> = LazyLock::new(|| listed(include_str!("../model/routine-words.txt")));
    LIST.contains(form)
}

fn listed(list: &'static str) -> FxHashSet<&'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let phrases = key_phrases(text, 5);
        let shown: Vec<String> = phrases
            .iter()
            .map(|phrase| format!("{} ({})", phrase.text, phrase.count))
            .collect();
        expected.assert_eq(&shown.join(", "));
    }

    const PLAN: &str = "Kế hoạch tuyên truyền phòng, chống rác thải nhựa trên biển. Nâng cao nhận thức của ngư dân về tác hại của \
        rác thải nhựa đối với môi trường biển. Vận động ngư dân thu gom rác thải nhựa, không xả rác xuống biển. Các chi hội \
        ngư dân ký cam kết bảo vệ môi trường biển; mỗi tàu cá có một túi thu gom rác thải. Đơn vị nào làm tốt việc thu gom được \
        khen thưởng. Các đơn vị tổ chức thực hiện và báo cáo kết quả thực hiện.";

    #[test]
    fn a_plan_is_about_what_it_says_again_and_again() {
        check(
            PLAN,
            expect!["rác thải nhựa (3), ngư dân (3), thu gom rác thải (2), môi trường biển (2)"],
        );
    }

    #[test]
    fn capitals_and_the_style_of_the_mark_do_not_matter() {
        check(
            "Chuyển đổi số. CHUYỂN ĐỔI SỐ y tế, chuyển đổi số. Văn hoá đọc, văn hóa đọc.",
            expect!["chuyển đổi số (3), văn hóa đọc (2)"],
        );
    }

    #[test]
    fn a_short_or_empty_text_is_about_nothing() {
        check("", expect![""]);
        check("Kế hoạch công tác đối ngoại", expect![""]);
    }
}
