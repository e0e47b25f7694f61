//! Trains the model.

fn main() {}
