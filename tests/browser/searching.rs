//! Searching, filtering, taking the list away.

use fantoccini::Client;

use crate::house::Visitor::{AtADesk, WithoutScript};
use crate::house::in_browser;
use crate::page::{all, click, count, left, one, search, text, total};

/// Opens the folded provinces of the issuing bodies, one click each.
async fn unfold_bodies(page: &Client) {
    for summary in all(page, "[data-facet=issuer] details:not([open]):not(.more) > summary").await {
        summary.click().await.unwrap();
    }
}

/// Searches, and finds the words marked.
pub async fn finds_marked_passages(page: &Client, address: &str) {
    search(page, address, "đối ngoại").await;
    assert!(total(page).await > 0);
    assert_eq!(all(page, ".hit").await.len(), total(page).await.min(20));
    let marked = text(page, ".hit mark").await.to_lowercase();
    assert!(marked.contains("đối") || marked.contains("ngoại"), "{marked} is marked");
}

/// Filters by two bodies, and leaves the first.
pub async fn filters_by_two_issuers(page: &Client, address: &str) {
    const OTHER: &str = "[data-facet=issuer] .tree > li > ul > li > details:not(.more) a:not([aria-current])";
    search(page, address, "kế hoạch").await;
    unfold_bodies(page).await;
    let first = count(page, OTHER).await;
    click(page, OTHER).await;
    assert_eq!(total(page).await, first, "one body: as many as its count said");
    unfold_bodies(page).await;
    let second = count(page, OTHER).await;
    click(page, OTHER).await;
    assert_eq!(total(page).await, first + second, "two bodies are alternatives");
    assert_eq!(
        all(page, ".chips li").await.len(),
        3,
        "a chip each, and one to clear them"
    );
    click(page, ".hit .title a").await;
    click(page, ".back a").await;
    assert_eq!(
        total(page).await,
        first + second,
        "the way back from a document keeps both"
    );
    click(page, ".chips li:first-child a").await;
    assert_eq!(total(page).await, second, "the chip takes the first one away");
}

/// Chooses a year, then a second one, and leaves the first.
pub async fn changes_the_year(page: &Client, address: &str) {
    const OTHER: &str = ".years a:not([aria-current])";
    search(page, address, "kế hoạch").await;
    let announced = one(page, OTHER).await.attr("title").await.unwrap().unwrap();
    click(page, OTHER).await;
    let year = text(page, ".chips li:first-child a").await;
    let (said, number) = announced.split_once(": ").unwrap();
    assert!(year.contains(said), "{year} is the year of {announced}");
    assert_eq!(total(page).await.to_string(), number);
    let alone = total(page).await;
    click(page, OTHER).await;
    assert!(total(page).await > alone, "a second year adds its documents");
    click(page, ".chips li:first-child a").await;
    assert_eq!(all(page, ".years a[aria-current]").await.len(), 1);
}

#[test]
fn a_search_marks_what_it_found() {
    in_browser(AtADesk, finds_marked_passages);
}

#[test]
fn two_issuers_are_alternatives() {
    in_browser(AtADesk, filters_by_two_issuers);
}

#[test]
fn years_are_chosen_and_left() {
    in_browser(AtADesk, changes_the_year);
}

#[test]
fn each_strictness_finds_as_many_as_it_announces() {
    in_browser(WithoutScript, async |page: &Client, address: &str| {
        for query in ["đối ngoại", "\"đối ngoại\"", "doi ngoai", "d6i ngoai"] {
            search(page, address, query).await;
            let choices = all(page, ".strictness > *").await.len();
            assert_eq!(choices, 4, "as typed, with marks, without, with scan errors");
            for at in 1..=choices {
                let choice = format!(".strictness > :nth-child({at})");
                let announced = count(page, &choice).await;
                if announced > 0 {
                    one(page, &choice).await.click().await.unwrap();
                    assert_eq!(total(page).await, announced, "{query}, choice {at}");
                    assert_eq!(count(page, ".strictness [aria-current]").await, announced);
                }
            }
        }
    });
}

#[test]
fn the_whole_list_is_taken_away() {
    in_browser(WithoutScript, async |page: &Client, address: &str| {
        search(page, address, "kế hoạch").await;
        let found = total(page).await;
        let csv = one(page, ".export a").await.attr("href").await.unwrap().unwrap();
        let mut table = ureq::get(format!("{address}{csv}")).call().unwrap();
        let rows = table.body_mut().read_to_string().unwrap().lines().count();
        assert_eq!(rows, found + 1, "a heading, and a row for each document found");
    });
}

#[test]
fn english_is_a_choice_that_stays() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        page.goto(address).await.unwrap();
        assert_eq!(
            one(page, "html").await.attr("lang").await.unwrap().as_deref(),
            Some("vi")
        );
        click(page, ".language").await;
        assert_eq!(
            one(page, "html").await.attr("lang").await.unwrap().as_deref(),
            Some("en")
        );
        let before = page.current_url().await.unwrap();
        one(page, "#q").await.send_keys("đối ngoại\u{e007}").await.unwrap();
        left(page, before.as_str()).await;
        assert!(text(page, "#tally").await.contains("document"));
        click(page, ".hit .title a").await;
        assert_eq!(text(page, ".facts h2").await, "Facts");
    });
}

#[test]
fn a_wrong_query_is_refused_kindly_and_kept() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        search(page, address, "\"đối ngoại").await;
        assert!(text(page, ".refusal").await.contains("chưa được đóng"));
        let kept = one(page, "#q").await.prop("value").await.unwrap();
        assert_eq!(kept.as_deref(), Some("\"đối ngoại"), "what was typed can be mended");
    });
}
