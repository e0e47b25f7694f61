//! What names of persons are made of: `corpus/gazetteer/name-syllables.tsv` and `name-pairs.tsv`, as probabilities.
//!
//! `train names` counts both tables in plain text, with the surnames of `person`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::metadata::case::capitalized;
use crate::metadata::person;

/// Where a syllable stands in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// First.
    Surname,
    /// Between surname and given name.
    Within,
    /// Last.
    Given,
}

/// The syllables of names and how often they stand where, and behind which others.
pub(super) struct Table {
    /// In alphabetical order, with a capital, as the paper has them.
    pub written: Vec<String>,
    /// For each syllable how often it is surname, within a name, and given name.
    counts: Vec<[f32; 3]>,
    totals: [f32; 3],
    /// For each syllable the log probability at each place, whatever stands before it.
    logs: Vec<[f32; 3]>,
    /// How often a syllable follows another, as given name or before it.
    pairs: FxHashMap<(u16, u16, Place), f32>,
    /// How often a syllable is followed by any other, and by how many different ones.
    followed: FxHashMap<(u16, Place), (f32, f32)>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(Table::load);

impl Table {
    fn load() -> Self {
        let mut rows: Vec<(String, [f32; 3])> = include_str!("../../gazetteer/name-syllables.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| {
                let mut cells = line.split('\t');
                let written = capitalized(cells.next().unwrap_or_default());
                let mut count = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
                (written, [count(), count(), count()])
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let mut totals = [0.0; 3];
        for (_, counts) in &rows {
            for (total, count) in totals.iter_mut().zip(counts) {
                *total += count;
            }
        }
        let (written, counts) = rows.into_iter().unzip();
        let mut table = Self {
            written,
            counts,
            totals,
            logs: Vec::new(),
            pairs: FxHashMap::default(),
            followed: FxHashMap::default(),
        };
        table.logs = (0..table.written.len() as u16)
            .map(|index| {
                [Place::Surname, Place::Within, Place::Given].map(|place| table.alone(Some(index), place).ln())
            })
            .collect();
        for line in include_str!("../../gazetteer/name-pairs.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            table.add_pairs(line);
        }
        table
    }

    /// Takes a row of syllables that stand behind one, each with its count.
    fn add_pairs(&mut self, row: &str) {
        let mut cells = row.split('\t');
        let (Some(first), Some(place), Some(behind)) = (cells.next(), cells.next(), cells.next()) else {
            return;
        };
        let place = if place == "l" { Place::Given } else { Place::Within };
        let Some(first) = self.number(first) else { return };
        for (second, count) in behind.split(' ').filter_map(|cell| cell.split_once(':')) {
            let (Some(second), Ok(count)) = (self.number(second), count.parse::<f32>()) else {
                continue;
            };
            self.pairs.insert((first, second, place), count);
            let (all, different) = self.followed.entry((first, place)).or_default();
            *all += count;
            *different += 1.0;
        }
    }

    /// The place in the table of a syllable.
    pub fn number(&self, syllable: &str) -> Option<u16> {
        let written = capitalized(syllable);
        self.written.binary_search(&written).ok().map(|index| index as u16)
    }

    /// The probability of a syllable at a place, whatever stands before it.
    fn alone(&self, syllable: Option<u16>, place: Place) -> f32 {
        // Surnames are few: one that the table lacks is hardly one.
        let smooth = if place == Place::Surname { 0.1 } else { 0.5 };
        let count = syllable.map_or(0.0, |index| match place {
            // A rare surname may be in no name that was counted.
            Place::Surname if self.counts[index as usize][0] == 0.0 => f32::from(u8::from(person::is_surname(
                &self.written[index as usize].to_lowercase(),
            ))),
            _ => self.counts[index as usize][place as usize],
        });
        (count + smooth) / (self.totals[place as usize] + smooth * self.written.len() as f32)
    }

    /// The log of [`Self::alone`].
    pub fn alone_log(&self, syllable: Option<u16>, place: Place) -> f32 {
        match syllable {
            Some(index) => self.logs[index as usize][place as usize],
            None => self.alone(None, place).ln(),
        }
    }

    /// The log probability of a syllable behind another.
    ///
    /// The more different syllables follow one, the more the place alone says what else may (I. H. Witten and T. C. Bell,
    /// The zero-frequency problem, 1991): behind `Nguyễn` anything, behind `Giàng` hardly more than `Seo` and `A`.
    pub fn behind(&self, before: Option<u16>, syllable: Option<u16>, place: Place) -> f32 {
        let alone = self.alone(syllable, place);
        let (Some(before), Some(syllable)) = (before, syllable) else {
            return alone.ln();
        };
        let pair = self.pairs.get(&(before, syllable, place)).copied().unwrap_or(0.0);
        let (all, different) = self.followed.get(&(before, place)).copied().unwrap_or_default();
        let even = 3.0 * (different + 1.0);
        ((pair + even * alone) / (all + even)).ln()
    }
}
