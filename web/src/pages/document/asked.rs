//! What the address of a document page asks for.

use crate::error::ApiError;
use crate::parameters::{SearchParameters, address, shortened};

/// Which of its texts a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As the paper said it.
    Restored,
    /// As the file holds it.
    Scan,
    /// Both, side by side.
    Both,
}

/// What the address of a document page asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The document.
    pub id: String,
    /// Which of its texts.
    pub shown: Shown,
    /// The search that the reader came from.
    pub search: SearchParameters,
}

impl Asked {
    /// Reads what stands behind the `?` of the page of document `id`.
    pub fn read(id: String, raw: &str) -> Result<Self, ApiError> {
        let layer = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "layer");
        let shown = match layer.as_ref().map(|(_, value)| value.as_ref()) {
            None | Some("restored" | "") => Shown::Restored,
            Some("scan") => Shown::Scan,
            Some("both") => Shown::Both,
            Some(value) => {
                return Err(ApiError::Choice {
                    name: "layer",
                    value: shortened(value),
                    allowed: "restored, scan, both",
                });
            }
        };
        Ok(Self {
            id,
            shown,
            search: SearchParameters::kindly(raw),
        })
    }

    /// The path of the page.
    pub fn path(&self) -> String {
        format!("/documents/{}", self.id)
    }

    /// The way back to the hits, with their filters and their page, if the reader came from some.
    pub fn back(&self) -> Option<String> {
        let pairs = self.search.pairs();
        let searched = pairs.iter().any(|(name, _)| *name != "lang");
        searched.then(|| address("/", &pairs))
    }

    /// What stands behind the `?`: the search, and which of the texts.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = self.search.pairs();
        pairs.extend(self.shown.parameter().map(|value| ("layer", value)));
        pairs
    }
}

impl Shown {
    fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Restored => None,
            Self::Scan => Some("scan"),
            Self::Both => Some("both"),
        }
    }
}
