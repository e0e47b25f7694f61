//! The issuer by its symbol and the place before the date, where there is no letterhead: `69-KH/BTGTU`, `Lâm Đồng, ngày …`.

use crate::bare::squeeze;
use crate::gazetteer::{self, Place, PlaceKind};
use crate::metadata::Level;
use crate::metadata::authority::{self, Body, Seat, Stem};
use crate::metadata::issuer::{Hints, central};
use crate::metadata::seat::{self, Name, Wanted};

/// The body that number and place line name together, where there is no letterhead.
pub(crate) fn body(hints: &Hints<'_>) -> Option<Body> {
    let symbol = hints.symbol?;
    if let Some(name) = authority::central_of_symbol(symbol) {
        return Some(central(name));
    }
    let place = hints.place_line();
    if let Some((unit, level)) = authority::local_of_symbol(symbol) {
        let (stem, place) = committee_at(level, place, hints)?;
        let level = place.map_or_else(|| level_of_symbol(level), |place| Some(place.level));
        return Some(Body {
            unit: unit.map(str::to_owned),
            stem,
            place: place.map(Seat::at),
            level,
        });
    }
    let council = match symbol {
        "UBND" | "CTUBND" => "Ủy ban nhân dân",
        "HĐND" => "Hội đồng nhân dân",
        _ => return None,
    };
    let place = place?;
    Some(Body {
        unit: None,
        stem: Stem::Placed(council.to_owned()),
        place: Some(Seat::at(place)),
        level: Some(place.level),
    })
}

fn level_of_symbol(level: &str) -> Option<Level> {
    match level {
        "TU" => Some(Level::Province),
        "HU" | "QU" | "ThU" => Some(Level::District),
        _ => None,
    }
}

/// The committee of a level at the place before the date.
fn committee_at(
    level: &str,
    line: Option<&'static Place>,
    hints: &Hints<'_>,
) -> Option<(Stem, Option<&'static Place>)> {
    let letters = hints.place.map(squeeze);
    let of = |wanted: Wanted| {
        let name = Name {
            written: hints.place?,
            letters: letters.as_deref()?,
            typed: hints.typed,
        };
        seat::find(&name, &wanted, None, hints.date)
    };
    match level {
        "TU" => {
            // A place line of a province's document names the province or the town where it sits.
            let place = of(Wanted::level(Level::Province)).or_else(|| {
                let province = line?.province;
                let province = authority::province_on(province, hints.date);
                gazetteer::named(&squeeze(province))
                    .find(|place| place.level == Level::Province && place.name == province)
            });
            let city = place.is_some_and(|place| place.kind == PlaceKind::City);
            Some((Stem::Committee(if city { "Thành ủy" } else { "Tỉnh ủy" }), place))
        }
        "HU" => Some((
            Stem::Committee("Huyện ủy"),
            of(Wanted::kinds(&[PlaceKind::RuralDistrict], Level::District))
                .or_else(|| of(Wanted::level(Level::District))),
        )),
        "QU" => Some((Stem::Committee("Quận ủy"), of(Wanted::level(Level::District)))),
        "ThU" => {
            let place = of(Wanted::kinds(&[PlaceKind::Town, PlaceKind::City], Level::District))
                .or_else(|| of(Wanted::level(Level::District)));
            let city = place.is_some_and(|place| place.kind == PlaceKind::City);
            Some((Stem::Committee(if city { "Thành ủy" } else { "Thị ủy" }), place))
        }
        _ => Some((Stem::PartyCommittee, of(Wanted::commune()))),
    }
}
