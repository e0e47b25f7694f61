//! One document: its text and its scan, its matches, its words taken away, what others made of it.

use std::time::Duration;

use fantoccini::{Client, Locator};

use crate::house::Visitor::AtADesk;
use crate::house::in_browser;
use crate::page::{all, click, left, one, search, text};

/// Opens a document, jumps by its outline, and goes back.
pub async fn opens_a_document_and_goes_back(page: &Client, address: &str) {
    search(page, address, "đối ngoại").await;
    let results = page.current_url().await.unwrap();
    let title = text(page, ".hit .title a").await;
    click(page, ".hit .title a").await;
    assert_eq!(text(page, "h1").await, title);
    assert!(
        !all(page, ".text mark").await.is_empty(),
        "the matches are marked in the whole text"
    );
    click(page, ".outline a").await;
    assert!(
        page.current_url().await.unwrap().fragment().is_some(),
        "the outline jumps"
    );
    click(page, ".back a").await;
    assert_eq!(
        text(page, ".hit .title a").await,
        title,
        "the link leads back to the hits"
    );
    page.back().await.unwrap();
    page.back().await.unwrap();
    page.back().await.unwrap();
    assert_eq!(page.current_url().await.unwrap(), results, "and so does the browser");
}

/// Looks at the scan beside the text, and alone.
pub async fn turns_to_the_scan(page: &Client, address: &str) {
    search(page, address, "đối ngoại").await;
    click(page, ".hit .title a").await;
    click(page, ".layers a:nth-child(2)").await;
    let (restored, scanned) = (
        all(page, ".row .restored").await.len(),
        all(page, ".row .scan").await.len(),
    );
    assert!(
        restored > 3 && restored == scanned,
        "every block stands beside its scan"
    );
    let marks = async |css| all(page, css).await.len();
    assert_eq!(
        marks(".row .restored mark").await > 0,
        marks(".row .scan mark").await > 0,
        "marked in both"
    );
    click(page, ".layers a:nth-child(3)").await;
    assert_eq!(all(page, ".paper.scan").await.len(), 1);
    click(page, ".layers a:nth-child(1)").await;
    assert_eq!(all(page, ".paper.restored").await.len(), 1);
}

#[test]
fn a_document_is_opened_and_left() {
    in_browser(AtADesk, opens_a_document_and_goes_back);
}

#[test]
fn the_scan_is_one_click_away() {
    in_browser(AtADesk, turns_to_the_scan);
}

#[test]
fn each_press_leads_to_the_next_match() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        search(page, address, "đối ngoại").await;
        click(page, ".hit .title a").await;
        for place in ["m1", "m2"] {
            click(page, ".first-match").await;
            assert_eq!(page.current_url().await.unwrap().fragment(), Some(place));
        }
    });
}

#[test]
fn copying_gives_the_restored_text_and_the_source() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        search(page, address, "đối ngoại").await;
        click(page, ".hit .title a").await;
        let script =
            "getSelection().selectAllChildren(document.querySelector('.text')); return getSelection().toString();";
        let copied = page.execute(script, Vec::new()).await.unwrap();
        let copied = copied
            .as_str()
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            copied.contains(&text(page, ".text mark").await),
            "what is copied is what is read"
        );
        one(page, "[data-copy]").await.click().await.unwrap();
        let done = page.wait().at_most(Duration::from_secs(5));
        done.for_element(Locator::XPath("//button[text()='Đã sao chép']"))
            .await
            .unwrap();
    });
}

#[test]
fn a_passage_is_copied_with_its_source() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        // What is copied is caught where the page hands it over: a headless browser has no clipboard to look into.
        const CATCH: &str = "navigator.clipboard.writeText = async (text) => { window.copied = text; };";
        const CAUGHT: &str = "return window.copied ?? '';";
        search(page, address, "đối ngoại").await;
        page.execute(CATCH, Vec::new()).await.unwrap();
        let words = text(page, ".passage .words").await;
        let number = text(page, ".hit .number").await;
        one(page, ".passage button.quote").await.click().await.unwrap();
        let copied = page.execute(CAUGHT, Vec::new()).await.unwrap();
        let copied = copied.as_str().unwrap();
        assert!(
            copied.starts_with(&format!("“{words}” (")) && copied.contains(&format!(" số {number}")),
            "{copied}"
        );

        click(page, ".hit .title a").await;
        page.execute(CATCH, Vec::new()).await.unwrap();
        let quote = one(page, ".tools button.quote").await;
        assert!(!quote.is_enabled().await.unwrap(), "nothing is selected yet");
        let select = "getSelection().selectAllChildren(document.querySelector('.text mark'));";
        page.execute(select, Vec::new()).await.unwrap();
        let enabled = page.wait().at_most(Duration::from_secs(5));
        enabled
            .for_element(Locator::Css(".tools button.quote:enabled"))
            .await
            .unwrap();
        quote.click().await.unwrap();
        let copied = page.execute(CAUGHT, Vec::new()).await.unwrap();
        let source = text(page, "#source").await;
        assert_eq!(
            copied.as_str().unwrap(),
            format!("“{}” ({source})", text(page, ".text mark").await)
        );
    });
}

#[test]
fn a_directive_leads_to_its_campaign() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        search(page, address, "118-HD/BTGTW").await;
        let hit = page
            .find(Locator::XPath("//li[.//b[.='118-HD/BTGTW']]//h2/a"))
            .await
            .unwrap();
        let before = page.current_url().await.unwrap();
        hit.click().await.unwrap();
        left(page, before.as_str()).await;
        assert!(
            all(page, ".drawing li .node").await.len() > 1,
            "who carried it out is drawn"
        );
        click(page, ".campaign-link a").await;
        assert_eq!(text(page, ".register .number").await, "118-HD/BTGTW");
        assert!(
            all(page, ".lanes rect").await.len() > 1,
            "each document has its day on the time line"
        );
        assert!(
            all(page, ".register-table th[scope=row]").await.len() > 1,
            "the table tells the provinces"
        );
    });
}
