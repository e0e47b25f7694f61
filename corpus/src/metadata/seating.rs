//! Where a body of the letterhead sits: the words behind it, the bodies above it, or the place before the date.

use crate::bare::squeeze;
use crate::gazetteer::{self, Place};
use crate::metadata::authority::Seat;
use crate::metadata::body::Role;
use crate::metadata::issuer::Hints;
use crate::metadata::letterhead::{Letterhead, Part};
use crate::metadata::seat::{self, Name, Wanted};
use crate::metadata::{Level, case};

impl Letterhead<'_, '_> {
    /// The place of body `index`, and its level.
    pub fn seat(
        &self,
        parts: &[Part],
        index: usize,
        wanted: &Wanted,
        hints: &Hints<'_>,
    ) -> Option<(Seat, Option<Level>)> {
        let rest = parts[index].rest.clone();
        self.seat_named(&self.letters(&rest), &rest, parts, index, wanted, hints)
    }

    /// The place that the words behind a body name, or that the bodies above it or the place line tell.
    pub fn seat_named(
        &self,
        letters: &str,
        words: &[usize],
        parts: &[Part],
        index: usize,
        wanted: &Wanted,
        hints: &Hints<'_>,
    ) -> Option<(Seat, Option<Level>)> {
        let above = self.province_above(parts, index, hints);
        let line = hints.place_line();
        let province = above.or_else(|| line.map(|place| place.province));
        // A commune's own name before the date tells nothing of a town that is called the same elsewhere.
        let told = |name: &str| {
            let another = |place: &&Place| squeeze(place.name) != name || wanted.accepts(place);
            above.or_else(|| line.filter(another).map(|place| place.province))
        };
        if !letters.is_empty() {
            let written = self.written(words);
            let name = Name {
                written: &written,
                letters,
                typed: self.header.typed,
            };
            if let Some(place) = seat::find(&name, wanted, province, hints.date) {
                let told = told(letters);
                let certain = place.level != Level::Commune || seat::is_only(&name, wanted, told, hints.date);
                let mut seat = Seat::at(place);
                seat.kind = parts[index].kind.or(seat.kind);
                if !certain {
                    seat.province = told;
                }
                return Some((seat, Some(place.level)));
            }
            // A place that no table knows keeps the name it is written with.
            let name = words
                .iter()
                .map(|&word| case::capitalized(&case::lower(self.header.lines.written(self.words[word]))))
                .collect::<Vec<_>>()
                .join(" ");
            return Some((
                Seat {
                    name,
                    kind: parts[index].kind,
                    province,
                },
                wanted.level,
            ));
        }
        // No name behind the body: the nearest above it of the same level, or the place line.
        let same = (0..index)
            .rev()
            .chain(index + 1..parts.len())
            .find_map(|other| self.place_of(&parts[other], wanted, province, hints));
        let place = same
            .or_else(|| line.filter(|place| wanted.accepts(place)))
            .or_else(|| {
                // `Đà Lạt, ngày …` over a document of the province.
                let province = province.filter(|_| wanted.level.is_none_or(|level| level == Level::Province))?;
                gazetteer::named(&squeeze(province))
                    .find(|place| place.level == Level::Province && place.name == province)
            })?;
        let mut seat = Seat::at(place);
        // A commune of a name that several provinces have tells of none.
        let name = Name {
            written: place.name,
            letters: &squeeze(place.name),
            typed: true,
        };
        let told = told(name.letters);
        if place.level == Level::Commune && !seat::is_only(&name, wanted, told, hints.date) {
            seat.province = told;
        }
        Some((seat, Some(place.level)))
    }

    /// The province that another body of the letterhead names.
    fn province_above(&self, parts: &[Part], index: usize, hints: &Hints<'_>) -> Option<&'static str> {
        parts
            .iter()
            .enumerate()
            .filter(|&(other, _)| other != index)
            .find_map(|(_, part)| {
                let line = hints.place_line().map(|place| place.province);
                self.place_of(part, &Wanted::any(), line, hints)
                    .filter(|place| place.level != Level::Commune)
                    .map(|place| place.province)
            })
    }

    /// The place behind the name of another body, if it may be the `wanted` one.
    fn place_of(
        &self,
        part: &Part,
        wanted: &Wanted,
        province: Option<&str>,
        hints: &Hints<'_>,
    ) -> Option<&'static Place> {
        let letters = self.letters(&part.rest);
        if letters.is_empty() || part.role == Role::Agency {
            return None;
        }
        let own = match (part.role, part.kind) {
            (Role::Committee(Level::Province), _) => Wanted::level(Level::Province),
            (Role::Committee(_), _) => Wanted::district_of(part.name),
            (Role::CityCommittee, _) => Wanted::city(),
            (_, Some(kind)) => Wanted::of_kind(kind),
            _ => wanted.clone(),
        };
        let name = Name {
            written: &self.written(&part.rest),
            letters: &letters,
            typed: self.header.typed,
        };
        seat::find(&name, &own, province, hints.date).filter(|place| wanted.accepts(place))
    }
}
