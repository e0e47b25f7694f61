//! The language: text in, values out.
//!
//! Knows no file, no document and no index.

pub mod offsets;
pub mod restore;
