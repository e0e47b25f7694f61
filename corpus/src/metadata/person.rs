//! Names of persons: a surname of the country, then one to four more syllables.
//!
//! Names are what restoring reads worst, since no context tells `Toại` from `Toàn`; how often a syllable stands in names
//! does, together with the letters that the scanner saw.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::bare::{bounded_distance, squeeze};

/// Surnames, in lower case; the hundred or so that nearly all bear, and those of the mountain peoples.
const SURNAMES: &str = " nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng \
mai tô hà cao châu tạ thái lương lưu triệu quách tăng la lục nông vi hứa chu đàm kiều thạch tôn thân thiều tống nghiêm mã mạc \
ma lò quàng cầm vàng giàng sùng thào hạng lầu bạch khổng ninh văn từ âu ông doãn đồng khúc lã lại giang phí nhâm cù viên vừ y ksor \
rcom siu rơ rah hoàng điểu thị bế hầu sầm cà lường tòng tráng phàn chảo chẻo lù ly mùa mùi a hồ kpă kpuih nay niê h êban bling \
sô danh sơn kim lăng trà trưng bá bành biện cấn chung chử cung diệp diêm đậu đới giáp hán hàn khuất kha kông lai liên lều long lữ \
luyện mẫn mầu nhan nhữ ong ôn phó phú phương quan quản quang sái tào tất thiệu thịnh thôi thường tiêu tiết tòng trang trì trưởng \
tưởng u uông viêm xa yên k h ";

/// Whether `word`, in lower case and with its marks, is a surname.
pub(crate) fn is_surname(word: &str) -> bool {
    !word.is_empty() && !word.contains(' ') && SURNAMES.contains(&format!(" {word} "))
}

/// Whether the words may be the name of a person: two to five, each with a capital and small letters, the first a surname.
pub(crate) fn is_name(words: &[&str]) -> bool {
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            let mut chars = word.chars();
            chars.next().is_some_and(char::is_uppercase)
                && chars
                    .clone()
                    .all(|c| c.is_lowercase() || matches!(c, '\u{300}'..='\u{36f}'))
                && !word.bytes().any(|byte| byte.is_ascii_digit())
        })
        && is_surname(&words[0].to_lowercase())
}

/// Whether bare letters may be those of a surname: for names that a scanner left without marks.
pub(crate) fn is_bare_surname(letters: &str) -> bool {
    static BARE: LazyLock<FxHashSet<String>> = LazyLock::new(|| SURNAMES.split_whitespace().map(squeeze).collect());
    BARE.contains(letters)
}

/// Where a syllable stands in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// The surname.
    First,
    /// Between surname and given name.
    Within,
    /// The given name.
    Last,
}

/// A syllable of names, and how often it stands at each place.
struct Syllable {
    written: &'static str,
    letters: String,
    counts: [f32; 3],
}

static SYLLABLES: LazyLock<Vec<Syllable>> = LazyLock::new(|| {
    include_str!("../../gazetteer/name-syllables.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let written = cells.next()?;
            let mut count = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
            let counts = [count(), count(), count()];
            Some(Syllable {
                written,
                letters: squeeze(written),
                counts,
            })
        })
        .collect()
});

/// What a scanner and the restorer made of one syllable.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The bare letters that the scanner saw.
    pub scanned: String,
    /// Readings in lower case with their probabilities, the restored one first.
    pub readings: Vec<(String, f32)>,
}

/// The likeliest syllable of a name, in lower case.
///
/// Weighs how often a syllable stands there in names, how probable restoring found it, and how far its letters are from
/// those that the scanner saw: `Toàn` read from `Toai` is Toại.
pub(crate) fn likeliest<'s>(seen: &'s Seen, position: Position) -> Option<String> {
    const MISS: f32 = 0.28;
    let scanned = seen.scanned.as_bytes();
    let most = 6 + 3 * scanned.len() as u32;
    let mut best: Option<(f32, &str)> = None;
    let place = position as usize;
    let mut weigh = |written: &'s str, letters: &str, count: f32| {
        let cost = bounded_distance(scanned, letters.as_bytes(), most);
        if cost > most {
            return;
        }
        let read = seen
            .readings
            .iter()
            .find(|(reading, _)| reading == written)
            .map_or(0.02, |(_, sure)| sure.max(0.03));
        // Surnames are few: one that the table lacks is hardly one.
        let smooth = if position == Position::First { 0.1 } else { 0.5 };
        let score = (count + smooth).ln() * 0.8 + read.ln() - cost as f32 * MISS;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, written));
        }
    };
    for syllable in SYLLABLES.iter() {
        weigh(syllable.written, &syllable.letters, syllable.counts[place]);
    }
    for (reading, _) in &seen.readings {
        weigh(reading, &squeeze(reading), 0.0);
    }
    best.map(|(_, written)| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scanned: &str, restored: &str, position: Position, want: &str) {
        let seen = Seen {
            scanned: scanned.to_owned(),
            readings: vec![(restored.to_owned(), 0.7)],
        };
        assert_eq!(likeliest(&seen, position).as_deref(), Some(want));
    }

    #[test]
    fn names_are_read_by_what_stands_in_names() {
        check("nong", "nóng", Position::First, "nông");
        check("vi", "vì", Position::First, "vi");
        check("thi", "thì", Position::Within, "thị");
        check("dao", "đạo", Position::First, "đào");
    }
}
