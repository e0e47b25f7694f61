//! Who can use the page: without script, without a mouse, on a phone, without seeing it.

use fantoccini::Client;

use crate::house::Visitor::{AtADesk, OnAPhone, WithoutScript};
use crate::house::in_browser;
use crate::page::{click, one, search};
use crate::reading::{opens_a_document_and_goes_back, turns_to_the_scan};
use crate::searching::{changes_the_year, filters_by_two_issuers, finds_marked_passages};

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
        for (const box of document.querySelectorAll('main *')) {
            const scrolls = ['auto', 'scroll'].includes(getComputedStyle(box).overflowX);
            const reached = box.tabIndex >= 0 || box.querySelector('a[href], button');
            if (scrolls && !reached) flaws.push('scrolls, out of reach: ' + box.outerHTML.slice(0, 80));
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
