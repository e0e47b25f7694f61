//! Where a page ended, as a word for the next request.
//!
//! A cursor holds the rank of the last hit and a digest of the question, so that it goes on with that question only
//! and is known when damaged. A deep page costs what the first one costs.

use crate::collect::{Rank, asked};
use crate::error::SearchError;
use crate::request::SearchRequest;

/// Writes the cursor behind `rank`.
pub(crate) fn write(request: &SearchRequest, rank: Rank) -> String {
    let check = digest(request, rank);
    format!("{:016x}{:016x}{check:016x}", rank.first, rank.key)
}

/// Reads the cursor of `request`, if it has one.
pub(crate) fn read(request: &SearchRequest) -> Result<Option<Rank>, SearchError> {
    let Some(cursor) = &request.cursor else {
        return Ok(None);
    };
    let number = |at: usize| {
        let digits = cursor.get(at * 16..at * 16 + 16)?;
        digits
            .bytes()
            .all(|b| b.is_ascii_hexdigit())
            .then(|| u64::from_str_radix(digits, 16).ok())?
    };
    let parts = (cursor.len() == 48)
        .then(|| Some((number(0)?, number(1)?, number(2)?)))
        .flatten();
    let (first, key, check) = parts.ok_or(SearchError::Cursor)?;
    let rank = Rank { first, key };
    if check == digest(request, rank) {
        Ok(Some(rank))
    } else {
        Err(SearchError::Cursor)
    }
}

fn digest(request: &SearchRequest, rank: Rank) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(request.query.as_bytes());
    for values in asked(&request.filters) {
        // The order in which values were selected does not matter.
        let mut values: Vec<&String> = values.iter().collect();
        values.sort();
        values.iter().for_each(|value| part(value.as_bytes()));
        part(b"");
    }
    let (from, to) = (request.filters.from, request.filters.to);
    let (sort, matching, literal) = (request.sort, request.matching, request.literal);
    part(format!("{from:?} {to:?} {sort:?} {matching:?} {literal}").as_bytes());
    part(&rank.first.to_le_bytes());
    part(&rank.key.to_le_bytes());
    let hash = hasher.finalize();
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}
