//! Opens the port, and closes it in good order.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use index::Searcher;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{interval, sleep, timeout};

use crate::app;

/// How long a client may take to send the head of a request; slower ones are cut off.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long requests under way may take to end once the server was told to stop.
const LAST_TIME: Duration = Duration::from_secs(10);
/// How often the server looks whether a newer commit of the index is there.
const RELOAD_EVERY: Duration = Duration::from_secs(2);

/// Why the server cannot serve.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error(
        "the address {address} is taken by another program; stop that program, or choose another port with --listen"
    )]
    Taken {
        /// Which address.
        address: SocketAddr,
    },
    /// The system does not let us listen there: a low port, or an address of another machine.
    #[error("cannot listen on {address}; choose another address with --listen, such as 127.0.0.1:8080")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The threads of the server could not be started.
    #[error("the server cannot start its threads: {0}")]
    Runtime(std::io::Error),
}

/// Serves the page and the API on `address` until the process is told to stop (Ctrl+C or SIGTERM).
///
/// `on_ready` is told the address once the port is open; with port 0 the system has chosen one. Commits that another
/// process makes to the index are seen within two seconds.
pub fn serve(searcher: Searcher, address: SocketAddr, on_ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(async {
        let listener = listen(address).await?;
        on_ready(listener.local_addr().unwrap_or(address));
        let reloading = tokio::spawn(follow_commits(searcher.clone()));
        accept_until(listener, app(searcher), HEAD_TIME, told_to_stop()).await;
        reloading.abort();
        Ok(())
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::Taken { address },
        _ => ServeError::Listen { address, source },
    })
}

/// Answers connections until `stop` comes, then lets those under way end.
///
/// HTTP/1 alone: no browser speaks HTTP/2 without encryption, and a server that waits to see which of the two it will be
/// waits for ever on a client that says nothing.
async fn accept_until(listener: TcpListener, router: Router, head_time: Duration, stop: impl Future<Output = ()>) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(head_time);
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => answer(&server, &open, router.clone(), stream),
                Err(error) => {
                    // Out of file handles: wait for connections to end instead of spinning.
                    tracing::warn!(%error, "a connection was not accepted");
                    sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if timeout(LAST_TIME, open.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way and were cut off");
    }
}

fn answer(server: &http1::Builder, open: &GracefulShutdown, router: Router, stream: TcpStream) {
    // Pages are small: sending them at once matters more than filling packets.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "the connection keeps its delay");
    }
    let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = open.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

async fn follow_commits(searcher: Searcher) {
    let mut clock = interval(RELOAD_EVERY);
    loop {
        clock.tick().await;
        let searcher = searcher.clone();
        match tokio::task::spawn_blocking(move || searcher.reload()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the newest commit was not taken up"),
            Err(error) => tracing::error!(%error, "the newest commit was not taken up"),
        }
    }
}

/// Waits for Ctrl+C or, on Unix, for SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    /// What comes back to a client that says `said` and then nothing.
    async fn heard(said: &'static [u8]) -> Vec<u8> {
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let head_time = Duration::from_millis(50);
        let serving = tokio::spawn(accept_until(listener, Router::new(), head_time, std::future::pending()));
        let asking = tokio::task::spawn_blocking(move || {
            let mut client = std::net::TcpStream::connect(address).unwrap();
            client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            client.write_all(said).unwrap();
            let mut answer = Vec::new();
            client
                .read_to_end(&mut answer)
                .expect("the server closes the connection");
            answer
        });
        let answer = asking.await.unwrap();
        serving.abort();
        answer
    }

    #[tokio::test]
    async fn a_client_that_says_nothing_is_not_waited_for() {
        for said in ["", "G", "GET / HTTP/1.1\r\nHost: x\r\n"] {
            assert!(heard(said.as_bytes()).await.is_empty(), "{said:?} is no question");
        }
        let answer = heard(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
        assert!(
            answer.starts_with(b"HTTP/1.1 404"),
            "a whole question is answered first"
        );
    }

    #[tokio::test]
    async fn a_taken_port_is_named_in_a_sentence() {
        let first = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = first.local_addr().unwrap();
        let refused = listen(address).await.unwrap_err();
        assert!(matches!(refused, ServeError::Taken { .. }));
        let sentence = refused.to_string();
        assert!(
            sentence.contains(&address.to_string()) && sentence.contains("--listen"),
            "{sentence}"
        );
    }
}
