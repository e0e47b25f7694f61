//! How fast a folder becomes an index, against the engine alone with its default tokenizer.
//!
//! Both sides read the same files with the same number of threads and end with a durable commit. The engine alone
//! stores and indexes the bare text; ours also judges, lays out, reads metadata and keeps what pages need.
//!
//! The ratio is that of the wall clock; beside it stands the ratio of the processor time that each side used, which
//! holds on a busy machine too.
//!
//! ```text
//! cargo bench --bench indexing
//! VANKIEN_BENCH_SIZES=1000,10000,100000 cargo bench --bench indexing
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cpu_time::ProcessTime;
use index::Indexer;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use vietnamese::restore::Restorer;

mod texts;

fn main() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "documents  MB     ours MB/s  engine MB/s  ratio  by processor  index/text  engine's index/text  \
         ({threads} threads)"
    );
    for count in texts::sizes() {
        let (folder, bytes) = texts::folder(count);
        let megabytes = bytes as f64 / 1e6;
        let begun = ProcessTime::now();
        let (engine_seconds, engine_bytes) = engine_alone(&folder, threads);
        let engine_work = begun.elapsed().as_secs_f64();
        let begun = ProcessTime::now();
        let (seconds, index_bytes) = ours(&folder, threads);
        let work = begun.elapsed().as_secs_f64();
        println!(
            "{count:>9}  {megabytes:>5.0}  {:>9.1}  {:>11.1}  {:>5.2}  {:>12.2}  {:>10.2}  {:>10.2}",
            megabytes / seconds,
            megabytes / engine_seconds,
            engine_seconds / seconds,
            engine_work / work,
            index_bytes as f64 / bytes as f64,
            engine_bytes as f64 / bytes as f64,
        );
    }
}

fn ours(folder: &Path, threads: usize) -> (f64, u64) {
    let store = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    // The model is loaded once a process, whatever the size of the folder.
    let restorer = Restorer::new();
    restorer.restore("Số 69-KH/BTGTU");
    let begun = Instant::now();
    let mut indexer = Indexer::open(store.path(), restorer)
        .expect("the index opens")
        .with_threads(threads);
    let report = indexer
        .update(&[folder.to_owned()], &mut |_| {})
        .expect("the folder is indexed");
    let seconds = begun.elapsed().as_secs_f64();
    assert!(report.failed.is_empty(), "{:?}", report.failed.first());
    (seconds, size_bytes(store.path()))
}

fn engine_alone(folder: &Path, threads: usize) -> (f64, u64) {
    let store = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let begun = Instant::now();
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let engine = tantivy::Index::create_in_dir(store.path(), schema.build()).expect("the index is made");
    let mut writer = engine
        .writer_with_num_threads(threads, threads * (96 << 20))
        .expect("the writer opens");
    for file in files(folder) {
        let text = fs::read_to_string(&file).expect("the file is UTF-8");
        let mut document = tantivy::TantivyDocument::default();
        document.add_text(path, file.to_string_lossy());
        document.add_text(body, text);
        writer.add_document(document).expect("the document is taken");
    }
    writer.commit().expect("the commit is written");
    writer.wait_merging_threads().expect("merging ends");
    (begun.elapsed().as_secs_f64(), size_bytes(store.path()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn size_bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("the index can be read").flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}
