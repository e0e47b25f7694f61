//! Signs and titles as they should be shown.

use crate::layout::marker::{Style, point_letter, to_roman};
use crate::metadata::case;
use crate::outline::numbering::{Opening, in_capitals};

/// The title of a numbered paragraph (`3. Thời gian: Hoàn thành …`) ends within so many characters.
const RUN_IN_CHARS: usize = 90;

/// Writes the sign as it should stand.
pub(super) fn sign(style: Style, number: u32, words: &str, opening: &Opening) -> String {
    let separator = opening.separator;
    match style {
        Style::Roman => format!("{}{separator}", to_roman(number)),
        Style::Article => format!("Điều {number}."),
        Style::Number(1) if !opening.exact => format!("{number}{separator}"),
        Style::Point => {
            point_letter(number).map_or_else(|| format!("{number})"), |letter| format!("{letter}{separator}"))
        }
        _ => {
            let parts = words[..opening.title].split(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '\\'));
            let sign = parts
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
                .replace('Ð', "Đ");
            if matches!(style, Style::Appendix | Style::Part | Style::Chapter | Style::Division) {
                in_small(sign.trim_end_matches(['.', ':', '-', ' ']))
            } else {
                sign
            }
        }
    }
}

/// `PHỤ LỤC II` to `Phụ lục II`: the words in small letters, the figures as they are.
fn in_small(sign: &str) -> String {
    let is_figure = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    let words: Vec<String> = sign
        .split(' ')
        .map(|word| {
            if is_figure(word) {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect();
    case::capitalized(&words.join(" "))
}

/// The title of a section, and how many bytes of the block its heading takes.
pub(super) fn title(words: &str, opening: &Opening) -> (String, usize) {
    let behind = &words[opening.title..];
    if opening.is_heading {
        return (readable(behind), words.len());
    }
    let run_in = behind
        .char_indices()
        .take(RUN_IN_CHARS)
        .find(|(_, c)| matches!(c, ':' | '.' | ';' | ',' | '\u{201c}' | '('))
        .filter(|(at, c)| *c == ':' && (behind.len() == at + 1 || behind[at + 1..].starts_with([' ', '*', '\n'])))
        .filter(|(at, _)| !leads_in(&behind[..*at], &behind[at + 1..]));
    let run_on = || {
        (opening.style == Some(Style::Article))
            .then(|| run_on_title(behind))
            .flatten()
    };
    match run_in.map(|(at, _)| at).or_else(run_on) {
        Some(at) => (
            readable(&behind[..at]),
            opening.title + at + behind[at..].chars().next().map_or(0, char::len_utf8),
        ),
        None => (String::new(), words[..opening.title].trim_end().len()),
    }
}

/// Whether words before a colon are a clause of their sentence: many, and what follows goes on in small letters.
fn leads_in(words: &str, behind: &str) -> bool {
    const TITLE_WORDS: usize = 7;
    words.split_whitespace().count() > TITLE_WORDS
        && behind
            .trim_start_matches([' ', '*', '\n'])
            .starts_with(char::is_lowercase)
}

/// Where the title of an article ends whose text runs on in the same line: `Phạm vi điều chỉnh Nghị quyết này …`.
fn run_on_title(behind: &str) -> Option<usize> {
    const OPENINGS: [&str; 13] = [
        "Nghị quyết này",
        "Quyết định này",
        "Thông tư này",
        "Nghị định này",
        "Quy định này",
        "Quy chế này",
        "Luật này",
        "Kế hoạch này",
        "Các ",
        "Việc ",
        "Trong ",
        "Giao ",
        "Chánh Văn phòng",
    ];
    let behind_words = behind.match_indices(' ').skip(1).take(16).map(|(at, _)| at + 1);
    let mut starts = behind_words.filter(|&at| OPENINGS.iter().any(|opening| behind[at..].starts_with(opening)));
    starts
        .find(|&at| !leans_on_next(behind[..at].trim_end()))
        .map(|at| behind[..at].trim_end().len())
}

/// Whether words cannot be a title by themselves: `Ban hành kèm theo`, `Giao Sở Nội vụ,`.
fn leans_on_next(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or_default();
    title.ends_with([',', ';', '.', ':'])
        || ["theo", "của", "tại", "với", "và", "cho", "các", "về", "trong"].contains(&last)
}

/// One line, without Markdown signs and closing punctuation, in the case it would have in a sentence.
pub(super) fn readable(title: &str) -> String {
    let line = case::one_line(title);
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | '-' | '–'));
    let line = line.strip_suffix('.').unwrap_or(line).trim_end();
    if in_capitals(line) {
        case::capitalized(&case::sentence(line))
    } else {
        line.to_owned()
    }
}
