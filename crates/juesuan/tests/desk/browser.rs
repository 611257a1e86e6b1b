//! The window in Chromium, driven over WebDriver as a person drives it.
//!
//! Where there is no Chromium with its driver the tests say so and end; `scripts/test.sh` installs both.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::asked::Ask;
use crate::desk::{PATIENCE, Window};

mod access;
mod axe;
mod check;
mod columns;
mod evaluate;
mod keyboard;
mod make;
mod preview;
mod print;
mod scriptless;
mod typing;

/// Where a driver may lie.
const DRIVERS: [&str; 2] = ["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver"];
/// A browser that asks nobody but the page it is led to, with nothing left from before.
const FLAGS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
];

/// Keys as WebDriver sends them.
pub const TAB: char = '\u{e004}';
pub const ENTER: char = '\u{e007}';
pub const ESCAPE: char = '\u{e00c}';
pub const SPACE: char = ' ';
pub const DOWN: char = '\u{e015}';

/// What a browser is opened with.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// Width of what is seen, in points.
    pub width: u32,
    /// Whether scripts run.
    pub scripts: bool,
}

/// As most people have it.
pub const USUAL: Wanted = Wanted { width: 1280, scripts: true };

/// A browser with one page; ended with the test.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    page: Client,
    runtime: Runtime,
    profile: TempDir,
}

impl Browser {
    /// Opens one; `None`, with a word about it, where there is none on this machine.
    pub fn new(wanted: Wanted) -> Option<Browser> {
        let Some(path) = DRIVERS.into_iter().find(|path| Path::new(path).exists()) else {
            eprintln!("skipped: no Chromium with its driver on this machine");
            return None;
        };
        let mut driver =
            Command::new(path).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            line.strip_suffix('.')?.rsplit_once("successfully on port ")?.1.parse().ok()
        });
        let port = port.expect("the driver says its port");
        std::thread::spawn(move || lines.for_each(drop));
        let profile = TempDir::new().unwrap();
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let scripts = if wanted.scripts { 1 } else { 2 };
        let preferences = json!({
            "profile.managed_default_content_settings.javascript": scripts,
            "download.default_directory": profile.path().join("saved"),
        });
        let options = json!({ "args": flags, "prefs": preferences });
        let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let page = runtime.block_on(
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities)
                .connect(&format!("http://127.0.0.1:{port}")),
        );
        let page = page.unwrap();
        let session = runtime.block_on(page.session_id()).unwrap().unwrap();
        let browser = Browser { driver, port, session, page, runtime, profile };
        browser.widen(wanted.width);
        Some(browser)
    }

    /// Makes what is seen so wide. The narrowest window of Chromium is wider than a telephone.
    pub fn widen(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Waits until a file with this ending was saved; where it lies.
    #[track_caller]
    pub fn saved(&self, ending: &str) -> PathBuf {
        let began = Instant::now();
        loop {
            let all = std::fs::read_dir(self.profile.path().join("saved")).into_iter().flatten();
            let mut paths = all.map(|entry| entry.unwrap().path());
            if let Some(path) = paths.find(|path| path.to_str().unwrap().ends_with(ending)) {
                return path;
            }
            assert!(began.elapsed() < PATIENCE, "no {ending} was saved");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// A command of the browser's own protocol.
    fn command(&self, name: &str, parameters: &Value) -> Value {
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        let body = json!({ "cmd": name, "params": parameters }).to_string();
        let answer = Ask::new("POST", &path, body).with("content-type", "application/json").send(self.port).is(200);
        serde_json::from_slice(&answer.body).unwrap()
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T, CmdError>>) -> T {
        self.runtime.block_on(work).unwrap()
    }

    /// Gets in by the address that the program gave.
    pub fn enter(&self, window: &Window) {
        self.go(&window.address());
    }

    /// Leads the page to an address.
    pub fn go(&self, address: &str) {
        self.wait(self.page.goto(address));
    }

    /// Leads the page to an address of the same window.
    pub fn open(&self, path: &str) {
        let origin = self.wait(self.page.current_url()).origin().ascii_serialization();
        self.go(&format!("{origin}{path}"));
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.wait(self.page.refresh());
    }

    /// The path of the page that is shown.
    pub fn path(&self) -> String {
        self.wait(self.page.current_url()).path().to_owned()
    }

    /// What an expression is, with `a` as its arguments.
    pub fn js(&self, expression: &str) -> Value {
        self.js_with(expression, &[])
    }

    /// The same with arguments, `a[0]` and so on.
    pub fn js_with(&self, expression: &str, arguments: &[Value]) -> Value {
        self.wait(self.page.execute(&format!("const a = arguments; return {expression};"), arguments.to_vec()))
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub fn until(&self, expression: &str) {
        let began = Instant::now();
        // While a page is left, there is nothing that could be asked.
        let ask = || self.runtime.block_on(self.page.execute(&format!("return Boolean({expression});"), Vec::new()));
        while !ask().is_ok_and(|is| is == json!(true)) {
            if began.elapsed() > PATIENCE {
                let path = self.picture("failed");
                panic!("{expression} does not come true on {}; seen in {}", self.path(), path.display());
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Clicks the first element of a kind, as a mouse does: where it lies under something else, this fails.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.wait(async { self.page.find(Locator::Css(css)).await?.click().await });
    }

    /// Sends keys to an element; the path of a file to an input of files.
    #[track_caller]
    pub fn fill(&self, css: &str, keys: &str) {
        self.wait(async { self.page.find(Locator::Css(css)).await?.send_keys(keys).await });
    }

    /// Presses keys wherever the focus is.
    pub fn press(&self, keys: impl Into<String>) {
        let actions = keys.into().chars().fold(KeyActions::new("keys".to_owned()), |actions, value| {
            actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.wait(self.page.perform_actions(actions));
    }

    /// Text of the first element of a kind.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait(async { self.page.find(Locator::Css(css)).await?.text().await })
    }

    /// How many elements of a kind there are.
    pub fn count(&self, css: &str) -> usize {
        self.wait(self.page.find_all(Locator::Css(css))).len()
    }

    /// Drops files on the page, from their bytes.
    pub fn drop_files(&self, files: &[(&str, &[u8])]) {
        let files: Vec<Value> = files.iter().map(|(name, bytes)| json!([name, bytes])).collect();
        let drop = "(() => {
            const data = new DataTransfer();
            for (const [name, bytes] of a[0]) data.items.add(new File([new Uint8Array(bytes)], name));
            for (const kind of ['dragenter', 'dragover', 'drop'])
                document.querySelector('main').dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        })()";
        self.js_with(drop, &[json!(files)]);
    }

    /// One more page of the same browser, at an address of the same window; the pages, the first first.
    pub fn second(&self, path: &str) {
        let origin = self.wait(self.page.current_url()).origin().ascii_serialization();
        let second = self.wait(self.page.new_window(true));
        self.wait(self.page.switch_to_window(second.handle));
        self.go(&format!("{origin}{path}"));
    }

    /// Shows the page with this number, from 0.
    pub fn switch(&self, number: usize) {
        let handle = self.wait(self.page.windows()).swap_remove(number);
        self.wait(self.page.switch_to_window(handle));
    }

    /// Keeps what is seen as a picture, where `JUESUAN_PICTURES` names a folder, or among temporary files.
    pub fn picture(&self, name: &str) -> PathBuf {
        let folder = std::env::var_os("JUESUAN_PICTURES").map_or_else(std::env::temp_dir, PathBuf::from);
        let path = folder.join(format!("juesuan-desk-{name}.png"));
        std::fs::write(&path, self.wait(self.page.screenshot())).unwrap();
        path
    }

    /// Keeps a picture only where somebody wants to see them.
    pub fn seen(&self, name: &str) {
        if std::env::var_os("JUESUAN_PICTURES").is_some() {
            self.picture(name);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser ends with its session; a driver that is killed first would leave it behind.
        let path = format!("/session/{}", self.session);
        let _ = Ask::new("DELETE", &path, "").try_send(self.port);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
