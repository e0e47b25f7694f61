//! Names of persons: a surname of the country, then one to four more syllables.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::bare::squeeze;

/// Surnames, in lower case; the hundred or so that nearly all bear, and those of the mountain peoples.
const SURNAMES: &str = " nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng \
mai tô hà cao châu tạ thái lương lưu triệu quách tăng la lục nông vi hứa chu đàm kiều thạch tôn thân thiều tống nghiêm mã mạc \
ma lò quàng cầm vàng giàng sùng thào hạng lầu bạch khổng ninh văn từ âu ông doãn đồng khúc lã lại giang phí nhâm cù viên vừ y ksor \
rcom siu rơ rah hoàng điểu thị bế hầu sầm cà lường tòng tráng phàn chảo chẻo lù ly mùa mùi a hồ kpă kpuih nay niê h êban bling \
sô danh sơn kim lăng trà trưng bá bành biện cấn chung chử cung diệp diêm đậu đới giáp hán hàn khuất kha kông lai liên lều long lữ \
luyện mẫn mầu nhan nhữ ong ôn phó phú phương quan quản quang sái tào tất thiệu thịnh thôi thường tiêu tiết tòng trang trì trưởng \
tưởng u uông viêm xa yên k h mạnh thừa trác cái thẩm tra lỗ lạc đàng ngọ ";

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
        // Behind a rare surname the middle names that most bear are sign enough.
        && (is_surname(&words[0].to_lowercase()) || words.len() >= 3 && matches!(words[1], "Thị" | "Văn"))
}

/// Whether bare letters may be those of a surname: for names that a scanner left without marks.
pub(crate) fn is_bare_surname(letters: &str) -> bool {
    static BARE: LazyLock<FxHashSet<String>> = LazyLock::new(|| SURNAMES.split_whitespace().map(squeeze).collect());
    BARE.contains(letters)
}
