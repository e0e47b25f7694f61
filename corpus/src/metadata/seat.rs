//! Which place of the gazetteer a name means, by what is wanted of it, the province around it, and the date.

use crate::Date;
use crate::bare::squeeze;
use crate::gazetteer::{self, Place, PlaceKind};
use crate::metadata::authority::province_on;
use crate::metadata::{Level, case};

/// What kind of place a body needs.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Its kinds, the likeliest first; any if empty.
    kinds: Vec<PlaceKind>,
    /// Its level; any if none.
    pub level: Option<Level>,
}

impl Wanted {
    pub fn any() -> Self {
        Self {
            kinds: Vec::new(),
            level: None,
        }
    }

    pub fn level(level: Level) -> Self {
        Self {
            kinds: Vec::new(),
            level: Some(level),
        }
    }

    pub fn kinds(kinds: &[PlaceKind], level: Level) -> Self {
        Self {
            kinds: kinds.to_vec(),
            level: Some(level),
        }
    }

    /// A city: under the center first, else under a province.
    pub fn city() -> Self {
        Self {
            kinds: vec![PlaceKind::City],
            level: None,
        }
    }

    pub fn commune() -> Self {
        Self {
            kinds: Vec::new(),
            level: Some(Level::Commune),
        }
    }

    /// The place of a district committee by its name.
    pub fn district_of(committee: &str) -> Self {
        let kind = match committee {
            "Quận ủy" => PlaceKind::UrbanDistrict,
            "Thị ủy" => PlaceKind::Town,
            _ => PlaceKind::RuralDistrict,
        };
        Self {
            kinds: vec![kind],
            level: Some(Level::District),
        }
    }

    /// A place of this kind.
    pub fn of_kind(kind: PlaceKind) -> Self {
        let level = match kind {
            PlaceKind::Province => Some(Level::Province),
            PlaceKind::City => None,
            PlaceKind::UrbanDistrict | PlaceKind::RuralDistrict | PlaceKind::Town => Some(Level::District),
            PlaceKind::Ward | PlaceKind::Commune | PlaceKind::Township | PlaceKind::SpecialZone => Some(Level::Commune),
        };
        Self {
            kinds: vec![kind],
            level,
        }
    }

    /// Whether the place is of the level wanted, and a city where a city is.
    pub fn accepts(&self, place: &Place) -> bool {
        self.level.is_none_or(|level| level == place.level)
            && (self.kinds.as_slice() != [PlaceKind::City] || place.kind == PlaceKind::City)
    }

    /// Whether the place is of a kind wanted, where kinds are, and of the level.
    pub fn is_of(&self, place: &Place) -> bool {
        self.accepts(place) && (self.kinds.is_empty() || self.kinds.contains(&place.kind))
    }

    /// How well the place fits: smaller is better.
    fn rank(&self, place: &Place, name: &Name<'_>, province: Option<&str>, date: Option<Date>) -> [u8; 5] {
        let kind = u8::from(!self.kinds.is_empty() && !self.kinds.contains(&place.kind));
        // The province itself before those that were merged with it.
        let there = match province {
            Some(province) if place.province == province => 0,
            Some(province) => 1 + u8::from(!lies_in(place, province)),
            None => 0,
        };
        let marks = u8::from(!case::same_marks(name.written, place.name));
        let level = match place.level {
            Level::Central | Level::Province => 0,
            Level::District => 1,
            Level::Commune => 2,
        };
        [u8::from(!place.existed(date)), there, marks, kind, level]
    }
}

/// Whether `place` lies in `province` on either map.
fn lies_in(place: &Place, province: &str) -> bool {
    place.province == province
        || gazetteer::province_today(place.province) == Some(province)
        || gazetteer::province_today(province) == Some(place.province)
        || (province == "Thừa Thiên Huế" && place.province == "Huế")
}

/// The name of a place as a text gives it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'a> {
    /// As it is written.
    pub written: &'a str,
    /// Its bare letters.
    pub letters: &'a str,
    /// Whether the letters are as they were typed: then no other name is meant.
    pub typed: bool,
}

/// The place that a name means, scanned letters included; the best of several.
pub(crate) fn find(
    name: &Name<'_>,
    wanted: &Wanted,
    province: Option<&str>,
    date: Option<Date>,
) -> Option<&'static Place> {
    let exact = gazetteer::named(name.letters)
        .filter(|place| wanted.accepts(place))
        .min_by_key(|place| wanted.rank(place, name, province, date));
    if exact.is_some() || name.typed || name.letters.len() < 4 || wanted.level == Some(Level::Commune) {
        return exact;
    }
    gazetteer::nearest(name.letters, |place| wanted.accepts(place))
}

/// Whether no other place of the name would fit as well.
pub(crate) fn is_only(name: &Name<'_>, wanted: &Wanted, province: Option<&str>, date: Option<Date>) -> bool {
    let best = |place: &Place| wanted.rank(place, name, province, date);
    let mut fitting: Vec<_> = gazetteer::named(name.letters)
        .filter(|place| wanted.accepts(place))
        .collect();
    fitting.sort_by_key(|place| best(place));
    match fitting.as_slice() {
        [] => false,
        [_] => true,
        [first, rest @ ..] => rest
            .iter()
            .take_while(|other| best(other) == best(first))
            .all(|other| other.province == first.province),
    }
}

/// The province or district that a place line names: `Thành phố Huế`, `Đà Lạt`, `Ldam béng`.
pub(crate) fn place_line(written: &str, typed: bool, date: Option<Date>) -> Option<&'static Place> {
    let letters = squeeze(written);
    let letters = ["thanhpho", "tinh", "tp", "huyen", "quan", "thixa"]
        .iter()
        .find_map(|kind| {
            letters
                .strip_prefix(kind)
                .filter(|rest| rest.len() >= 3 && gazetteer::named(rest).next().is_some())
        })
        .unwrap_or(&letters)
        .to_owned();
    let any = Wanted::any();
    let name = Name {
        written,
        letters: &letters,
        typed,
    };
    let upper = gazetteer::named(&letters)
        .filter(|place| place.level != Level::Commune)
        .min_by_key(|place| any.rank(place, &name, None, date));
    // A district is not meant where it is gone and a commune bears its name.
    let gone = |upper: &&Place| {
        !upper.existed(date)
            && gazetteer::named(&letters).any(|place| place.level == Level::Commune && place.existed(date))
    };
    let upper = upper.filter(|upper| !gone(upper));
    // A commune of these very marks is meant before a province that only has the letters.
    let marked = |place: &&Place| case::same_marks(place.name, written);
    let better = |upper: &&Place| !typed || marked(upper) || !gazetteer::named(&letters).any(|place| marked(&place));
    if let Some(upper) = upper.filter(better) {
        return Some(upper);
    }
    let mut communes = gazetteer::named(&letters).filter(|place| place.existed(date));
    if let Some(first) = communes.next() {
        // A commune tells its province where only one province has such a commune.
        return communes.all(|other| other.province == first.province).then_some(first);
    }
    if typed {
        return None;
    }
    gazetteer::nearest(&letters, |place| place.level == Level::Province)
        .or_else(|| gazetteer::nearest(&letters, |_| true))
}

/// The province of a place on `date`.
pub(crate) fn province_of(place: &Place, date: Option<Date>) -> &'static str {
    province_on(place.province, date)
}
