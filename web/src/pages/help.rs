//! How to search: the query language by example.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Html;

use super::{Frame, PageError, Place, draw};
use crate::language::Language;
use crate::parameters::{SearchParameters, address};

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    examples: Vec<Example>,
}

struct Example {
    query: &'static str,
    href: String,
    meaning: &'static str,
}

/// What may be typed, what it means in Vietnamese, and in English.
const EXAMPLES: [(&str, &str, &str); 9] = [
    (
        "đối ngoại",
        "Văn kiện có đủ các từ; chỗ hai từ đứng liền nhau xếp trước.",
        "Documents with all the words; those where they stand together come first.",
    ),
    (
        "doi ngoai",
        "Gõ không dấu cũng được: tìm mọi cách đọc có dấu.",
        "Typing without marks is fine: it finds every marked reading.",
    ),
    (
        "\"cây tre Việt Nam\"",
        "Trong ngoặc kép: đúng cụm từ, liền nhau, theo thứ tự.",
        "In quotes: the very phrase, in this order.",
    ),
    (
        "d6i ngoai",
        "Chữ chép từ bản quét: máy đọc lại rồi mới tìm.",
        "Words pasted from a scan are read first, then looked for.",
    ),
    (
        "scan:\"d6i ngoai\"",
        "Tìm đúng những ký tự nằm trong bản quét.",
        "Looks for these very characters in the scan.",
    ),
    (
        "mục:\"tổ chức thực hiện\" kinh phí",
        "Chỉ trong phần có vai trò hoặc tiêu đề ấy.",
        "Only in sections of this role or title.",
    ),
    (
        "69 kh btgtu",
        "Số hiệu viết kiểu nào cũng được: ra văn bản ấy và những văn bản viện dẫn nó.",
        "A document number in any spelling: that document, and those that cite it.",
    ),
    ("chuyển đổi số OR khoa học", "Một trong hai vế.", "Either side."),
    (
        "đối ngoại -\"quốc phòng\"",
        "Có từ trước, không có từ sau dấu trừ.",
        "With the first, without what stands behind the minus.",
    ),
];

/// `GET /help`
pub async fn help(RawQuery(raw): RawQuery) -> Result<Html<String>, PageError> {
    let language = SearchParameters::kindly(raw.as_deref().unwrap_or_default()).language();
    let frame = Frame::new(
        language,
        language.words().nav_help.to_owned(),
        Place::Help,
        "/help",
        &[],
    );
    let examples = EXAMPLES.map(|(query, vietnamese, english)| Example {
        query,
        href: {
            let mut pairs = vec![("q", query)];
            pairs.extend(language.parameter().map(|code| ("lang", code)));
            address("/", &pairs)
        },
        meaning: match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        },
    });
    draw(&HelpPage {
        frame,
        examples: examples.into(),
    })
    .map_err(|error| PageError::of(error, raw.as_deref()))
}
