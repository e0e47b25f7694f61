//! One canonical name for each body, whatever the spelling, with its level, province and the names it had before and after.

use crate::Date;
use crate::gazetteer::{self, NEW_MAP, Place, PlaceKind};
use crate::metadata::{Issuer, Level};

/// What a body's own name is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stem {
    /// Tỉnh ủy, Thành ủy, Huyện ủy, Quận ủy, Thị ủy: the place follows without its kind.
    Committee(&'static str),
    /// Đảng ủy of a commune: kind and place follow.
    PartyCommittee,
    /// Any other body whose name is followed by kind and place: Ủy ban nhân dân, Đảng ủy Ủy ban nhân dân.
    Placed(String),
    /// A body named in full.
    Whole(String),
}

/// A body before it is written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// The unit that speaks, where it is not the committee itself: Ban Tuyên giáo.
    pub unit: Option<String>,
    /// The body, or the committee that the unit belongs to.
    pub stem: Stem,
    /// Where it sits, if known and if it has a place.
    pub place: Option<Seat>,
    /// How high it stands.
    pub level: Option<Level>,
}

/// The place of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Its name without kind.
    pub name: String,
    /// Its kind.
    pub kind: Option<PlaceKind>,
    /// The province it lies in, where that is certain.
    pub province: Option<&'static str>,
}

impl Seat {
    /// The seat of a body at a place of the gazetteer.
    pub fn at(place: &Place) -> Self {
        Self {
            name: place.name.to_owned(),
            kind: Some(place.kind),
            province: Some(place.province),
        }
    }

    fn with_kind(&self) -> String {
        match self.kind {
            _ if self.name == "Hồ Chí Minh" => "Thành phố Hồ Chí Minh".to_owned(),
            Some(kind) => format!("{} {}", kind.name(), self.name),
            None => self.name.clone(),
        }
    }
}

impl Body {
    /// The canonical name: `Ban Tuyên giáo Tỉnh ủy Lâm Đồng`.
    pub fn name(&self) -> String {
        let stem = match (&self.stem, &self.place) {
            (Stem::Committee(name), Some(seat)) if seat.name == "Hồ Chí Minh" => {
                format!("{name} Thành phố Hồ Chí Minh")
            }
            (Stem::Committee(name), Some(seat)) => format!("{name} {}", seat.name),
            (Stem::Committee(name), None) => (*name).to_owned(),
            (Stem::PartyCommittee, Some(seat)) => format!("Đảng ủy {}", seat.with_kind()),
            (Stem::PartyCommittee, None) => "Đảng ủy".to_owned(),
            (Stem::Placed(name), Some(seat)) => format!("{name} {}", seat.with_kind()),
            (Stem::Placed(name) | Stem::Whole(name), _) => name.clone(),
        };
        match &self.unit {
            Some(unit) => format!("{unit} {stem}"),
            None => stem,
        }
    }

    /// The body as an issuer on `date`, with the provinces of both maps and its other names.
    pub fn issuer(&self, date: Option<Date>) -> Issuer {
        let lies_in = self.place.as_ref().and_then(|seat| seat.province);
        let province = lies_in.map(|province| province_on(province, date));
        let today = province
            .and_then(gazetteer::province_today)
            .filter(|&today| Some(today) != province);
        let name = self.name();
        let aliases = self.aliases(&name, today);
        let label = |province: &'static str| gazetteer::province_label(province).to_owned();
        let central = self.level == Some(Level::Central);
        Issuer {
            name,
            level: self.level,
            province: province.filter(|_| !central).map(label),
            province_today: today.filter(|_| !central).map(label),
            aliases,
        }
    }

    fn aliases(&self, name: &str, today: Option<&'static str>) -> Vec<String> {
        let mut aliases = Vec::new();
        let with_unit = |unit: &str| {
            Self {
                unit: Some(unit.to_owned()),
                ..self.clone()
            }
            .name()
        };
        match self.unit.as_deref() {
            Some("Ban Tuyên giáo" | "Ban Dân vận") => aliases.push(with_unit("Ban Tuyên giáo và Dân vận")),
            Some("Ban Tuyên giáo và Dân vận") => {
                aliases.push(with_unit("Ban Tuyên giáo"));
                aliases.push(with_unit("Ban Dân vận"));
            }
            None if matches!(self.stem, Stem::Committee(_) | Stem::PartyCommittee) => {
                aliases.push(format!("Ban Thường vụ {name}"));
                aliases.push(format!("Thường trực {name}"));
                if let Some(seat) = &self.place {
                    aliases.push(format!("Ban Chấp hành Đảng bộ {}", seat.with_kind()));
                }
            }
            _ => {}
        }
        // A body of a province that was merged into another is searched under today's name as well.
        if let (Some(seat), Some(today)) = (&self.place, today)
            && self.level == Some(Level::Province)
            && seat.province == Some(seat.name.as_str()).filter(|_| true).and(seat.province)
        {
            let kind = if is_city(today) {
                PlaceKind::City
            } else {
                PlaceKind::Province
            };
            let stem = match (&self.stem, kind) {
                (Stem::Committee(_), PlaceKind::City) => Stem::Committee("Thành ủy"),
                (Stem::Committee(_), _) => Stem::Committee("Tỉnh ủy"),
                (other, _) => other.clone(),
            };
            let place = Some(Seat {
                name: today.to_owned(),
                kind: Some(kind),
                province: Some(today),
            });
            aliases.push(
                Self {
                    stem,
                    place,
                    ..self.clone()
                }
                .name(),
            );
        }
        for (full, short) in [
            ("Ủy ban nhân dân", "UBND"),
            ("Hội đồng nhân dân", "HĐND"),
            ("Mặt trận Tổ quốc", "MTTQ"),
        ] {
            if name.contains(full) {
                aliases.push(name.replace(full, short));
            }
        }
        aliases
    }
}

fn is_city(province: &str) -> bool {
    gazetteer::named(&crate::bare::squeeze(province))
        .any(|place| place.level == Level::Province && place.kind == PlaceKind::City)
}

/// The province in force on `date` for a place that the tables put in `province`.
pub(crate) fn province_on(province: &'static str, date: Option<Date>) -> &'static str {
    match date {
        Some(date) if date >= NEW_MAP => gazetteer::province_today(province).unwrap_or(province),
        Some(date) if province == "Huế" && date < jiff::civil::date(2025, 1, 1) => "Thừa Thiên Huế",
        _ => province,
    }
}

/// The body of the center that a symbol names: `BNV`, `TTg`, `BTGDVTW`.
pub(crate) fn central_of_symbol(symbol: &str) -> Option<&'static str> {
    let symbol = symbol.trim_end_matches(|c: char| c.is_ascii_digit());
    Some(match symbol {
        "TW" => "Ban Chấp hành Trung ương",
        "BTGTW" => "Ban Tuyên giáo Trung ương",
        "BTGDVTW" => "Ban Tuyên giáo và Dân vận Trung ương",
        "BDVTW" => "Ban Dân vận Trung ương",
        "BTCTW" => "Ban Tổ chức Trung ương",
        "BNCTW" => "Ban Nội chính Trung ương",
        "BKTTW" => "Ban Kinh tế Trung ương",
        "UBKTTW" => "Ủy ban Kiểm tra Trung ương",
        "VPTW" => "Văn phòng Trung ương Đảng",
        "HĐLLTW" | "HĐLL" => "Hội đồng Lý luận Trung ương",
        "QUTW" => "Quân ủy Trung ương",
        "ĐUCA" => "Đảng ủy Công an Trung ương",
        "CP" => "Chính phủ",
        "TTg" => "Thủ tướng Chính phủ",
        "VPCP" => "Văn phòng Chính phủ",
        "QH" => "Quốc hội",
        "UBTVQH" => "Ủy ban Thường vụ Quốc hội",
        "CTN" => "Chủ tịch nước",
        "BNV" => "Bộ Nội vụ",
        "BTP" => "Bộ Tư pháp",
        "BTC" => "Bộ Tài chính",
        "BCT" => "Bộ Công Thương",
        "BYT" => "Bộ Y tế",
        "BXD" => "Bộ Xây dựng",
        "BNG" => "Bộ Ngoại giao",
        "BQP" => "Bộ Quốc phòng",
        "BCA" => "Bộ Công an",
        "BGDĐT" => "Bộ Giáo dục và Đào tạo",
        "BKHCN" => "Bộ Khoa học và Công nghệ",
        "BVHTTDL" => "Bộ Văn hóa, Thể thao và Du lịch",
        "BNNMT" => "Bộ Nông nghiệp và Môi trường",
        "BDTTG" => "Bộ Dân tộc và Tôn giáo",
        "BKHĐT" => "Bộ Kế hoạch và Đầu tư",
        "BGTVT" => "Bộ Giao thông vận tải",
        "BNNPTNT" => "Bộ Nông nghiệp và Phát triển nông thôn",
        "BTNMT" => "Bộ Tài nguyên và Môi trường",
        "BTTTT" => "Bộ Thông tin và Truyền thông",
        "BLĐTBXH" => "Bộ Lao động - Thương binh và Xã hội",
        "UBDT" => "Ủy ban Dân tộc",
        "TTCP" => "Thanh tra Chính phủ",
        "NHNN" => "Ngân hàng Nhà nước Việt Nam",
        "KTNN" => "Kiểm toán nhà nước",
        "TANDTC" => "Tòa án nhân dân tối cao",
        "VKSNDTC" => "Viện kiểm sát nhân dân tối cao",
        "CHQ" => "Cục Hải quan",
        _ => return None,
    })
}

const UNITS: &[(&str, &str)] = &[
    ("BTGDV", "Ban Tuyên giáo và Dân vận"),
    ("BTG", "Ban Tuyên giáo"),
    ("BDV", "Ban Dân vận"),
    ("BTC", "Ban Tổ chức"),
    ("BNC", "Ban Nội chính"),
    ("UBKT", "Ủy ban Kiểm tra"),
    ("BXDĐ", "Ban Xây dựng Đảng"),
    ("VP", "Văn phòng"),
    ("BKT", "Ban Kinh tế"),
];

/// What a symbol says of a local Party body: the unit, if any, and the level of its committee.
///
/// `BTGTU` is the Ban Tuyên giáo of a province; `ĐU` stands for a commune or an agency.
pub(crate) fn local_of_symbol(symbol: &str) -> Option<(Option<&'static str>, &'static str)> {
    let levels = ["ThU", "TU", "HU", "QU", "ĐU"];
    let level = levels.into_iter().find(|level| symbol.ends_with(level))?;
    let unit = symbol.strip_suffix(level)?;
    if unit.is_empty() {
        return Some((None, level));
    }
    UNITS
        .iter()
        .find(|(code, _)| *code == unit)
        .map(|&(_, name)| (Some(name), level))
}

/// The unit that a symbol names, local or central: `BTGDVTW`.
pub(crate) fn unit_of_symbol(symbol: &str) -> Option<&'static str> {
    let unit = symbol.strip_suffix("TW").or_else(|| {
        symbol
            .strip_suffix('U')
            .and_then(|rest| rest.strip_suffix(['T', 'H', 'Q', 'Đ', 'h']))
    })?;
    UNITS.iter().find(|(code, _)| *code == unit).map(|&(_, name)| name)
}
