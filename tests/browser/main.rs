//! The real page in a real browser, one test for each thing that a person does.
//!
//! Needs `chromium` and `chromedriver`; without them the tests fail and say what to install.

// What cannot happen here fails the test, where it stands.
#![allow(clippy::unwrap_used)]

mod house;
mod page;
mod reaching;
mod reading;
mod searching;
