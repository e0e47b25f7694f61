//! The places of Vietnam on both administrative maps: 63 provinces with districts to 30 June 2025, 34 without after it.
//!
//! Names and their belonging are facts; the tables stand in `corpus/gazetteer/`.

use std::sync::LazyLock;

use jiff::civil::date;
use rustc_hash::FxHashMap;

use crate::Date;
use crate::bare::{bounded_distance, squeeze};
use crate::metadata::Level;

/// The day on which 63 provinces became 34 and the districts ended.
pub const NEW_MAP: Date = date(2025, 7, 1);

/// What a place is called before its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// Tỉnh.
    Province,
    /// Thành phố: under the center or under a province.
    City,
    /// Quận.
    UrbanDistrict,
    /// Huyện.
    RuralDistrict,
    /// Thị xã.
    Town,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// Thị trấn.
    Township,
    /// Đặc khu.
    SpecialZone,
}

impl PlaceKind {
    /// The Vietnamese word, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Province => "tỉnh",
            Self::City => "thành phố",
            Self::UrbanDistrict => "quận",
            Self::RuralDistrict => "huyện",
            Self::Town => "thị xã",
            Self::Ward => "phường",
            Self::Commune => "xã",
            Self::Township => "thị trấn",
            Self::SpecialZone => "đặc khu",
        }
    }

    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'T' => Self::Province,
            'C' => Self::City,
            'Q' => Self::UrbanDistrict,
            'H' => Self::RuralDistrict,
            'X' => Self::Town,
            'P' => Self::Ward,
            'x' => Self::Commune,
            't' => Self::Township,
            'D' => Self::SpecialZone,
            _ => return None,
        })
    }
}

/// A place of one of the two maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its name without kind: `Ninh Hải`.
    pub name: &'static str,
    /// What it is.
    pub kind: PlaceKind,
    /// How high it stands.
    pub level: Level,
    /// The province it lies in; its own name for a province.
    pub province: &'static str,
    /// The district it lies in, for a commune of the old map.
    pub district: Option<&'static str>,
    /// The first day it existed, as far as it matters here.
    pub from: Date,
    /// The first day it no longer existed.
    pub until: Date,
}

impl Place {
    /// Whether the place existed on `day`; without a day, any place does.
    pub fn existed(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from <= day && day < self.until)
    }
}

/// A province with the one that holds it today.
#[derive(Debug, Clone, Copy)]
struct Province {
    name: &'static str,
    today: &'static str,
}

struct Gazetteer {
    places: Vec<Place>,
    by_letters: FxHashMap<String, Vec<u32>>,
    provinces: Vec<Province>,
    /// Places of province and district level with their letters, for reading scanned names.
    upper: Vec<(String, u32)>,
}

const BEGINNING: Date = date(1900, 1, 1);
const OPEN_END: Date = date(9999, 12, 31);

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

impl Gazetteer {
    fn load() -> Self {
        let mut gazetteer = Self {
            places: Vec::with_capacity(15_000),
            by_letters: FxHashMap::default(),
            provinces: Vec::new(),
            upper: Vec::new(),
        };
        for row in rows(include_str!("../gazetteer/provinces.tsv")) {
            gazetteer.add_province(row);
        }
        for row in rows(include_str!("../gazetteer/districts.tsv")) {
            let mut cells = row.split('\t');
            let province = cells.next().unwrap_or_default();
            for cell in cells {
                gazetteer.add(cell, Level::District, province, None, BEGINNING, NEW_MAP);
            }
        }
        for row in rows(include_str!("../gazetteer/communes-2025.tsv")) {
            let mut cells = row.split('\t');
            let province = cells.next().unwrap_or_default();
            for cell in cells {
                gazetteer.add(cell, Level::Commune, province, None, NEW_MAP, OPEN_END);
            }
        }
        for row in rows(include_str!("../gazetteer/communes-2024.tsv")) {
            let mut cells = row.split('\t');
            let province = cells.next().unwrap_or_default();
            let district = cells.next();
            for cell in cells {
                gazetteer.add(cell, Level::Commune, province, district, BEGINNING, NEW_MAP);
            }
        }
        gazetteer
    }

    fn add_province(&mut self, row: &'static str) {
        let mut cells = row.split('\t');
        let (Some(name), Some(kind)) = (cells.next(), cells.next()) else {
            return;
        };
        let day = |cell: Option<&str>, open: Date| cell.and_then(|cell| cell.parse().ok()).unwrap_or(open);
        let from = day(cells.next(), BEGINNING);
        let until = day(cells.next(), OPEN_END);
        let today = cells.next().unwrap_or(name);
        self.provinces.push(Province { name, today });
        let kind = kind
            .chars()
            .next()
            .and_then(PlaceKind::of)
            .unwrap_or(PlaceKind::Province);
        self.push(Place {
            name,
            kind,
            level: Level::Province,
            province: name,
            district: None,
            from,
            until,
        });
    }

    fn add(
        &mut self,
        cell: &'static str,
        level: Level,
        province: &'static str,
        district: Option<&'static str>,
        from: Date,
        until: Date,
    ) {
        let Some(kind) = cell.chars().next().and_then(PlaceKind::of) else {
            return;
        };
        self.push(Place {
            name: &cell[1..],
            kind,
            level,
            province,
            district,
            from,
            until,
        });
    }

    fn push(&mut self, place: Place) {
        let index = self.places.len() as u32;
        let letters = squeeze(place.name);
        if place.level != Level::Commune {
            self.upper.push((letters.clone(), index));
        }
        self.by_letters.entry(letters).or_default().push(index);
        self.places.push(place);
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// All places whose name has the bare letters `letters` (see `bare::squeeze`): `tanha` gives every Tân Hà.
pub fn named(letters: &str) -> impl Iterator<Item = &'static Place> {
    let indexes = GAZETTEER.by_letters.get(letters).map_or(&[][..], Vec::as_slice);
    indexes.iter().map(|&index| &GAZETTEER.places[index as usize])
}

/// The province or district whose name is nearest to scanned letters, if one is near enough and no other as near.
///
/// `ldambeng` gives Lâm Đồng. `keep` says which places come into question.
pub fn nearest(letters: &str, keep: impl Fn(&Place) -> bool) -> Option<&'static Place> {
    let mut best: Option<(u32, &'static Place)> = None;
    let mut tie = false;
    for (name, index) in &GAZETTEER.upper {
        let place = &GAZETTEER.places[*index as usize];
        if name.len().abs_diff(letters.len()) > 3 || !keep(place) {
            continue;
        }
        let most = name.len() as u32 * 5 / 2;
        let cost = bounded_distance(letters.as_bytes(), name.as_bytes(), most);
        if cost > most {
            continue;
        }
        match best {
            Some((least, other)) if cost > least || (cost == least && other.name == place.name) => {}
            Some((least, _)) if cost == least => tie = true,
            _ => {
                best = Some((cost, place));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, place)| place)
}

/// All places of province and district level.
pub fn upper() -> impl Iterator<Item = (&'static str, &'static Place)> {
    GAZETTEER
        .upper
        .iter()
        .map(|(letters, index)| (letters.as_str(), &GAZETTEER.places[*index as usize]))
}

/// The province that holds `province` today: `Ninh Thuận` is in `Khánh Hòa`.
pub fn province_today(province: &str) -> Option<&'static str> {
    GAZETTEER
        .provinces
        .iter()
        .find(|known| known.name == province)
        .map(|known| known.today)
}

/// The provinces of the old map that `province` of today was made of, itself included where its name was kept.
pub fn provinces_before(province: &str) -> Vec<&'static str> {
    GAZETTEER
        .provinces
        .iter()
        .filter(|known| known.today == province)
        .map(|known| known.name)
        .collect()
}

/// The province as other programs write it: `Thành phố Hồ Chí Minh`, all others by the bare name.
pub fn province_label(province: &'static str) -> &'static str {
    if province == "Hồ Chí Minh" {
        "Thành phố Hồ Chí Minh"
    } else {
        province
    }
}

/// How a place is named behind the word for its committee or council: `tỉnh Đồng Tháp`, `Thành phố Hồ Chí Minh`.
pub fn with_kind(place: &Place) -> String {
    if place.name == "Hồ Chí Minh" {
        return "Thành phố Hồ Chí Minh".to_owned();
    }
    format!("{} {}", place.kind.name(), place.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_maps_are_known() {
        let old = named("ninhthuan").next().unwrap();
        assert!(old.existed(Some(date(2023, 10, 4))) && !old.existed(Some(date(2025, 9, 1))));
        assert_eq!(province_today("Ninh Thuận"), Some("Khánh Hòa"));
        let mut before = provinces_before("Lâm Đồng");
        before.sort_unstable();
        assert_eq!(before, ["Bình Thuận", "Lâm Đồng", "Đắk Nông"]);
    }

    #[test]
    fn scanned_names_are_near() {
        let lam_dong = nearest("ldambeng", |place| place.level == Level::Province);
        assert_eq!(lam_dong.map(|place| place.name), Some("Lâm Đồng"));
        assert_eq!(nearest("xyzxyz", |_| true), None);
    }
}
