//! The left column of a letterhead, cut into the bodies it names.

use crate::bare::squeeze;
use crate::gazetteer::{self, PlaceKind};
use crate::metadata::Level;
use crate::metadata::body::{self, Phrase, Role};
use crate::metadata::case;
use crate::metadata::header::Header;
use crate::metadata::institution;
use crate::metadata::seat::Wanted;

/// The Youth Union in full.
pub(crate) const YOUTH: &str = "Đoàn Thanh niên Cộng sản Hồ Chí Minh";

/// A body named in the letterhead, and the words behind its name.
#[derive(Debug)]
pub(crate) struct Part {
    /// The body, as a sentence writes it.
    pub name: &'static str,
    /// What it is.
    pub role: Role,
    /// The kind of its place.
    pub kind: Option<PlaceKind>,
    /// The words behind the name, kind left out.
    pub rest: Vec<usize>,
    /// How many of them stand before the kind: `các cơ quan Đảng` of Đảng ủy các cơ quan Đảng tỉnh.
    pub own: usize,
    /// Whether `Trung ương` stands behind it.
    pub center: bool,
    /// Whether a dash stands before it: a second body that issues the paper beside the first.
    pub joined: bool,
    /// Whether it is named with the country.
    pub national: bool,
}

impl Part {
    /// Whether it is a Party committee that a body behind it must name: `ĐẢNG ỦY / ỦY BAN NHÂN DÂN TỈNH`.
    pub fn is_of_body(&self) -> bool {
        self.role == Role::PartyCommittee && self.rest.is_empty() && self.kind.is_none()
    }

    fn set_kind(&mut self, kind: PlaceKind) {
        self.kind = Some(kind);
        self.own = self.rest.len();
    }
}

/// The words of the left column.
pub(crate) struct Letterhead<'h, 'a> {
    /// The header they stand in.
    pub header: &'h Header<'a>,
    /// Their places among its words.
    pub words: &'h [usize],
}

impl Letterhead<'_, '_> {
    /// The bare letters of one of the words.
    pub fn bare(&self, index: usize) -> &str {
        self.header.lines.bare(self.words[index])
    }

    /// Some of the words as the text writes them.
    pub fn written(&self, indexes: &[usize]) -> String {
        let mut out = String::new();
        for &index in indexes {
            let word = self.words[index];
            if !out.is_empty() {
                // A comma that was typed parts what a name lists.
                let comma = self.header.typed && self.header.lines.gap_before(word) == ", ";
                out.push_str(if comma { ", " } else { " " });
            }
            out.push_str(self.header.lines.written(word));
        }
        out
    }

    /// The bare letters of some of the words.
    pub fn letters(&self, indexes: &[usize]) -> String {
        indexes.iter().map(|&index| self.bare(index)).collect()
    }

    /// Whether the words are written with the marks of `name`.
    fn is_written(&self, at: usize, count: usize, name: &str) -> bool {
        let words: Vec<usize> = (at..at + count).collect();
        case::same_marks(&self.written(&words), name)
    }

    fn begins_line(&self, index: usize) -> bool {
        let line = |index: usize| self.header.lines.line_of(self.words[index]);
        index == 0 || line(index) != line(index - 1)
    }

    /// Whether the name of a known agency goes on with word `at`: `SỞ NỘI` / `VỤ`, `… VÀ MÔI` / `TRƯỜNG`.
    fn goes_on(&self, agency: &Part, at: usize) -> bool {
        let name = format!(
            "{}{}{}",
            squeeze(agency.name),
            self.letters(&agency.rest),
            self.bare(at)
        );
        institution::AGENCIES
            .iter()
            .any(|known| squeeze(known).starts_with(&name))
    }

    fn ends_line(&self, index: usize) -> bool {
        index + 1 == self.words.len() || self.begins_line(index + 1)
    }

    /// Whether a dash stands before a word within its line.
    fn follows_dash(&self, index: usize) -> bool {
        let gap = self.header.lines.gap_before(self.words[index]);
        !self.begins_line(index) && gap.contains(['-', '–'])
    }

    /// Cuts the letterhead into bodies.
    pub fn parts(&self) -> Vec<Part> {
        let bare: Vec<&str> = (0..self.words.len()).map(|index| self.bare(index)).collect();
        let mut parts: Vec<Part> = Vec::new();
        let mut at = 0;
        while at < bare.len() {
            // `BCH ĐOÀN TỈNH QUẢNG NAM`: the union by its short name.
            let speaks = parts
                .last()
                .is_some_and(|part| part.role == Role::Voice && part.rest.is_empty());
            if speaks && bare[at] == "doan" && bare.get(at + 1).is_some_and(|next| body::place_word(next).is_some()) {
                parts.push(Part {
                    name: YOUTH,
                    role: Role::Mass,
                    kind: None,
                    rest: Vec::new(),
                    own: 0,
                    center: false,
                    joined: false,
                    national: false,
                });
                at += 1;
                continue;
            }
            match self
                .phrase_at(&bare, at)
                .filter(|&(phrase, count)| self.stands(phrase, count, at, &parts))
            {
                Some((phrase, count)) => {
                    self.take(phrase, at, &mut parts);
                    at += count;
                    // The place is taken whole: THẠNH TRỊ holds no THANH TRA, CHÂU THÀNH before ỦY BAN no THÀNH ỦY.
                    let name = wanted_behind(phrase).and_then(|wanted| self.place_at(at, &wanted));
                    if let (Some(length), Some(part)) = (name, parts.last_mut()) {
                        part.rest.extend(at..at + length);
                        at += length;
                    }
                }
                None => {
                    // `TỈNH` before `ĐOÀN TNCS …` is a place's kind, no Tỉnh đoàn.
                    let kind = body::place_word(bare[at]).filter(|_| bare.get(at + 1) == Some(&"doan"));
                    let country = bare[at] == "vietnam";
                    match (parts.last_mut(), kind) {
                        // `HỘI NÔNG DÂN VIỆTNAM`: the country behind a body that is named without it.
                        (Some(part), _) if country && part.role == Role::Mass && part.rest.is_empty() => {}
                        (Some(part), Some(kind)) if part.kind.is_none() => part.set_kind(kind),
                        (Some(part), _) => part.rest.push(at),
                        (None, _) => {}
                    }
                    at += 1;
                }
            }
        }
        parts
    }

    /// The phrase at `at`: spelled out where the letters are as they were typed, or else as a scanner may have read it.
    fn phrase_at(&self, bare: &[&str], at: usize) -> Option<(&'static Phrase, usize)> {
        let spelled = body::spelled_at(&bare[at..]);
        let found = if self.header.typed {
            spelled
        } else {
            body::phrase_at(&bare[at..])
        };
        let found = match found {
            // `ĐẢNG BỘ CÔNG AN TRUNG ƯƠNG / ĐẢNG ỦY …`: the next body begins with the line.
            Some((_, count)) if count > 1 && self.begins_body(bare, at + count - 1) => {
                body::spelled_at(&bare[at..at + count - 1])
            }
            found => found,
        };
        // XÃ ĐOÀN KẾT is a place, no Xã đoàn.
        let place = body::place_words(&bare[at..]).and_then(|(kind, count)| {
            self.place_at(at + count, &Wanted::of_kind(kind))
                .map(|length| (count, length))
        });
        match (found, place) {
            (Some((_, taken)), Some((count, length))) if taken > count && taken <= count + length => {
                body::spelled_at(&bare[at..at + count])
            }
            _ => found,
        }
    }

    /// Whether a body of several words begins with the line of word `at`.
    fn begins_body(&self, bare: &[&str], at: usize) -> bool {
        self.begins_line(at) && body::spelled_at(&bare[at..]).is_some_and(|(_, count)| count > 1)
    }

    /// How many words from `at` are the name of a place wanted; one that ends with its line is preferred.
    fn place_at(&self, at: usize, wanted: &Wanted) -> Option<usize> {
        let end = (at + 6).min(self.words.len());
        let line = (at + 1..end).find(|&index| self.begins_line(index)).unwrap_or(end);
        let named = |stop: &usize| {
            let letters: String = (at..*stop).map(|index| self.bare(index)).collect();
            gazetteer::named(&letters).any(|place| wanted.is_of(place))
        };
        let stop = (at + 1..=line).rev().find(named);
        stop.or_else(|| (line + 1..=end).rev().find(named))
            .map(|stop| stop - at)
    }

    fn take(&self, phrase: &'static Phrase, at: usize, parts: &mut Vec<Part>) {
        match (phrase.role, parts.last_mut()) {
            (Role::PlaceWord(kind), Some(part))
                if part.kind.is_none()
                    && (part.rest.is_empty() || part.role == Role::Agency || part.role == Role::PartyCommittee) =>
            {
                part.set_kind(kind);
            }
            (Role::PlaceWord(kind), Some(part)) if part.name == YOUTH && part.kind.is_none() => {
                part.kind = Some(kind);
                part.rest.clear();
            }
            (Role::PlaceWord(_), Some(part)) => part.rest.push(at),
            (Role::Center, Some(part)) => part.center = true,
            // The union's name in both columns: the place stands behind the second.
            (Role::Mass, Some(part)) if part.name == phrase.name && part.rest.is_empty() => {}
            (role, _) => parts.push(Part {
                name: phrase.name,
                role,
                kind: None,
                rest: Vec::new(),
                own: 0,
                center: false,
                joined: self.follows_dash(at),
                national: phrase.is_national(),
            }),
        }
    }

    /// Whether the phrase may begin a body here: short words such as `Sở`, `Vụ` stand inside other names too.
    fn stands(&self, phrase: &Phrase, count: usize, at: usize, parts: &[Part]) -> bool {
        // `TỈNH` before `ĐOÀN THANH NIÊN …`: not Tỉnh đoàn of a Thanh Hóa.
        let behind = |more: usize| (at + count + more < self.words.len()).then(|| self.bare(at + count + more));
        if matches!(phrase.role, Role::Youth(_))
            && (behind(0) == Some("tncs") || behind(0) == Some("thanh") && behind(1) == Some("nien"))
        {
            return false;
        }
        // `CƠ QUAN` is no `QUẬN`.
        if matches!(phrase.role, Role::PlaceWord(_)) && at > 0 && self.bare(at - 1) == "co" && self.bare(at) == "quan" {
            return false;
        }
        let Some(last) = parts.last() else {
            return !matches!(phrase.role, Role::PlaceWord(_) | Role::Center);
        };
        let behind_whole = last.rest.is_empty() && last.role == Role::Central
            || !last.rest.is_empty() && gazetteer::named(&self.letters(&last.rest)).next().is_some();
        match phrase.role {
            // `CÔNG ĐOÀN GIÁO DỤC TỈNH`: of the province that stands above.
            Role::PlaceWord(PlaceKind::Province) if last.role == Role::Agency && self.ends_line(at) => true,
            Role::PlaceWord(kind) if last.role == Role::Agency => (at + count + 1
                ..=(at + count + 4).min(self.words.len()))
                .rev()
                .any(|end| {
                    let letters: String = (at + count..end).map(|index| self.bare(index)).collect();
                    gazetteer::named(&letters).any(|place| place.kind == kind)
                }),
            // `QUÂN SỰ` is no quận: a word of other marks needs a place behind it.
            Role::PlaceWord(kind) if self.header.typed && !self.is_written(at, count, phrase.name) => {
                self.place_at(at + count, &Wanted::of_kind(kind)).is_some()
            }
            Role::PlaceWord(_) => true,
            Role::Council if phrase.name == "Quân sự" => last.role == Role::PartyCommittee && last.rest.is_empty(),
            Role::Agency if last.role == Role::Agency && self.goes_on(last, at) => false,
            Role::Council | Role::Agency if count == 1 => self.begins_line(at) || behind_whole,
            Role::Agency if last.role == Role::Agency && last.rest.is_empty() => false,
            Role::Agency => self.begins_line(at) || behind_whole,
            // `Trung tâm Chính trị`, `Văn phòng` inside the name of an agency.
            Role::Unit if last.role == Role::Agency => self.begins_line(at),
            _ => true,
        }
    }
}

/// What place may stand behind a phrase; none where the name of a body goes on.
fn wanted_behind(phrase: &Phrase) -> Option<Wanted> {
    match phrase.role {
        Role::PlaceWord(kind) => Some(Wanted::of_kind(kind)),
        Role::Committee(level) | Role::Youth(level) if level != Level::Commune => Some(Wanted::level(level)),
        Role::CityCommittee => Some(Wanted::city()),
        _ => None,
    }
}
