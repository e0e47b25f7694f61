//! Sister bodies: those of the same kind and level, in the same province where the level is below it.

use corpus::Date;
use corpus::gazetteer::{self, NEW_MAP};
use corpus::metadata::Level;
use rustc_hash::FxHashSet;

use crate::analyzer;
use crate::snapshot::Snapshot;
use crate::stored::Summary;

/// How many absent bodies a branch names at most.
const MOST: usize = 100;

/// What makes two bodies sisters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Kin {
    /// The kind of body without its place, levels of one rank made equal: `ban tuyen giao tinh uy`.
    kind: String,
    level: Level,
    /// The province, for bodies below it.
    province: Option<String>,
}

/// All issuing bodies that a snapshot knows.
pub(crate) struct Sisters {
    bodies: Vec<(String, Kin, Option<String>)>,
}

impl Sisters {
    /// The bodies of `snapshot`, from the values of its facet.
    pub fn of(snapshot: &Snapshot) -> Self {
        let bodies = snapshot.facets.values[0]
            .iter()
            .zip(&snapshot.places)
            .filter_map(|(name, place)| {
                let kin = kin(name, place.level?, place.province.as_deref())?;
                Some((name.clone(), kin, place.province.clone()))
            });
        Self {
            bodies: bodies.collect(),
        }
    }

    /// Sisters of the issuers of `children` that stand nowhere in `there`, in the order of their names.
    pub fn absent(&self, children: &[&Summary], there: &FxHashSet<&str>) -> Vec<String> {
        let mut kins: Vec<(Kin, Option<Date>)> = Vec::new();
        for child in children {
            let Some(issuer) = &child.issuer else { continue };
            let kin = issuer
                .level
                .and_then(|level| kin(&issuer.name, level, issuer.province.as_deref()));
            if let Some(kin) = kin
                && !kins.iter().any(|(known, _)| *known == kin)
            {
                kins.push((kin, child.date));
            }
        }
        let mut absent: Vec<String> = self
            .bodies
            .iter()
            .filter(|(name, own, province)| {
                !there.contains(name.as_str())
                    && kins
                        .iter()
                        .any(|(kin, date)| kin == own && existed(own.level, province.as_deref(), *date))
            })
            .map(|(name, ..)| name.clone())
            .collect();
        absent.sort();
        absent.truncate(MOST);
        absent
    }
}

/// Whether bodies of the province, or of its districts, existed on `date`.
fn existed(level: Level, province: Option<&str>, date: Option<Date>) -> bool {
    let Some(day) = date else { return true };
    if level == Level::District {
        return day < NEW_MAP;
    }
    let Some(province) = province else { return true };
    let letters: String = analyzer::words(province.trim_start_matches("Thành phố "))
        .iter()
        .map(|word| word.bare.to_string())
        .collect();
    let mut places = gazetteer::named(&letters)
        .filter(|place| place.level == Level::Province)
        .peekable();
    places.peek().is_none() || places.any(|place| place.existed(Some(day)))
}

/// The kind of a local body: its name up to and with the word for its committee or council.
fn kin(name: &str, level: Level, province: Option<&str>) -> Option<Kin> {
    const HEADS: [&str; 14] = [
        "tinh uy",
        "thanh uy",
        "huyen uy",
        "quan uy",
        "thi uy",
        "dang uy xa",
        "dang uy phuong",
        "dang uy dac khu",
        "dang uy thi tran",
        "uy ban nhan dan",
        "hoi dong nhan dan",
        "tinh doan",
        "thanh doan",
        "huyen doan",
    ];
    if level == Level::Central {
        return None;
    }
    let words: Vec<String> = analyzer::words(name).iter().map(|word| word.bare.to_string()).collect();
    let joined = words.join(" ");
    let head = HEADS
        .iter()
        .filter_map(|head| joined.find(head).map(|at| (at, head)))
        .min_by_key(|(at, _)| *at)?;
    let unit = joined[..head.0].trim();
    let council = if head.1.contains("nhan dan") {
        *head.1
    } else if head.1.contains("doan") {
        "doan"
    } else {
        "cap uy"
    };
    let province = province.filter(|_| level != Level::Province).map(str::to_owned);
    Some(Kin {
        kind: format!("{unit} {council}"),
        level,
        province,
    })
}
