//! The real page in a real browser, one test for each thing that a person does.
//!
//! Needs `chromium` and `chromedriver`; without them the tests fail and say what to install.

// What cannot happen here fails the test, where it stands.
#![allow(clippy::unwrap_used)]

mod house;

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use house::Visitor::{AtADesk, OnAPhone, WithoutScript};
use house::in_browser;

async fn all(page: &Client, css: &str) -> Vec<Element> {
    page.find_all(Locator::Css(css)).await.unwrap()
}

async fn one(page: &Client, css: &str) -> Element {
    page.find(Locator::Css(css))
        .await
        .unwrap_or_else(|error| panic!("the page has no {css}: {error}"))
}

async fn text(page: &Client, css: &str) -> String {
    one(page, css).await.text().await.unwrap()
}

/// Follows a link as a person does, and waits until the next page is there.
async fn click(page: &Client, css: &str) {
    let before = page.current_url().await.unwrap();
    one(page, css).await.click().await.unwrap();
    left(page, before.as_str()).await;
}

/// Waits until the browser has left the page at `before`.
async fn left(page: &Client, before: &str) {
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
async fn total(page: &Client) -> usize {
    text(page, "#tally b").await.replace('.', "").parse().unwrap()
}

/// The number beside a link.
async fn count(page: &Client, css: &str) -> usize {
    text(page, &format!("{css} .count")).await.parse().unwrap()
}

async fn search(page: &Client, address: &str, query: &str) {
    page.goto(address).await.unwrap();
    let before = page.current_url().await.unwrap();
    one(page, "#q")
        .await
        .send_keys(&format!("{query}\u{e007}"))
        .await
        .unwrap();
    left(page, before.as_str()).await;
}

/// Opens the folded provinces of the issuing bodies, one click each.
async fn unfold_bodies(page: &Client) {
    for summary in all(page, "[data-facet=issuer] details:not([open]):not(.more) > summary").await {
        summary.click().await.unwrap();
    }
}

async fn finds_marked_passages(page: &Client, address: &str) {
    search(page, address, "đối ngoại").await;
    assert!(total(page).await > 0);
    assert_eq!(all(page, ".hit").await.len(), total(page).await.min(20));
    let marked = text(page, ".hit mark").await.to_lowercase();
    assert!(marked.contains("đối") || marked.contains("ngoại"), "{marked} is marked");
}

async fn filters_by_two_issuers(page: &Client, address: &str) {
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

async fn changes_the_year(page: &Client, address: &str) {
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

async fn opens_a_document_and_goes_back(page: &Client, address: &str) {
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

async fn turns_to_the_scan(page: &Client, address: &str) {
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
fn a_document_is_opened_and_left() {
    in_browser(AtADesk, opens_a_document_and_goes_back);
}

#[test]
fn the_scan_is_one_click_away() {
    in_browser(AtADesk, turns_to_the_scan);
}

#[test]
fn all_of_it_works_without_script() {
    in_browser(WithoutScript, async |page: &Client, address: &str| {
        finds_marked_passages(page, address).await;
        filters_by_two_issuers(page, address).await;
        changes_the_year(page, address).await;
        opens_a_document_and_goes_back(page, address).await;
        turns_to_the_scan(page, address).await;
        assert!(
            !one(page, "[data-copy]").await.is_displayed().await.unwrap(),
            "the script of the page did not run"
        );
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

/// What a person who does not see the page relies on; each of these was wrong on some page of the web.
#[test]
fn every_page_can_be_read_aloud() {
    const FLAWS: &str = "
        const flaws = [];
        const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
        flaws.push(...ids.filter((id, place) => ids.indexOf(id) !== place).map(id => 'two of id ' + id));
        if (document.querySelectorAll('h1').length !== 1) flaws.push('not one h1');
        if (document.querySelectorAll('main').length !== 1) flaws.push('not one main');
        let level = 0;
        for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
            if (heading.closest('.paper')) continue;
            const deeper = Number(heading.tagName[1]);
            if (deeper > level + 1) flaws.push('no heading above ' + heading.outerHTML.slice(0, 80));
            level = deeper;
        }
        for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
            const seen = getComputedStyle(field).display !== 'none';
            if (seen && !field.labels.length) flaws.push('no name: ' + field.outerHTML);
        }
        for (const pressed of document.querySelectorAll('a[href], button, summary')) {
            const name = pressed.getAttribute('aria-label') ?? pressed.textContent;
            if (!name.trim()) flaws.push('no name: ' + pressed.outerHTML.slice(0, 80));
        }
        for (const jump of document.querySelectorAll('a[href^=\"#\"]')) {
            if (!document.getElementById(jump.hash.slice(1))) flaws.push('leads nowhere: ' + jump.hash);
        }
        return flaws.join('\\n');";
    in_browser(AtADesk, async |page: &Client, address: &str| {
        search(page, address, "đối ngoại").await;
        let results = page.current_url().await.unwrap().to_string();
        click(page, ".hit .title a").await;
        let document = page.current_url().await.unwrap().to_string();
        let mut pages = vec![
            results,
            format!("{document}&layer=both"),
            format!("{document}&layer=scan"),
            document,
        ];
        let others = [
            "/",
            "/?q=%22",
            "/?q=qwxzj",
            "/campaigns",
            "/missing",
            "/review",
            "/help",
            "/nowhere",
        ];
        pages.extend(others.map(|path| format!("{address}{path}")));
        page.goto(&format!("{address}/campaigns")).await.unwrap();
        let campaign = one(page, "td.number a").await.attr("href").await.unwrap().unwrap();
        pages.push(format!("{address}{campaign}"));
        for url in pages {
            page.goto(&url).await.unwrap();
            let flaws = page.execute(FLAWS, Vec::new()).await.unwrap();
            assert_eq!(flaws.as_str(), Some(""), "{url}");
        }
    });
}

#[test]
fn the_keyboard_is_enough() {
    in_browser(AtADesk, async |page: &Client, address: &str| {
        page.goto(&format!("{address}/help")).await.unwrap();
        let body = one(page, "body").await;
        body.send_keys("\u{e004}").await.unwrap();
        let first = page.active_element().await.unwrap();
        assert_eq!(
            first.attr("class").await.unwrap().as_deref(),
            Some("skip"),
            "the first stop jumps to the content"
        );
        search(page, address, "kế hoạch").await;
        one(page, "body").await.send_keys("/").await.unwrap();
        let focused = page.active_element().await.unwrap();
        assert_eq!(
            focused.attr("id").await.unwrap().as_deref(),
            Some("q"),
            "the slash leads to the search box"
        );
    });
}

#[test]
fn nothing_runs_over_the_edge_of_a_phone() {
    in_browser(OnAPhone, async |page: &Client, address: &str| {
        search(page, address, "đối ngoại").await;
        let results = page.current_url().await.unwrap().to_string();
        click(page, ".hit .title a").await;
        let document = page.current_url().await.unwrap().to_string();
        let pages = [
            address.to_owned(),
            results,
            format!("{document}&layer=both"),
            document,
            format!("{address}/help"),
        ];
        for url in pages {
            page.goto(&url).await.unwrap();
            let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
            let over = page.execute(script, Vec::new()).await.unwrap();
            assert_eq!(over.as_i64(), Some(0), "{url} is wider than the window");
        }
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
