//! How fast a page of results comes, against SQLite's FTS5 doing the same work.
//!
//! The same work: count all matches, take the ten best with a snippet each, count every facet. Each side answers each
//! query several times on one thread; medians are compared. Times are the processor time of that thread, so that what
//! else the machine does is not measured; with the files in memory, as here, that is what a page takes on one core that
//! is not shared. Growth from folder to folder shows in the table, and a process
//! of its own measures memory, start, and the tail of pages of twenty and their next pages.
//!
//! ```text
//! cargo bench --bench searching
//! VANKIEN_BENCH_SIZES=1000,10000,100000 cargo bench --bench searching
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use cpu_time::ThreadTime;
use index::{Filters, Indexer, SearchRequest, Searcher, Sort};
use rusqlite::Connection;
use vietnamese::restore::Restorer;

mod texts;

/// Set for the process that measures memory and start: the index to open.
const ALONE: &str = "VANKIEN_BENCH_ALONE";
/// So many times each query is asked.
const ROUNDS: usize = 15;

/// A kind of query: its name, what is typed, the same for FTS5, and a filter by kind.
struct Asked {
    kind: &'static str,
    typed: &'static [&'static str],
    fts: fn(&str) -> String,
    filter: Option<&'static str>,
}

fn all_words(typed: &str) -> String {
    typed
        .split(' ')
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(" AND ")
}

fn phrase(typed: &str) -> String {
    format!("\"{}\"", typed.trim_matches('"'))
}

const ASKED: [Asked; 7] = [
    Asked {
        kind: "one frequent syllable",
        typed: &["công", "người", "năm"],
        fts: all_words,
        filter: None,
    },
    Asked {
        kind: "one word",
        typed: &["đối ngoại", "thanh niên", "kinh tế", "du lịch"],
        fts: phrase,
        filter: None,
    },
    Asked {
        kind: "several words",
        typed: &[
            "nhân dân thành phố",
            "giáo dục đào tạo",
            "đảng viên gương mẫu",
            "kinh tế thị trường",
        ],
        fts: all_words,
        filter: None,
    },
    Asked {
        kind: "phrase with marks",
        typed: &[
            "\"phát triển kinh tế\"",
            "\"đường lối đối ngoại\"",
            "\"tổ chức thực hiện\"",
            "\"cây tre Việt Nam\"",
        ],
        fts: phrase,
        filter: None,
    },
    Asked {
        kind: "phrase without marks",
        typed: &[
            "\"phat trien kinh te\"",
            "\"duong loi doi ngoai\"",
            "\"to chuc thuc hien\"",
            "\"cay tre viet nam\"",
        ],
        fts: phrase,
        filter: None,
    },
    Asked {
        kind: "bare words",
        typed: &["doi ngoai", "thanh nien", "kinh te thi truong"],
        fts: all_words,
        filter: None,
    },
    Asked {
        kind: "words and a filter",
        typed: &["đối ngoại", "thanh niên", "kinh tế"],
        fts: phrase,
        filter: Some("Kế hoạch"),
    },
];

fn main() {
    if let Some(store) = std::env::var_os(ALONE) {
        return alone(Path::new(&store));
    }
    for count in texts::sizes() {
        let (folder, bytes) = texts::folder(count);
        let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("index-{count}"));
        let mut indexer = Indexer::open(&store, Restorer::new()).expect("the index opens");
        indexer.update(&[folder], &mut |_| {}).expect("the folder is indexed");
        let searcher = Searcher::open(&store).expect("the index opens");
        let sqlite = sqlite(&searcher, count);
        println!("{count} documents, {} MB", bytes / 1_000_000);
        println!("kind of query           found    ours p50     p99 ms   FTS5 p50 ms   times faster");
        let mut ratios = Vec::new();
        for asked in &ASKED {
            let mut ours = Vec::new();
            let mut theirs = Vec::new();
            let mut found = 0;
            for typed in asked.typed {
                let request = request(typed, asked.filter);
                for _ in 0..ROUNDS {
                    let begun = ThreadTime::now();
                    let page = searcher.search(&request).expect("the query is answered");
                    ours.push(begun.elapsed().as_secs_f64() * 1e3);
                    found = found.max(page.total);
                }
                let query = (asked.fts)(typed);
                for _ in 0..3 {
                    let begun = ThreadTime::now();
                    answer(&sqlite, &query, asked.filter).expect("the query is answered");
                    theirs.push(begun.elapsed().as_secs_f64() * 1e3);
                }
            }
            let (p50, p99, fts) = (
                quantile(&mut ours, 0.5),
                quantile(&mut ours, 0.99),
                quantile(&mut theirs, 0.5),
            );
            println!(
                "{:<22} {found:>7}  {p50:>9.2}  {p99:>9.2}  {fts:>11.2}  {:>12.1}",
                asked.kind,
                fts / p50
            );
            ratios.push(fts / p50);
        }
        println!("median over kinds: {:.1} times faster", quantile(&mut ratios, 0.5));
        let executable = std::env::current_exe().expect("this program has a path");
        let alone = Command::new(executable).env(ALONE, &store).status().expect("it runs");
        assert!(alone.success());
    }
}

fn request(typed: &str, kind: Option<&str>) -> SearchRequest {
    SearchRequest {
        query: typed.to_owned(),
        filters: Filters {
            kind: kind.into_iter().map(str::to_owned).collect(),
            ..Filters::default()
        },
        sort: Sort::Relevance,
        limit: 10,
        cursor: None,
        matching: None,
        literal: false,
    }
}

/// The same documents in FTS5, marks removed as it can, facets as columns of a table beside it.
fn sqlite(searcher: &Searcher, count: usize) -> Connection {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fts-{count}.sqlite"));
    let done = path.with_extension("done");
    let connection = Connection::open(&path).expect("the database opens");
    if done.exists() {
        return connection;
    }
    connection
        .execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             DROP TABLE IF EXISTS texts; DROP TABLE IF EXISTS facts; DROP TABLE IF EXISTS topics;
             CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = 'unicode61 remove_diacritics 2');
             CREATE TABLE facts(id INTEGER PRIMARY KEY, issuer, level, province, kind, year, day);
             CREATE TABLE topics(id INTEGER, topic);
             BEGIN",
        )
        .expect("the tables are made");
    let mut ids = Vec::new();
    searcher
        .each_summary(&mut |summary, _| ids.push(summary.id))
        .expect("the index is read");
    for (row, id) in ids.iter().enumerate() {
        let (document, _) = searcher
            .document(id)
            .expect("the index is read")
            .expect("it was just seen");
        let metadata = &document.metadata;
        let issuer = metadata.issuer.as_ref().map(|fact| &fact.value);
        let row = row as i64;
        connection
            .prepare_cached("INSERT INTO texts(rowid, body) VALUES (?, ?)")
            .and_then(|mut insert| insert.execute((row, &document.text)))
            .expect("the text is taken");
        connection
            .prepare_cached("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)")
            .and_then(|mut insert| {
                insert.execute((
                    row,
                    issuer.map(|issuer| &issuer.name),
                    issuer.and_then(|issuer| issuer.level).map(|level| level.name()),
                    issuer.and_then(|issuer| issuer.province.as_ref()),
                    metadata.kind.as_ref().map(|fact| &fact.value),
                    metadata.date.as_ref().map(|fact| fact.value.year()),
                    metadata.date.as_ref().map(|fact| fact.value.to_string()),
                ))
            })
            .expect("the facts are taken");
        for topic in &metadata.topics {
            connection
                .prepare_cached("INSERT INTO topics VALUES (?, ?)")
                .and_then(|mut insert| insert.execute((row, &topic.value)))
                .expect("the topic is taken");
        }
    }
    connection
        .execute_batch("COMMIT; CREATE INDEX by_topic ON topics(id); INSERT INTO texts(texts) VALUES ('optimize')")
        .expect("the tables are finished");
    std::fs::write(done, "").expect("the mark can be written");
    connection
}

/// One page by FTS5: all matches once, then the ten best with snippets, the count, and every facet.
fn answer(sqlite: &Connection, query: &str, kind: Option<&str>) -> rusqlite::Result<usize> {
    sqlite.execute_batch("DROP TABLE IF EXISTS temp.found; CREATE TEMP TABLE found(id INTEGER PRIMARY KEY, rank)")?;
    sqlite
        .prepare_cached("INSERT INTO found SELECT rowid, rank FROM texts WHERE texts MATCH ?")?
        .execute([query])?;
    let within = match kind {
        Some(_) => "WHERE kind = ?1",
        None => "WHERE ?1 IS NULL",
    };
    let mut rows = 0;
    let mut run = |sql: &str| -> rusqlite::Result<()> {
        let mut statement = sqlite.prepare_cached(sql)?;
        let mut answer = statement.query([kind])?;
        while answer.next()?.is_some() {
            rows += 1;
        }
        Ok(())
    };
    run(&format!("SELECT count(*) FROM found JOIN facts USING (id) {within}"))?;
    for facet in ["issuer", "level", "province", "year"] {
        run(&format!(
            "SELECT {facet}, count(*) FROM found JOIN facts USING (id) {within} GROUP BY 1"
        ))?;
    }
    run("SELECT kind, count(*) FROM found JOIN facts USING (id) WHERE ?1 IS ?1 GROUP BY 1")?;
    run(&format!(
        "SELECT topic, count(*) FROM found JOIN facts USING (id) JOIN topics USING (id) {within} GROUP BY 1"
    ))?;
    let mut best = sqlite.prepare_cached(&format!(
        "SELECT found.id FROM found JOIN facts USING (id) {within} ORDER BY found.rank LIMIT 10"
    ))?;
    let best: Vec<i64> = best.query_map([kind], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in best {
        sqlite
            .prepare_cached("SELECT snippet(texts, 0, '[', ']', '…', 48) FROM texts WHERE texts MATCH ? AND rowid = ?")?
            .query_row((query, id), |row| row.get::<_, String>(0))?;
    }
    Ok(rows)
}

/// In a process of its own: how long opening takes, what the tail of all pages is, and what stays in memory.
fn alone(store: &Path) {
    let begun = Instant::now();
    let searcher = Searcher::open(store).expect("the index opens");
    let opened = begun.elapsed().as_secs_f64() * 1e3;
    let begun = Instant::now();
    searcher
        .search(&request("đối ngoại", None))
        .expect("the query is answered");
    let first = begun.elapsed().as_secs_f64() * 1e3;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        for asked in &ASKED {
            for typed in asked.typed {
                let mut request = request(typed, asked.filter);
                request.limit = 20;
                let begun = ThreadTime::now();
                let page = searcher.search(&request).expect("the query is answered");
                times.push(begun.elapsed().as_secs_f64() * 1e3);
                request.cursor = page.next;
                let begun = ThreadTime::now();
                searcher.search(&request).expect("the next page comes");
                times.push(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    println!(
        "alone, pages of 20: open {opened:.0} ms, first page {first:.1} ms, p50 {:.2} ms, p99 {:.2} ms; {}\n",
        quantile(&mut times, 0.5),
        quantile(&mut times, 0.99),
        memory(),
    );
}

/// What the system says of this process's memory.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status
        .lines()
        .filter(|line| line.starts_with("VmRSS") || line.starts_with("RssAnon"));
    let words: Vec<String> = lines
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    words.join(", ")
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}
