//! The years of the hits, as a small bar chart that filters.

use std::collections::BTreeMap;

use index::FacetValue;

use super::facets::{ValueView, value_view};
use crate::parameters::{Facet, SearchParameters};

/// How high the tallest bar of the years is drawn, in units of its picture.
const BAR_HEIGHT: usize = 40;

/// The years as a small bar chart.
pub struct Years {
    /// The bars, the earliest first.
    pub bars: Vec<Bar>,
    /// Documents without a date.
    pub unknown: Option<ValueView>,
}

/// One year.
pub struct Bar {
    /// The year and its count.
    pub value: ValueView,
    /// Its last two digits.
    pub short: String,
    /// Where the bar begins, from the top.
    pub y: usize,
    /// How high it is.
    pub height: usize,
}

/// The years as bars; years between the first and the last that hold nothing are drawn empty.
pub fn years(asked: &SearchParameters, values: &[FacetValue]) -> Years {
    const MOST_BARS: i32 = 60;
    let known: BTreeMap<i32, &FacetValue> = values
        .iter()
        .filter_map(|value| Some((value.value.parse().ok()?, value)))
        .collect();
    let most = known.values().map(|value| value.count).max().unwrap_or(0).max(1);
    let span = match (known.keys().next(), known.keys().next_back()) {
        (Some(&first), Some(&last)) if last - first < MOST_BARS => (first..=last).collect(),
        _ => known.keys().copied().collect::<Vec<_>>(),
    };
    let bars = span.into_iter().map(|year| {
        let empty = FacetValue {
            value: year.to_string(),
            count: 0,
            selected: false,
            place: None,
        };
        let value = known.get(&year).copied().unwrap_or(&empty);
        // What is there is seen: one document among thousands still gets a line.
        let height = if value.count == 0 {
            0
        } else {
            (value.count * BAR_HEIGHT / most).max(2)
        };
        Bar {
            value: value_view(asked, Facet::Year, value),
            short: format!("{:02}", year % 100),
            y: BAR_HEIGHT - height,
            height,
        }
    });
    let unknown = values.iter().find(|value| value.value.parse::<i32>().is_err());
    Years {
        bars: bars.collect(),
        unknown: unknown.map(|value| value_view(asked, Facet::Year, value)),
    }
}
