//! Reads a query that was pasted from a scan (`d6i ngoai`) as the scan would be read.

use vietnamese::restore::Restorer;

use crate::query::{self, Query};

/// The query as its words would be read, if that is another one; operators and fields are left alone.
pub(crate) fn read(query: &Query, restorer: &Restorer) -> Option<(Query, String)> {
    let (typed, quoted) = match query {
        Query::Words(words) => (words, false),
        Query::Phrase(phrase) => (phrase, true),
        _ => return None,
    };
    let read = restorer.restore(typed).text;
    if &read == typed || !read.chars().any(char::is_alphanumeric) {
        return None;
    }
    let query = match quoted {
        true => Query::Phrase(read.clone()),
        false => query::parse(&read).ok()?,
    };
    Some((query, read))
}
