//! What a document speaks of, in phrases of words.
//!
//! They are read when a person looks at the document, not when it is indexed: nothing is found or counted by them, and
//! to segment an opening costs as much as all facts of a document together.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::metadata::case;

/// How many key phrases a document is given.
const KEY_PHRASES: usize = 8;
/// So much of the text behind the title speaks of its subject; the rest only repeats it.
const OPENING_BYTES: usize = 1_200;
/// So many sections may say by their titles what they are about.
const SECTIONS: usize = 20;

impl Document {
    /// The phrases that subject, opening and headings speak of, likeliest first; none for what is no document.
    pub fn key_phrases(&self) -> Vec<String> {
        let metadata = &self.metadata;
        if metadata.title.is_none() && metadata.number.is_none() && metadata.kind.is_none() {
            return Vec::new();
        }
        let mut text = String::new();
        if let Some(title) = &metadata.title {
            text.push_str(&title.value);
            text.push_str(".\n");
            if let Some(span) = title.evidence.last() {
                let start = span.end as usize;
                let end = self.text.floor_char_boundary(start + OPENING_BYTES);
                text.push_str(self.text.get(start..end).unwrap_or_default());
            }
        }
        for section in self.outline.iter().filter(|section| section.level <= 2).take(SECTIONS) {
            text.push_str(".\n");
            text.push_str(&section.title);
        }
        vietnamese::phrases::key_phrases(&text, KEY_PHRASES)
            .into_iter()
            .map(|phrase| as_written(&text, &phrase.text))
            .collect()
    }
}

/// A phrase given in lower case, with the capitals that `text` mostly writes it with: names keep theirs.
///
/// Headings in capitals say nothing of a name, nor does the first letter of a sentence before small ones.
fn as_written(text: &str, phrase: &str) -> String {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let words: Vec<(usize, &str)> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
        .collect();
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for stretch in words.windows(wanted.len()) {
        let same = stretch.iter().zip(&wanted).all(|((_, word), wanted)| {
            let lower = case::lower(word);
            lower == **wanted || vietnamese::tone::unify(&lower).as_deref() == Some(*wanted)
        });
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let heading = stretch.iter().all(|(_, word)| !word.chars().any(char::is_lowercase));
        if !same || heading {
            continue;
        }
        let before = text[..stretch[0].0].trim_end_matches([' ', '“', '"']);
        let begins = before.is_empty() || before.ends_with(['.', '\n', ':', '-', '+', ')', ';', '*', '#']);
        let sentence = begins && !stretch[1..].iter().any(|(_, word)| capital(word));
        let form: Vec<String> = wanted
            .iter()
            .zip(stretch)
            .enumerate()
            .map(
                |(index, (wanted, (_, word)))| match capital(word) && !(sentence && index == 0) {
                    true if word.chars().any(char::is_lowercase) => case::capitalized(wanted),
                    true => (*word).to_owned(),
                    false => (*wanted).to_owned(),
                },
            )
            .collect();
        *forms.entry(form.join(" ")).or_default() += 1;
    }
    let most = forms.into_iter().max_by_key(|&(_, count)| count);
    most.map_or_else(|| phrase.to_owned(), |(form, _)| form)
}

#[cfg(test)]
mod tests {
    use super::as_written;

    #[test]
    fn names_keep_their_capitals() {
        let text = "HỌC TẬP TỔNG BÍ THƯ NGUYỄN PHÚ TRỌNG\nĐối ngoại nhân dân do Tổng Bí thư Nguyễn Phú Trọng nêu.";
        assert_eq!(
            as_written(text, "tổng bí thư nguyễn phú trọng"),
            "Tổng Bí thư Nguyễn Phú Trọng"
        );
        assert_eq!(as_written(text, "đối ngoại nhân dân"), "đối ngoại nhân dân");
        assert_eq!(as_written("Sở Ngoại vụ và UBND tỉnh", "ubnd tỉnh"), "UBND tỉnh");
    }
}
