//! How fast the language rooms are, in megabytes of input a second of processor time on one thread.
//!
//! `cargo bench -p vietnamese --bench language [TEXT]`: reads a text of one's own, or else a paragraph again and again.

use std::hint::black_box;
use std::time::Instant;

use unicode_normalization::UnicodeNormalization;
use vietnamese::fold::fold;
use vietnamese::normalize::normalize;
use vietnamese::segment::{Segmenter, segment};
use vietnamese::syllable::is_syllable;
use vietnamese::tokens::tokens;

const PARAGRAPH: &str = "Các cấp ủy, tổ chức đảng tiếp tục quán triệt, triển khai có hiệu quả công tác đối ngoại nhân dân trong \
tình hình mới; gắn nhiệm vụ đối ngoại với phát triển kinh tế - xã hội, giữ vững quốc phòng, an ninh trên địa bàn tỉnh. \
Định kỳ 6 tháng, trước ngày 15/6 và 15/12, báo cáo kết quả về Ban Tuyên giáo Tỉnh ủy (qua Phòng Khoa giáo) để tổng hợp.\n";

/// The length of the text that is measured, in bytes.
const LENGTH: usize = 8_000_000;

fn main() {
    let typed = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let text = match typed.and_then(|path| std::fs::read_to_string(path).ok()) {
        Some(text) => text,
        None => PARAGRAPH.repeat(LENGTH / PARAGRAPH.len()),
    };
    let normal = normalize(&text).into_owned();
    let decomposed: String = normal.nfd().collect();
    let lines: String = normal.chars().take(LENGTH / 8).collect();

    let started = processor_seconds();
    black_box(Segmenter::embedded());
    println!(
        "{:28} {:8.1} ms",
        "building the dictionary",
        (processor_seconds() - started) * 1e3
    );

    measure("tokens, normal text", &normal, |text| {
        let mut all = tokens(text);
        let mut count = 0;
        while all.advance() {
            count += all.token().bare.len();
        }
        count
    });
    measure("tokens, kept one by one", &normal, |text| {
        tokens(text).map(|token| token.bare.len()).sum()
    });
    measure("tokens, decomposed text", &decomposed, |text| {
        tokens(text).map(|token| token.bare.len()).sum()
    });
    measure("normalize, normal text", &normal, |text| normalize(text).len());
    measure("normalize, decomposed text", &decomposed, |text| normalize(text).len());
    measure("fold", &normal, |text| fold(text).len());
    measure("is_syllable, each word", &normal, |text| {
        text.split(' ').filter(|word| is_syllable(word)).count()
    });
    measure("segment", &lines, |text| segment(text).len());
}

/// Prints the best of three runs: the machine may be busy with other things.
fn measure(name: &str, text: &str, work: impl Fn(&str) -> usize) {
    let best = (0..3)
        .map(|_| {
            let started = processor_seconds();
            black_box(work(black_box(text)));
            processor_seconds() - started
        })
        .fold(f64::INFINITY, f64::min);
    println!("{name:28} {:8.1} MB/s", text.len() as f64 / 1e6 / best);
}

/// The processor time of this thread, in seconds, where the kernel tells it; else the time on the wall.
fn processor_seconds() -> f64 {
    static STARTED: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || STARTED.get_or_init(Instant::now).elapsed().as_secs_f64(),
        |ns| ns / 1e9,
    )
}
