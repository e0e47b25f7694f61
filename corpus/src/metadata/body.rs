//! Bodies named in a stretch of words: `tinh uy quang tri ban tuyen giao` is Tỉnh ủy Quảng Trị, then Ban Tuyên giáo.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::bare::{FirstLook, alike, bounded_distance, squeeze};
use crate::gazetteer::PlaceKind;
use crate::metadata::Level;

/// What a phrase that names a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A Party committee named with its place: Tỉnh ủy, Huyện ủy.
    Committee(Level),
    /// Thành ủy: of a city under the center or under a province.
    CityCommittee,
    /// Đảng ủy: of a commune, or of an agency named behind it.
    PartyCommittee,
    /// Đảng bộ tỉnh …: the organisation above, or the committee itself.
    PartyOrganisation,
    /// Ban Chấp hành, Ban Thường vụ, Ban Thường trực: speaks for the body beside it.
    Voice,
    /// A unit of a committee: Ban Tuyên giáo.
    Unit,
    /// A council or committee of the State with a place: Ủy ban nhân dân.
    Council,
    /// A body of the center, named in full.
    Central,
    /// An agency whose name goes on behind the word: Sở …, Cục ….
    Agency,
    /// An organisation of the Front with a place: Hội Nông dân.
    Mass,
    /// The Youth Union of a level: Huyện đoàn.
    Youth(Level),
    /// Trung ương behind a unit.
    Center,
    /// The word for a kind of place.
    PlaceWord(PlaceKind),
    /// Words that go on with the name of an agency: các cơ quan Đảng, khối doanh nghiệp.
    Rest,
}

/// A phrase that names a body.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// How it is written within a sentence.
    pub name: &'static str,
    /// What it is.
    pub role: Role,
    words: Vec<String>,
}

use Role::{
    Agency, Center, Central, CityCommittee, Committee, Council, Mass, PartyCommittee, PartyOrganisation, PlaceWord,
    Unit, Voice, Youth,
};

const PHRASES: &[(&str, Role)] = &[
    ("Tỉnh ủy", Committee(Level::Province)),
    ("Thành ủy", CityCommittee),
    ("Huyện ủy", Committee(Level::District)),
    ("Quận ủy", Committee(Level::District)),
    ("Thị ủy", Committee(Level::District)),
    ("Đảng ủy", PartyCommittee),
    ("Đảng bộ", PartyOrganisation),
    ("Đảng bộ tỉnh", Role::Rest),
    ("Chi bộ", PartyCommittee),
    ("Ban Chấp hành", Voice),
    ("BCH", Voice),
    ("Ban Thường vụ", Voice),
    ("Thường trực", Voice),
    ("Ban Thường trực", Voice),
    ("Ban Tuyên giáo và Dân vận", Unit),
    ("Ban Tuyên giáo", Unit),
    ("Ban Dân vận", Unit),
    ("Ban Tổ chức", Unit),
    ("Ban Nội chính", Unit),
    ("Ban Xây dựng Đảng", Unit),
    ("Ban Kinh tế", Unit),
    ("Ban Đối ngoại", Unit),
    ("Ban Chính sách, chiến lược", Unit),
    ("Ban Bảo vệ, chăm sóc sức khỏe cán bộ", Unit),
    ("Ủy ban Kiểm tra", Unit),
    ("UBKT", Unit),
    ("Văn phòng", Unit),
    ("Ban cán sự đảng", Unit),
    ("Đảng đoàn", Unit),
    ("Trường Chính trị", Unit),
    ("Trung tâm Chính trị", Unit),
    ("Trung tâm Bồi dưỡng Chính trị", Unit),
    ("Trung ương Đảng", Center),
    ("Trung ương", Center),
    ("Ban Chấp hành Trung ương", Central),
    ("Bộ Chính trị", Central),
    ("Ban Bí thư", Central),
    ("Văn phòng Trung ương Đảng", Central),
    ("Ủy ban Kiểm tra Trung ương", Central),
    ("Quân ủy Trung ương", Central),
    ("Hội đồng Lý luận Trung ương", Central),
    ("Đảng ủy Công an Trung ương", Central),
    ("Đảng bộ Quân đội", Central),
    ("Đảng ủy Ngoài nước", Central),
    ("Đảng ủy Chính phủ", Central),
    ("Đảng ủy Quốc hội", Central),
    ("Đảng ủy các cơ quan Đảng Trung ương", Central),
    ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương", Central),
    ("Đảng ủy Khối các cơ quan Trung ương", Central),
    ("Đảng ủy Khối Doanh nghiệp Trung ương", Central),
    ("Học viện Chính trị quốc gia Hồ Chí Minh", Central),
    ("Quốc hội", Central),
    ("Ủy ban Thường vụ Quốc hội", Central),
    ("Chủ tịch nước", Central),
    ("Văn phòng Chủ tịch nước", Central),
    ("Văn phòng Quốc hội", Central),
    ("Chính phủ", Central),
    ("Thủ tướng Chính phủ", Central),
    ("Văn phòng Chính phủ", Central),
    ("Bộ Quốc phòng", Central),
    ("Bộ Công an", Central),
    ("Bộ Ngoại giao", Central),
    ("Bộ Nội vụ", Central),
    ("Bộ Tư pháp", Central),
    ("Bộ Tài chính", Central),
    ("Bộ Công Thương", Central),
    ("Bộ Y tế", Central),
    ("Bộ Giáo dục và Đào tạo", Central),
    ("Bộ Khoa học và Công nghệ", Central),
    ("Bộ Văn hóa, Thể thao và Du lịch", Central),
    ("Bộ Xây dựng", Central),
    ("Bộ Nông nghiệp và Môi trường", Central),
    ("Bộ Dân tộc và Tôn giáo", Central),
    ("Bộ Kế hoạch và Đầu tư", Central),
    ("Bộ Giao thông vận tải", Central),
    ("Bộ Nông nghiệp và Phát triển nông thôn", Central),
    ("Bộ Tài nguyên và Môi trường", Central),
    ("Bộ Thông tin và Truyền thông", Central),
    ("Bộ Lao động - Thương binh và Xã hội", Central),
    ("Ủy ban Dân tộc", Central),
    ("Thanh tra Chính phủ", Central),
    ("Ngân hàng Nhà nước Việt Nam", Central),
    ("Ngân hàng Nhà nước", Central),
    ("Kiểm toán nhà nước", Central),
    ("Tòa án nhân dân tối cao", Central),
    ("Viện kiểm sát nhân dân tối cao", Central),
    ("Bảo hiểm xã hội Việt Nam", Central),
    ("Thông tấn xã Việt Nam", Central),
    ("Ban Chỉ đạo", Agency),
    ("Ủy ban nhân dân", Council),
    ("UBND", Council),
    ("Hội đồng nhân dân", Council),
    ("HĐND", Council),
    ("Thường trực Hội đồng nhân dân", Council),
    ("Đoàn đại biểu Quốc hội", Council),
    ("Công an", Council),
    ("Bộ Chỉ huy Quân sự", Council),
    ("Ban Chỉ huy Quân sự", Council),
    ("Bộ Chỉ huy Bộ đội Biên phòng", Council),
    ("Bộ đội Biên phòng", Council),
    ("Quân sự", Council),
    ("Tòa án nhân dân", Council),
    ("Viện kiểm sát nhân dân", Council),
    ("Bảo hiểm xã hội", Council),
    ("Thanh tra", Council),
    ("Thuế", Council),
    ("Sở", Agency),
    ("Sở Y tế", Agency),
    ("Phòng", Agency),
    ("Chi cục", Agency),
    ("Cục", Agency),
    ("Tổng cục", Agency),
    ("Vụ", Agency),
    ("Trung tâm", Agency),
    ("Ban Quản lý", Agency),
    ("Viện", Agency),
    ("Học viện", Agency),
    ("Trường", Agency),
    ("Hội đồng", Agency),
    ("Liên hiệp", Agency),
    ("Báo", Agency),
    ("Công đoàn", Agency),
    ("Tiểu ban", Agency),
    ("Tổ công tác", Agency),
    ("Tổ giúp việc", Agency),
    ("Đoàn kiểm tra", Agency),
    ("Đoàn giám sát", Agency),
    ("Hội Liên hiệp Phụ nữ", Mass),
    ("Hội LHPN", Mass),
    ("Hội LHPN Việt Nam", Mass),
    ("Hội Liên hiệp Phụ nữ Việt Nam", Mass),
    ("Hội Nông dân", Mass),
    ("Hội Nông dân Việt Nam", Mass),
    ("Hội Cựu chiến binh", Mass),
    ("Hội Cựu chiến binh Việt Nam", Mass),
    ("Liên đoàn Lao động", Mass),
    ("Hội Chữ thập đỏ", Mass),
    ("Hội Nhà báo", Mass),
    ("Hội Văn học nghệ thuật", Mass),
    ("Hội Khuyến học", Mass),
    ("Hội Người cao tuổi", Mass),
    ("Hội Luật gia", Mass),
    ("Hội Luật gia Việt Nam", Mass),
    ("Hội Cựu thanh niên xung phong", Mass),
    ("Liên hiệp các Hội Khoa học và Kỹ thuật", Mass),
    ("Liên hiệp các tổ chức hữu nghị", Mass),
    ("Liên minh Hợp tác xã", Mass),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam", Mass),
    ("Ủy ban MTTQ Việt Nam", Mass),
    ("UBMTTQ Việt Nam", Mass),
    ("Mặt trận Tổ quốc Việt Nam", Mass),
    ("Trung ương Hội Liên hiệp Phụ nữ Việt Nam", Central),
    ("Trung ương Hội Nông dân Việt Nam", Central),
    ("Trung ương Hội Cựu chiến binh Việt Nam", Central),
    ("Trung ương Hội Chữ thập đỏ Việt Nam", Central),
    ("Tổng Liên đoàn Lao động Việt Nam", Central),
    ("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", Central),
    ("Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh", Central),
    ("Tỉnh đoàn", Youth(Level::Province)),
    ("Thành đoàn", Youth(Level::Province)),
    ("Huyện đoàn", Youth(Level::District)),
    ("Quận đoàn", Youth(Level::District)),
    ("Thị đoàn", Youth(Level::District)),
    ("Xã đoàn", Youth(Level::Commune)),
    ("Đoàn Thanh niên Cộng sản Hồ Chí Minh", Mass),
    ("Đoàn TNCS Hồ Chí Minh", Mass),
    ("Đoàn TNCSHCM", Mass),
    ("Trung ương Đoàn", Central),
    ("tỉnh", PlaceWord(PlaceKind::Province)),
    ("thành phố", PlaceWord(PlaceKind::City)),
    ("TP", PlaceWord(PlaceKind::City)),
    ("quận", PlaceWord(PlaceKind::UrbanDistrict)),
    ("huyện", PlaceWord(PlaceKind::RuralDistrict)),
    ("thị xã", PlaceWord(PlaceKind::Town)),
    ("phường", PlaceWord(PlaceKind::Ward)),
    ("xã", PlaceWord(PlaceKind::Commune)),
    ("thị trấn", PlaceWord(PlaceKind::Township)),
    ("đặc khu", PlaceWord(PlaceKind::SpecialZone)),
];

/// Short words that scans join to their neighbors, as bare letters.
const GLUED: &[(&str, &str, Role)] = &[
    ("soy te", "Sở Y tế", Agency),
    ("som te", "Sở Y tế", Agency),
    ("soyte", "Sở Y tế", Agency),
    ("so yte", "Sở Y tế", Agency),
    ("boy te", "Bộ Y tế", Central),
    ("boyte", "Bộ Y tế", Central),
    ("bo yte", "Bộ Y tế", Central),
];

/// Abbreviations, with the phrase they stand for.
const SPELLED: &[(&str, &str)] = &[
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("BCH", "Ban Chấp hành"),
    ("UBKT", "Ủy ban Kiểm tra"),
    ("Ủy ban MTTQ Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("UBMTTQ Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("Hội Liên hiệp Phụ nữ Việt Nam", "Hội Liên hiệp Phụ nữ"),
    ("Hội LHPN", "Hội Liên hiệp Phụ nữ"),
    ("Hội LHPN Việt Nam", "Hội Liên hiệp Phụ nữ"),
    ("Hội Luật gia Việt Nam", "Hội Luật gia"),
    ("Hội Nông dân Việt Nam", "Hội Nông dân"),
    ("Hội Cựu chiến binh Việt Nam", "Hội Cựu chiến binh"),
    ("Đoàn TNCS Hồ Chí Minh", "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
    ("Đoàn TNCSHCM", "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
    ("Trung tâm Bồi dưỡng Chính trị", "Trung tâm Chính trị"),
    ("Ngân hàng Nhà nước", "Ngân hàng Nhà nước Việt Nam"),
    ("Trung ương Đoàn", "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
];

impl Phrase {
    /// Whether it names an organisation of the whole country: Hội Nông dân Việt Nam.
    pub fn is_national(&self) -> bool {
        self.role == Role::Mass && self.words.ends_with(&["viet".to_owned(), "nam".to_owned()])
    }
}

static TABLE: LazyLock<FxHashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut map: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for &(name, role) in PHRASES.iter().filter(|(_, role)| *role != Role::Rest) {
        let words: Vec<String> = name.split(' ').map(squeeze).filter(|word| !word.is_empty()).collect();
        let name = SPELLED
            .iter()
            .find(|(short, _)| *short == name)
            .map_or(name, |&(_, full)| full);
        map.entry(words[0].clone())
            .or_default()
            .push(Phrase { name, role, words });
    }
    // Capitals set close together are read as one word: `SOY TE`, `SOYTE`.
    for &(glued, name, role) in GLUED {
        let words: Vec<String> = glued.split(' ').map(str::to_owned).collect();
        map.entry(words[0].clone())
            .or_default()
            .push(Phrase { name, role, words });
    }
    for list in map.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    map
});

/// The first word of phrases, and these.
type Head = (&'static str, &'static [Phrase]);

/// First words of phrases of several, with the phrases that begin so, and a look at them.
static HEADS: LazyLock<(Vec<Head>, FirstLook)> = LazyLock::new(|| {
    let several = TABLE.iter().filter(|(_, phrases)| phrases[0].words.len() > 1);
    let heads: Vec<Head> = several.map(|(head, list)| (head.as_str(), list.as_slice())).collect();
    let look = FirstLook::at(heads.iter().map(|(head, _)| *head));
    (heads, look)
});

/// The longest phrase that the words spell out, and how many words it takes.
pub(crate) fn spelled_at<S: AsRef<str>>(words: &[S]) -> Option<(&'static Phrase, usize)> {
    let list = TABLE.get(words.first()?.as_ref())?;
    let phrase = list
        .iter()
        .find(|phrase| starts(words, &phrase.words, |got, want| got == want))?;
    Some((phrase, phrase.words.len()))
}

/// The longest phrase that the words begin with, and how many words it takes.
///
/// Scanned letters are read too, if no phrase fits exactly.
pub(crate) fn phrase_at<S: AsRef<str>>(words: &[S]) -> Option<(&'static Phrase, usize)> {
    let first = words.first()?.as_ref();
    let (exact, longer) = match spelled_at(words) {
        Some((phrase, count)) => (Some(phrase), count),
        None => (None, 1),
    };
    // A longer name with a misread word is likelier than the shorter one it begins with: Ban Chấp hành Trung ương.
    if exact.is_some()
        && !TABLE[first]
            .iter()
            .any(|phrase| phrase.words.len() > longer && starts(words, &phrase.words, misread))
    {
        return exact.map(|phrase| (phrase, longer));
    }
    // Short names resemble too much: HẢI PHÒNG is no HỘI ĐỒNG.
    let cost = |phrase: &Phrase| {
        let got: String = words[..phrase.words.len()].iter().map(AsRef::as_ref).collect();
        let want = phrase.words.concat();
        let most = want.len() as u32 * 3 / 2;
        let cost = bounded_distance(got.as_bytes(), want.as_bytes(), most);
        (cost <= most && want.len() >= 7).then_some(cost)
    };
    let (heads, look) = &*HEADS;
    let near = look
        .may_be(first)
        .map(|at| heads[at])
        .filter(|(head, list)| list[0].words.len() > longer && alike(first, head))
        .flat_map(|(_, list)| list)
        .filter(|phrase| phrase.words.len() > longer && starts(words, &phrase.words, misread))
        // HÀ TĨNH, then BAN TỔ CHỨC: no Tỉnh đoàn that goes on with other words.
        .filter(|phrase| {
            !(1..phrase.words.len()).any(|inner| begins_longer(&words[inner..], phrase.words.len() - inner))
        })
        .filter_map(|phrase| cost(phrase).map(|cost| (phrase, cost)))
        .min_by_key(|(phrase, cost)| (std::cmp::Reverse(phrase.words.len()), *cost, phrase.name))
        .map(|(phrase, _)| phrase);
    near.or(exact).map(|phrase| (phrase, phrase.words.len()))
}

/// Whether `words` begin exactly with a phrase of several words that is longer than `length`.
fn begins_longer<S: AsRef<str>>(words: &[S], length: usize) -> bool {
    let list = words.first().and_then(|first| TABLE.get(first.as_ref()));
    list.is_some_and(|list| {
        list.iter()
            .any(|phrase| phrase.words.len() > length.max(1) && starts(words, &phrase.words, |got, want| got == want))
    })
}

/// Whether `got` may be `want` misread: a word that is spelled as a kind of place is that word.
fn misread(got: &str, want: &str) -> bool {
    got == want || place_word(got).is_none() && alike(got, want)
}

/// The kind of place that the words begin with, and how many words name it.
pub(crate) fn place_words<S: AsRef<str>>(words: &[S]) -> Option<(PlaceKind, usize)> {
    let list = TABLE.get(words.first()?.as_ref())?;
    list.iter().find_map(|phrase| match phrase.role {
        Role::PlaceWord(kind) if starts(words, &phrase.words, |got, want| got == want) => {
            Some((kind, phrase.words.len()))
        }
        _ => None,
    })
}

/// The kind of place that bare letters name.
pub(crate) fn place_word(letters: &str) -> Option<PlaceKind> {
    TABLE.get(letters)?.iter().find_map(|phrase| match phrase.role {
        Role::PlaceWord(kind) if phrase.words.len() == 1 => Some(kind),
        _ => None,
    })
}

fn starts<S: AsRef<str>>(words: &[S], want: &[String], same: impl Fn(&str, &str) -> bool) -> bool {
    words.len() >= want.len() && words.iter().zip(want).all(|(got, want)| same(got.as_ref(), want))
}
