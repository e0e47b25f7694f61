//! Whatever comes in, restoring and decoding keep their promises.
//!
//! Runs with a stable compiler, from the root of the repository:
//!
//! ```text
//! cargo install cargo-fuzz
//! cargo fuzz run restore --sanitizer none -- -max_total_time=900 -timeout=10 -rss_limit_mb=2048 -max_len=4096
//! ```
//!
//! What breaks a promise is kept in `fuzz/artifacts/restore`; the same command with that file instead of the options
//! shows it again.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vietnamese::legacy::{self, Encoding};
use vietnamese::normalize::normalize;
use vietnamese::restore::{Restored, Restorer};
use vietnamese::tokens::tokens;

static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);

/// What pages are made of: random bytes alone seldom spell a scan.
const PIECES: [&str; 64] = [
    " ", " ", " ", " ", "\n", "\n\n", ", ", ". ", "-", "/", "(", ")", "“", "”", "d6i", "ngoai", "Pang", "trién khai",
    "S637", "-KH/TU", "XIV", "X1V", "111-", "kh'fmg", "phu:orng", "tr1 &n", "h¢", "v&", "16i", "déan", "thitrc",
    "cong tac", "tuyen truyen", "Ban Thuong vu", "TINH UY", "KE HOACH", "Thực hiện", "kế hoạch", "thay đối", "tố chức",
    "đầu khí", "kiểm tra", "của Đảng", "ĐẢNG ỦY", "ngày 16", "2024", "UBND", "https://a.vn/b?c=d", "x@y.vn", "the end of",
    "ChÊp hµnh", "Trung \u{ad}¬ng", "Coäng hoøa", "中国", "ไทย", "مرحبا", "\u{301}", "\u{323}", "\u{200b}", "🎉", "$\\frac{a}{b}$",
    "aGVsbG8=", "ˆ ~ . — ¬", "\u{feff}",
];

fuzz_target!(|bytes: &[u8]| {
    check(&String::from_utf8_lossy(bytes));
    let page: String = bytes.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]).collect();
    check(&page);
    // A model of any bytes is refused, never a panic.
    assert!(Restorer::from_model(bytes).is_err());
});

/// The promises of the language rooms, for one text.
fn check(scan: &str) {
    assert_lawful(scan, &RESTORER.restore(scan));
    let normal = normalize(scan);
    assert_eq!(normal, normalize(&normal));
    let mut all = tokens(scan);
    while all.advance() {
        assert!(scan.get(all.token().span.range()).is_some());
    }
    let _ = legacy::detect(scan);
    for encoding in [Encoding::Tcvn3, Encoding::VniWindows] {
        let decoded = legacy::decode(scan, encoding);
        assert_eq!(scan.matches('\n').count(), decoded.text.matches('\n').count());
    }
}

/// Lines stay lines, what stands between readings stays as it is, and stretches cover the whole.
fn assert_lawful(scan: &str, restored: &Restored) {
    assert_eq!(scan.matches('\n').count(), restored.text.matches('\n').count());
    let (mut scan_at, mut text_at) = (0, 0);
    for reading in &restored.readings {
        // Syllables split out of one token share its bytes.
        if reading.scan.range().start >= scan_at {
            assert_eq!(
                scan[scan_at..reading.scan.range().start],
                restored.text[text_at..reading.text.range().start]
            );
        }
        assert!((0.0..=1.0).contains(&reading.confidence));
        assert!(!restored.text[reading.text.range()].is_empty());
        (scan_at, text_at) = (reading.scan.range().end, reading.text.range().end);
    }
    assert_eq!(scan[scan_at..], restored.text[text_at..]);
    let mut at = (0, 0);
    for judged in &restored.judgements {
        assert_eq!((judged.scan.range().start, judged.text.range().start), at);
        at = (judged.scan.range().end, judged.text.range().end);
    }
    assert_eq!(at, (scan.len(), restored.text.len()));
}
