//! Runs the built program, on a desk of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Its data.
    pub stdout: String,
    /// Its talk.
    pub stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let run = Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        assert!(
            !run.stderr.contains("panicked at"),
            "the program panicked: {}",
            run.stderr
        );
        run
    }

    /// Its data, read as JSON Lines.
    pub fn json_lines(&self) -> Vec<Value> {
        let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(read).collect()
    }

    /// Asserts the exit code, showing what was said.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout: {}\nstderr: {}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Asserts that the talk holds all of `parts`.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stderr.contains(part), "“{part}” is not said in: {}", self.stderr);
        }
        self
    }
}

/// The built program, not yet started.
pub fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_vankien"))
}

/// Runs the program to its end.
pub fn run<I: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = I>) -> Run {
    Run::of(command().args(arguments).output().expect("the program starts"))
}

/// Runs the program to its end with `input` on its standard input.
pub fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    let _ = writer.join();
    Run::of(output)
}

/// A folder of documents and a place for their index, both gone at the end.
pub struct Desk {
    place: TempDir,
}

impl Desk {
    /// An empty folder and no index.
    pub fn new() -> Self {
        let place = tempfile::tempdir().expect("there is room for a folder");
        std::fs::create_dir(place.path().join("folder")).expect("a folder can be made");
        Self { place }
    }

    /// A desk whose folder holds the documents that most tests look at, indexed.
    pub fn indexed() -> Self {
        let desk = Self::new();
        desk.write("lam-dong/ke-hoach.txt", PLAN);
        desk.write("cao-bang/chi-thi.txt", DIRECTIVE);
        desk.write("dong-nai/cong-van.txt", LETTER);
        desk.index().ends_with(0);
        desk
    }

    /// The folder of documents.
    pub fn folder(&self) -> PathBuf {
        self.place.path().join("folder")
    }

    /// Where the index is, or will be.
    pub fn store(&self) -> PathBuf {
        self.place.path().join("store")
    }

    /// Writes a file of the folder, with the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.folder().join(path);
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
        std::fs::write(file, bytes).expect("a file can be written");
    }

    /// The program about to index the folder.
    pub fn indexing(&self) -> Command {
        let mut command = command();
        command.arg("index").arg(self.folder()).arg("--index").arg(self.store());
        command
    }

    /// Indexes the folder.
    pub fn index(&self) -> Run {
        Run::of(self.indexing().output().expect("the program starts"))
    }

    /// Asks from the terminal.
    pub fn search(&self, query: &str) -> Run {
        let store = self.store();
        let store = store.to_string_lossy();
        run(["search", "--json", "--index", &store, query])
    }

    /// The paths that a query finds, sorted.
    pub fn found(&self, query: &str) -> Vec<String> {
        let run = self.search(query);
        assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
        let path = |hit: &Value| hit["path"].as_str().expect("a hit has a path").to_owned();
        let mut paths: Vec<String> = run.json_lines().iter().map(path).collect();
        paths.sort();
        paths
    }

    /// Checks the index.
    pub fn verify(&self) -> Run {
        run([Path::new("verify"), Path::new("--index"), &self.store()])
    }

    /// Serves the index, without indexing.
    pub fn serve(&self) -> Server {
        Server::start(&self.store(), &[])
    }
}

/// A running server; ends with its owner.
pub struct Server {
    process: Child,
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    agent: ureq::Agent,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type, without parameters.
    pub media_type: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Server {
    /// Starts a server on a free port, and waits until it says where it listens.
    pub fn start(store: &Path, folders: &[&Path]) -> Self {
        let mut process = command()
            .arg("serve")
            .args(folders)
            .arg("--index")
            .arg(store)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(process.stdout.take().expect("standard output is a pipe"));
        let mut address = String::new();
        out.read_line(&mut address).expect("the server says where it listens");
        if address.is_empty() {
            let mut talk = String::new();
            if let Some(mut stderr) = process.stderr.take() {
                let _ = stderr.read_to_string(&mut talk);
            }
            panic!("the server did not start: {talk}");
        }
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Self {
            process,
            address: address.trim().to_owned(),
            agent,
        }
    }

    /// Asks for a path with its query, as it stands.
    pub fn get(&self, path: &str) -> Answer {
        let mut response = self
            .agent
            .get(format!("{}{path}", self.address))
            .call()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let media_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .to_owned();
        Answer {
            status: response.status().as_u16(),
            media_type,
            body: response.body_mut().read_to_string().expect("the answer is text"),
        }
    }

    /// Searches with parameters that are not yet encoded.
    pub fn search(&self, parameters: &[(&str, &str)]) -> Answer {
        let encoded: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        self.get(&format!("/api/v1/search?{}", encoded.join("&")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Percent-encodes everything that is not a letter or digit of ASCII.
pub fn encode(value: &str) -> String {
    let encode = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    value.bytes().map(encode).collect()
}

/// A plan of a provincial board.
pub const PLAN: &str = "\
TỈNH ỦY LÂM ĐỒNG                         ĐẢNG CỘNG SẢN VIỆT NAM
BAN TUYÊN GIÁO
*                                        Lâm Đồng, ngày 07 tháng 3 năm 2023
Số 311-KH/BTGTU

KẾ HOẠCH
tuyên truyền công tác đối ngoại nhân dân năm 2023

Thực hiện Hướng dẫn số 77-HD/BTGTW, ngày 12/01/2023 của Ban Tuyên giáo Trung ương, Ban Tuyên giáo Tỉnh ủy xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

Nâng cao nhận thức của cán bộ, đảng viên về công tác đối ngoại; giới thiệu hình ảnh cây tre Việt Nam với bạn bè quốc tế.

II. TỔ CHỨC THỰC HIỆN

Ban tuyên giáo các huyện ủy báo cáo kết quả trước ngày 15/11/2023.

Nơi nhận:                                TRƯỞNG BAN
- Thường trực Tỉnh ủy,
- Lưu Ban Tuyên giáo Tỉnh ủy.            Trần Đình Quảng
";

/// A directive of a provincial committee.
pub const DIRECTIVE: &str = "\
TỈNH ỦY CAO BẰNG                         ĐẢNG CỘNG SẢN VIỆT NAM
*                                        Cao Bằng, ngày 19 tháng 8 năm 2022
Số 29-CT/TU

CHỈ THỊ
về tăng cường bảo vệ rừng đầu nguồn và phòng cháy, chữa cháy rừng

Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy tập trung lãnh đạo thực hiện tốt những nhiệm vụ sau:

1. Tuyên truyền để nhân dân không đốt nương gần rừng, không săn bắt động vật hoang dã.

2. Kiểm tra, xử lý nghiêm hành vi phá rừng, khai thác lâm sản trái phép.

Chỉ thị này phổ biến đến chi bộ.

Nơi nhận:                                T/M BAN THƯỜNG VỤ
- Các huyện ủy,                          PHÓ BÍ THƯ
- Lưu Văn phòng Tỉnh ủy.                 Bế Văn Thao
";

/// A letter of a provincial people's committee.
pub const LETTER: &str = "\
ỦY BAN NHÂN DÂN                          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH ĐỒNG NAI                            Độc lập - Tự do - Hạnh phúc
Số: 4410/UBND-KGVX                       Đồng Nai, ngày 02 tháng 6 năm 2021
V/v hỗ trợ công nhân ở các khu nhà trọ

Kính gửi: Ủy ban nhân dân các huyện, thành phố.

Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các địa phương rà soát, hỗ trợ lương thực cho công nhân gặp khó khăn ở các khu nhà trọ.

Nơi nhận:                                KT. CHỦ TỊCH
- Như trên;                              PHÓ CHỦ TỊCH
- Lưu: VT, KGVX.                         Võ Thị Minh Thư
";
