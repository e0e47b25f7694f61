//! How a document is cited in another.

use corpus::Date;

use crate::language::Language;

/// What is known of a document that is to be cited.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its kind.
    pub kind: Option<&'a str>,
    /// Its number.
    pub number: Option<&'a str>,
    /// When it was issued.
    pub date: Option<Date>,
    /// Who issued it.
    pub issuer: Option<&'a str>,
    /// What it is called where it has no number.
    pub heading: &'a str,
}

impl Source<'_> {
    /// The line by which it is cited: `Kế hoạch số 69-KH/BTGTU, ngày 16/4/2024 của Ban Tuyên giáo Tỉnh ủy Lâm Đồng`.
    ///
    /// Always in Vietnamese, since it goes into Vietnamese writing; what is unknown is left out, never guessed.
    pub fn line(self) -> String {
        let mut line = self.kind.unwrap_or("Văn kiện").to_owned();
        match self.number {
            Some(number) => line.push_str(&format!(" số {number}")),
            None => line.push_str(&format!(" “{}”", self.heading)),
        }
        if let Some(date) = self.date {
            line.push_str(&format!(", ngày {}", Language::Vietnamese.date(date)));
        }
        if let Some(issuer) = self.issuer {
            line.push_str(&format!(" của {issuer}"));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_leaves_out_what_is_unknown() {
        let plan = Source {
            kind: Some("Kế hoạch"),
            number: Some("69-KH/BTGTU"),
            date: None,
            issuer: Some("Tỉnh ủy Lâm Đồng"),
            heading: "công tác đối ngoại",
        };
        assert_eq!(plan.line(), "Kế hoạch số 69-KH/BTGTU của Tỉnh ủy Lâm Đồng");
        let dated = Source {
            date: Some(Date::constant(2024, 2, 6)),
            ..plan
        };
        assert_eq!(
            dated.line(),
            "Kế hoạch số 69-KH/BTGTU, ngày 06/02/2024 của Tỉnh ủy Lâm Đồng"
        );
        let unnumbered = Source {
            number: None,
            issuer: None,
            ..plan
        };
        assert_eq!(unnumbered.line(), "Kế hoạch “công tác đối ngoại”");
    }
}
