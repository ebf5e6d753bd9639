//! The echo of the terminal, which hidden prompts turn off: whoever leaves one by Ctrl-C gets it back.

use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Once, PoisonError};
use std::time::Duration;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// The terminal as it was before the prompt that is open.
static BEFORE: Mutex<Option<(File, Termios)>> = Mutex::new(None);
static WATCHED: Once = Once::new();
/// Whether one of the signals came: known before whatever it interrupts fails.
static CAME: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
/// Enough for the signal to end the program.
const END: Duration = Duration::from_secs(10);

/// Asks, and brings the terminal back to what it was if a signal ends the program meanwhile.
pub(super) fn hidden<T>(ask: impl FnOnce() -> T) -> T {
    let before = File::open("/dev/tty").ok().and_then(|terminal| {
        let mode = tcgetattr(&terminal).ok()?;
        Some((terminal, mode))
    });
    if before.is_some() {
        WATCHED.call_once(watch);
    }
    *lock() = before;
    let answer = ask();
    if CAME.load(Ordering::SeqCst) {
        std::thread::sleep(END);
    }
    *lock() = None;
    answer
}

/// From now on these signals end the program as ever, but after that.
fn watch() {
    const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
    let Ok(mut signals) = Signals::new(SIGNALS) else {
        return;
    };
    for signal in SIGNALS {
        let _ = signal_hook::flag::register(signal, Arc::clone(&CAME));
    }
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if let Some((terminal, mode)) = &*lock() {
                let _ = tcsetattr(terminal, OptionalActions::Now, mode);
            }
            let _ = emulate_default_handler(signal);
        }
    });
}

fn lock() -> std::sync::MutexGuard<'static, Option<(File, Termios)>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}
