use corpus::metadata::{DocumentNumber, Issuer};

use super::*;

fn entry(number: &str, issuer: &str, level: Level, province: Option<&str>, date: Option<Date>) -> Entry {
    Entry {
        id: "0326977b5d611b9a".to_owned(),
        path: format!("{issuer}/{number}.txt"),
        number: Some(number.to_owned()),
        kind: Some("Kế hoạch".to_owned()),
        title: Some("thông tin đối ngoại <b>".to_owned()),
        issuer: Some(Issuer {
            name: issuer.to_owned(),
            level: Some(level),
            province: province.map(str::to_owned),
            province_today: None,
            aliases: Vec::new(),
        }),
        date,
    }
}

fn sample() -> Campaign {
    let day = |year, month, day| Some(Date::constant(year, month, day));
    Campaign {
        number: DocumentNumber("118-HD/BTGTW".to_owned()),
        basis: None,
        title: Some("thông tin đối ngoại năm 2024".to_owned()),
        documents: vec![
            entry(
                "85-KH/BTGTU",
                "Ban Tuyên giáo Tỉnh ủy Quảng Trị",
                Level::Province,
                Some("Quảng Trị"),
                day(2024, 1, 22),
            ),
            entry(
                "9-KH/TU",
                "Tỉnh ủy Lạng Sơn",
                Level::Province,
                Some("Lạng Sơn"),
                day(2024, 2, 1),
            ),
            entry(
                "178-KH/HU",
                "Huyện ủy Hướng Hóa",
                Level::District,
                Some("Quảng Trị"),
                day(2024, 3, 2),
            ),
            entry("3-KH/ĐU", "Đảng ủy xã Tân Hà", Level::Commune, Some("Lâm Đồng"), None),
        ],
    }
}

fn drawn() -> (CampaignPage, String) {
    let known = ["Cà Mau", "Lâm Đồng", "Lạng Sơn", "Quảng Trị"]
        .map(str::to_owned)
        .into();
    let page = page(&sample(), &known, Language::Vietnamese);
    let html = page.render().unwrap();
    (page, html)
}

#[test]
fn the_first_to_carry_it_out_stands_at_the_top() {
    let (page, _) = drawn();
    let table: Vec<(&str, &str)> = page
        .coverage
        .iter()
        .map(|covered| (covered.province.as_str(), covered.total.as_str()))
        .collect();
    assert_eq!(table, [("Quảng Trị", "2"), ("Lạng Sơn", "1"), ("Lâm Đồng", "1")]);
    assert_eq!(page.coverage[0].counts, ["1", "1", ""]);
    assert_eq!(page.absent, ["Cà Mau"]);
}

#[test]
fn the_time_line_goes_from_the_first_day_to_the_last() {
    let (page, _) = drawn();
    let lanes: Vec<(&str, Vec<i64>)> = page
        .lanes
        .iter()
        .map(|lane| (lane.label.as_str(), lane.marks.iter().map(|mark| mark.x).collect()))
        .collect();
    assert_eq!(lanes, [("Cấp tỉnh", vec![0, 250]), ("Cấp huyện", vec![1000])]);
    assert_eq!((page.first.as_str(), page.last.as_str()), ("22/01/2024", "02/3/2024"));
}

#[test]
fn a_campaign_without_dates_or_bodies_is_still_a_page() {
    let bare = Entry {
        issuer: None,
        date: None,
        number: None,
        ..sample().documents[0].clone()
    };
    let campaign = Campaign {
        documents: vec![bare; 400],
        ..sample()
    };
    let html = page(&campaign, &BTreeSet::new(), Language::English).render().unwrap();
    assert!(html.contains("100 more") && !html.contains("class=\"lanes\""));
}

#[test]
fn titles_are_text() {
    let (_, html) = drawn();
    assert!(html.contains("đối ngoại &#60;b&#62;"));
}
