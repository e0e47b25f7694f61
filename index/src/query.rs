//! The query language: what is typed becomes a [`Query`].
//!
//! ```text
//! đối ngoại nhân dân        all words, words of several syllables as units
//! "cây tre Việt Nam"        the exact phrase; “…” too
//! -kế_hoạch  NOT "…"        not this
//! Lâm Đồng OR Đồng Nai      one of them (HOẶC, |)
//! (…)                       groups
//! mục:"tổ chức thực hiện" … the words in sections of that heading
//! scan:"d6i ngoai"          the scan's own letters
//! số:69-KH/BTGTU            a document number in any spelling
//! ```
//!
//! The grammar is small and its parser bounded in length, depth and number of words; no input panics.

use crate::error::SearchError;

/// Longer queries are refused.
pub(crate) const QUERY_MAX_CHARS: usize = 2_000;
/// Deeper groups are refused.
pub(crate) const QUERY_MAX_DEPTH: usize = 32;
/// More words and phrases are refused.
pub(crate) const QUERY_MAX_PARTS: usize = 128;

/// A query as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Query {
    /// All documents.
    All,
    /// Words typed without quotes, one behind the other.
    Words(String),
    /// A phrase in quotes.
    Phrase(String),
    /// The scan's own letters.
    Scan(String),
    /// A document number.
    Number(String),
    /// In sections of this heading.
    Section(String),
    /// All of these; sections restrict the words beside them.
    And(Vec<Query>),
    /// At least one of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// How letters of a scanner are read; stands below what was typed.
    Reading(Box<Query>),
}

impl Query {
    /// Whether the words of a phrase are asked for.
    pub fn asks_for_phrase(&self) -> bool {
        match self {
            Self::Phrase(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_for_phrase),
            _ => false,
        }
    }
}

/// Parses what was typed.
pub(crate) fn parse(typed: &str) -> Result<Query, SearchError> {
    let chars: Vec<char> = typed.chars().collect();
    if chars.len() > QUERY_MAX_CHARS {
        return Err(error(
            QUERY_MAX_CHARS,
            "query-too-long",
            format!("it has {} characters; at most {QUERY_MAX_CHARS} are read", chars.len()),
        ));
    }
    if chars.iter().all(|c| c.is_whitespace()) {
        return Ok(Query::All);
    }
    if !chars.iter().any(|c| c.is_alphanumeric()) {
        let position = chars.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
        return Err(error(position, "query-no-words", "it holds no word to look for"));
    }
    let tokens = Lexer { chars: &chars, at: 0 }.run()?;
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
        end: chars.len(),
    };
    let query = parser.any_of()?;
    if let Some(token) = parser.tokens.get(parser.at) {
        return Err(error(
            token.position,
            "query-unmatched-parenthesis",
            "this parenthesis closes nothing",
        ));
    }
    Ok(query)
}

fn error(position: usize, code: &'static str, reason: impl Into<String>) -> SearchError {
    SearchError::Query {
        position,
        code,
        reason: reason.into(),
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Lexed {
    position: usize,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Word(String),
    Phrase(String),
    Field(Field),
    Open,
    Close,
    Or,
    Not,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Field {
    Section,
    Scan,
    Number,
}

fn field(name: &str) -> Option<Field> {
    match name.to_lowercase().as_str() {
        "mục" | "muc" | "section" => Some(Field::Section),
        "scan" | "quét" | "quet" => Some(Field::Scan),
        "số" | "so" | "number" => Some(Field::Number),
        _ => None,
    }
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
}

impl Lexer<'_> {
    fn run(mut self) -> Result<Vec<Lexed>, SearchError> {
        // `HOẶC` joins alternatives, unless all is typed in capitals: then it may be a word of a heading.
        let capitals_only = !self.chars.iter().any(|c| c.is_lowercase());
        let mut tokens = Vec::new();
        while let Some(&c) = self.chars.get(self.at) {
            let position = self.at;
            let kind = match c {
                // A guillemet that closes nothing is no word and opens nothing.
                c if c.is_whitespace() || c == '»' => {
                    self.at += 1;
                    continue;
                }
                '(' => self.single(Kind::Open),
                ')' => self.single(Kind::Close),
                '|' => self.single(Kind::Or),
                '-' | '−' if self.negates() => self.single(Kind::Not),
                '"' | '“' | '„' | '«' | '”' => Kind::Phrase(self.phrase()?),
                _ => match self.word() {
                    word if word == "OR" || (word == "HOẶC" && !capitals_only) => Kind::Or,
                    word if word == "NOT" => Kind::Not,
                    word if word == "AND" => continue,
                    word => match word.strip_suffix(':').and_then(field) {
                        Some(field) => Kind::Field(field),
                        None => Kind::Word(word),
                    },
                },
            };
            tokens.push(Lexed { position, kind });
        }
        Ok(tokens)
    }

    fn single(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    /// Whether the dash here stands before a word and not between two.
    fn negates(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.chars[at]);
        let behind = self.chars.get(self.at + 1);
        before.is_none_or(|c| c.is_whitespace() || c == '(')
            && behind.is_some_and(|&c| c.is_alphanumeric() || is_quote(c) || c == '(')
    }

    fn phrase(&mut self) -> Result<String, SearchError> {
        let open = self.at;
        self.at += 1;
        let length = self.chars[self.at..].iter().position(|&c| matches!(c, '"' | '”' | '»'));
        let Some(length) = length else {
            return Err(error(open, "query-open-quote", "this quote is never closed"));
        };
        let phrase = self.chars[self.at..self.at + length].iter().collect();
        self.at += length + 1;
        Ok(phrase)
    }

    /// A run without spaces, quotes and parentheses; ends behind the colon of a field.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(&c) = self.chars.get(self.at) {
            if c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|') {
                break;
            }
            self.at += 1;
            if c == ':' && field(&word).is_some() {
                word.push(c);
                break;
            }
            word.push(c);
        }
        word
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

struct Parser<'a> {
    tokens: &'a [Lexed],
    at: usize,
    depth: usize,
    end: usize,
}

impl Parser<'_> {
    fn next(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn position(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |token| token.position)
    }

    fn any_of(&mut self) -> Result<Query, SearchError> {
        let mut choices = vec![self.all_of()?];
        while self.next() == Some(&Kind::Or) {
            self.at += 1;
            choices.push(self.all_of()?);
        }
        Ok(one_or(choices, Query::Or))
    }

    fn all_of(&mut self) -> Result<Query, SearchError> {
        let mut parts: Vec<Query> = Vec::new();
        while let Some(kind) = self.next() {
            if matches!(kind, Kind::Or | Kind::Close) {
                break;
            }
            if parts.len() >= QUERY_MAX_PARTS {
                let reason = format!("it has more than {QUERY_MAX_PARTS} words or phrases");
                return Err(error(self.position(), "query-too-many-words", reason));
            }
            match (self.part()?, parts.last_mut()) {
                (Query::Words(word), Some(Query::Words(words))) => {
                    words.push(' ');
                    words.push_str(&word);
                }
                (part, _) => parts.push(part),
            }
        }
        // Marks alone (`… - …`) are no words.
        parts.retain(|part| !matches!(part, Query::Words(words) if !words.chars().any(char::is_alphanumeric)));
        if parts.is_empty() {
            return Err(error(self.position(), "query-empty-group", "a word is missing here"));
        }
        Ok(one_or(parts, Query::And))
    }

    fn part(&mut self) -> Result<Query, SearchError> {
        let position = self.position();
        let Some(kind) = self.next().cloned() else {
            return Err(error(position, "query-missing-word", "a word is missing here"));
        };
        self.at += 1;
        match kind {
            Kind::Word(word) => Ok(Query::Words(word)),
            Kind::Phrase(phrase) if !phrase.chars().any(char::is_alphanumeric) => {
                Err(error(position, "query-empty-phrase", "this phrase holds no word"))
            }
            Kind::Phrase(phrase) => Ok(Query::Phrase(phrase)),
            Kind::Field(field) => self.field(field, position),
            Kind::Not => self.nested(position, |parser| Ok(Query::Not(Box::new(parser.part()?)))),
            Kind::Open => self.nested(position, |parser| {
                let inner = parser.any_of()?;
                if parser.next() != Some(&Kind::Close) {
                    return Err(error(
                        position,
                        "query-open-parenthesis",
                        "this parenthesis is never closed",
                    ));
                }
                parser.at += 1;
                Ok(inner)
            }),
            Kind::Or | Kind::Close => Err(error(position, "query-missing-word", "a word is missing before this")),
        }
    }

    fn field(&mut self, field: Field, position: usize) -> Result<Query, SearchError> {
        let value = match self.next() {
            Some(Kind::Word(value) | Kind::Phrase(value)) if value.chars().any(char::is_alphanumeric) => value.clone(),
            _ => {
                let reason = "a field needs a word or a phrase in quotes behind its colon";
                return Err(error(position, "query-empty-field", reason));
            }
        };
        self.at += 1;
        Ok(match field {
            Field::Section => Query::Section(value),
            Field::Scan => Query::Scan(value),
            Field::Number => Query::Number(value),
        })
    }

    fn nested(
        &mut self,
        position: usize,
        inner: impl FnOnce(&mut Self) -> Result<Query, SearchError>,
    ) -> Result<Query, SearchError> {
        if self.depth == QUERY_MAX_DEPTH {
            let reason = format!("groups are nested deeper than {QUERY_MAX_DEPTH}");
            return Err(error(position, "query-too-deep", reason));
        }
        self.depth += 1;
        let query = inner(self);
        self.depth -= 1;
        query
    }
}

fn one_or(mut parts: Vec<Query>, join: impl FnOnce(Vec<Query>) -> Query) -> Query {
    if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        join(parts)
    }
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
