//! What a browser test needs: the program serving the sample corpus, a driver, and browsers.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// The part of the sample corpus that the tests visit: enough bodies, levels and years, read in a few seconds.
const FOLDERS: [&str; 4] = ["lang-son", "nghe-an", "quang-tri", "trung-uong"];

/// How long the program may take to read the sample corpus and open its port.
const START_TIME: Duration = Duration::from_secs(180);

/// The program and the driver, running; both end when the last test lets go of them.
pub struct House {
    /// Where the page is: `http://127.0.0.1:4711`.
    pub address: String,
    driver: String,
    _processes: [Process; 2],
    _store: tempfile::TempDir,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Who visits the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// With a large window and script.
    AtADesk,
    /// The same, with script forbidden.
    WithoutScript,
    /// With a window 360 pixels wide.
    OnAPhone,
}

/// The one house of all tests that run at the same time.
fn house() -> Arc<House> {
    static OPEN: Mutex<Weak<House>> = Mutex::new(Weak::new());
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    open.upgrade().unwrap_or_else(|| {
        let house = Arc::new(House::open());
        *open = Arc::downgrade(&house);
        house
    })
}

impl House {
    fn open() -> Self {
        let store = tempfile::tempdir().expect("a temporary folder can be made");
        let (driver_process, driver) = start_driver();
        let (program, address) = start_program(store.path());
        Self {
            address,
            driver,
            _processes: [program, driver_process],
            _store: store,
        }
    }
}

/// Runs a test in a browser of its own, and closes the browser whatever happens.
pub fn in_browser<F>(visitor: Visitor, test: F)
where
    F: AsyncFnOnce(&Client, &str),
{
    let house = house();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let client = runtime.block_on(open_browser(&house.driver, visitor));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&client, &house.address))));
    let closed = runtime.block_on(client.close());
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
    closed.expect("the browser closes");
}

async fn open_browser(driver: &str, visitor: Visitor) -> Client {
    let mut options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            // Smooth scrolling would move links away from under the pointer.
            "--force-prefers-reduced-motion", "--window-size=1280,1000",
        ],
    });
    match visitor {
        Visitor::AtADesk => {}
        Visitor::WithoutScript => {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        Visitor::OnAPhone => {
            options["mobileEmulation"] = json!({ "deviceMetrics": { "width": 360, "height": 740, "pixelRatio": 2.0 } });
        }
    }
    let capabilities = json!({ "goog:chromeOptions": options });
    let capabilities = capabilities.as_object().expect("capabilities are an object").clone();
    let opened = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(driver)
        .await;
    opened.unwrap_or_else(|error| {
        panic!("Chromium does not start ({error}); on Debian and Ubuntu: apt-get install chromium chromium-driver")
    })
}

fn start_driver() -> (Process, String) {
    let mut command = Command::new("chromedriver");
    let started = command
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = started.unwrap_or_else(|error| {
        panic!("chromedriver does not start ({error}); on Debian and Ubuntu: apt-get install chromium chromium-driver")
    });
    let lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(port.trim_end_matches('.').to_owned())
    });
    let process = Process(child);
    let port = port.expect("chromedriver says on which port it listens");
    (process, format!("http://127.0.0.1:{port}"))
}

fn start_program(store: &Path) -> (Process, String) {
    let address = free_address();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/sample");
    let mut command = Command::new(env!("CARGO_BIN_EXE_vankien"));
    command.arg("serve").args(FOLDERS.map(|folder| sample.join(folder)));
    command
        .arg("--index")
        .arg(store)
        .arg("--listen")
        .arg(address.to_string());
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut program = Process(child);
    let begun = Instant::now();
    let health = format!("http://{address}/healthz");
    while ureq::get(&health).call().is_err() {
        if let Some(status) = program.0.try_wait().expect("the program can be asked how it is") {
            panic!("`vankien serve` ended with {status} before its port was open");
        }
        assert!(
            begun.elapsed() < START_TIME,
            "`vankien serve` took longer than {START_TIME:?} to open its port"
        );
        sleep(Duration::from_millis(50));
    }
    (program, format!("http://{address}"))
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("a listener has an address")
}
