//! The filters of the search page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use corpus::metadata::Level;
use index::{FacetValue, Facets};

use crate::language::{Language, alphabetical};
use crate::parameters::{Facet, SearchParameters};

/// How many values of a facet are shown at once; the rest is one click away.
const SHOWN: usize = 7;

/// A value that a person may choose.
pub struct ValueView {
    /// What it says.
    pub label: String,
    /// In how many documents.
    pub count: String,
    /// Where a click leads.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A facet as a list.
pub struct FacetView {
    /// Its parameter.
    pub name: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// The most frequent values, and all that are chosen.
    pub values: Vec<ValueView>,
    /// The others.
    pub more: Vec<ValueView>,
    /// How many others, in words.
    pub more_count: String,
}

/// Issuing bodies, under their provinces, under their levels.
pub struct Bodies {
    /// The heading.
    pub heading: &'static str,
    /// The levels, the highest first.
    pub levels: Vec<LevelView>,
}

/// One level with its bodies.
pub struct LevelView {
    /// The level itself; none for bodies whose level is unknown.
    pub value: Option<ValueView>,
    /// What stands there instead of a value.
    pub label: &'static str,
    /// Bodies without a province.
    pub bodies: Vec<ValueView>,
    /// Further ones, one click away.
    pub more_bodies: Vec<ValueView>,
    /// How many, in words.
    pub more_bodies_count: String,
    /// The others, by province.
    pub provinces: Vec<ProvinceView>,
    /// Further provinces, one click away.
    pub more: Vec<ProvinceView>,
    /// How many further provinces, in words.
    pub more_count: String,
}

/// One province with its bodies of one level.
pub struct ProvinceView {
    /// Its name.
    pub name: String,
    /// In how many documents its bodies stand.
    pub count: String,
    /// Whether to show the bodies at once.
    pub open: bool,
    /// Whether one of its bodies is chosen.
    pub chosen: bool,
    /// Its bodies.
    pub bodies: Vec<ValueView>,
}

/// A filter that is active, and the link that removes it.
pub struct Chip {
    /// Which facet.
    pub facet: String,
    /// The value.
    pub label: String,
    /// The same search without it.
    pub href: String,
}

/// A value with the link that chooses it, or leaves it.
pub(super) fn value_view(asked: &SearchParameters, facet: Facet, value: &FacetValue) -> ValueView {
    let language = asked.language();
    ValueView {
        label: language.value(facet, &value.value),
        count: language.number(value.count),
        href: asked.toggled(facet, &value.value).address("/"),
        chosen: value.selected,
    }
}

/// The most frequent first; those as frequent as each other where a reader looks for them.
fn in_order<'a>(values: impl IntoIterator<Item = &'a FacetValue>) -> Vec<&'a FacetValue> {
    let mut values: Vec<&FacetValue> = values.into_iter().collect();
    values.sort_by_cached_key(|value| (Reverse(value.count), alphabetical(&value.value)));
    values
}

/// The first few, with all that are chosen; and the rest, one click away.
fn few_first<T>(values: Vec<T>, is_chosen: impl Fn(&T) -> bool) -> (Vec<T>, Vec<T>) {
    // A list that is one longer than fits is shown whole: "1 more" takes the same line.
    let is_short = values.len() <= SHOWN + 1;
    let mut places = 0..;
    values
        .into_iter()
        .partition(|value| is_short || places.next() < Some(SHOWN) || is_chosen(value))
}

/// A facet as a list, the most frequent values first.
pub fn flat(asked: &SearchParameters, facet: Facet, values: &[FacetValue]) -> FacetView {
    let language = asked.language();
    let views = in_order(values)
        .into_iter()
        .map(|value| value_view(asked, facet, value));
    let (shown, more) = few_first(views.collect(), |value| value.chosen);
    FacetView {
        name: facet.name(),
        heading: language.facet(facet),
        more_count: language.more(more.len()),
        values: shown,
        more,
    }
}

/// The issuing bodies as a tree.
///
/// The number at a level is the level facet's own, which ignores the chosen level; the numbers below it are of the bodies.
pub fn bodies(asked: &SearchParameters, facets: &Facets) -> Bodies {
    let language = asked.language();
    let words = language.words();
    let levels = [Level::Central, Level::Province, Level::District, Level::Commune];
    let mut views: Vec<LevelView> = levels
        .into_iter()
        .filter_map(|level| {
            let value = facets.level.iter().find(|value| value.value == level.name());
            let under = below(facets, Some(level));
            (value.is_some() || !under.is_empty()).then(|| {
                let value = value.map(|value| ValueView {
                    label: language.level(level).to_owned(),
                    ..value_view(asked, Facet::Level, value)
                });
                level_view(asked, value, language.level(level), &under)
            })
        })
        .collect();
    let unplaced = below(facets, None);
    if !unplaced.is_empty() {
        views.push(level_view(asked, None, words.other_bodies, &unplaced));
    }
    Bodies {
        heading: language.facet(Facet::Issuer),
        levels: views,
    }
}

fn below(facets: &Facets, level: Option<Level>) -> Vec<&FacetValue> {
    let stands = |value: &&FacetValue| value.place.as_ref().and_then(|place| place.level) == level;
    in_order(facets.issuer.iter().filter(stands))
}

fn level_view(
    asked: &SearchParameters,
    value: Option<ValueView>,
    label: &'static str,
    values: &[&FacetValue],
) -> LevelView {
    let mut bodies = Vec::new();
    let mut provinces: BTreeMap<_, Vec<&FacetValue>> = BTreeMap::new();
    for body in values {
        match body.place.as_ref().and_then(|place| place.province.as_deref()) {
            Some(province) => provinces
                .entry((alphabetical(province), province))
                .or_default()
                .push(body),
            None => bodies.push(value_view(asked, Facet::Issuer, body)),
        }
    }
    // The province with most documents first; those with as many by name.
    let mut provinces: Vec<(&str, Vec<&FacetValue>)> = provinces
        .into_iter()
        .map(|((_, name), bodies)| (name, bodies))
        .collect();
    provinces.sort_by_key(|(_, bodies)| Reverse(bodies.iter().map(|body| body.count).sum::<usize>()));
    let few = provinces.len() <= 2;
    let provinces = provinces
        .iter()
        .map(|(name, bodies)| province_view(asked, name, bodies, few));
    let (provinces, more) = few_first(provinces.collect(), |province| province.chosen);
    let (bodies, more_bodies) = few_first(bodies, |body| body.chosen);
    let language = asked.language();
    LevelView {
        value,
        label,
        bodies,
        more_bodies_count: language.more(more_bodies.len()),
        more_bodies,
        more_count: language.more(more.len()),
        provinces,
        more,
    }
}

fn province_view(asked: &SearchParameters, name: &str, bodies: &[&FacetValue], few: bool) -> ProvinceView {
    let chosen = bodies.iter().any(|body| body.selected);
    ProvinceView {
        name: name.to_owned(),
        count: asked.language().number(bodies.iter().map(|body| body.count).sum()),
        open: few || chosen,
        chosen,
        bodies: bodies
            .iter()
            .map(|body| value_view(asked, Facet::Issuer, body))
            .collect(),
    }
}

/// The active filters.
pub fn chips(asked: &SearchParameters) -> Vec<Chip> {
    let language = asked.language();
    let mut chips = Vec::new();
    for facet in Facet::ALL {
        chips.extend(asked.values(facet).iter().map(|value| Chip {
            facet: language.facet(facet).to_owned(),
            label: language.value(facet, value),
            href: asked.toggled(facet, value).address("/"),
        }));
    }
    let words = language.words();
    if let Some(from) = &asked.from {
        let without = SearchParameters {
            from: None,
            ..asked.from_start()
        };
        chips.push(Chip {
            facet: words.from.to_owned(),
            label: day(from, language),
            href: without.address("/"),
        });
    }
    if let Some(to) = &asked.to {
        let without = SearchParameters {
            to: None,
            ..asked.from_start()
        };
        chips.push(Chip {
            facet: words.to.to_owned(),
            label: day(to, language),
            href: without.address("/"),
        });
    }
    chips
}

fn day(value: &str, language: Language) -> String {
    value
        .parse()
        .map_or_else(|_| value.to_owned(), |date| language.date(date))
}
