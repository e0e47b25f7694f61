//! Who is known to sign for a body, so that a name in a scan is read as others of the folder spell it.
//!
//! A scan that lost its marks may say `Lương Chí Bảo` or `Lương Chi Bảo`; a typed document of the same Tỉnh ủy says which.
//! Its spelling is lent, never against the scan: a known name is one candidate more, weighed by what the scanner makes of
//! its letters, and the document that lent it is told.

use serde::{Deserialize, Serialize};
use vietnamese::restore::Restorer;

use crate::Date;
use crate::document::{Document, Paper};
use crate::metadata;

/// Names surely read, by body.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Signers {
    /// In order, each once.
    known: Vec<Signer>,
}

/// Somebody who signed for a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Signer {
    /// The body, by its canonical name.
    issuer: String,
    /// The name as it was typed.
    name: String,
    /// When.
    date: Option<Date>,
    /// The document that says so: its number, or its id where it has none.
    document: String,
}

impl Signer {
    /// The signer of `document`, if the name was typed or corrected by a person.
    pub fn of(document: &Document) -> Option<Self> {
        /// A name found with less may be another word; one that fits no scan is lent to none.
        const SURE: f32 = 0.65;
        let facts = &document.metadata;
        let (name, issuer) = (facts.signatory.as_ref()?, facts.issuer.as_ref()?);
        let typed = |span| !document.readings.iter().any(|reading| reading.text.overlaps(span));
        let sure = name.confidence >= SURE && name.evidence.iter().all(|&span| typed(span));
        let document = facts.number.as_ref().map_or(&document.id.0, |number| &number.value.0);
        (name.corrected || sure).then(|| Self {
            issuer: issuer.value.name.clone(),
            name: name.value.clone(),
            date: facts.date.as_ref().map(|date| date.value),
            document: document.clone(),
        })
    }

    /// Whether who signed then may have signed on `date` too.
    fn served(&self, date: Option<Date>) -> bool {
        /// A term of congress, in years.
        const TERM: i16 = 5;
        let years = self.date.zip(date).map(|(a, b)| (a.year() - b.year()).abs());
        years.is_none_or(|years| years <= TERM)
    }
}

impl Signers {
    /// Takes in more signers; of what somebody signed in a year, one document is remembered.
    pub fn add(&mut self, signers: impl IntoIterator<Item = Signer>) {
        self.known.extend(signers);
        self.known.sort_unstable();
        let year = |signer: &Signer| signer.date.map(|date| date.year());
        self.known
            .dedup_by(|b, a| (&a.issuer, &a.name, year(a)) == (&b.issuer, &b.name, year(b)));
    }

    /// Reads the signatory of a scanned `document` once more, knowing who signs for its body.
    ///
    /// What was typed or corrected stays as it is.
    pub fn lend(&self, document: &mut Document, restorer: &Restorer) {
        /// How often who has the letters of a known name is that person.
        const SAME: f32 = 0.97;
        let facts = &document.metadata;
        let (Some(name), Some(issuer)) = (&facts.signatory, &facts.issuer) else {
            return;
        };
        let Some(&span) = name.evidence.first().filter(|_| !name.corrected) else {
            return;
        };
        let first = self
            .known
            .partition_point(|signer| signer.issuer.as_str() < issuer.value.name.as_str());
        let date = facts.date.as_ref().map(|date| date.value);
        let mut known: Vec<&Signer> = self.known[first..]
            .iter()
            .take_while(|signer| signer.issuer == issuer.value.name)
            .filter(|signer| signer.served(date))
            .collect();
        known.dedup_by(|a, b| a.name == b.name);
        let names: Vec<&str> = known.iter().map(|signer| signer.name.as_str()).collect();
        let paper = Paper {
            restorer,
            text: &document.text,
            scan: &document.scan,
            readings: &document.readings,
            judgements: &document.judgements,
            blocks: &document.blocks,
            outline: &document.outline,
        };
        let Some((lent, confidence)) = metadata::name_among(&paper, span, &names) else {
            return;
        };
        let lent = known[lent];
        document.metadata.signatory_lent_by = Some(lent.document.clone());
        if let Some(name) = &mut document.metadata.signatory {
            name.value.clone_from(&lent.name);
            name.confidence = name.confidence.max(SAME * confidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);

    fn typed(signer: &str) -> Document {
        let text = format!(
            "TỈNH ỦY LẠNG SƠN\n*\nSố 402-BC/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nLạng Sơn, ngày 28 tháng 11 năm 2024\n\nBÁO CÁO\n\
             kết quả công tác thông tin đối ngoại\n\nNăm 2024 Tỉnh ủy đã chỉ đạo toàn diện.\n\nNơi nhận:\n- Lưu Văn phòng \
             Tỉnh ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n{signer}\n"
        );
        crate::read(text.as_bytes(), &RESTORER).unwrap()
    }

    fn scanned(signer: &str) -> Document {
        let text = format!(
            "TINH UY LANG SON\n*\nS6 212-KH/TU\nDANG CONG SAN VIET NAM\nLang Son, ngdy 30 thang 01 nam 2024\n\nKE HOACH\n\
             trién khai céng tac thong tin d6i ngoai nam 2024\n\nCac huyén uy, Thanh ty Lang Son xay dung ké hoach thutc hién \
             trudc\nngay 10/3/2024; bao cao két qua vé Ban Thuong vu Tinh ty.\n\nNoi nhan:\n- Luu Van phong Tinh \
             ty.\nT/M BAN THUONG VU\nPHO Bi THU\n{signer}\n"
        );
        crate::read(text.as_bytes(), &RESTORER).unwrap()
    }

    fn lent(known: &str, scan: &str) -> (String, Option<String>) {
        let mut signers = Signers::default();
        signers.add(Signer::of(&typed(known)));
        let mut document = scanned(scan);
        signers.lend(&mut document, &RESTORER);
        let name = document.metadata.signatory.unwrap().value;
        (name, document.metadata.signatory_lent_by)
    }

    #[test]
    fn a_typed_document_of_the_same_body_lends_its_spelling() {
        let (name, by) = lent("Lương Chí Bảo", "Luong Chi Bao");
        assert_eq!((name.as_str(), by.as_deref()), ("Lương Chí Bảo", Some("402-BC/TU")));
    }

    #[test]
    fn what_the_scan_contradicts_is_not_lent() {
        let (name, by) = lent("Nguyễn Quốc Đoàn", "Luong Chi Bao");
        assert!(name.starts_with("Lương Ch"), "{name}");
        assert_eq!(by, None);
        let (name, by) = lent("Lương Chí Dũng", "Luong Chi Bao");
        assert!(name.ends_with("Bảo"), "{name}");
        assert_eq!(by, None);
    }

    #[test]
    fn a_scan_lends_nothing() {
        assert_eq!(Signer::of(&scanned("Luong Chi Bao")), None);
    }
}
