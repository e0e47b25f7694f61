//! From the bytes of a file to a document.

use vietnamese::restore::{Judgement, Restorer};

use crate::document::{Document, DocumentId, Paper};
use crate::extract::{self, ExtractError};
use crate::layout::{Layout, layout};
use crate::problem::Problem;
use crate::{metadata, outline};

/// A text whose lines were judged, and that is still to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    id: DocumentId,
    scan: String,
    judgements: Vec<Judgement>,
    problems: Vec<Problem>,
}

impl Draft {
    /// Extracts the text of a file and judges its lines.
    ///
    /// # Errors
    ///
    /// When the bytes hold no text.
    pub fn of(bytes: &[u8], restorer: &Restorer) -> Result<Self, ExtractError> {
        let extracted = extract::extract(bytes)?;
        let judgements = restorer.judge(&extracted.text);
        Ok(Self {
            id: DocumentId::of(bytes),
            scan: extracted.text,
            judgements,
            problems: extracted.problems,
        })
    }

    /// What was done to each stretch of the text.
    pub fn judgements(&self) -> &[Judgement] {
        &self.judgements
    }

    /// Restores the text, cuts it into blocks and sections, and reads its facts.
    pub fn read(self, restorer: &Restorer) -> Document {
        let Self { id, scan, .. } = self;
        let restored = restorer.restore_judged(&scan, &self.judgements);
        let Layout {
            mut blocks,
            problems: layout_problems,
        } = layout(&restored.text, &restored.judgements);
        let outline = outline::sections(&restored.text, &mut blocks);
        let paper = Paper {
            restorer,
            text: &restored.text,
            scan: &scan,
            readings: &restored.readings,
            judgements: &restored.judgements,
            blocks: &blocks,
            outline: &outline,
        };
        let (metadata, citations, fact_problems) = metadata::read_with_citations(&paper);
        let tasks = outline::tasks(&restored.text, &blocks, &outline);
        let mut problems = self.problems;
        problems.extend(layout_problems);
        problems.extend(fact_problems);
        Document {
            id,
            text: restored.text,
            scan,
            readings: restored.readings,
            judgements: restored.judgements,
            blocks,
            outline,
            tasks,
            metadata,
            citations,
            problems,
        }
    }
}

/// Reads the bytes of a file: extracts the text, restores it, cuts it into blocks and sections, and reads its facts.
///
/// # Errors
///
/// When the bytes hold no text; whatever is merely doubtful is in `problems` of the document.
pub fn read(bytes: &[u8], restorer: &Restorer) -> Result<Document, ExtractError> {
    Draft::of(bytes, restorer).map(|draft| draft.read(restorer))
}

/// Reads a text that was extracted before; never fails.
pub fn read_text(id: DocumentId, scan: String, restorer: &Restorer) -> Document {
    let draft = Draft {
        judgements: restorer.judge(&scan),
        id,
        scan,
        problems: Vec::new(),
    };
    draft.read(restorer)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);

    #[test]
    fn a_number_that_stands_in_thousands_is_one_citation() {
        let often = "Tiếp tục thực hiện Kế hoạch số 12-KH/TU, ngày 05/3/2024 của Tỉnh ủy.\n".repeat(5_000);
        let text = format!("Số 40-KH/HU\n\nKẾ HOẠCH\nkiểm tra năm 2024\n\n{often}");
        let document = read(text.as_bytes(), &RESTORER).unwrap();
        let cited: Vec<&str> = document
            .citations
            .iter()
            .map(|citation| citation.number.0.as_str())
            .collect();
        assert_eq!(cited, ["12-KH/TU"]);
        assert_eq!(
            document.metadata.number.map(|fact| fact.value.0).as_deref(),
            Some("40-KH/HU")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes, &RESTORER);
        }

        #[test]
        fn any_text_becomes_a_document(text in "\\PC{0,120}(\n\\PC{0,60}){0,4}") {
            if let Ok(document) = read(text.as_bytes(), &RESTORER) {
                prop_assert_eq!(document.text.lines().count(), document.scan.lines().count());
                prop_assert!(document.blocks.iter().all(|block| document.text.get(block.span.range()).is_some()));
            }
        }
    }
}
