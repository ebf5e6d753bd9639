//! What hostile callers send, as bytes.

use crate::calls;

/// Longer than a request may be by default (three blobs and 64 KiB).
const TOO_LONG: usize = 1 << 20;
/// Shorter than that.
pub const LONG: usize = 800_000;
const HEAD: &str = "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

/// A request with this body.
pub fn request(body: &str) -> Vec<u8> {
    format!("{HEAD}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The beginning of a request with so long a body.
fn declared(bytes: usize) -> Vec<u8> {
    format!("{HEAD}content-length: {bytes}\r\n\r\n").into_bytes()
}

/// A chunked request without its end: so many chunks of so many bytes.
fn chunked(chunks: usize, bytes: usize) -> Vec<u8> {
    let chunk = format!("{bytes:x}\r\n{}\r\n", "[".repeat(bytes));
    format!(
        "{HEAD}transfer-encoding: chunked\r\n\r\n{}",
        chunk.repeat(chunks)
    )
    .into_bytes()
}

/// One of ten is longer than the server lets it become.
pub fn head(number: usize) -> (Vec<u8>, &'static [u8]) {
    let mut head = b"POST / HTTP/1.1\r\nhost: x\r\nx-hostile: ".to_vec();
    if number.is_multiple_of(10) {
        head.resize(300 * 1024, b'x');
    }
    (head, b"x")
}

pub fn body(number: usize) -> (Vec<u8>, &'static [u8]) {
    match number % 8 {
        0 => {
            let head = declared(LONG + 10_000);
            ([head, vec![b'['; LONG]].concat(), b"[")
        }
        1 => (chunked(100_000, 1), b"1\r\n[\r\n"),
        _ => (declared(LONG), b"["),
    }
}

pub fn oversize() -> Vec<Vec<u8>> {
    let whole = |bytes: usize| {
        let mut request = chunked(bytes >> 16, 1 << 16);
        request.extend_from_slice(b"0\r\n\r\n");
        request
    };
    let long = [declared(TOO_LONG), vec![b' '; TOO_LONG]].concat();
    let mut all: Vec<_> = (0..40)
        .map(|n| match n % 2 {
            0 => long.clone(),
            _ => whole(TOO_LONG),
        })
        .collect();
    all[39] = whole(20 * TOO_LONG);
    all
}

pub fn deep() -> Vec<Vec<u8>> {
    const LEVELS: usize = 100_000;
    let nested = format!("{}{}", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let batch = |method: &str, calls: usize| {
        let call = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}"}}"#);
        format!("[{}]", vec![call; calls].join(","))
    };
    [
        "[".repeat(LEVELS),
        r#"{"a":"#.repeat(LEVELS),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"fetchWallet","params":{nested}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":{nested},"method":"serverInfo"}}"#),
        batch("serverInfo", 10_000),
        batch("rpc.discover", 10),
    ]
    .map(|body| request(&body))
    .into()
}

pub fn flood() -> Vec<Vec<u8>> {
    let code = r#"{"jsonrpc":"2.0","id":1,"method":"requestCode","params":["victim@example.com"]}"#;
    vec![request(&calls::fetch(1)), request(code)]
}
