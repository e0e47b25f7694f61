//! Schools of a Party committee, which bear the name of its place (`Trung tâm Chính trị huyện Đồng Phú`) or one of their own
//! (`Trường Chính trị Trần Phú`).

use crate::bare::squeeze;
use crate::gazetteer;
use crate::metadata::authority::{Body, Stem};
use crate::metadata::issuer::Hints;
use crate::metadata::letterhead::{Letterhead, Part};
use crate::metadata::{Level, case};

/// What they are called before that name.
pub(crate) const NAMES: &[&str] = &["Trường Chính trị", "Trung tâm Chính trị"];

impl Letterhead<'_, '_> {
    /// The school that part `index` names, with the place of its `committee`.
    pub fn school(
        &self,
        name: &'static str,
        parts: &[Part],
        index: usize,
        committee: Option<Body>,
        hints: &Hints<'_>,
    ) -> Body {
        let part = &parts[index];
        let placed = self.placed(name.to_owned(), parts, index, hints);
        let own = self.written(&part.rest);
        // Trần Phú is a ward too, but no school of a commune is meant.
        let place = gazetteer::named(&squeeze(&own)).any(|place| place.level != Level::Commune);
        let named = part.kind.is_none() && !own.is_empty() && !place;
        let committee = committee.filter(|committee| committee.place.is_some());
        let party = index.checked_sub(1).filter(|&party| parts[party].is_of_body());
        let name = party.map_or_else(|| name.to_owned(), |party| format!("{} {name}", parts[party].name));
        let stem = if named {
            let own: Vec<String> = own
                .split(' ')
                .map(|word| case::capitalized(&case::lower(word)))
                .collect();
            Stem::Whole(format!("{name} {}", own.join(" ")))
        } else {
            Stem::Placed(name)
        };
        Body {
            stem,
            unit: None,
            ..committee.unwrap_or(placed)
        }
    }
}
