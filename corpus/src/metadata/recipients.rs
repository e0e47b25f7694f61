//! Nơi nhận: to whom the document goes, a line each, taken apart from the signature beside them.

use vietnamese::offsets::Span;

use crate::bare::squeeze;
use crate::metadata::case;
use crate::metadata::tail::Tail;

/// How many recipients are kept.
const MOST: usize = 60;

/// The recipients and where each stands; `taken` are the places of the signature.
pub(crate) fn read(tail: &Tail<'_>, taken: &[Span]) -> Vec<(String, Span)> {
    let Some(first) = tail.recipients else {
        return Vec::new();
    };
    let lines = &tail.lines;
    let mut found: Vec<(String, Span)> = Vec::new();
    for index in first..lines.lines.len() {
        let line = &lines.lines[index];
        let mut text = lines.line(index);
        let mut start = line.start;
        if index == first {
            // The first recipient may stand on the line of the label.
            let Some(colon) = text.find(':') else { continue };
            let rest = text[colon + 1..].trim_start();
            start = line.end - rest.len();
            text = rest;
        }
        let item =
            text.starts_with(['-', '+', '~', '–', '•', '*']) && !text.starts_with("**") && !text.starts_with("--");
        let end = taken
            .iter()
            .filter(|span| span.start as usize >= start && (span.start as usize) < line.end)
            .map(|span| span.start as usize)
            .min();
        let text = lines.text[start..end.unwrap_or(line.end).max(start)].trim_end();
        let lead = text.len() - text.trim_start_matches(['-', '+', '~', '–', '•', '*', ' ']).len();
        let words = text[lead..].trim_end_matches([';', ',', '.', ' ', ':', '/', '|', '\\']);
        if !words.chars().any(char::is_alphabetic) {
            if index > first && end.is_none() && found.last().is_some_and(|(last, _)| is_archive(last)) {
                break;
            }
            continue;
        }
        let span = Span::new(start + lead, start + lead + words.len());
        // `cáo), Phan Sỹ Lượng`: beside the signature a line goes on only with small letters.
        let goes_on = end.is_none() || words.starts_with(char::is_lowercase);
        if item || found.is_empty() && index <= first + 1 && !is_capitals(words) {
            found.push((case::one_line(words), span));
        } else if let Some((last, whole)) = found
            .last_mut()
            .filter(|(last, _)| goes_on && !is_archive(last) && !is_capitals(words))
        {
            let behind = &lines.text[whole.end as usize..];
            last.push_str(if behind.starts_with(',') { ", " } else { " " });
            last.push_str(&case::one_line(words));
            whole.end = span.end;
        } else {
            break;
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// `Lưu Văn phòng …`, `Lưu: VT`: the last recipient.
fn is_archive(recipient: &str) -> bool {
    let letters = squeeze(recipient);
    letters.starts_with("luu") || letters.starts_with("iuu")
}

fn is_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    capitals > small
}
