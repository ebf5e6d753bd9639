//! Under a service manager: it is told when the server serves, that it lives, and when it stops (sd_notify(3)).

use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use super::house::House;

fn told(socket: &UnixDatagram) -> String {
    let mut message = [0; 256];
    let length = socket.recv(&mut message).expect("a message");
    String::from_utf8_lossy(&message[..length])
        .trim()
        .to_owned()
}

#[test]
fn the_manager_hears_of_the_start_of_the_life_and_of_the_end() {
    let house = House::new();
    let path = house.path("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let path = path.display().to_string();
    let environment = [
        ("NOTIFY_SOCKET", path.as_str()),
        ("WATCHDOG_USEC", "300000"),
    ];
    let mut server = house.start_with(&environment);
    assert_eq!(told(&socket), "READY=1");
    for _ in 0..3 {
        assert_eq!(told(&socket), "WATCHDOG=1");
    }
    server.signal("TERM");
    let (status, said) = server.ended();
    assert_eq!(status.code(), Some(0), "{said}");
    let last = std::iter::repeat_with(|| told(&socket)).find(|message| message != "WATCHDOG=1");
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
}

#[test]
fn a_manager_may_have_a_socket_without_a_path_and_no_watchdog() {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::SocketAddr;
    let house = House::new();
    let name = format!("larimar-test-{}", std::process::id());
    let socket = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let place = format!("@{name}");
    let environment = [("NOTIFY_SOCKET", place.as_str()), ("WATCHDOG_USEC", "0")];
    let mut server = house.start_with(&environment);
    assert_eq!(told(&socket), "READY=1");
    server.signal("TERM");
    let (status, said) = server.ended();
    assert_eq!(status.code(), Some(0), "{said}");
    assert_eq!(told(&socket), "STOPPING=1");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_manager_that_is_gone_is_no_reason_to_stop() {
    let house = House::new();
    let path = house.path("nobody").display().to_string();
    let server = house.start_with(&[("NOTIFY_SOCKET", path.as_str())]);
    assert_eq!(server.get("/live").0, 200);
}
