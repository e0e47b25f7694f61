//! The parameters of a search.

use index::{Filters, Matching, SearchRequest, Sort};
use utoipa::IntoParams;

use super::{address, choice, day, limit, shortened};
use crate::error::ApiError;
use crate::language::Language;

/// The parameters of a search, as they stand in the address.
///
/// Values of one facet are alternatives, facets restrict each other: `issuer=A&issuer=B&year=2024` finds what A or B
/// issued in 2024.
#[derive(Debug, Clone, Default, PartialEq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParameters {
    /// The query, in the query language of the page; without it all documents are listed.
    #[param(example = "\"đối ngoại\"")]
    pub q: Option<String>,
    /// Canonical name of an issuing body; repeatable.
    #[param(required = false, example = json!(["Tỉnh ủy Đồng Nai"]))]
    pub issuer: Vec<String>,
    /// `trung ương`, `tỉnh`, `huyện` or `xã`; repeatable.
    #[param(required = false, example = json!(["tỉnh"]))]
    pub level: Vec<String>,
    /// A province of the old map or the new one; repeatable.
    #[param(required = false)]
    pub province: Vec<String>,
    /// Kind of document (`Kế hoạch`); repeatable.
    #[param(required = false)]
    pub kind: Vec<String>,
    /// A topic of the fixed list; repeatable.
    #[param(required = false)]
    pub topic: Vec<String>,
    /// A year, or `không rõ`; repeatable.
    #[param(required = false, example = json!(["2024"]))]
    pub year: Vec<String>,
    /// The role of a section that the document must have (`tổ chức thực hiện`); repeatable.
    #[param(required = false)]
    pub section: Vec<String>,
    /// Issued on this day or later (ISO); a document without a date counts by the days it must lie between.
    #[param(format = Date, example = "2024-01-01")]
    pub from: Option<String>,
    /// Issued on this day or earlier (ISO); a document without a date counts by the days it must lie between.
    #[param(format = Date, example = "2024-12-31")]
    pub to: Option<String>,
    /// `relevance` (the default), `newest` or `oldest`.
    #[param(pattern = "^(relevance|newest|oldest)$")]
    pub sort: Option<String>,
    /// How many hits, 1 to 100; 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub limit: Option<String>,
    /// Where the page before ended; `next` of an answer holds it.
    pub cursor: Option<String>,
    /// How strictly words match: `typed` (the default: the query decides), `marked`, `bare` or `scan`.
    #[param(rename = "match", pattern = "^(typed|marked|bare|scan)$")]
    pub matching: Option<String>,
    /// `true`: words are sought as typed, even if they look pasted from a scan.
    #[param(pattern = "^(true|false)$")]
    pub literal: Option<String>,
    /// The language of the page, `vi` or `en`; without meaning for the API.
    pub lang: Option<String>,
}

/// What the hits divide by, and are filtered by.
#[derive(Debug, Clone, Copy)]
pub enum Facet {
    /// By issuing body.
    Issuer,
    /// By level.
    Level,
    /// By province.
    Province,
    /// By kind.
    Kind,
    /// By topic.
    Topic,
    /// By year.
    Year,
    /// By role of a section.
    Section,
}

impl Facet {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Issuer,
        Self::Level,
        Self::Province,
        Self::Kind,
        Self::Topic,
        Self::Year,
        Self::Section,
    ];

    /// The name of its parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Level => "level",
            Self::Province => "province",
            Self::Kind => "kind",
            Self::Topic => "topic",
            Self::Year => "year",
            Self::Section => "section",
        }
    }
}

impl SearchParameters {
    /// Reads what stands behind the `?` of an address, or says what is wrong with it.
    pub fn strict(raw: &str) -> Result<Self, ApiError> {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            parameters.take(&name, value.into_owned())?;
        }
        match &parameters.q {
            Some(query) if query.trim().is_empty() => Err(ApiError::EmptyQuery),
            _ => Ok(parameters),
        }
    }

    /// Reads the same kindly, for a page: fields of a form that were left empty and parameters of others are passed over.
    pub fn kindly(raw: &str) -> Self {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            if !value.trim().is_empty() {
                let _ = parameters.take(&name, value.into_owned());
            }
        }
        parameters
    }

    fn take(&mut self, name: &str, value: String) -> Result<(), ApiError> {
        if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.name() == name) {
            self.values_mut(facet).push(value);
            return Ok(());
        }
        let (name, field) = match name {
            "q" => ("q", &mut self.q),
            "from" => ("from", &mut self.from),
            "to" => ("to", &mut self.to),
            "sort" => ("sort", &mut self.sort),
            "limit" => ("limit", &mut self.limit),
            "cursor" => ("cursor", &mut self.cursor),
            "match" => ("match", &mut self.matching),
            "literal" => ("literal", &mut self.literal),
            "lang" => ("lang", &mut self.lang),
            _ => return Err(ApiError::UnknownParameter { name: shortened(name) }),
        };
        if field.is_some() {
            return Err(ApiError::RepeatedParameter { name });
        }
        *field = Some(value);
        Ok(())
    }

    /// The chosen values of one facet.
    pub fn values(&self, facet: Facet) -> &Vec<String> {
        match facet {
            Facet::Issuer => &self.issuer,
            Facet::Level => &self.level,
            Facet::Province => &self.province,
            Facet::Kind => &self.kind,
            Facet::Topic => &self.topic,
            Facet::Year => &self.year,
            Facet::Section => &self.section,
        }
    }

    fn values_mut(&mut self, facet: Facet) -> &mut Vec<String> {
        match facet {
            Facet::Issuer => &mut self.issuer,
            Facet::Level => &mut self.level,
            Facet::Province => &mut self.province,
            Facet::Kind => &mut self.kind,
            Facet::Topic => &mut self.topic,
            Facet::Year => &mut self.year,
            Facet::Section => &mut self.section,
        }
    }

    /// The question for the index.
    pub fn request(&self) -> Result<SearchRequest, ApiError> {
        let (from, to) = (day("from", self.from.as_deref())?, day("to", self.to.as_deref())?);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(ApiError::DatesReversed { from, to });
        }
        Ok(SearchRequest {
            query: self.q.clone().unwrap_or_default(),
            filters: Filters {
                issuer: self.issuer.clone(),
                level: self.level.clone(),
                province: self.province.clone(),
                kind: self.kind.clone(),
                topic: self.topic.clone(),
                year: self.year.clone(),
                section: self.section.clone(),
                from,
                to,
            },
            sort: self.sort()?,
            limit: self.limit()?,
            cursor: self.cursor.clone(),
            matching: self.matching()?,
            literal: self.literal()?,
        })
    }

    /// The order of the hits.
    pub fn sort(&self) -> Result<Sort, ApiError> {
        match self.sort.as_deref() {
            None | Some("relevance") => Ok(Sort::Relevance),
            Some("newest") => Ok(Sort::Newest),
            Some("oldest") => Ok(Sort::Oldest),
            Some(value) => Err(choice("sort", value, "relevance, newest, oldest")),
        }
    }

    /// How strictly words must match, where the asker says so.
    pub fn matching(&self) -> Result<Option<Matching>, ApiError> {
        match self.matching.as_deref() {
            None | Some("typed") => Ok(None),
            Some("marked") => Ok(Some(Matching::Marked)),
            Some("bare") => Ok(Some(Matching::Bare)),
            Some("scan") => Ok(Some(Matching::Scan)),
            Some(value) => Err(choice("match", value, "typed, marked, bare, scan")),
        }
    }

    /// Whether words are sought as typed.
    pub fn literal(&self) -> Result<bool, ApiError> {
        match self.literal.as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(value) => Err(choice("literal", value, "true, false")),
        }
    }

    fn limit(&self) -> Result<usize, ApiError> {
        limit(self.limit.as_deref())
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        Language::named(self.lang.as_deref())
    }

    /// Whether anything but the query restricts the hits.
    pub fn is_filtered(&self) -> bool {
        self.from.is_some() || self.to.is_some() || Facet::ALL.into_iter().any(|facet| !self.values(facet).is_empty())
    }

    /// The same question with `value` of `facet` chosen if it was not, and not if it was; from the first page on.
    pub fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut changed = self.from_start();
        let values = changed.values_mut(facet);
        if values.iter().any(|chosen| chosen == value) {
            values.retain(|chosen| chosen != value);
        } else {
            values.push(value.to_owned());
        }
        changed
    }

    /// The same question without any filter, from the first page on.
    pub fn unfiltered(&self) -> Self {
        Self {
            q: self.q.clone(),
            sort: self.sort.clone(),
            limit: self.limit.clone(),
            matching: self.matching.clone(),
            literal: self.literal.clone(),
            lang: self.lang.clone(),
            ..Self::default()
        }
    }

    /// The same question from the first page on.
    pub fn from_start(&self) -> Self {
        Self {
            cursor: None,
            ..self.clone()
        }
    }

    /// All that is set, as names and values in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        pairs.extend(self.q.as_deref().map(|value| ("q", value)));
        for facet in Facet::ALL {
            pairs.extend(self.values(facet).iter().map(|value| (facet.name(), value.as_str())));
        }
        let single = [
            ("from", &self.from),
            ("to", &self.to),
            ("sort", &self.sort),
            ("limit", &self.limit),
            ("match", &self.matching),
            ("literal", &self.literal),
            ("lang", &self.lang),
            ("cursor", &self.cursor),
        ];
        pairs.extend(
            single
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.as_deref()?))),
        );
        pairs
    }

    /// The address of this question at `path`.
    pub fn address(&self, path: &str) -> String {
        address(path, &self.pairs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(raw: &str) -> &'static str {
        SearchParameters::strict(raw)
            .and_then(|parameters| parameters.request())
            .unwrap_err()
            .code()
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (raw, code) in [
            ("q=", "query-empty"),
            ("q=+%20", "query-empty"),
            ("isuer=x", "parameter-unknown"),
            ("q=a&q=b", "parameter-repeated"),
            ("from=2024-02-30", "date-invalid"),
            ("to=16/4/2024", "date-invalid"),
            ("from=20240416", "date-invalid"),
            ("from=", "date-invalid"),
            ("from=2024-02-02&to=2024-02-01", "dates-reversed"),
            ("sort=best", "sort-invalid"),
            ("limit=0", "limit-invalid"),
            ("limit=101", "limit-invalid"),
            ("limit=-1", "limit-invalid"),
            ("limit=99999999999999999999", "limit-invalid"),
            ("match=fuzzy", "match-invalid"),
        ] {
            assert_eq!(refusal(raw), code, "{raw}");
        }
    }

    #[test]
    fn an_address_reads_back_as_its_question() {
        let raw =
            "q=%22%C4%91%E1%BB%91i+ngo%E1%BA%A1i%22&issuer=A&issuer=B&year=2024&from=2024-01-01&sort=newest&match=bare";
        let parameters = SearchParameters::strict(raw).unwrap();
        assert_eq!(parameters.q.as_deref(), Some("\"đối ngoại\""));
        assert_eq!(parameters.address("/"), format!("/?{raw}"));
    }

    #[test]
    fn a_page_forgives_what_a_form_leaves_empty() {
        let parameters = SearchParameters::kindly("q=&from=&to=&issuer=&utm_source=x&year=2024");
        assert_eq!(parameters.address("/"), "/?year=2024");
    }

    #[test]
    fn a_value_is_chosen_and_left_by_the_same_link() {
        let none = SearchParameters::kindly("cursor=abc");
        let one = none.toggled(Facet::Kind, "Kế hoạch");
        assert_eq!(one.kind, ["Kế hoạch"]);
        assert_eq!(one.toggled(Facet::Kind, "Kế hoạch"), SearchParameters::default());
    }
}
