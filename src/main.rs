//! Finds Vietnamese Party documents, whatever the scanner did to them.

fn main() {}
