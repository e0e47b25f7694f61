//! Whether a citation means a document: number, date, issuer and province together, since numbers repeat.

use corpus::Date;
use corpus::citations::Citation;
use corpus::metadata::{Issuer, Level};

use crate::analyzer;
use crate::plan::squash_number;
use crate::stored::Summary;

/// Whether `citation`, standing in a document of `citing`, means the document `cited`.
///
/// The same number is not enough: 225-KH/TU is of every province. Days decide where both are known; then the body that
/// the citation names; a body named without its place (`Ban Thường vụ Tỉnh ủy`) is that of the citing document's province.
pub(crate) fn means(citation: &Citation, citing: Option<&Issuer>, cited: &Summary) -> bool {
    let Some(number) = &cited.number else { return false };
    if squash_number(number) != squash_number(&citation.number.0) {
        return false;
    }
    if let Some(day) = citation.date {
        if let Some(issued) = cited.date {
            return day == issued;
        }
        if !within(day, cited.not_before, cited.not_after) {
            return false;
        }
    }
    let Some(issuer) = &cited.issuer else { return true };
    match citation.issuer.as_deref().map(named) {
        Some(named) if issuer.level.is_some_and(|level| !named.may_be(level)) => false,
        Some(named) if named.names_place => speaks_of(&named.words, issuer),
        _ => same_province(citing, issuer),
    }
}

fn within(day: Date, earliest: Option<Date>, latest: Option<Date>) -> bool {
    earliest.is_none_or(|earliest| earliest <= day) && latest.is_none_or(|latest| day <= latest)
}

/// A body as a citation names it.
struct Named {
    words: Vec<String>,
    level: Option<Level>,
    names_place: bool,
}

impl Named {
    fn may_be(&self, level: Level) -> bool {
        self.level
            .is_none_or(|named| named == level || named == Level::Province && level == Level::District)
    }
}

fn named(body: &str) -> Named {
    let words: Vec<String> = analyzer::words(body).iter().map(|word| word.bare.to_string()).collect();
    let joined = words.join(" ");
    let has = |phrase: &str| joined.contains(phrase);
    let level = if has("trung uong") || has("bo chinh tri") || has("ban bi thu") || has("chinh phu") || has("quoc hoi")
    {
        Some(Level::Central)
    } else if has("huyen uy") || has("quan uy") || has("thi uy") {
        Some(Level::District)
    } else if has("tinh uy") || has("thanh uy") {
        // A Thành ủy may be of a province or of a district.
        Some(Level::Province)
    } else {
        None
    };
    // `Tỉnh ủy Nghệ An`, `UBND tỉnh Lâm Đồng`: something stands behind the committee or the word for the place.
    let heads = [
        "tinh uy",
        "thanh uy",
        "huyen uy",
        "quan uy",
        "thi uy",
        "tinh",
        "huyen",
        "thanh pho",
        "dang uy xa",
        "dang uy phuong",
    ];
    let names_place = heads.iter().any(|head| {
        joined
            .find(head)
            .is_some_and(|at| joined[at + head.len()..].trim().len() > 3 && !joined.ends_with(" uy"))
    });
    Named {
        words,
        level,
        names_place,
    }
}

/// Whether one of the issuer's names ends as the citation names it.
fn speaks_of(words: &[String], issuer: &Issuer) -> bool {
    let last: Vec<&str> = words.iter().rev().take(2).map(String::as_str).collect();
    issuer.aliases.iter().chain([&issuer.name]).any(|name| {
        let name = analyzer::words(name);
        let tail: Vec<&str> = name.iter().rev().take(2).map(|word| word.bare.as_ref()).collect();
        tail == last
    })
}

/// Whether the citing document lies where the cited body rules; bodies of the center rule everywhere.
fn same_province(citing: Option<&Issuer>, cited: &Issuer) -> bool {
    if cited.level == Some(Level::Central) {
        return true;
    }
    let Some(citing) = citing else { return true };
    let provinces = |issuer: &Issuer| [issuer.province.clone(), issuer.province_today.clone()];
    let (here, there) = (provinces(citing), provinces(cited));
    if here.iter().all(Option::is_none) || there.iter().all(Option::is_none) {
        return true;
    }
    here.iter()
        .flatten()
        .any(|province| there.contains(&Some(province.clone())))
}

/// Whether numbers with this symbol are given by many bodies, each in its own place.
pub(crate) fn is_local(number: &str) -> bool {
    let symbol = number.rsplit(['/', '-']).next().unwrap_or_default();
    let party = number.rsplit('/').next().unwrap_or_default();
    ["TU", "HU", "QU", "ThU", "ĐU"]
        .iter()
        .any(|level| party.ends_with(level))
        || matches!(symbol, "UBND" | "HĐND")
}

#[cfg(test)]
mod tests {
    use corpus::citations::CitationRole;
    use corpus::metadata::DocumentNumber;

    use super::*;

    fn issuer(name: &str, province: &str) -> Issuer {
        Issuer {
            name: name.to_owned(),
            level: Some(Level::Province),
            province: Some(province.to_owned()),
            province_today: None,
            aliases: vec![format!("Ban Thường vụ {name}")],
        }
    }

    fn check(body: Option<&str>, date: Option<&str>, want: bool) {
        let citation = Citation {
            number: DocumentNumber("225-KH/TU".to_owned()),
            kind: None,
            date: date.map(|date| date.parse().unwrap()),
            issuer: body.map(str::to_owned),
            title: None,
            role: CitationRole::Implements,
            confidence: 1.0,
            spans: Vec::new(),
        };
        let cited = Summary {
            id: "0".to_owned(),
            title: None,
            number: Some("225-KH/TU".to_owned()),
            kind: None,
            issuer: Some(issuer("Tỉnh ủy Bình Thuận", "Bình Thuận")),
            date: Some("2024-03-26".parse().unwrap()),
            not_before: None,
            not_after: None,
            topics: Vec::new(),
            citations: Vec::new(),
        };
        let citing = issuer("Thị ủy La Gi", "Bình Thuận");
        assert_eq!(means(&citation, Some(&citing), &cited), want, "{body:?} {date:?}");
        let stranger = issuer("Tỉnh ủy Lâm Đồng", "Lâm Đồng");
        let unplaced = date.is_none() && body.is_none_or(|body| !body.contains("Bình Thuận"));
        assert_eq!(
            means(&citation, Some(&stranger), &cited),
            want && !unplaced,
            "{body:?} {date:?} from elsewhere"
        );
    }

    #[test]
    fn number_day_body_and_province_decide_together() {
        check(Some("Ban Thường vụ Tỉnh ủy"), Some("2024-03-26"), true);
        check(Some("Ban Thường vụ Tỉnh ủy"), Some("2024-04-26"), false);
        check(Some("Ban Thường vụ Tỉnh ủy"), None, true);
        check(Some("Tỉnh ủy Bình Thuận"), None, true);
        check(Some("Tỉnh ủy Nghệ An"), None, false);
        check(Some("Ban Bí thư Trung ương"), None, false);
        check(None, None, true);
    }
}
