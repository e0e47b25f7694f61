//! What a person does with a page: looks, types, follows links.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};

/// All elements of a selector.
pub async fn all(page: &Client, css: &str) -> Vec<Element> {
    page.find_all(Locator::Css(css)).await.unwrap()
}

/// The element of a selector.
pub async fn one(page: &Client, css: &str) -> Element {
    page.find(Locator::Css(css))
        .await
        .unwrap_or_else(|error| panic!("the page has no {css}: {error}"))
}

/// What an element says.
pub async fn text(page: &Client, css: &str) -> String {
    one(page, css).await.text().await.unwrap()
}

/// Follows a link as a person does, and waits until the next page is there.
pub async fn click(page: &Client, css: &str) {
    let before = page.current_url().await.unwrap();
    one(page, css).await.click().await.unwrap();
    left(page, before.as_str()).await;
}

/// Waits until the browser has left the page at `before`.
pub async fn left(page: &Client, before: &str) {
    let start = Instant::now();
    while page.current_url().await.unwrap().as_str() == before {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "the browser stays on {before}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many documents the page says it found.
pub async fn total(page: &Client) -> usize {
    text(page, "#tally b").await.replace('.', "").parse().unwrap()
}

/// The number beside a link.
pub async fn count(page: &Client, css: &str) -> usize {
    text(page, &format!("{css} .count")).await.parse().unwrap()
}

/// Types a query into the box of the first page.
pub async fn search(page: &Client, address: &str, query: &str) {
    page.goto(address).await.unwrap();
    let before = page.current_url().await.unwrap();
    one(page, "#q")
        .await
        .send_keys(&format!("{query}\u{e007}"))
        .await
        .unwrap();
    left(page, before.as_str()).await;
}
