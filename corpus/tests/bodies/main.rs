//! Bodies of every kind and level, with and without the one above them, are read by the name that they are spelled with.
//!
//! The places are those of the gazetteer, of both maps; the letterheads are typed clean.

// What cannot happen here fails the test, where it stands.
#![allow(clippy::unwrap_used)]

mod places;
mod single;

use std::sync::LazyLock;

use corpus::Date;
use jiff::civil::date;
use places::{Place, provinces, rows};
use single::SINGLE;
use vietnamese::restore::Restorer;

static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);

/// A day on which the old map was in force, and one of the new.
const DAYS: [Date; 2] = [date(2023, 5, 12), date(2025, 9, 12)];
/// Every so many communes of the old map are asked, and of the new.
const STEPS: [usize; 2] = [23, 7];

/// A letterhead, and the body that it names.
struct Case {
    lines: Vec<String>,
    symbol: &'static str,
    name: String,
    level: &'static str,
    province: String,
    day: Date,
}

/// What stands in the letterheads of a place.
struct Cases {
    all: Vec<Case>,
    level: &'static str,
    day: Date,
}

impl Cases {
    fn add(&mut self, place: &Place, lines: &str, symbol: &'static str, name: String) {
        let province = match (place.province.as_str(), self.day == DAYS[0]) {
            ("Hồ Chí Minh", _) => "Thành phố Hồ Chí Minh",
            ("Huế", true) => "Thừa Thiên Huế",
            (province, _) => province,
        };
        self.all.push(Case {
            lines: lines.split(" / ").map(str::to_uppercase).collect(),
            symbol,
            name,
            level: self.level,
            province: province.to_owned(),
            day: self.day,
        });
    }

    /// The committee of a place with its units, below each of `above`.
    fn party(&mut self, place: &Place, above: &[String], symbol: &'static str, units: &[(&str, &'static str)]) {
        let own = place.committee_name();
        self.add(place, &own, symbol, own.clone());
        self.add(
            place,
            &format!("Ban Chấp hành Đảng bộ {}", place.with_kind()),
            symbol,
            own.clone(),
        );
        self.add(
            place,
            &format!("Ban Chấp hành Đảng bộ / {}", place.with_kind()),
            symbol,
            own.clone(),
        );
        self.add(place, &format!("{own} / Ban Thường vụ"), symbol, own.clone());
        for above in above {
            self.add(place, &format!("{above} / {own}"), symbol, own.clone());
        }
        for (unit, symbol) in units {
            self.add(place, &format!("{own} / {unit}"), symbol, format!("{unit} {own}"));
            self.add(place, &format!("{unit} {own}"), symbol, format!("{unit} {own}"));
        }
    }

    /// The councils of the State, the Front and its organisations at a place.
    fn others(&mut self, place: &Place) {
        let at = place.with_kind();
        for (body, symbol) in [
            ("Ủy ban nhân dân", "UBND"),
            ("Hội đồng nhân dân", "HĐND"),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam", "MTTQ-BTT"),
            ("Hội Liên hiệp Phụ nữ", "BTV"),
            ("Hội Nông dân", "HND"),
            ("Hội Cựu chiến binh", "CCB"),
        ] {
            let name = format!("{body} {at}");
            self.add(place, &name, symbol, name.clone());
            self.add(place, &format!("{body} / {at}"), symbol, name);
        }
        self.add(
            place,
            &format!("Ủy ban MTTQ Việt Nam / {at} / Ban Thường trực"),
            "MTTQ-BTT",
            format!("Ủy ban Mặt trận Tổ quốc Việt Nam {at}"),
        );
        self.add(place, &format!("UBND {at}"), "UBND", format!("Ủy ban nhân dân {at}"));
    }
}

const PROVINCE_UNITS: &[(&str, &str)] = &[
    ("Ban Tổ chức", "BTCTU"),
    ("Ban Tuyên giáo", "BTGTU"),
    ("Ban Dân vận", "BDVTU"),
    ("Ban Nội chính", "BNCTU"),
    ("Ủy ban Kiểm tra", "UBKTTU"),
    ("Văn phòng", "VPTU"),
    ("Ban Tuyên giáo và Dân vận", "BTGDVTU"),
];
const DISTRICT_UNITS: &[(&str, &str)] = &[
    ("Ban Tổ chức", "BTCHU"),
    ("Ban Tuyên giáo", "BTGHU"),
    ("Ban Dân vận", "BDVHU"),
    ("Ủy ban Kiểm tra", "UBKTHU"),
    ("Văn phòng", "VPHU"),
];
const COMMUNE_UNITS: &[(&str, &str)] = &[
    ("Ban Xây dựng Đảng", "BXDĐ"),
    ("Ủy ban Kiểm tra", "UBKTĐU"),
    ("Văn phòng", "VPĐU"),
];
const DEPARTMENTS: &[(&str, &str)] = &[
    ("Sở Nội vụ", "SNV"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("Sở Xây dựng", "SXD"),
    ("Thanh tra", "TTr"),
];

fn of_provinces(day: Date) -> Vec<Case> {
    let mut cases = Cases {
        all: Vec::new(),
        level: "tỉnh",
        day,
    };
    for place in provinces(day) {
        let at = place.with_kind();
        cases.party(&place, &[], "TU", PROVINCE_UNITS);
        cases.others(&place);
        for (department, symbol) in DEPARTMENTS {
            let name = format!("{department} {at}");
            cases.add(
                &place,
                &format!("Ủy ban nhân dân {at} / {department}"),
                symbol,
                name.clone(),
            );
            cases.add(
                &place,
                &format!("Ủy ban nhân dân / {at} / {department}"),
                symbol,
                name.clone(),
            );
            cases.add(&place, &format!("UBND {at} / {department}"), symbol, name);
        }
        let short = if at.starts_with("Thành phố") {
            "thành phố"
        } else {
            place.kind
        };
        for above in [format!("Đảng bộ {at}"), place.committee_name()] {
            for bloc in [
                "Đảng ủy các cơ quan Đảng",
                "Đảng ủy Ủy ban nhân dân",
                "Đảng ủy Công an",
                "Đảng ủy Quân sự",
            ] {
                let name = format!("{bloc} {at}");
                cases.add(&place, &format!("{above} / {bloc} {short}"), "ĐU", name.clone());
                cases.add(&place, &format!("{above} / {bloc} {at}"), "ĐU", name);
            }
        }
        cases.add(
            &place,
            &format!("Liên đoàn Lao động {at}"),
            "LĐLĐ",
            format!("Liên đoàn Lao động {at}"),
        );
        if place.kind == "tỉnh" {
            let union = format!("Tỉnh đoàn {}", place.name);
            cases.add(&place, &union, "TĐTN", union.clone());
            cases.add(
                &place,
                &format!("Đoàn TNCS Hồ Chí Minh / Ban Chấp hành {at}"),
                "TĐTN",
                union,
            );
        }
    }
    cases.all
}

/// Districts of the old map, their departments and Party bodies.
fn of_districts() -> Vec<Case> {
    let mut cases = Cases {
        all: Vec::new(),
        level: "huyện",
        day: DAYS[0],
    };
    let provinces = provinces(DAYS[0]);
    for row in rows(include_str!("../../gazetteer/districts.tsv")) {
        let Some(province) = provinces.iter().find(|place| place.name == row[0]) else {
            continue;
        };
        for cell in row[1..].iter().step_by(2) {
            let place = Place::cell(cell, row[0]);
            let at = place.with_kind();
            let above = [format!("Đảng bộ {}", province.with_kind()), province.committee_name()];
            let symbol = match place.kind {
                "huyện" => "HU",
                "quận" => "QU",
                _ => "ThU",
            };
            let units = if place.kind == "huyện" { DISTRICT_UNITS } else { &[] };
            cases.party(&place, &above, symbol, units);
            // The only body of this kind whose place several provinces may have.
            cases.others(&place);
            cases.add(
                &place,
                &format!("Ủy ban nhân dân {at} / Phòng Nội vụ"),
                "PNV",
                format!("Phòng Nội vụ {at}"),
            );
        }
    }
    cases.all
}

fn of_communes() -> Vec<Case> {
    let mut cases = Cases {
        all: Vec::new(),
        level: "xã",
        day: DAYS[1],
    };
    let today = provinces(DAYS[1]);
    let mut at = 0;
    for row in rows(include_str!("../../gazetteer/communes-2025.tsv")) {
        let province = today.iter().find(|place| place.name == row[0]).unwrap();
        for cell in &row[1..] {
            at += 1;
            if at % STEPS[1] != 0 {
                continue;
            }
            let place = Place::cell(cell, row[0]);
            let above = [format!("Đảng bộ {}", province.with_kind()), province.committee_name()];
            let own = place.committee_name();
            for above in above {
                cases.add(&place, &format!("{above} / {own}"), "ĐU", own.clone());
                cases.add(
                    &place,
                    &format!("{above} / Ban Chấp hành Đảng bộ {}", place.with_kind()),
                    "ĐU",
                    own.clone(),
                );
                let agency = format!("Đảng ủy Ủy ban nhân dân {}", place.with_kind());
                cases.add(&place, &format!("{above} / {agency}"), "ĐU", agency);
            }
            for (unit, symbol) in COMMUNE_UNITS {
                let parent = format!("Đảng bộ {}", province.with_kind());
                cases.add(
                    &place,
                    &format!("{parent} / {own} / {unit}"),
                    symbol,
                    format!("{unit} {own}"),
                );
            }
            let council = format!("Ủy ban nhân dân {}", place.with_kind());
            let above = format!("Ủy ban nhân dân {}", province.with_kind());
            cases.add(&place, &format!("{above} / {council}"), "UBND", council);
        }
    }
    cases.day = DAYS[0];
    let districts: Vec<Place> = rows(include_str!("../../gazetteer/districts.tsv"))
        .flat_map(|row| {
            row[1..]
                .iter()
                .map(|cell| Place::cell(cell, row[0]))
                .collect::<Vec<_>>()
        })
        .collect();
    for (index, row) in rows(include_str!("../../gazetteer/communes-2024.tsv")).enumerate() {
        for cell in row[2..].iter().skip(index % STEPS[0]).step_by(STEPS[0]) {
            let place = Place::cell(cell, row[0]);
            let own = place.committee_name();
            let Some(district) = districts
                .iter()
                .find(|place| place.province == row[0] && place.name == row[1])
            else {
                continue;
            };
            for above in [format!("Đảng bộ {}", district.with_kind()), district.committee_name()] {
                cases.add(&place, &format!("{above} / {own}"), "ĐU", own.clone());
            }
        }
    }
    cases.all
}

impl Case {
    /// The document, its columns one below the other or woven line by line.
    fn text(&self, woven: bool) -> String {
        let number = if matches!(self.symbol, "UBND" | "HĐND") || self.symbol.starts_with('S') {
            format!("Số: 27/KH-{}", self.symbol)
        } else {
            format!("Số 27-KH/{}", self.symbol)
        };
        let place = match self.province.trim_start_matches("Thành phố ") {
            "" => "Hà Nội",
            province => province,
        };
        let date = format!(
            "{place}, ngày {} tháng {} năm {}",
            self.day.day(),
            self.day.month(),
            self.day.year()
        );
        let mut left = self.lines.clone();
        left.push("*".to_owned());
        left.push(number);
        let right = ["ĐẢNG CỘNG SẢN VIỆT NAM".to_owned(), String::new(), date];
        let mut head = String::new();
        if woven {
            for line in 0..left.len().max(right.len()) {
                let cell = |column: &[String]| column.get(line).cloned().unwrap_or_default();
                head.push_str(format!("{}     {}", cell(&left), cell(&right)).trim());
                head.push('\n');
            }
        } else {
            head = [left.as_slice(), right.as_slice()].concat().join("\n");
        }
        format!(
            "{head}\n\nKẾ HOẠCH\nphát động phong trào thi đua chào mừng các ngày lễ lớn trong năm\n\n\
             I. MỤC ĐÍCH, YÊU CẦU\n\n1. Tạo khí thế sôi nổi trong cán bộ, đảng viên và các tầng lớp nhân dân.\n\n\
             2. Việc tổ chức phong trào phải thiết thực, hiệu quả, tránh phô trương, hình thức.\n"
        )
    }
}

/// Reads every case both ways, and says which were read wrong.
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    let mut given = 0;
    for (case, woven) in cases.iter().zip([false, true].into_iter().cycle()) {
        let document = corpus::read(case.text(woven).as_bytes(), &RESTORER).unwrap();
        let issuer = document.metadata.issuer.map(|fact| fact.value);
        let read = issuer.map(|issuer| {
            (
                issuer.name,
                issuer.level.map_or("", |level| level.name()),
                issuer.province,
            )
        });
        given += usize::from(read.is_some());
        let province = Some(case.province.clone()).filter(|province| !province.is_empty());
        let want = (case.name.clone(), case.level, province);
        if read.as_ref() != Some(&want) {
            wrong.push(format!(
                "{} ({}): {read:?}, not {want:?}",
                case.lines.join(" / "),
                case.symbol
            ));
        }
    }
    println!("{} of {} wrong, {given} given", wrong.len(), cases.len());
    for line in &wrong {
        println!("{line}");
    }
    assert!(
        wrong.is_empty(),
        "{} of {} letterheads are read wrong",
        wrong.len(),
        cases.len()
    );
}

#[test]
fn bodies_of_many_kinds() {
    let cases: Vec<Case> = SINGLE
        .iter()
        .map(|&(lines, symbol, name, level, province)| Case {
            lines: lines.split(" / ").map(str::to_uppercase).collect(),
            symbol,
            name: name.to_owned(),
            level,
            province: province.unwrap_or_default().to_owned(),
            day: DAYS[1],
        })
        .collect();
    check(&cases);
}

#[test]
fn bodies_of_provinces_on_the_old_map() {
    check(&of_provinces(DAYS[0]));
}

#[test]
fn bodies_of_provinces_today() {
    check(&of_provinces(DAYS[1]));
}

#[test]
fn bodies_of_districts() {
    check(&of_districts());
}

#[test]
fn bodies_of_communes() {
    check(&of_communes());
}
