//! What stands on a page and says nothing: rules, page numbers, the edges of stamps, trimmings of web pages.

use crate::layout::line::Line;

/// Whether the line is a picture of nothing: a rule, a stamp's edge, a page number.
pub(super) fn is_furniture(line: &Line<'_>) -> bool {
    let letters = line.capitals + line.small;
    if letters == 0 && line.digits == 0 {
        return true;
    }
    letters == 0
        && line.digits <= 3
        && line.chars <= 7
        && (line.gap || line.page)
        && !line.text.ends_with(['.', ')', '%'])
        || (letters <= 2 && line.digits == 0 && line.chars <= 12 && line.text.contains(['\\', '|', '~', '^']))
        || is_address_of_page(line)
        || is_page_trimming(line)
        || is_page_of(line)
}

/// A link alone on its line: the foot of a printed web page.
fn is_address_of_page(line: &Line<'_>) -> bool {
    let inner = line.text.trim_matches(['<', '>']);
    (inner.starts_with("http://") || inner.starts_with("https://")) && !inner.contains(' ')
}

/// What web pages put around a text: a link alone on its line, a count of readers.
fn is_page_trimming(line: &Line<'_>) -> bool {
    const TRIMMINGS: [&str; 9] = [
        "Lượt xem",
        "Số lượt xem",
        "Lượt truy cập",
        "Quay lại",
        "Về đầu trang",
        "In bài viết",
        "In trang",
        "Chia sẻ",
        "Tin liên quan",
    ];
    let is_link = line.text.starts_with('[') && line.text.contains("](") && line.chars <= 100;
    is_link || (line.chars <= 40 && TRIMMINGS.iter().any(|words| line.text.starts_with(words)))
}

/// `Trang 3/12`, `Page 3 of 12`.
fn is_page_of(line: &Line<'_>) -> bool {
    line.chars <= 18
        && line.digits > 0
        && ["Trang ", "trang ", "Page "].iter().any(|word| {
            line.text.strip_prefix(word).is_some_and(|rest| {
                rest.chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '/' | ' ' | '-' | 'o' | 'f'))
            })
        })
}
