//! No input may make the program reserve memory by a number that it merely names.
//!
//! libFuzzer finds out only when the memory is used, which a reservation of 4 GiB is not at once. The one `unsafe` file of the fuzzers:
//! an allocator cannot be written without.

use std::alloc::{GlobalAlloc, Layout, System};

/// More than any message, blob or frame that Larimar takes.
const MOST: usize = 64 << 20;

#[global_allocator]
static LIMITED: Limited = Limited;

struct Limited;

fn check(bytes: usize) {
    if bytes > MOST {
        eprintln!("{bytes} bytes were asked for at once, and {MOST} is the most");
        std::process::abort();
    }
}

// SAFETY: every call goes on to the system's allocator as it came
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        check(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        check(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        check(bytes);
        unsafe { System.realloc(pointer, layout, bytes) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}
