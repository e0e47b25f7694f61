//! One verb, one file: each takes its options and returns the exit code.

use std::process::ExitCode;

pub mod index;
pub mod inspect;
pub mod restore;
pub mod search;
pub mod serve;
pub mod verify;

/// The exit code of a search that found nothing, and of an index run that found no document.
const NOTHING_FOUND: u8 = 1;

/// Exit 0 if something was found or done, 1 if not.
fn found(any: bool) -> ExitCode {
    if any {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOTHING_FOUND)
    }
}
