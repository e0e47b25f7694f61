//! Cơ quan ban hành: the body that issued a document, read from the letterhead or, where there is none, from what is left.

use crate::Date;
use crate::bare::squeeze;
use crate::gazetteer::{self, Place, PlaceKind};
use crate::metadata::authority::{self, Body, Seat, Stem};
use crate::metadata::body::Role;
use crate::metadata::header::Header;
use crate::metadata::letterhead::{Letterhead, Part, YOUTH};
use crate::metadata::seat::{self, Wanted};
use crate::metadata::{Level, case, institution, school, symbolic};

/// What is known of a document beside its letterhead, to name its issuer by.
#[derive(Debug, Default)]
pub(crate) struct Hints<'a> {
    /// The day it was issued.
    pub date: Option<Date>,
    /// The body in its number: `BTGTU`.
    pub symbol: Option<&'a str>,
    /// The letters of the place before the date, as written.
    pub place: Option<&'a str>,
    /// Whether the header has the letters that were typed.
    pub typed: bool,
}

impl Hints<'_> {
    /// The place before the date.
    pub fn place_line(&self) -> Option<&'static Place> {
        self.place
            .and_then(|place| seat::place_line(place, self.typed, self.date))
    }
}

/// The issuing body that the letterhead names, and the words it was read from.
pub(crate) fn from_letterhead(header: &Header<'_>, hints: &Hints<'_>) -> Option<(Body, Vec<usize>)> {
    let letterhead = Letterhead {
        header,
        words: &header.letterhead,
    };
    let parts = letterhead.parts();
    let issuing = issuing_part(&parts)?;
    let body = letterhead.body(&parts, issuing, hints)?;
    Some((body, header.letterhead.clone()))
}

impl Letterhead<'_, '_> {
    /// The body that part `issuing` names, with the help of the others.
    fn body(&self, parts: &[Part], issuing: usize, hints: &Hints<'_>) -> Option<Body> {
        let part = &parts[issuing];
        match part.role {
            Role::Unit => self.unit(parts, issuing, hints),
            Role::Central => Some(central(part.name)),
            Role::Mass | Role::Voice if parts.iter().any(|part| part.name == YOUTH) => self.youth_union(parts, hints),
            Role::Council | Role::Mass => Some(self.placed(part.name.to_owned(), parts, issuing, hints)),
            Role::Youth(level) => Some(self.youth(part.name, level, parts, issuing, hints)),
            Role::Agency => Some(self.agency(parts, issuing, hints)),
            Role::PartyCommittee => Some(self.party_committee(parts, issuing, hints)),
            // `ĐẢNG BỘ BỆNH VIỆN ĐA KHOA TỈNH`: its committee is a Đảng ủy.
            Role::PartyOrganisation if part.kind.is_none() && institution::is_one(&self.written(&part.rest)) => {
                let words = institution::name(&self.written(&part.rest));
                Some(self.within(format!("Đảng ủy {words}"), parts, issuing, hints))
            }
            Role::Committee(_) | Role::CityCommittee | Role::PartyOrganisation => {
                Some(self.committee(parts, issuing, hints))
            }
            Role::Voice | Role::Center | Role::PlaceWord(_) | Role::Rest => None,
        }
    }

    fn unit(&self, parts: &[Part], issuing: usize, hints: &Hints<'_>) -> Option<Body> {
        let part = &parts[issuing];
        // The number may say more of the unit than a scanned letterhead: BTGDV is Ban Tuyên giáo và Dân vận.
        let told = hints.symbol.and_then(authority::unit_of_symbol);
        let name = told.filter(|told| told.starts_with(part.name)).unwrap_or(part.name);
        if part.center {
            return Some(central_unit(name));
        }
        // `BAN CÁN SỰ ĐẢNG BỘ XÂY DỰNG`: of the body behind it, whatever stands above.
        let next = parts
            .get(issuing + 1)
            .filter(|next| next.role == Role::Central && !next.joined);
        if let Some(next) = next.filter(|_| part.rest.is_empty()) {
            return Some(central(&format!("{name} {}", next.name)));
        }
        let is_committee = |part: &&Part| {
            matches!(
                part.role,
                Role::Committee(_)
                    | Role::CityCommittee
                    | Role::PartyCommittee
                    | Role::PartyOrganisation
                    | Role::Council
            ) || part.role == Role::Mass && matches!(name, "Đảng đoàn" | "Ban cán sự đảng")
        };
        let behind = parts[issuing + 1..]
            .iter()
            .find(|part| is_committee(part) && !part.joined);
        if behind.is_none()
            && parts[..issuing]
                .iter()
                .any(|part| part.name == "Ban Chấp hành Trung ương")
        {
            return Some(central_unit(name));
        }
        let of = match behind {
            Some(committee) => Some(committee),
            None => parts[..issuing].iter().rfind(is_committee),
        };
        // `ĐẢNG ỦY CHÍNH PHỦ / VĂN PHÒNG`: a Party committee of the center with a name of its own.
        let center = parts[..issuing]
            .iter()
            .rfind(|part| part.role == Role::Central && part.name.starts_with("Đảng ủy"));
        if let (None, Some(center)) = (of, center) {
            return Some(central(&format!("{name} {}", center.name)));
        }
        let committee = match of {
            None => symbolic::body(hints),
            Some(of) => {
                let index = parts.iter().position(|part| std::ptr::eq(part, of))?;
                // `ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH / BAN TỔ CHỨC`: of the Party committee, not of the council.
                let party = index.checked_sub(1).filter(|&party| parts[party].is_of_body());
                Some(match of.role {
                    Role::PartyCommittee => self.party_committee(parts, index, hints),
                    Role::Council if party.is_some() => self.party_committee(parts, index - 1, hints),
                    Role::Council | Role::Mass => self.placed(of.name.to_owned(), parts, index, hints),
                    _ => self.committee(parts, index, hints),
                })
            }
        };
        if school::NAMES.contains(&name) {
            return Some(self.school(name, parts, issuing, committee, hints));
        }
        committee.map(|committee| Body {
            unit: Some(name.to_owned()),
            ..committee
        })
    }

    /// Tỉnh ủy, Thành ủy, Huyện ủy …, or the committee of a Đảng bộ.
    fn committee(&self, parts: &[Part], index: usize, hints: &Hints<'_>) -> Body {
        let part = &parts[index];
        let wanted = match (part.role, part.kind) {
            (Role::Committee(Level::Province), _) => Wanted::kinds(&[PlaceKind::Province], Level::Province),
            (Role::Committee(_), _) => Wanted::district_of(part.name),
            (Role::CityCommittee, _) => Wanted::city(),
            (_, Some(kind)) => Wanted::of_kind(kind),
            _ => Wanted::any(),
        };
        let seat = self.seat(parts, index, &wanted, hints);
        let level = seat.as_ref().and_then(|(_, level)| *level).or(match part.role {
            Role::Committee(level) => Some(level),
            Role::CityCommittee if hints.symbol.is_some_and(|symbol| symbol.ends_with("ThU")) => Some(Level::District),
            _ => wanted.level,
        });
        let kind = seat.as_ref().and_then(|(seat, _)| seat.kind).or(part.kind);
        let stem = match part.role {
            Role::Committee(_) | Role::CityCommittee => Stem::Committee(part.name),
            _ => committee_of(kind),
        };
        Body {
            unit: None,
            stem,
            place: seat.map(|(seat, _)| seat),
            level,
        }
    }

    /// Đảng ủy of a commune, or of an agency or bloc named behind it.
    fn party_committee(&self, parts: &[Part], index: usize, hints: &Hints<'_>) -> Body {
        let part = &parts[index];
        if let Some(next) = parts
            .get(index + 1)
            .filter(|next| matches!(next.role, Role::Council | Role::Agency | Role::Mass))
        {
            let name = if next.role == Role::Agency {
                format!(
                    "{} {} {}",
                    part.name,
                    next.name,
                    case::sentence(&self.written(&next.rest))
                )
            } else {
                format!("{} {}", part.name, next.name)
            };
            return self.placed(name, parts, index + 1, hints);
        }
        if let Some(next) = parts.get(index + 1).filter(|next| next.role == Role::Central) {
            return Body {
                unit: None,
                stem: Stem::Whole(format!("{} {}", part.name, next.name)),
                place: None,
                level: Some(Level::Central),
            };
        }
        let (bloc, _) = self.split_place(part);
        if !bloc.is_empty() {
            let written = self.written(&bloc);
            let words = known(institution::BLOCS, &written).unwrap_or_else(|| institution::name(&written));
            let name = format!("{} {words}", part.name);
            if part.kind.is_none() && known(institution::BLOCS, &written).is_none() {
                return self.within(name, parts, index, hints);
            }
            return self.placed(name, parts, index, hints);
        }
        let wanted = part.kind.map_or_else(Wanted::commune, Wanted::of_kind);
        let seat = self.seat(parts, index, &wanted, hints);
        let level = seat.as_ref().and_then(|(_, level)| *level).or(Some(Level::Commune));
        Body {
            unit: None,
            stem: Stem::PartyCommittee,
            place: seat.map(|(seat, _)| seat),
            level,
        }
    }

    /// A body that has a name of its own and belongs to those above it: Đảng ủy Trường Đại học Vinh.
    fn within(&self, name: String, parts: &[Part], index: usize, hints: &Hints<'_>) -> Body {
        if parts[..index].iter().any(|part| part.role == Role::Central) {
            return central(&name);
        }
        let seat = self.seat_named("", &[], parts, index, &Wanted::any(), hints);
        let level = seat.as_ref().and_then(|(_, level)| *level);
        Body {
            unit: None,
            stem: Stem::Whole(name),
            place: seat.map(|(seat, _)| seat),
            level,
        }
    }

    /// The words of a bloc before the word for its place: `các cơ quan Đảng` of `các cơ quan Đảng tỉnh`.
    fn split_place(&self, part: &Part) -> (Vec<usize>, Vec<usize>) {
        let rest = &part.rest;
        let letters = self.letters(rest);
        let place = gazetteer::named(&letters).next().is_some() || rest.len() <= 2 && part.name != "Chi bộ";
        if part.kind.is_none() && !place {
            return (rest.clone(), Vec::new());
        }
        (rest[..part.own].to_vec(), rest[part.own..].to_vec())
    }

    /// A body whose name is followed by kind and place.
    pub fn placed(&self, name: String, parts: &[Part], index: usize, hints: &Hints<'_>) -> Body {
        let part = &parts[index];
        let alone = |other: &Part| other.kind.is_none() && other.rest.is_empty();
        if part.national && parts.iter().all(alone) {
            return central(&format!("{} Việt Nam", name.trim_end_matches(" Việt Nam")));
        }
        let wanted = part.kind.map_or_else(Wanted::any, Wanted::of_kind);
        let bloc = matches!(part.role, Role::PartyCommittee);
        let seat = if bloc {
            self.seat_of_bloc(parts, index, &wanted, hints)
        } else {
            self.seat(parts, index, &wanted, hints)
        };
        let level = seat.as_ref().and_then(|(_, level)| *level).or(wanted.level);
        let place = seat.map(|(seat, _)| Seat {
            kind: seat.kind.or(part.kind),
            ..seat
        });
        if place.is_none() && level.is_none() && part.role == Role::Mass {
            return Body {
                unit: None,
                stem: Stem::Whole(name),
                place: None,
                level: Some(Level::Central),
            };
        }
        Body {
            unit: None,
            stem: Stem::Placed(name),
            place,
            level,
        }
    }

    fn seat_of_bloc(
        &self,
        parts: &[Part],
        index: usize,
        wanted: &Wanted,
        hints: &Hints<'_>,
    ) -> Option<(Seat, Option<Level>)> {
        let (_, place) = self.split_place(&parts[index]);
        let letters = self.letters(&place);
        self.seat_named(&letters, &place, parts, index, wanted, hints)
    }

    /// Sở Ngoại vụ of a province, Cục Hải quan of a ministry.
    fn agency(&self, parts: &[Part], issuing: usize, hints: &Hints<'_>) -> Body {
        let part = &parts[issuing];
        let own = if part.kind.is_some() { part.own } else { part.rest.len() };
        let (own, place_words) = part.rest.split_at(own);
        let rest = case::sentence(&self.written(own));
        let above = parts[..issuing]
            .iter()
            .rposition(|part| matches!(part.role, Role::Committee(_) | Role::CityCommittee));
        let formed = matches!(
            part.name,
            "Ban Chỉ đạo" | "Tiểu ban" | "Tổ công tác" | "Tổ giúp việc" | "Đoàn kiểm tra" | "Đoàn giám sát"
        );
        if let (Some(above), None, true) = (above, part.kind, formed) {
            return Body {
                unit: Some(format!("{} {rest}", part.name).trim().to_owned()),
                ..self.committee(parts, above, hints)
            };
        }
        let rest = if matches!(
            part.name,
            "Sở" | "Phòng" | "Cục" | "Vụ" | "Chi cục" | "Tổng cục" | "Viện" | "Học viện" | "Công đoàn"
        ) {
            case::capitalized(&rest)
        } else {
            rest
        };
        let school = part.name == "Trường" && part.kind.is_none();
        let name = if school {
            institution::name(&format!("TRƯỜNG {}", self.written(own)))
        } else {
            format!("{} {rest}", part.name).trim().to_owned()
        };
        let name = known(institution::AGENCIES, &name).unwrap_or(name);
        let central = parts[..issuing].iter().any(|part| part.role == Role::Central) || part.center;
        if central {
            return Body {
                unit: None,
                stem: Stem::Whole(name),
                place: None,
                level: Some(Level::Central),
            };
        }
        let letters = self.letters(place_words);
        let wanted = part.kind.map_or_else(Wanted::any, Wanted::of_kind);
        let seat = self.seat_named(&letters, place_words, parts, issuing, &wanted, hints);
        let level = seat.as_ref().and_then(|(_, level)| *level);
        // `BÁO LONG AN` bears the place in its name.
        let named = school || part.kind.is_none() && gazetteer::named(&self.letters(own)).next().is_some();
        Body {
            unit: None,
            stem: if named { Stem::Whole(name) } else { Stem::Placed(name) },
            place: seat.map(|(seat, _)| seat),
            level,
        }
    }

    /// The Youth Union by its full name: `ĐOÀN TNCS HỒ CHÍ MINH / BCH HUYỆN MỘC CHÂU` is Huyện đoàn Mộc Châu.
    fn youth_union(&self, parts: &[Part], hints: &Hints<'_>) -> Option<Body> {
        let named = parts.iter().position(|part| matches!(part.role, Role::Youth(_)));
        if let Some((own, Role::Youth(level))) = named.map(|own| (own, parts[own].role)) {
            return Some(self.youth(parts[own].name, level, parts, own, hints));
        }
        let own = parts
            .iter()
            .rposition(|part| part.kind.is_some() && !matches!(part.role, Role::Committee(_)))?;
        let (name, level) = match parts[own].kind? {
            PlaceKind::Province => ("Tỉnh đoàn", Level::Province),
            PlaceKind::City => ("Thành đoàn", Level::Province),
            PlaceKind::RuralDistrict => ("Huyện đoàn", Level::District),
            PlaceKind::UrbanDistrict => ("Quận đoàn", Level::District),
            PlaceKind::Town => ("Thị đoàn", Level::District),
            _ => ("Xã đoàn", Level::Commune),
        };
        Some(self.youth(name, level, parts, own, hints))
    }

    /// The Youth Union of a place: Huyện đoàn Mộc Châu.
    fn youth(&self, name: &'static str, level: Level, parts: &[Part], index: usize, hints: &Hints<'_>) -> Body {
        let wanted = match (name, level) {
            ("Thành đoàn", _) => Wanted::city(),
            (_, Level::Province) => Wanted::kinds(&[PlaceKind::Province], Level::Province),
            (_, Level::District) => Wanted::level(Level::District),
            _ => Wanted::commune(),
        };
        let seat = self.seat(parts, index, &wanted, hints);
        let level = seat.as_ref().and_then(|(_, level)| *level).or(Some(level));
        let seat = seat.map(|(seat, _)| seat);
        let full = seat
            .as_ref()
            .map_or_else(|| name.to_owned(), |seat| format!("{name} {}", seat.name));
        // The place is part of the name here; it still says the province.
        Body {
            unit: None,
            stem: Stem::Whole(full),
            place: seat,
            level,
        }
    }
}

/// Which part speaks: a unit wherever it stands, else the last body.
fn issuing_part(parts: &[Part]) -> Option<usize> {
    let speaks = |part: &Part| !matches!(part.role, Role::Voice | Role::Center | Role::PlaceWord(_));
    if let Some(unit) = parts.iter().rposition(|part| part.role == Role::Unit) {
        return Some(unit);
    }
    let last = parts.iter().rposition(speaks)?;
    // `ĐẢNG ỦY / ỦY BAN NHÂN DÂN TỈNH`: the Party committee of that body.
    let party = last > 0 && parts[last - 1].is_of_body();
    let agency = matches!(
        parts[last].role,
        Role::Council | Role::Agency | Role::Mass | Role::Central
    );
    // `ĐOÀN TNCS HỒ CHÍ MINH / BCH HUYỆN MỘC CHÂU` names the union first, the place last.
    Some(if party && agency { last - 1 } else { last })
}

/// A body of the center.
pub(crate) fn central(name: &str) -> Body {
    Body {
        unit: None,
        stem: Stem::Whole(name.to_owned()),
        place: None,
        level: Some(Level::Central),
    }
}

fn central_unit(name: &str) -> Body {
    if name == "Văn phòng" {
        central("Văn phòng Trung ương Đảng")
    } else {
        central(&format!("{name} Trung ương"))
    }
}

/// The committee of a Đảng bộ by the kind of its place.
fn committee_of(kind: Option<PlaceKind>) -> Stem {
    match kind {
        Some(PlaceKind::Province) => Stem::Committee("Tỉnh ủy"),
        Some(PlaceKind::City) => Stem::Committee("Thành ủy"),
        Some(PlaceKind::UrbanDistrict) => Stem::Committee("Quận ủy"),
        Some(PlaceKind::RuralDistrict) => Stem::Committee("Huyện ủy"),
        Some(PlaceKind::Town) => Stem::Committee("Thị ủy"),
        _ => Stem::PartyCommittee,
    }
}

/// The name of the list that has the letters of `name`: with its own capitals and marks.
fn known(list: &[&str], name: &str) -> Option<String> {
    let letters = squeeze(name);
    let found = list.iter().find(|known| squeeze(known) == letters);
    found.map(|&known| known.to_owned())
}
