//! The name in a signature: where it stands, and what scanner and restorer made of its words.

use std::ops::Range;

use vietnamese::offsets::Span;
use vietnamese::restore::{Condition, Reading};

use crate::bare::squeeze;
use crate::document::Paper;
use crate::metadata::lines::Lines;
use crate::metadata::naming::{self, Token};
use crate::metadata::person;

const RANKS: &str = " daituong thuongtuong trungtuong thieutuong daita thuongta trungta thieuta ";

/// The name that begins at `at`, behind military ranks and degrees.
pub(super) fn name_at(paper: &Paper<'_>, lines: &Lines<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let mut start = at;
    while start + 1 < end && RANKS.contains(&format!(" {} ", lines.squeezed(start..start + 2))) {
        start += 2;
    }
    while start < end && matches!(lines.bare(start), "ts" | "ths" | "pgs" | "gs") {
        start += 1;
    }
    let stop = (start..end.min(start + 6))
        .find(|&index| {
            index > start
                && (lines.gap_before(index).contains([',', ';', ':', '/', '(', '\n'])
                    || !is_name_word(paper, lines, index))
        })
        .unwrap_or(end.min(start + 6));
    let stop = stop.min(start + 5);
    let words: Vec<&str> = (start..stop).map(|index| lines.written(index)).collect();
    let scanned = || {
        (2..=4).contains(&words.len())
            && (start..stop).all(|index| is_name_word(paper, lines, index))
            && (person::is_bare_surname(lines.bare(start))
                || reading_at(paper, lines, start)
                    .is_some_and(|reading| person::is_bare_surname(&squeeze(&paper.scan[reading.scan.range()]))))
    };
    (person::is_name(&words) || scanned()).then_some(start..stop)
}

/// Whether a word may stand in a name: with a capital on the paper, whatever it was read as (`thư` for `Chu`).
pub(super) fn is_name_word(paper: &Paper<'_>, lines: &Lines<'_>, index: usize) -> bool {
    let Some(word) = lines.word(index) else { return false };
    let bare = lines.bare(index);
    let capital = || {
        reading_at(paper, lines, index)
            .and_then(|reading| paper.scan[reading.scan.range()].chars().next())
            .is_some_and(char::is_uppercase)
    };
    // An engine reads `Võ` as `VO`; abbreviations of two letters have no vowel.
    let short = bare.len() == 1 || bare.len() == 2 && bare.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    (word.capital || capital())
        && (!word.caps || short)
        && bare.len() <= 7
        && bare.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A name that an editor typed or a scanner read at `span`.
pub(crate) fn named(paper: &Paper<'_>, span: Span) -> (String, f32) {
    let lines = Lines::of(paper.text, span.range());
    let (name, _, sure) = spoken(paper, &lines, 0..lines.len(), 1.0);
    (name, sure)
}

/// Which of the names `known` a scanner read at `span`, and how likely it is that one; none where another is likelier.
pub(crate) fn name_among(paper: &Paper<'_>, span: Span, known: &[&str]) -> Option<(usize, f32)> {
    let lines = Lines::of(paper.text, span.range());
    let tokens: Vec<Token> = (0..lines.len()).map(|index| token(paper, &lines, index)).collect();
    let scanned = tokens.iter().any(|token| token.condition != Condition::Clean);
    scanned
        .then(|| naming::read_among(paper.restorer, &tokens, known))
        .flatten()
}

/// The name that the words say, as likely as it was found there and read so.
pub(super) fn spoken(
    paper: &Paper<'_>,
    lines: &Lines<'_>,
    words: Range<usize>,
    confidence: f32,
) -> (String, Span, f32) {
    let tokens: Vec<Token> = words.clone().map(|index| token(paper, lines, index)).collect();
    let name = naming::read(paper.restorer, &tokens);
    let written = |(index, word): (usize, &str)| match signed_letter(paper, lines, index) {
        Some(_) => format!("{word}’"),
        None => word.to_owned(),
    };
    let text: Vec<String> = words.clone().zip(name.text.split(' ')).map(written).collect();
    (text.join(" "), lines.span(words), confidence * name.confidence)
}

/// The letter of a word that is one letter and a sign on the paper, as names begin in the highlands: `K’ Brốp`, `H’ Lan`.
fn signed_letter(paper: &Paper<'_>, lines: &Lines<'_>, index: usize) -> Option<char> {
    const SIGNS: [char; 3] = ['’', '\'', '‘'];
    if lines.bare(index).len() == 1 && lines.gap_after(index).starts_with(SIGNS) {
        return lines.written(index).chars().next();
    }
    // Restoring may take the sign for the rest of a syllable: `Kỹ`, `Kế`.
    let mut scanned = paper.scan[reading_at(paper, lines, index)?.scan.range()].chars();
    let letter = scanned.next().filter(|letter| letter.is_uppercase());
    let sign = scanned.next().filter(|sign| SIGNS.contains(sign));
    sign.and(letter).filter(|_| scanned.next().is_none())
}

/// What scanner and restorer made of a word.
fn token(paper: &Paper<'_>, lines: &Lines<'_>, index: usize) -> Token {
    let written = lines.written(index);
    if let Some(letter) = signed_letter(paper, lines, index) {
        return Token::certain(letter.encode_utf8(&mut [0; 4]));
    }
    let Some(reading) = reading_at(paper, lines, index) else {
        return Token {
            condition: condition_at(paper, lines.span(index..index + 1)),
            ..Token::certain(written)
        };
    };
    let mut readings = vec![(written.to_lowercase(), reading.confidence)];
    let others = reading.alternatives.iter();
    readings.extend(others.map(|other| (other.text.clone(), other.confidence)));
    let judged = paper
        .judgements
        .partition_point(|judged| judged.scan.end <= reading.scan.start);
    Token {
        scanned: paper.scan[reading.scan.range()].split_whitespace().collect(),
        condition: paper
            .judgements
            .get(judged)
            .map_or(Condition::Clean, |judged| judged.condition),
        readings,
    }
}

/// What became of the paper at a place of the text.
fn condition_at(paper: &Paper<'_>, span: Span) -> Condition {
    let judged = paper.judgements.iter().find(|judged| judged.text.overlaps(span));
    judged.map_or(Condition::Clean, |judged| judged.condition)
}

/// The reading of a word; none for a word that was not restored.
fn reading_at<'p>(paper: &Paper<'p>, lines: &Lines<'_>, index: usize) -> Option<&'p Reading> {
    let span = lines.span(index..index + 1);
    let first = paper.readings.partition_point(|reading| reading.text.end <= span.start);
    paper.readings.get(first).filter(|reading| reading.text.overlaps(span))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use vietnamese::restore::Restorer;

    static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);

    /// The signatory of a scan by an English engine.
    fn signatory(scanned: &str) -> Option<String> {
        let scan = format!(
            "TINH UY LAM DONG\nDANG CONG SAN VIET NAM\nLam Déng, ngay 09 thdng 02 ndm 2024\n\nS6 45-KH/TU\n\nKE HOACH\n\
             trién khai cong tac thong tin d6i ngoai nam 2024\n\nBan Thudng vu Tinh ty ban hanh ké hoach thuc hién céng \
             tac théng tin d6i ngoai véi nhttng ndi dung sau day.\n\nNoi nhan: T/M BAN THUONG VU\n- Trung uong Dang, PHO Bi \
             THU\n- Ban Tuyén gido Tinh ty, {scanned}\n- Luu Van phong Tinh ty.\n"
        );
        let document = crate::read(scan.as_bytes(), &RESTORER).unwrap();
        document.metadata.signatory.map(|name| name.value)
    }

    #[test]
    fn a_letter_and_a_sign_stay_as_they_are() {
        let name = signatory("K’ Van Nam").unwrap();
        assert!(name.starts_with("K’ "), "{name}");
        assert_eq!(signatory("Pham Van Hing").as_deref(), Some("Phạm Văn Hùng"));
    }
}
