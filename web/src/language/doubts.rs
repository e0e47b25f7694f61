//! What was doubtful in a document, as one would say it to a reader of the page.

use corpus::problem::ProblemKind;

use super::Language;

/// The sentence of a doubt in `language`.
///
/// A report is for who keeps the folder, and in English; a reader sees these.
pub fn doubt(kind: ProblemKind, language: Language) -> String {
    match language {
        Language::Vietnamese => vietnamese(kind),
        Language::English => kind.to_string(),
    }
}

fn vietnamese(kind: ProblemKind) -> String {
    match kind {
        ProblemKind::ImpossibleDate => {
            "Ngày ghi ở phần đầu văn bản không có trong lịch hoặc năm không hợp lý; ngày ban hành để trống.".to_owned()
        }
        ProblemKind::SeveralDates { days } => format!(
            "Phần đầu văn bản ghi {days} ngày khác nhau; ngày ban hành lấy theo ngày đầu tiên đứng cùng địa danh."
        ),
        ProblemKind::NoBody => {
            "Có phần đầu văn bản nhưng không có nội dung; bản quét có thể bị thiếu trang.".to_owned()
        }
        ProblemKind::NoLetterhead => {
            "Thiếu phần đầu văn bản: số, ký hiệu, cơ quan ban hành và ngày ban hành được lấy từ chỗ khác hoặc để trống."
                .to_owned()
        }
        ProblemKind::AnotherDocument => {
            "Từ chỗ này là một văn bản khác: nên tách thành hai tệp, vì cả hai đang mang thông tin của văn bản đầu."
                .to_owned()
        }
        ProblemKind::LostCharacters { .. } => "Có byte không đọc được thành chữ, đã thay bằng dấu \u{FFFD}.".to_owned(),
    }
}
