//! The language: text in, values out.
//!
//! Knows no file, no document and no index.
//!
//! Vietnamese is written in syllables (tiếng), each a letter sequence with up to two marks on a vowel: one of shape (`ê`, `ơ`, `ă`)
//! and one of tone (`ề`, `ờ`, `ằ`). A space stands between syllables, not between words: `đối ngoại` is one word (từ) of two.
//! The same word comes to us in many dresses: composed or decomposed, with the mark on either vowel of `oà`, in capitals,
//! without marks, in a font's encoding of the nineties, or as a scanner misread it.
//!
//! Each room does one thing to such text, and says what it loses:
//!
//! - [`legacy`] reads the font encodings of the nineties;
//! - [`normalize`] loses nothing: one spelling for what is the same;
//! - [`fold`] loses on purpose: the bare letters under which all spellings meet;
//! - [`tokens`] cuts text into syllables and numbers, in both forms at once: the one analysis of texts and queries;
//! - [`syllable`] and [`tone`] know what can be a syllable at all;
//! - [`segment`] joins syllables into words;
//! - [`phrases`] picks the words that a text is about;
//! - [`restore`] guesses what the paper said where a scanner misread it, with a confidence;
//! - [`offsets`] leads from every rewritten text back to the one it was made from.

mod alphabet;
pub mod fold;
pub mod legacy;
pub mod normalize;
pub mod offsets;
pub mod phrases;
mod recent;
pub mod restore;
pub mod segment;
pub mod syllable;
pub mod tokens;
pub mod tone;
