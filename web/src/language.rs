//! The words of the pages: Vietnamese first, English by choice.
//!
//! The choice stands in the address (`?lang=en`) and is carried from link to link: no cookie remembers anybody.

mod alphabet;
mod doubts;
mod english;
mod errors;
mod vietnamese;
mod words;

pub use alphabet::alphabetical;
pub use doubts::doubt;
pub use errors::kindly;
pub use words::Words;

use corpus::Date;
use corpus::metadata::Level;
use index::Matching;

use crate::parameters::Facet;

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English, for those who read the documents but not the menus.
    English,
}

impl Language {
    /// The language that `lang` names; Vietnamese if it names none of ours.
    pub fn named(code: Option<&str>) -> Self {
        match code {
            Some("en") => Self::English,
            _ => Self::Vietnamese,
        }
    }

    /// The code of the language: `vi`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Vietnamese => Self::English,
            Self::English => Self::Vietnamese,
        }
    }

    /// What stands in the address for it; Vietnamese needs nothing.
    pub fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Vietnamese => None,
            Self::English => Some("en"),
        }
    }

    /// The words of the pages.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Vietnamese => &vietnamese::WORDS,
            Self::English => &english::WORDS,
        }
    }

    /// A number with its thousands apart: `12.345`, `12,345`.
    pub fn number(self, number: usize) -> String {
        let separator = match self {
            Self::Vietnamese => '.',
            Self::English => ',',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// That there are `number` more than are shown: `thêm 25`, `25 more`.
    pub fn more(self, number: usize) -> String {
        match self {
            Self::Vietnamese => format!("thêm {}", self.number(number)),
            Self::English => format!("{} more", self.number(number)),
        }
    }

    /// A share as people say it: `98 %`.
    pub fn percent(self, share: f32) -> String {
        format!("{}\u{a0}%", (share.clamp(0.0, 1.0) * 100.0).floor())
    }

    /// A day: `16/4/2024`, `16 Apr 2024`.
    ///
    /// In Vietnamese days below 10 and the months 1 and 2 have a zero before them, as the regulations on documents ask
    /// (Nghị định 30/2020/NĐ-CP, Phụ lục I): nothing can then be written in front of them.
    pub fn date(self, date: Date) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        match self {
            Self::Vietnamese if date.month() < 3 => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            Self::Vietnamese => format!("{:02}/{}/{}", date.day(), date.month(), date.year()),
            Self::English => {
                let month = usize::try_from(date.month())
                    .ok()
                    .and_then(|month| MONTHS.get(month - 1));
                format!("{} {} {}", date.day(), month.unwrap_or(&"?"), date.year())
            }
        }
    }

    /// A level as a heading says it: `Cấp tỉnh`.
    pub fn level(self, level: Level) -> &'static str {
        match (self, level) {
            (Self::Vietnamese, Level::Central) => "Trung ương",
            (Self::Vietnamese, Level::Province) => "Cấp tỉnh",
            (Self::Vietnamese, Level::District) => "Cấp huyện",
            (Self::Vietnamese, Level::Commune) => "Cấp xã",
            (Self::English, Level::Central) => "Central",
            (Self::English, Level::Province) => "Province",
            (Self::English, Level::District) => "District",
            (Self::English, Level::Commune) => "Commune",
        }
    }

    /// How strictly words matched.
    pub fn matching(self, matching: Matching) -> &'static str {
        let words = self.words();
        match matching {
            Matching::Marked => words.match_marked,
            Matching::Bare => words.match_bare,
            Matching::Scan => words.match_scan,
        }
    }

    /// The name of a facet.
    pub fn facet(self, facet: Facet) -> &'static str {
        let words = self.words();
        match facet {
            Facet::Issuer => words.facet_issuer,
            Facet::Level => words.facet_level,
            Facet::Province => words.facet_province,
            Facet::Kind => words.facet_kind,
            Facet::Topic => words.facet_topic,
            Facet::Year => words.facet_year,
            Facet::Section => words.facet_section,
        }
    }

    /// A value of a facet as a person reads it.
    ///
    /// Names of bodies, places and kinds stay as they are: they are what stands on the paper.
    pub fn value(self, facet: Facet, value: &str) -> String {
        let translated = match (self, facet, value) {
            (Self::English, _, "không rõ") => "unknown",
            (Self::English, Facet::Level, "trung ương") => "central",
            (Self::English, Facet::Level, "tỉnh") => "province",
            (Self::English, Facet::Level, "huyện") => "district",
            (Self::English, Facet::Level, "xã") => "commune",
            (Self::English, Facet::Section, "mục đích, yêu cầu") => "purpose",
            (Self::English, Facet::Section, "nội dung") => "content",
            (Self::English, Facet::Section, "nhiệm vụ, giải pháp") => "tasks and measures",
            (Self::English, Facet::Section, "hình thức, đối tượng") => "form and audience",
            (Self::English, Facet::Section, "thời gian, địa điểm") => "time and place",
            (Self::English, Facet::Section, "tổ chức thực hiện") => "carrying out",
            (Self::English, Facet::Section, "nơi nhận") => "recipients",
            (Self::Vietnamese, Facet::Level | Facet::Section | Facet::Topic, _) => return capitalized(value),
            _ => value,
        };
        translated.to_owned()
    }
}

/// The same words with a capital at the front.
fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_written_as_people_write_them() {
        assert_eq!(Language::Vietnamese.number(1_234_567), "1.234.567");
        assert_eq!(Language::English.number(999), "999");
        let day = Date::constant(2024, 4, 16);
        assert_eq!(Language::Vietnamese.date(day), "16/4/2024");
        assert_eq!(Language::English.date(day), "16 Apr 2024");
        assert_eq!(Language::Vietnamese.date(Date::constant(2026, 2, 9)), "09/02/2026");
        assert_eq!(Language::Vietnamese.date(Date::constant(2025, 10, 1)), "01/10/2025");
    }
}
