//! The places of both maps, as the gazetteer lists them.

use corpus::Date;

/// A place as the gazetteer writes it.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) province: String,
}

impl Place {
    /// A cell of the tables: the letter of the kind, then the name.
    pub(crate) fn cell(cell: &str, province: &str) -> Self {
        let mut letters = cell.chars();
        Self {
            kind: kind(letters.next().unwrap()),
            name: letters.as_str().to_owned(),
            province: province.to_owned(),
        }
    }

    pub(crate) fn with_kind(&self) -> String {
        match self.name.as_str() {
            "Hồ Chí Minh" => "Thành phố Hồ Chí Minh".to_owned(),
            name => format!("{} {name}", self.kind),
        }
    }

    /// The word for its Party committee: Tỉnh ủy, Thị ủy.
    pub(crate) fn committee(&self) -> &'static str {
        match self.kind {
            "tỉnh" => "Tỉnh ủy",
            "thành phố" => "Thành ủy",
            "quận" => "Quận ủy",
            "huyện" => "Huyện ủy",
            "thị xã" => "Thị ủy",
            _ => "Đảng ủy",
        }
    }

    /// The name of its Party committee: `Tỉnh ủy Lạng Sơn`, `Đảng ủy xã Tân Hà`.
    pub(crate) fn committee_name(&self) -> String {
        match self.committee() {
            "Đảng ủy" => format!("Đảng ủy {}", self.with_kind()),
            committee if self.name == "Hồ Chí Minh" => format!("{committee} {}", self.with_kind()),
            committee => format!("{committee} {}", self.name),
        }
    }
}

pub(crate) fn kind(letter: char) -> &'static str {
    match letter {
        'T' => "tỉnh",
        'C' => "thành phố",
        'Q' => "quận",
        'H' => "huyện",
        'X' => "thị xã",
        'P' => "phường",
        'x' => "xã",
        't' => "thị trấn",
        _ => "đặc khu",
    }
}

pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The provinces in force on `day`.
pub(crate) fn provinces(day: Date) -> Vec<Place> {
    let lies = |row: &Vec<&str>| {
        let bound = |cell: &str, open: Date| cell.parse().unwrap_or(open);
        bound(row[2], Date::MIN) <= day && day < bound(row[3], Date::MAX)
    };
    rows(include_str!("../../gazetteer/provinces.tsv"))
        .filter(lies)
        .map(|row| Place::cell(&format!("{}{}", row[1], row[0]), row[0]))
        .collect()
}
