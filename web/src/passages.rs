//! Which of its passages a hit is shown by.

use index::Highlight;

/// The passages that tell more than the title, which stands above them in full; all of them if none does.
pub fn beyond_title(title: Option<&str>, passages: Vec<Highlight>) -> Vec<Highlight> {
    let is_repeated = |passage: &Highlight| title.is_some_and(|title| repeats(title, &passage.text));
    if passages.iter().all(is_repeated) {
        return passages;
    }
    passages.into_iter().filter(|passage| !is_repeated(passage)).collect()
}

/// Whether a passage is the title once more, in whatever case and with or without `về`.
///
/// A sentence that names the title and says much more is no repetition.
fn repeats(title: &str, passage: &str) -> bool {
    let (title, passage) = (title.to_lowercase(), passage.to_lowercase());
    let subject = passage.strip_prefix("về ").unwrap_or(&passage);
    title.contains(subject) || (subject.contains(&title) && subject.len() < title.len() * 3 / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str) -> Highlight {
        Highlight {
            text: text.to_owned(),
            ranges: Vec::new(),
            scan: text.to_owned(),
            scan_ranges: Vec::new(),
            doubtful: Vec::new(),
            section: None,
            confidence: 1.0,
            matched: None,
        }
    }

    #[test]
    fn the_title_is_repeated_only_where_nothing_else_matches() {
        let (title, body) = (
            passage("Về công tác ĐỐI NGOẠI"),
            passage("Nâng cao nhận thức về đối ngoại."),
        );
        let shown = |passages| beyond_title(Some("công tác đối ngoại"), passages);
        assert_eq!(shown(vec![title.clone(), body.clone()]), vec![body]);
        assert_eq!(shown(vec![title.clone()]), vec![title.clone()]);
        let longer =
            passage("Thực hiện Hướng dẫn của Ban Tuyên giáo Trung ương về công tác đối ngoại, Tỉnh ủy yêu cầu:");
        assert_eq!(shown(vec![title, longer.clone()]), vec![longer]);
    }
}
