//! Whatever is scanned, restoring keeps its lines: `cargo +nightly fuzz run restore`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vietnamese::restore::Restorer;

static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::new);

fuzz_target!(|bytes: &[u8]| {
    let scan = String::from_utf8_lossy(bytes);
    let restored = RESTORER.restore(&scan);
    assert_eq!(scan.matches('\n').count(), restored.text.matches('\n').count());
    for reading in &restored.readings {
        assert!(scan.is_char_boundary(reading.scan.range().start));
        assert!(restored.text.get(reading.text.range()).is_some());
    }
    // A model of any bytes is refused, never a panic.
    let _ = Restorer::from_model(bytes);
});
