//! A client that sends exactly what a test says, and keeps exactly what comes back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request; headers are sent as they stand.
pub struct Ask {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    /// For a page.
    pub fn get(path: &str) -> Ask {
        Ask { method: "GET", path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// With another method and a body.
    pub fn new(method: &'static str, path: &str, body: impl Into<Vec<u8>>) -> Ask {
        Ask { method, path: path.to_owned(), headers: Vec::new(), body: body.into() }
    }

    /// One more header.
    pub fn with(mut self, name: &str, value: &str) -> Ask {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Ask {
        self.headers.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
        self
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
    }

    /// Sends it to a port of this computer. `Host` and the length of the body are added where the test says nothing of them.
    pub fn send(self, port: u16) -> Answer {
        self.try_send(port).unwrap()
    }

    /// The same where the program may have been ended.
    pub fn try_send(self, port: u16) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut head = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.path);
        if !self.has("host") {
            head += &format!("Host: 127.0.0.1:{port}\r\n");
        }
        if self.method != "GET" && !self.has("content-length") {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        for (name, value) in self.headers.iter().filter(|(_, value)| !value.is_empty()) {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        // Whoever is refused may be so before everything is sent.
        let sent = stream.write_all(&self.body);
        let mut bytes = Vec::new();
        let received = received(&mut stream, &mut bytes);
        if bytes.is_empty() {
            sent?;
            received?;
        }
        // A program that was ended may have begun to answer.
        Answer::parse(&bytes).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// Reads up to the end of the answer: some servers leave the line open.
fn received(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> std::io::Result<()> {
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = stream.read(&mut piece)?;
        bytes.extend(&piece[..length]);
        let is_whole = Answer::parse(bytes).is_some_and(|answer| {
            let said = answer.header("content-length").parse::<usize>();
            said.is_ok_and(|said| answer.body.len() >= said)
        });
        if length == 0 || is_whole {
            return Ok(());
        }
    }
}

/// What comes back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status, 200 and so on.
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// `None` without a whole head.
    fn parse(bytes: &[u8]) -> Option<Answer> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let pair =
            |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        let headers: Vec<(String, String)> = lines.filter_map(pair).collect();
        assert!(!headers.iter().any(|(name, _)| name == "transfer-encoding"), "bodies come in one piece");
        Some(Answer { status, headers, body: bytes[end + 4..].to_vec() })
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Fails unless this is the status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, self.text());
        self
    }

    /// Fails unless the answer leads to another page, which is given.
    #[track_caller]
    pub fn leads(self) -> String {
        assert!(matches!(self.status, 303 | 307), "{} {}", self.status, self.text());
        self.header("location").to_owned()
    }

    /// Fails unless the body holds the text.
    #[track_caller]
    pub fn tells(self, text: &str) -> Answer {
        assert!(self.text().contains(text), "not told: {text}\n{}", self.text());
        self
    }
}

/// A form as a browser sends it.
pub fn form(fields: &[(&str, &str)]) -> String {
    let coded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
    pairs.join("&")
}

/// What stands between the parts of a form with files.
pub const BOUNDARY: &str = "----juesuan-test-boundary";

/// A form with fields, then files, as a browser sends it; names of files are sent as they stand.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    for (name, bytes) in files {
        let head = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}
