//! Documents in, answers out.
//!
//! No type of the engine below leaves this crate.

pub mod answer;
pub mod error;
pub mod indexer;
pub mod request;
pub mod searcher;

pub use answer::{Doubt, Facet, FacetValue, Facets, Highlight, Hit, Match, MatchCounts, Place, SearchPage};
pub use error::{IndexError, SearchError};
pub use indexer::{Indexer, Progress, Report};
pub use request::{Filters, Matching, SearchRequest, Sort};
pub use searcher::Searcher;
