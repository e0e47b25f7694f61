//! Knows the lines of a scan that were never words: stamps, signatures, specks at the edge of the page.

use crate::restore::letters;
use crate::restore::model::Model;

/// The longest line that is looked at, in bytes: a hand or a stamp leaves scraps.
const LONGEST: usize = 48;

/// Whether a line of a scan holds scraps only: signs that no text has, and no word, number or code beside them.
///
/// What could be a short line of the document (`*`, `I-`, `T,`, `S6 3`, `- VPTU.`, a rule, the end mark `./.`) is never one.
pub(super) fn is_garbage(model: &Model, line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return false;
    }
    // `~` stands for the dash of a list item.
    let line = line.trim_start_matches('~').trim_start();
    if !line.contains(char::is_alphanumeric) {
        return line.contains(|c: char| !c.is_whitespace() && !is_of_rules(c)) && line.chars().count() > 1;
    }
    if is_row_of_stars(line) {
        return true;
    }
    let mut runs = line.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    let strange = line.contains(is_strange) || (line.contains(is_rare) && line.contains(is_foreign));
    strange && runs.all(|run| is_scrap(model, run))
}

/// Whether letters or digits that stand together are too few to be a word or a number.
fn is_scrap(model: &Model, run: &str) -> bool {
    let mut bare = [0; 2];
    for (index, c) in run.chars().enumerate() {
        let Some(place) = bare.get_mut(index) else { return false };
        *place = letters::letter(c).map_or(b'?', letters::bare);
    }
    let length = run.chars().count();
    let number = run.bytes().all(|b| b.is_ascii_digit());
    length == 1 || !(number || model.bare_marked.contains(&bare[..]))
}

/// Signs that rules, end marks and empty table cells are made of.
fn is_of_rules(c: char) -> bool {
    matches!(
        c,
        '-' | '–' | '—' | '_' | '*' | '.' | '…' | '/' | '=' | '+' | '~' | '|' | '(' | ')' | '[' | ']' | '•'
    )
}

/// Signs that neither a document has nor an engine writes for letters.
fn is_strange(c: char) -> bool {
    matches!(
        c,
        '\\' | '^'
            | 'ˆ'
            | '˜'
            | '¬'
            | '¦'
            | '~'
            | '='
            | '{'
            | '}'
            | '<'
            | '>'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '⁄'
            | '¡'
            | '¿'
            | '©'
            | '®'
            | '™'
            | '±'
            | '#'
            | '_'
            | '¯'
            | '¨'
            | '´'
            | '`'
            | '¸'
    )
}

/// Letters that Vietnamese does not use.
fn is_rare(c: char) -> bool {
    matches!(c, 'f' | 'j' | 'w' | 'z' | 'F' | 'J' | 'W' | 'Z')
}

/// Letters with marks that Vietnamese does not use.
fn is_foreign(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}') && letters::letter(c).is_none()
}

/// Whether a line is what engines make of a row of asterisks: `tk *k*£#**k*`, `OK ok 2k ok`.
fn is_row_of_stars(line: &str) -> bool {
    const LIKE_STARS: &str = "*kKoOtxX28£#";
    let mut pieces = line.split_whitespace();
    line.contains(['k', 'K'])
        && line.len() > 3
        && line.chars().all(|c| c.is_whitespace() || LIKE_STARS.contains(c))
        && pieces.all(|piece| piece.len() < 3 || piece.contains('*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRAPS: [&str; 14] = [
        "ˆ ~ . — ¬",
        "“=m",
        "Äf",
        "j ŸÝ'f",
        "2\\ e vk v",
        "\\\\( &",
        ": :",
        "tk *k*£#**k*",
        "OK ok 2 2k ok 2k ok",
        "xk*t k4 ~",
        "| ' ¡ ;",
        "‹ › ,",
        "^ r",
        "{ Z ï",
    ];

    const WORDS: [&str; 34] = [
        "",
        "*",
        "* * *",
        "***",
        "-----",
        "./.",
        "_____",
        "3",
        "12",
        "2/",
        "- 2 -",
        "Noi nhan:",
        "I- MUC DICH",
        "|.",
        "Il.",
        "1.",
        "a)",
        "T,",
        "- Luu VPTU.",
        "- VPUB: CVP, PCVP/VX;",
        "S6 3",
        "S6",
        "Äp 3",
        "h¢",
        "v&",
        "c§c",
        "IV",
        "TT",
        "KD",
        "~ BCT",
        "15/11/2025 33",
        "K0+00 - K3+00",
        "x = 25",
        "Bui Thi Mai",
    ];

    #[test]
    fn scraps_are_told_from_short_lines() {
        let restorer = crate::restore::Restorer::new();
        let model = restorer.model.as_deref().expect("the model that is built in is whole");
        let judged = |lines: &[&str], garbage: bool| -> Vec<String> {
            let wrong = lines.iter().filter(|line| is_garbage(model, line) != garbage);
            wrong.map(|line| (*line).to_owned()).collect()
        };
        assert_eq!(judged(&SCRAPS, true), [""; 0], "these are scraps");
        assert_eq!(judged(&WORDS, false), [""; 0], "these are lines of a document");
    }
}
