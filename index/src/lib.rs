//! Documents in, answers out.
//!
//! No type of the engine below leaves this crate.

mod analysis;
mod analyzer;
pub mod answer;
mod build;
mod collect;
mod cursor;
mod doubts;
pub mod error;
mod facets;
mod first;
pub mod graph;
mod hand;
mod highlight;
mod hits;
pub mod indexer;
mod lookup;
mod manifest;
mod matcher;
mod node;
mod passages;
mod pasted;
mod plan;
mod query;
pub mod request;
mod rows;
mod run;
mod schema;
pub mod searcher;
mod sections;
mod slots;
mod snapshot;
mod store;
pub mod stored;
mod stream;

pub use answer::{Doubt, Facet, FacetValue, Facets, First, Highlight, Hit, Match, MatchCounts, Place, SearchPage};
pub use error::{IndexError, SearchError};
pub use facets::role_name;
pub use graph::{Branch, Campaign, Citing, Entry, Missing, Resolved};
pub use indexer::{Indexer, Progress, Report};
pub use request::{Filters, Matching, SearchRequest, Sort};
pub use searcher::Searcher;
pub use store::{learned_hand, verify};
pub use stored::Summary;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod every_tests;
#[cfg(test)]
mod graph_tests;
#[cfg(test)]
mod law_tests;
#[cfg(test)]
mod ranking_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod seed_tests;
