//! What was doubtful in a document, as one would say it to a reader of the page.

use corpus::problem::Problem;

use super::Language;

/// The doubts that a document is read with: a part of the sentence that the report tells, and the same in Vietnamese.
///
/// A report is for who keeps the folder, and in English; a reader sees these.
const DOUBTS: [(&str, &str); 6] = [
    (
        "not in the calendar",
        "Ngày ghi ở phần đầu văn bản không có trong lịch hoặc năm không hợp lý; ngày ban hành để trống.",
    ),
    (
        "different days",
        "Phần đầu văn bản ghi nhiều ngày khác nhau; ngày ban hành lấy theo ngày đầu tiên đứng cùng địa danh.",
    ),
    (
        "no text below it",
        "Có phần đầu văn bản nhưng không có nội dung; bản quét có thể bị thiếu trang.",
    ),
    (
        "no letterhead",
        "Thiếu phần đầu văn bản: số, ký hiệu, cơ quan ban hành và ngày ban hành được lấy từ chỗ khác hoặc để trống.",
    ),
    (
        "another document begins here",
        "Từ chỗ này là một văn bản khác: nên tách thành hai tệp, vì cả hai đang mang thông tin của văn bản đầu.",
    ),
    (
        "no character",
        "Có byte không đọc được thành chữ, đã thay bằng dấu \u{FFFD}.",
    ),
];

/// The sentence of a doubt, and whether it is in `language`; a doubt without words of ours is told as the report tells it.
pub fn doubt(problem: &Problem, language: Language) -> (&str, bool) {
    let known = DOUBTS.iter().find(|(part, _)| problem.message.contains(part));
    match (language, known) {
        (Language::Vietnamese, Some((_, sentence))) => (sentence, true),
        (Language::Vietnamese, None) => (&problem.message, false),
        (Language::English, _) => (&problem.message, true),
    }
}
