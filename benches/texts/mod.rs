//! Folders of generated documents to measure on: a Party letterhead over text of the corpora, or of the sample.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

/// Documents are cut at this size, so that there are enough of them.
const DOCUMENT_BYTES: usize = 6_000;
/// The largest folder asked for; smaller ones take every n-th of its documents.
const LARGEST: usize = 100_000;

/// The folder sizes to measure: those named by `VANKIEN_BENCH_SIZES` (`1000,10000,100000`), or the two smaller ones.
pub fn sizes() -> Vec<usize> {
    let named = std::env::var("VANKIEN_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    named.split(',').filter_map(|size| size.trim().parse().ok()).collect()
}

/// A folder of `count` documents and the number of their bytes; made once, then kept.
pub fn folder(count: usize) -> (PathBuf, u64) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("texts-{count}"));
    let done = folder.join(".bytes");
    if let Some(bytes) = fs::read_to_string(&done).ok().and_then(|text| text.parse().ok()) {
        return (folder, bytes);
    }
    let mut bytes = 0;
    let bodies = if data().is_dir() { corpora(count) } else { sample(count) };
    for (number, body) in bodies.into_iter().enumerate() {
        let text = format!("{}{body}\n", letterhead(number));
        let path = folder.join(format!("{:03}/{number:06}.txt", number / 1000));
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(path, &text).expect("the document can be written");
        bytes += text.len() as u64;
    }
    fs::write(done, bytes.to_string()).expect("the mark can be written");
    (folder, bytes)
}

/// Clean text in compressed files; a document begins with `#DOC`, a paragraph is a line.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora")
}

fn corpora(count: usize) -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(data())
        .expect("the folder can be read")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "gz"))
        .collect();
    files.sort();
    let every = LARGEST / count.min(LARGEST);
    let mut bodies = Vec::with_capacity(count);
    let mut body = String::new();
    let mut seen = 0;
    let mut keep = |body: &mut String, bodies: &mut Vec<String>| {
        if body.len() > 300 {
            if seen % every == 0 && bodies.len() < count {
                bodies.push(std::mem::take(body));
            }
            seen += 1;
        }
        body.clear();
    };
    for file in files {
        let reader = BufReader::new(GzDecoder::new(File::open(file).expect("the file can be opened")));
        for line in reader.lines() {
            let line = line.expect("the file is UTF-8");
            if line.starts_with("#DOC\t") || body.len() + line.len() > DOCUMENT_BYTES {
                keep(&mut body, &mut bodies);
            }
            if !line.starts_with("#DOC\t") && line.len() < DOCUMENT_BYTES {
                body.push_str(&line);
                body.push_str("\n\n");
            }
        }
    }
    assert!(!bodies.is_empty(), "the corpora hold no document");
    let found = bodies.len();
    (found..count).for_each(|at| bodies.push(bodies[at % found].clone()));
    bodies
}

fn sample(count: usize) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample");
    let mut paragraphs = Vec::new();
    collect(&folder, &mut paragraphs);
    paragraphs.sort();
    let mut state = 1u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut body = || {
        let mut body = String::new();
        while body.len() < DOCUMENT_BYTES {
            body.push_str(&paragraphs[next() % paragraphs.len()]);
            body.push_str("\n\n");
        }
        body
    };
    (0..count).map(|_| body()).collect()
}

fn collect(folder: &Path, paragraphs: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the sample is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paragraphs);
        } else if let Ok(text) = fs::read_to_string(&path) {
            paragraphs.extend(text.lines().filter(|line| line.len() > 80).map(str::to_owned));
        }
    }
}

/// A letterhead, so that every facet has values.
fn letterhead(number: usize) -> String {
    const PROVINCES: [&str; 12] = [
        "Lâm Đồng",
        "Đồng Nai",
        "Khánh Hòa",
        "Quảng Trị",
        "Lạng Sơn",
        "Cao Bằng",
        "Nghệ An",
        "Tây Ninh",
        "Cà Mau",
        "Lào Cai",
        "Hà Tĩnh",
        "Vĩnh Long",
    ];
    const BODIES: [(&str, &str); 4] = [
        ("BAN TUYÊN GIÁO", "BTGTU"),
        ("BAN DÂN VẬN", "BDVTU"),
        ("BAN TỔ CHỨC", "BTCTU"),
        ("", "TU"),
    ];
    const KINDS: [(&str, &str); 5] = [
        ("KẾ HOẠCH", "KH"),
        ("HƯỚNG DẪN", "HD"),
        ("CHỈ THỊ", "CT"),
        ("BÁO CÁO", "BC"),
        ("NGHỊ QUYẾT", "NQ"),
    ];
    let province = PROVINCES[number % PROVINCES.len()];
    let (body, symbol) = BODIES[number / 5 % BODIES.len()];
    let (kind, code) = KINDS[number / 3 % KINDS.len()];
    let (day, month, year) = (1 + number % 28, 1 + number / 7 % 12, 2012 + number / 11 % 14);
    format!(
        "TỈNH ỦY {}\tĐẢNG CỘNG SẢN VIỆT NAM\n{body}\n*\t{province}, ngày {day:02} tháng {month:02} năm {year}\n\
         Số {}-{code}/{symbol}\n\n{kind}\nvề công tác năm {year} của tỉnh {province}\n\n",
        province.to_uppercase(),
        1 + number % 400,
    )
}
