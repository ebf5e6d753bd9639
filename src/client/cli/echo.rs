//! The echo of the terminal. It is gone from before anything takes time until the program ends, so that a secret is not shown that is typed
//! before the prompt or between two; and it is back however the program ends. A shell that stopped the program may
//! have made it visible again: it is gone once more when the program goes on.

use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Once, PoisonError};
use std::time::Duration;

use rustix::process::getpgrp;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// The terminal as it was before its echo was taken away.
static BEFORE: Mutex<Option<(File, Termios)>> = Mutex::new(None);
static WATCHED: Once = Once::new();
/// Whether one of the signals came: known before whatever it interrupts fails.
static CAME: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
/// Whether the command ends by itself when Ctrl-C is typed.
static INTERRUPT_IS_TAKEN: AtomicBool = AtomicBool::new(false);
/// How often the terminal is set back, so that a prompt that just begins does not have the last word.
const SETTLES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);
/// Enough for the signal to end the program.
const END: Duration = Duration::from_secs(10);

/// The terminal has its echo back when this is dropped.
pub(super) struct Back;

impl Drop for Back {
    fn drop(&mut self) {
        on();
    }
}

/// What is typed from now on is not shown, but is there for the next prompt. Nothing changes without a terminal.
pub(super) fn off() {
    let mut before = lock();
    if before.is_some() {
        return;
    }
    let Ok(terminal) = File::open("/dev/tty") else {
        return;
    };
    let Ok(mode) = tcgetattr(&terminal) else {
        return;
    };
    WATCHED.call_once(watch);
    hide(&terminal, &mode);
    *before = Some((terminal, mode));
}

fn hide(terminal: &File, mode: &Termios) {
    let mut hiding = mode.clone();
    hiding.local_modes -= LocalModes::ECHO | LocalModes::ECHONL;
    set(terminal, &hiding);
}

/// In the background, whoever changes the terminal is stopped.
fn set(terminal: &File, mode: &Termios) {
    if is_ours(terminal) {
        let _ = tcsetattr(terminal, OptionalActions::Now, mode);
    }
}

/// What is typed from now on is shown.
pub(super) fn on() {
    let Some((terminal, mode)) = lock().take() else {
        return;
    };
    // a pager that began meanwhile has its own
    let is_hiding = |now: Termios| {
        let modes = now.local_modes;
        modes.contains(LocalModes::ICANON) && !modes.contains(LocalModes::ECHO)
    };
    if tcgetattr(&terminal).is_ok_and(is_hiding) {
        set(&terminal, &mode);
    }
}

/// Asks for what is not to be seen.
pub(super) fn hidden<T>(ask: impl FnOnce() -> T) -> T {
    off();
    let answer = ask();
    if CAME.load(Ordering::SeqCst) {
        std::thread::sleep(END);
    }
    answer
}

/// Asks for what may be seen.
pub(super) fn shown<T>(ask: impl FnOnce() -> T) -> T {
    let was_off = lock().is_some();
    on();
    let answer = ask();
    if was_off {
        off();
    }
    answer
}

/// The command ends by itself when Ctrl-C is typed, and asks for nothing more.
pub(super) fn interrupt_is_taken() {
    on();
    INTERRUPT_IS_TAKEN.store(true, Ordering::SeqCst);
}

/// Whether this program is the one in the foreground.
fn is_ours(terminal: &File) -> bool {
    tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp())
}

/// From now on these signals end the program as ever, but after that.
fn watch() {
    const ENDS: [i32; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];
    let Ok(mut signals) = Signals::new(ENDS.into_iter().chain([SIGCONT])) else {
        return;
    };
    for signal in ENDS {
        let _ = signal_hook::flag::register(signal, Arc::clone(&CAME));
    }
    std::thread::spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGINT if INTERRUPT_IS_TAKEN.load(Ordering::SeqCst) => continue,
                SIGCONT => with_terminal(hide),
                _ => with_terminal(settle),
            }
            let _ = emulate_default_handler(signal);
        }
    });
}

/// In the midst of a prompt, too, whatever that made of the terminal, or makes of it as it begins.
fn settle(terminal: &File, mode: &Termios) {
    for _ in 0..SETTLES {
        set(terminal, mode);
        std::thread::sleep(PAUSE);
    }
}

fn with_terminal(change: fn(&File, &Termios)) {
    if let Some((terminal, mode)) = &*lock() {
        change(terminal, mode);
    }
}

fn lock() -> std::sync::MutexGuard<'static, Option<(File, Termios)>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}
