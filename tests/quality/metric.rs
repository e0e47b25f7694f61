//! The measure of restoring: how far a text is from what the paper says, counted in syllables.
//!
//! A syllable here is a run of letters or digits, in lower case, NFC, with one place of the tone mark (`hòa` = `hoà`).
//! Accuracy is 1 - edits / syllables of the truth, where edits is the Levenshtein distance over syllables.

use std::collections::HashMap;
use std::ops::AddAssign;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One syllable of a text, ready to be compared, and its bytes in that text.
#[derive(Debug, Clone, PartialEq)]
pub struct Syllable {
    /// In lower case, NFC, new style of tone placement.
    pub word: String,
    /// Where it stands.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

/// Cuts `text` into syllables.
pub fn syllables(text: &str) -> Vec<Syllable> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // A combining mark belongs to the letter before it, as it would after NFC.
        let inside = c.is_alphanumeric() || (start.is_some() && is_combining_mark(c));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(Syllable {
                    word: comparable(&text[from..at]),
                    start: from,
                    end: at,
                });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The words of `text` alone.
pub fn words(text: &str) -> Vec<String> {
    syllables(text).into_iter().map(|syllable| syllable.word).collect()
}

/// The old style of tone placement beside the new one.
const TONE_STYLES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// One syllable as it is compared.
fn comparable(syllable: &str) -> String {
    // Icelandic eth is drawn like Vietnamese Đ.
    let lower = syllable.nfc().collect::<String>().to_lowercase().replace('ð', "đ");
    for (old, new) in TONE_STYLES {
        if let Some(head) = lower.strip_suffix(old)
            && !lower.starts_with("qu")
        {
            return format!("{head}{new}");
        }
    }
    lower
}

/// A word without its marks.
///
/// Not the fold of the engine: what is measured does not bring its own measure.
pub fn bare(word: &str) -> String {
    word.replace('đ', "d")
        .nfd()
        .filter(|&c| !is_combining_mark(c))
        .collect()
}

/// How two syllable lists lie on each other.
pub struct Alignment {
    /// The Levenshtein distance.
    pub edits: usize,
    /// The pairs that are equal: (place in the truth, place in the other).
    pub pairs: Vec<(usize, usize)>,
}

/// Aligns two lists of words, with every cell of the table, or, for long lists, those near its diagonal.
pub fn align(truth: &[String], other: &[String]) -> Alignment {
    const SLACK: usize = 250;
    let (n, m) = (truth.len(), other.len());
    let band = if n * m <= 1_000_000 {
        n.max(m)
    } else {
        SLACK + n.abs_diff(m)
    };
    let mut ids = HashMap::new();
    let mut number = |words: &[String]| -> Vec<u32> {
        words
            .iter()
            .map(|word| {
                let next = u32::try_from(ids.len()).expect("texts have fewer words than that");
                *ids.entry(word.clone()).or_insert(next)
            })
            .collect()
    };
    let (truth, other) = (number(truth), number(other));
    let table = Table::fill(&truth, &other, band);
    table.walk_back(&truth, &other)
}

/// The rows of the Levenshtein table, each only where it is near the diagonal.
struct Table {
    rows: Vec<Vec<u32>>,
    band: usize,
    width: usize,
}

impl Table {
    const FAR: u32 = u32::MAX / 2;

    fn low(&self, row: usize) -> usize {
        row.min(self.width).saturating_sub(self.band)
    }

    fn cell(&self, row: usize, column: usize) -> u32 {
        let low = self.low(row);
        if column < low {
            return Self::FAR;
        }
        self.rows[row].get(column - low).copied().unwrap_or(Self::FAR)
    }

    fn fill(truth: &[u32], other: &[u32], band: usize) -> Self {
        let (n, m) = (truth.len(), other.len());
        let mut table = Table {
            rows: Vec::with_capacity(n + 1),
            band,
            width: m,
        };
        for i in 0..=n {
            let (low, high) = (table.low(i), m.min(i + band));
            let mut row = Vec::with_capacity(high + 1 - low);
            for j in low..=high {
                let best = if i == 0 {
                    u32::try_from(j).expect("texts have fewer words than that")
                } else {
                    let mut best = table.cell(i - 1, j) + 1;
                    if j > 0 {
                        best = best.min(table.cell(i - 1, j - 1) + u32::from(truth[i - 1] != other[j - 1]));
                    }
                    match row.last() {
                        Some(left) if j > low => best.min(left + 1),
                        _ => best,
                    }
                };
                row.push(best);
            }
            table.rows.push(row);
        }
        table
    }

    fn walk_back(&self, truth: &[u32], other: &[u32]) -> Alignment {
        let (mut i, mut j) = (truth.len(), other.len());
        let edits = self.cell(i, j) as usize;
        let mut pairs = Vec::new();
        while i > 0 && j > 0 {
            let here = self.cell(i, j);
            let same = truth[i - 1] == other[j - 1];
            if here == self.cell(i - 1, j - 1) + u32::from(!same) {
                if same {
                    pairs.push((i - 1, j - 1));
                }
                (i, j) = (i - 1, j - 1);
            } else if here == self.cell(i - 1, j) + 1 {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        pairs.reverse();
        Alignment { edits, pairs }
    }
}

/// What was counted over one text or many.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Syllables of the truth.
    pub syllables: usize,
    /// Edits from the scan.
    pub scan: usize,
    /// Edits from the scan, marks ignored on both sides.
    pub scan_folded: usize,
    /// Edits from the restored text.
    pub restored: usize,
    /// Syllables that were right in the scan and are wrong after restoring.
    pub harmed: usize,
}

impl Tally {
    /// Counts one text, or one line of it.
    pub fn of(truth: &str, scan: &str, restored: &str) -> Self {
        let (truth, scan, restored) = (words(truth), words(scan), words(restored));
        let all_bare = |words: &[String]| words.iter().map(|word| bare(word)).collect::<Vec<_>>();
        let after = align(&truth, &restored);
        let before = align(&truth, &scan);
        let kept = |place: usize| after.pairs.binary_search_by_key(&place, |&(at, _)| at).is_ok();
        Self {
            syllables: truth.len(),
            scan: before.edits,
            scan_folded: align(&all_bare(&truth), &all_bare(&scan)).edits,
            restored: after.edits,
            harmed: before.pairs.iter().filter(|&&(place, _)| !kept(place)).count(),
        }
    }

    /// The share of the truth's syllables that `edits` leave right.
    pub fn accuracy(&self, edits: usize) -> f64 {
        1.0 - edits as f64 / self.syllables.max(1) as f64
    }

    /// The share of the truth's syllables that restoring spoiled.
    pub fn harm(&self) -> f64 {
        self.harmed as f64 / self.syllables.max(1) as f64
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.syllables += other.syllables;
        self.scan += other.scan;
        self.scan_folded += other.scan_folded;
        self.restored += other.restored;
        self.harmed += other.harmed;
    }
}

#[test]
fn a_syllable_is_compared_without_case_and_style() {
    assert_eq!(
        words("HOÀ bình, Thủy-lợi 69-KH/BTGTU"),
        ["hòa", "bình", "thủy", "lợi", "69", "kh", "btgtu"]
    );
    assert_eq!(words("quý"), ["quý"]);
}

#[test]
fn edits_and_harm_are_counted_over_syllables() {
    let tally = Tally::of("công tác đối ngoại", "cong tac d6i ngoại", "công tác đối ngoài");
    assert_eq!(
        (tally.syllables, tally.scan, tally.restored, tally.harmed),
        (4, 3, 1, 1)
    );
    // `d6i` stays another syllable than `doi` when marks are ignored.
    assert_eq!(tally.scan_folded, 1);
}

#[test]
fn a_long_text_is_aligned_near_its_diagonal() {
    let truth: Vec<String> = (0..1500).map(|n| n.to_string()).collect();
    let mut other = truth.clone();
    other.remove(700);
    other[20] = "x".to_owned();
    let found = align(&truth, &other);
    assert_eq!((found.edits, found.pairs.len()), (2, 1498));
}
