//! Answers out to people and programs.
