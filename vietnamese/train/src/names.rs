//! Counts what names of persons are made of: which syllables stand where, and which follow which.
//!
//! Only counts leave the text, each different name once: who is often named does not outweigh the others who bear a name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;
use vietnamese::restore::words::canonical;
use vietnamese::syllable::is_syllable;

use crate::corpus;

/// Counts what names of persons are made of.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Plain text to find names in, gzip or plain; may be repeated.
    #[arg(long, required = true)]
    text: Vec<PathBuf>,
    /// The surnames, in lower case, between white space.
    #[arg(long)]
    surnames: PathBuf,
    /// Names that the reading is measured on, one a line: they are not counted.
    #[arg(long)]
    apart: Option<PathBuf>,
    /// The folder of `name-syllables.tsv` and `name-pairs.tsv`.
    #[arg(long)]
    out: PathBuf,
}

/// How often a syllable is surname, within a name, and given name.
type Places = BTreeMap<String, [u32; 3]>;
/// The syllables behind a syllable within a name (`w`) or at its end (`l`).
type Pairs = BTreeMap<(String, char), BTreeMap<String, u32>>;

/// Counts and writes both tables.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let surnames = read(&arguments.surnames)?;
    let surnames: FxHashSet<&str> = surnames.split_whitespace().collect();
    let mut names: BTreeSet<Vec<String>> = BTreeSet::new();
    for path in &arguments.text {
        let documents = corpus::documents(path)?;
        let counted = documents.iter().filter(|document| !corpus::is_held_out(&document.id));
        for paragraph in counted.flat_map(|document| &document.paragraphs) {
            let paragraph: String = paragraph.nfc().collect();
            names_in(&paragraph, &surnames, |name| {
                names.insert(name);
            });
        }
    }
    if let Some(path) = &arguments.apart {
        for name in read(path)?.lines() {
            names.remove(&syllables(&name.nfc().collect::<String>()));
        }
    }
    let (places, pairs) = count(&names);
    eprintln!("{} names of {} syllables", names.len(), places.len());
    write(&arguments.out, names.len(), &places, &pairs)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn syllables(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|word| canonical(&word.to_lowercase()))
        .collect()
}

/// Names of three and four syllables: runs of words with a capital that begin with a surname, an address left out.
fn names_in(paragraph: &str, surnames: &FxHashSet<&str>, mut each: impl FnMut(Vec<String>)) {
    const ADDRESSES: [&str; 6] = ["ông", "bà", "anh", "chị", "cô", "cụ"];
    let apart = |c: char| !(c.is_alphanumeric() || c == ' ' || c == '-');
    for piece in paragraph.split(apart) {
        let words: Vec<&str> = piece.split(' ').filter(|word| !word.is_empty()).collect();
        for run in words.chunk_by(|a, b| is_capitalized(a) == is_capitalized(b)) {
            if !is_capitalized(run[0]) {
                continue;
            }
            let name: Vec<String> = run.iter().flat_map(|word| syllables(word)).collect();
            let is_surname = |at: usize| name.get(at).is_some_and(|word| surnames.contains(word.as_str()));
            let start = usize::from(ADDRESSES.contains(&name[0].as_str()) && is_surname(1));
            let is_name = is_surname(start) && name.iter().all(|word| is_syllable(word));
            let name = &name[start..];
            if is_name && (3..=4).contains(&name.len()) {
                each(name.to_vec());
            }
        }
    }
}

/// Whether a word has one capital, at its beginning.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn count(names: &BTreeSet<Vec<String>>) -> (Places, Pairs) {
    let (mut places, mut pairs) = (Places::new(), Pairs::new());
    for name in names {
        let last = name.len() - 1;
        for (at, syllable) in name.iter().enumerate() {
            let place = usize::from(at > 0) + usize::from(at == last);
            places.entry(syllable.clone()).or_default()[place] += 1;
            if at > 0 {
                let key = (name[at - 1].clone(), if at == last { 'l' } else { 'w' });
                *pairs.entry(key).or_default().entry(syllable.clone()).or_default() += 1;
            }
        }
    }
    (places, pairs)
}

fn write(folder: &Path, names: usize, places: &Places, pairs: &Pairs) -> anyhow::Result<()> {
    let mut text = format!(
        "# syllable\tas surname\twithin a name\tas given name: counts of {names} different names of three and four syllables\n"
    );
    for (syllable, [surname, within, given]) in places {
        writeln!(text, "{syllable}\t{surname}\t{within}\t{given}")?;
    }
    save(&folder.join("name-syllables.tsv"), &text)?;
    text = format!(
        "# syllable\twithin (w) a name or last (l): where those behind it stand\tthe syllables behind it, with in how many of {names} different names\n"
    );
    for ((before, place), behind) in pairs {
        let mut behind: Vec<(&String, &u32)> = behind.iter().collect();
        behind.sort_by_key(|&(syllable, &count)| (std::cmp::Reverse(count), syllable));
        let behind: Vec<String> = behind
            .iter()
            .map(|(syllable, count)| format!("{syllable}:{count}"))
            .collect();
        writeln!(text, "{before}\t{place}\t{}", behind.join(" "))?;
    }
    save(&folder.join("name-pairs.tsv"), &text)
}

fn save(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paragraph: &str) -> Vec<String> {
        let mut found = Vec::new();
        let surnames = ["nguyễn", "vi", "ông", "lê", "trần"].into_iter().collect();
        names_in(paragraph, &surnames, |name| found.push(name.join(" ")));
        found
    }

    #[test]
    fn names_stand_alone_or_behind_an_address() {
        assert_eq!(
            found("Ông Nguyễn Văn Hoà, Bí thư; bà Vi Thị Lụa và UBND TP Lê Minh Trí."),
            ["nguyễn văn hòa", "vi thị lụa", "lê minh trí"]
        );
        assert!(found("Trần Phú là Tổng Bí thư; LÊ VĂN A; Nguyễn Xyz Abc").is_empty());
    }
}
