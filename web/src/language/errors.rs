//! What went wrong, as one would say it to a visitor.

use index::SearchError;

use super::Language;
use crate::error::ApiError;

/// The sentence of `error` for the person who reads the page: what is wrong, and what to do.
pub fn kindly(error: &ApiError, language: Language) -> String {
    match language {
        Language::Vietnamese => in_vietnamese(error),
        Language::English => in_english(error),
    }
}

fn in_vietnamese(error: &ApiError) -> String {
    match error {
        ApiError::Search(SearchError::Query { position, code, .. }) => query_in_vietnamese(code, *position),
        ApiError::Search(SearchError::Cursor) => {
            "Địa chỉ trang kết quả này đã hỏng hoặc thuộc về lần tìm khác. Xin mở lại từ trang đầu.".to_owned()
        }
        ApiError::Search(SearchError::Limit { limit }) => {
            format!("Mỗi trang có từ 1 đến 100 văn kiện, không phải {limit}.")
        }
        ApiError::Limit { value } => format!("Mỗi trang có từ 1 đến 100 văn kiện, không phải “{value}”."),
        ApiError::Search(SearchError::Filter { filter, value, .. }) => {
            format!(
                "Bộ lọc “{}” không nhận giá trị “{value}”. Xin chọn trong danh sách.",
                filter_in_vietnamese(filter)
            )
        }
        ApiError::Search(SearchError::Engine { .. }) => {
            "Chưa đọc được kho chỉ mục. Lỗi đã được ghi lại; xin thử lại sau ít phút.".to_owned()
        }
        ApiError::EmptyQuery => "Ô tìm còn trống. Xin gõ vài từ cần tìm.".to_owned(),
        ApiError::UnknownParameter { name } => format!("Địa chỉ có tham số lạ: “{name}”."),
        ApiError::RepeatedParameter { name } => format!("Tham số “{name}” chỉ được ghi một lần."),
        ApiError::MissingParameter { name } => format!("Địa chỉ còn thiếu tham số “{name}”."),
        ApiError::Date { value, .. } => {
            format!("“{value}” không phải là một ngày có trong lịch. Xin viết theo dạng 2024-04-16.")
        }
        ApiError::DatesReversed { from, to } => format!(
            "Ngày bắt đầu ({}) muộn hơn ngày kết thúc ({}). Xin đổi chỗ hai ngày.",
            Language::Vietnamese.date(*from),
            Language::Vietnamese.date(*to)
        ),
        ApiError::Choice { name, value, allowed } => {
            format!("Tham số “{name}” không nhận giá trị “{value}”, chỉ nhận: {allowed}.")
        }
        ApiError::Number { value } => {
            format!("“{value}” không giống số hiệu văn bản. Xin viết như 69-KH/BTGTU hoặc 69 kh btgtu.")
        }
        ApiError::NoDocument { .. } => {
            "Không có văn kiện này. Có thể tệp đã được chuyển đi hoặc sửa đổi từ khi liên kết được lập.".to_owned()
        }
        ApiError::NoCampaign { number } => {
            format!("Trong kho chưa có văn kiện nào thực hiện văn bản {number}.")
        }
        ApiError::NoAddress { path } => format!("Không có trang nào ở địa chỉ {path}."),
        ApiError::Method | ApiError::Body { .. } => "Trang này chỉ để xem.".to_owned(),
        ApiError::Busy => "Đang có quá nhiều người tìm cùng lúc. Xin thử lại sau giây lát.".to_owned(),
        ApiError::Slow { seconds } => {
            format!("Tìm quá {seconds} giây vẫn chưa xong. Xin thu hẹp câu tìm rồi thử lại.")
        }
        ApiError::Crashed => "Máy chủ gặp lỗi. Lỗi đã được ghi lại; xin thử lại sau.".to_owned(),
    }
}

/// The codes of the query grammar that a visitor is likely to meet; others are told with their place alone.
fn query_in_vietnamese(code: &str, position: usize) -> String {
    let place = position + 1;
    match code {
        "query-open-quote" => {
            format!("Dấu ngoặc kép mở ở ký tự thứ {place} chưa được đóng. Xin thêm dấu ngoặc ở cuối cụm từ.")
        }
        "query-open-parenthesis" => format!("Dấu ngoặc đơn mở ở ký tự thứ {place} chưa được đóng."),
        "query-unmatched-parenthesis" => format!("Dấu đóng ngoặc đơn ở ký tự thứ {place} không có dấu mở."),
        "query-too-long" => "Câu tìm quá dài. Xin rút gọn, giữ lại những từ chính.".to_owned(),
        "query-too-many-words" => "Câu tìm có quá nhiều từ. Xin giữ lại những từ chính.".to_owned(),
        "query-too-deep" => "Câu tìm lồng quá nhiều dấu ngoặc đơn. Xin bớt ngoặc.".to_owned(),
        "query-no-words" => "Câu tìm chỉ có dấu câu. Xin gõ vài từ cần tìm.".to_owned(),
        "query-empty-phrase" => format!("Trong dấu ngoặc kép ở ký tự thứ {place} chưa có từ nào."),
        "query-empty-group" => format!("Trong dấu ngoặc đơn ở ký tự thứ {place} chưa có từ nào."),
        "query-empty-field" => format!("Sau dấu hai chấm ở ký tự thứ {place} còn thiếu từ cần tìm."),
        "query-missing-word" => format!("Ở ký tự thứ {place} còn thiếu một từ: OR và dấu trừ cần có từ đi kèm."),
        _ => format!("Câu tìm chưa đúng ở ký tự thứ {place}. Xin xem cách viết ở trang “Cách tìm”."),
    }
}

fn filter_in_vietnamese(filter: &str) -> &str {
    match filter {
        "issuer" => "cơ quan ban hành",
        "level" => "cấp",
        "province" => "tỉnh, thành phố",
        "kind" => "loại văn bản",
        "topic" => "chủ đề",
        "year" => "năm",
        "section" => "có mục",
        other => other,
    }
}

/// The errors are written in English; the page only gives them the shape of a sentence.
fn in_english(error: &ApiError) -> String {
    let said = match error {
        ApiError::Search(SearchError::Query { position, reason, .. }) => {
            format!("at character {}: {reason}", position + 1)
        }
        other => other.to_string(),
    };
    let mut sentence = super::capitalized(&said);
    sentence.push('.');
    sentence
}
