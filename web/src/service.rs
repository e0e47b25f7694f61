//! Asks the index without holding up the server.

use std::sync::Arc;
use std::thread::available_parallelism;

use index::Searcher;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::ApiError;

/// How many questions may wait for each that is being answered, before further ones are turned away.
const WAITING_PER_RUNNING: usize = 64;

/// The index, and a bound on how many questions it answers at once.
///
/// Searching is computing: it runs on the blocking pool, as many at a time as there are processors, so that a rush of
/// questions makes the later ones wait instead of making all of them slow.
#[derive(Clone)]
pub struct Service {
    searcher: Searcher,
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

impl Service {
    /// A service over one index.
    pub fn new(searcher: Searcher) -> Self {
        let at_once = available_parallelism().map_or(2, usize::from).max(2);
        Self {
            searcher,
            running: Arc::new(Semaphore::new(at_once)),
            admitted: Arc::new(Semaphore::new(at_once * (WAITING_PER_RUNNING + 1))),
        }
    }

    /// Runs `question` on the index, or says that too many are waiting.
    ///
    /// A question whose asker has gone away while it ran keeps its place until it ends: the bound holds all the same.
    pub async fn ask<T, F>(&self, question: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Searcher) -> Result<T, ApiError> + Send + 'static,
    {
        let admitted = Arc::clone(&self.admitted)
            .try_acquire_owned()
            .map_err(|_| ApiError::Busy)?;
        let running = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| ApiError::Busy)?;
        let searcher = self.searcher.clone();
        let answer = spawn_blocking(move || {
            let answer = question(&searcher);
            drop((running, admitted));
            answer
        });
        answer.await.unwrap_or_else(|panic| {
            tracing::error!(%panic, "a question was not answered");
            Err(ApiError::Crashed)
        })
    }
}
