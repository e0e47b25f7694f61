//! Facet values: which a document has, and how many documents have each.

use corpus::metadata::{Issuer, Level};
use corpus::outline::Role;
use corpus::{Date, Document};

use crate::answer::Place;
use crate::schema::{FACETS, UNKNOWN_YEAR};

/// The Vietnamese name of a section's role, as facet and API give it.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Purpose => "mục đích, yêu cầu",
        Role::Content => "nội dung",
        Role::Measures => "nhiệm vụ, giải pháp",
        Role::Form => "hình thức, đối tượng",
        Role::Time => "thời gian, địa điểm",
        Role::Execution => "tổ chức thực hiện",
        Role::Recipients => "nơi nhận",
    }
}

/// All levels, highest first.
pub(crate) const LEVELS: [Level; 4] = [Level::Central, Level::Province, Level::District, Level::Commune];

/// All roles, in the order in which sections usually come.
pub(crate) const ROLES: [Role; 7] = [
    Role::Purpose,
    Role::Content,
    Role::Measures,
    Role::Form,
    Role::Time,
    Role::Execution,
    Role::Recipients,
];

/// The role whose name, or a part of it between commas, is `bare` without marks.
pub(crate) fn role_of_bare(bare: &str) -> Option<String> {
    let matches = |name: &str| {
        let words = crate::analyzer::words(name);
        let whole: Vec<&str> = words.iter().map(|word| word.bare.as_str()).collect();
        whole.join(" ") == bare
    };
    ROLES
        .iter()
        .map(|&role| role_name(role))
        .find(|name| matches(name) || name.split(", ").any(matches))
        .map(str::to_owned)
}

/// The facet values of a document, in the order of [`crate::schema::FACET_COLUMNS`].
pub(crate) fn values(document: &Document) -> [Vec<String>; FACETS] {
    let metadata = &document.metadata;
    let issuer = metadata.issuer.as_ref().map(|fact| &fact.value);
    let mut provinces: Vec<String> = issuer
        .into_iter()
        .flat_map(|issuer| [&issuer.province, &issuer.province_today])
        .flatten()
        .cloned()
        .collect();
    provinces.dedup();
    let mut roles: Vec<String> = document
        .outline
        .iter()
        .filter_map(|section| section.role)
        .map(|role| role_name(role).to_owned())
        .collect();
    roles.sort();
    roles.dedup();
    let mut topics: Vec<String> = metadata.topics.iter().map(|fact| fact.value.clone()).collect();
    topics.sort();
    topics.dedup();
    [
        issuer.map(|issuer| issuer.name.clone()).into_iter().collect(),
        issuer
            .and_then(|issuer| issuer.level)
            .map(|level| level.name().to_owned())
            .into_iter()
            .collect(),
        provinces,
        metadata.kind.iter().map(|fact| fact.value.clone()).collect(),
        topics,
        vec![
            metadata
                .date
                .as_ref()
                .map_or(UNKNOWN_YEAR.to_owned(), |fact| fact.value.year().to_string()),
        ],
        roles,
    ]
}

/// Days since 1970-01-01.
pub(crate) fn day(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from(date.since(epoch).map_or(0, |span| span.get_days()))
}

/// The column `place`: an issuing body with its level and province in one value.
pub(crate) mod issuer_place {
    /// The column's name.
    pub(crate) const COLUMN: &str = "place";
    /// Stands between the parts.
    pub(crate) const BETWEEN: char = '\u{1f}';
}

/// Writes the value of the column `place`.
pub(crate) fn join_place(issuer: &Issuer) -> String {
    let level = issuer.level.map_or("", Level::name);
    let province = issuer.province.as_deref().unwrap_or("");
    let between = issuer_place::BETWEEN;
    format!("{}{between}{level}{between}{province}", issuer.name)
}

/// Reads what [`join_place`] wrote.
pub(crate) fn split_place(value: &str) -> (&str, Place) {
    let mut parts = value.split(issuer_place::BETWEEN);
    let name = parts.next().unwrap_or("");
    let level = parts.next().and_then(level_of);
    let province = parts.next().filter(|province| !province.is_empty()).map(str::to_owned);
    (name, Place { level, province })
}

/// The level of a name that [`Level::name`] gives.
pub(crate) fn level_of(name: &str) -> Option<Level> {
    LEVELS.into_iter().find(|level| level.name() == name)
}
