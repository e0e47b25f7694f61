//! The order in which Vietnamese names are looked up.

use vietnamese::tone::{Tone, split};

/// The letters in their order; `f j w z` stand where Latin has them.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Where `name` stands in a list that people look names up in: a key to sort by.
///
/// The letters decide, and tones only between names that are otherwise the same. Sorting by code points instead would
/// put `Bình Thuận` before `Bắc Ninh`, and `Đà Nẵng` behind `Vĩnh Long`.
pub fn alphabetical(name: &str) -> (Vec<usize>, Vec<Tone>) {
    name.to_lowercase()
        .chars()
        .map(|character| {
            let (letter, tone) = split(character);
            // What is no letter parts words: it comes before all letters.
            let place = LETTERS.chars().position(|other| other == letter);
            (place.map_or(0, |place| place + 1), tone)
        })
        .unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_a_reader_looks_for_them() {
        let mut names = [
            "Vĩnh Long",
            "Bình Thuận",
            "Đồng Nai",
            "Bắc Ninh",
            "Đà Nẵng",
            "Cà Mau",
            "An Giang",
            "Hà Nội",
            "Hà Nam",
        ];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(
            names,
            [
                "An Giang",
                "Bắc Ninh",
                "Bình Thuận",
                "Cà Mau",
                "Đà Nẵng",
                "Đồng Nai",
                "Hà Nam",
                "Hà Nội",
                "Vĩnh Long"
            ]
        );
    }
}
