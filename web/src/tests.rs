//! The addresses of the server, asked without a port over a small index.

mod documents;
mod errors;
mod search;
mod server;

use std::fs;
use std::sync::OnceLock;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use expect_test::Expect;
use index::{Indexer, Searcher};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use vietnamese::restore::Restorer;

use crate::app;

const PLAN: &str = "TỈNH ỦY LẠNG SƠN\n*\nSố 12-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nLạng Sơn, ngày 16 tháng 4 năm 2024\n\n\
    KẾ HOẠCH\nthực hiện công tác đối ngoại\n-----\n\
    Thực hiện Hướng dẫn số 143-HD/BTGTW, ngày 28/02/2024 của Ban Tuyên giáo Trung ương, Tỉnh ủy xây dựng kế hoạch như sau:\n\n\
    I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao nhận thức về đối ngoại nhân dân <script>alert(1)</script>.\n\n\
    II. TỔ CHỨC THỰC HIỆN\n1. Ban Tuyên giáo Tỉnh ủy theo dõi, báo cáo trước ngày 20/11/2024.\n\n\
    T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn Thử\n";

const OTHER: &str = "TỈNH ỦY ĐỒNG NAI\n*\nSố 37-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nĐồng Nai, ngày 29 tháng 9 năm 2025\n\n\
    KẾ HOẠCH\nvề bảo vệ môi trường\n-----\nTỉnh ủy xây dựng kế hoạch bảo vệ môi trường như sau:\n\n\
    I. MỤC ĐÍCH\nGiữ sạch nguồn nước.\n";

/// One index for all tests of this file.
fn searcher() -> Searcher {
    static INDEX: OnceLock<(TempDir, Searcher)> = OnceLock::new();
    let (_, searcher) = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (papers, store) = (folder.path().join("papers"), folder.path().join("store"));
        fs::create_dir_all(papers.join("lang-son")).unwrap();
        fs::write(papers.join("lang-son/12.txt"), PLAN).unwrap();
        fs::write(papers.join("37.txt"), OTHER).unwrap();
        let mut indexer = Indexer::open(&store, Restorer::new()).unwrap();
        indexer.update(&[papers], &mut |_| {}).unwrap();
        drop(indexer);
        let searcher = Searcher::open(&store).unwrap();
        (folder, searcher)
    });
    searcher.clone()
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(request: Request<Body>) -> Answer {
    let response = app(searcher()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let body = String::from_utf8(bytes.into()).unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

async fn get(address: &str) -> Answer {
    ask(Request::get(address).body(Body::empty()).unwrap()).await
}

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

async fn first_id() -> String {
    let page = get(&format!("/api/v1/search?q={}", encoded("\"đối ngoại\"")))
        .await
        .json();
    page["hits"][0]["id"].as_str().unwrap().to_owned()
}

fn check(actual: &str, expected: Expect) {
    expected.assert_eq(actual);
}
