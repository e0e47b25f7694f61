//! The program as others meet it: real processes, real files, real sockets.
//!
//! Nothing here knows how the engine works; what is promised on the command line and over HTTP is asked for, and what can go
//! wrong around it is made to go wrong.

mod asking;
mod collections;
mod crawling;
mod house;
mod program;
mod storing;
mod terminal;
mod updating;
