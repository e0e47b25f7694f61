//! The issuer of a document without a letterhead: who speaks in its text, who keeps its copy, which places it names.

use rustc_hash::FxHashMap;

use crate::Date;
use crate::gazetteer::{self, Place, PlaceKind};
use crate::metadata::Level;
use crate::metadata::authority::{Body, Seat, Stem};
use crate::metadata::body::{self, Role};
use crate::metadata::lines::Lines;
use crate::metadata::seat::{self, Wanted};
use crate::metadata::tail::Tail;

/// How much of a text is searched for places.
const SEARCHED_BYTES: usize = 48 * 1024;

/// A committee named in running text, with the unit before it: `Ban Tuyên giáo Tỉnh ủy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Speaker {
    unit: Option<&'static str>,
    committee: &'static str,
    kind: Option<PlaceKind>,
}

/// The body that issued `text`, read from what it says of itself; `from` is where its subject ends.
pub(crate) fn read(
    text: &str,
    from: usize,
    tail: &Tail<'_>,
    signed_by_unit: bool,
    date: Option<Date>,
) -> Option<(Body, f32)> {
    let opening = Lines::of(text, from..from + 4_000);
    let speaker = who_speaks(&opening).or_else(|| who_keeps(tail))?;
    // Who signs for a standing committee is no head of a unit.
    let unit = speaker
        .unit
        .filter(|_| signed_by_unit || who_speaks(&opening).is_some_and(|spoken| spoken.unit == speaker.unit));
    let wanted = wanted(speaker);
    let place = place_in(text, &wanted, date);
    let stem = match speaker.committee {
        "Đảng ủy" => Stem::PartyCommittee,
        committee => Stem::Committee(committee),
    };
    let level = place.map(|place| place.level).or(match speaker.committee {
        "Tỉnh ủy" => Some(Level::Province),
        "Huyện ủy" | "Quận ủy" | "Thị ủy" => Some(Level::District),
        _ => None,
    });
    let confidence = if place.is_some() { 0.75 } else { 0.5 };
    Some((
        Body {
            unit: unit.map(str::to_owned),
            stem,
            place: place.map(Seat::at),
            level,
        },
        confidence,
    ))
}

fn wanted(speaker: Speaker) -> Wanted {
    match speaker.committee {
        "Tỉnh ủy" => Wanted::kinds(&[PlaceKind::Province], Level::Province),
        "Thành ủy" => Wanted::city(),
        "Đảng ủy" => speaker.kind.map_or_else(Wanted::commune, Wanted::of_kind),
        committee => Wanted::district_of(committee),
    }
}

/// `… Ban Thường vụ Thị ủy xây dựng kế hoạch`: the body before the verb of the opening.
fn who_speaks(opening: &Lines<'_>) -> Option<Speaker> {
    (0..opening.len()).find_map(|at| {
        let (speaker, end) = speaker_at(opening, at)?;
        let verb = (end..end + 4).any(|index| {
            let pair = [opening.bare(index), opening.bare(index + 1)];
            matches!(
                pair,
                ["xay", "dung"]
                    | ["ban", "hanh"]
                    | ["de", "ra"]
                    | ["yeu", "cau"]
                    | ["huong", "dan"]
                    | ["thong", "bao"]
                    | ["bao", "cao"]
                    | ["cu", "the"]
            )
        });
        verb.then_some(speaker)
    })
}

/// `Lưu Văn phòng Thị ủy`: the committee that keeps the copy.
fn who_keeps(tail: &Tail<'_>) -> Option<Speaker> {
    let lines = &tail.lines;
    let first = tail.recipients?;
    lines.lines[first..].iter().find_map(|line| {
        let luu = line.words.clone().take(3).find(|&at| matches!(lines.bare(at), "luu"))?;
        (luu..line.words.end)
            .find_map(|at| speaker_at(lines, at))
            .map(|(speaker, _)| Speaker {
                unit: speaker.unit.filter(|unit| *unit != "Văn phòng"),
                ..speaker
            })
    })
}

/// A committee at `at`, with the unit or standing committee before it, and the word behind.
fn speaker_at(lines: &Lines<'_>, at: usize) -> Option<(Speaker, usize)> {
    if !lines.word(at).is_some_and(|word| word.capital) {
        return None;
    }
    let bare: Vec<&str> = (at..(at + 12).min(lines.len()))
        .map(|index| lines.bare(index))
        .collect();
    let (phrase, count) = body::phrase_at(&bare)?;
    match phrase.role {
        Role::Committee(_) | Role::CityCommittee => Some((
            Speaker {
                unit: None,
                committee: phrase.name,
                kind: None,
            },
            at + count,
        )),
        Role::PartyCommittee => {
            let (kind, more) = match body::phrase_at(&bare[count..]) {
                Some((place, more)) => match place.role {
                    Role::PlaceWord(kind) => (Some(kind), more),
                    _ => return None,
                },
                None => (None, 0),
            };
            Some((
                Speaker {
                    unit: None,
                    committee: "Đảng ủy",
                    kind,
                },
                at + count + more,
            ))
        }
        Role::Unit | Role::Voice => {
            let (speaker, end) = speaker_at(lines, at + count)?;
            let unit = (phrase.role == Role::Unit).then_some(phrase.name);
            speaker.unit.is_none().then_some((Speaker { unit, ..speaker }, end))
        }
        _ => None,
    }
}

/// The place of the wanted kind that the text names most often.
fn place_in(text: &str, wanted: &Wanted, date: Option<Date>) -> Option<&'static Place> {
    let lines = Lines::of(text, 0..SEARCHED_BYTES);
    let mut counts: FxHashMap<(&'static str, &'static str), (usize, &'static Place)> = FxHashMap::default();
    for at in 0..lines.len() {
        if !lines.word(at).is_some_and(|word| word.capital && !word.caps) {
            continue;
        }
        for length in (1..=4).rev() {
            let capital = (at..at + length).all(|index| lines.word(index).is_some_and(|word| word.capital));
            let letters = lines.squeezed(at..(at + length).min(lines.len()));
            // Hồ Chí Minh is the man, unless a city is spoken of.
            let man = letters == "hochiminh" && !matches!(lines.bare(at.wrapping_sub(1)), "pho" | "tp" | "uy");
            if !capital || man || length == 1 && !introduced(&lines, at) {
                continue;
            }
            if let Some(place) = named_exactly(letters, wanted, date) {
                let weight = if introduced(&lines, at) { 3 } else { 1 };
                counts.entry((place.name, place.province)).or_insert((0, place)).0 += weight;
                break;
            }
        }
    }
    let mut ranked: Vec<(usize, &'static Place)> = counts.into_values().collect();
    ranked.sort_by_key(|(count, place)| (std::cmp::Reverse(*count), place.name));
    match ranked.as_slice() {
        [(count, place), rest @ ..] if rest.first().is_none_or(|(second, _)| second < count) => Some(place),
        _ => None,
    }
}

fn named_exactly(letters: &str, wanted: &Wanted, date: Option<Date>) -> Option<&'static Place> {
    gazetteer::named(letters).find(|place| wanted.is_of(place) && place.existed(date))
}

/// Whether a word for a kind of place or for its Party body goes before.
fn introduced(lines: &Lines<'_>, at: usize) -> bool {
    at > 0
        && matches!(
            lines.bare(at - 1),
            "tinh" | "huyen" | "quan" | "xa" | "phuong" | "tran" | "pho" | "uy" | "khu" | "bao"
        )
}

/// The province that a text names most often, to tell communes of one name apart.
pub(crate) fn province_in(text: &str, date: Option<Date>) -> Option<&'static str> {
    place_in(text, &Wanted::level(Level::Province), date).map(|place| seat::province_of(place, date))
}
