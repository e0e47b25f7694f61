//! What a document speaks of, in phrases of words.
//!
//! They are read when a person looks at the document, not when it is indexed: nothing is found or counted by them, and
//! to segment an opening costs as much as all facts of a document together.

use crate::document::Document;

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
            .map(|phrase| phrase.text)
            .collect()
    }
}
