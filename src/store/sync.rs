//! Makes sled's syncs true. The only `unsafe` of this crate.
//!
//! sled 0.34.7 "flushes" on Linux with `sync_file_range`, which tells neither the journal of the file system nor the cache of the
//! disk: a power cut then takes back what was acknowledged, or leaves a store that does not open. When the call answers
//! `ENOSYS` sled falls back on `File::sync_all`, which is what we want. So this file stands in for the function of the C
//! library in every program that links this crate. Nothing else here calls it.
#![allow(unsafe_code)]

#[cfg(target_os = "linux")]
mod linux {
    /// Stands in for the C library's function of that name: always `ENOSYS`.
    #[unsafe(no_mangle)]
    extern "C" fn sync_file_range(
        _fd: libc::c_int,
        _offset: i64,
        _bytes: i64,
        _flags: libc::c_uint,
    ) -> libc::c_int {
        // SAFETY: the C library gives every thread a valid place for its error number.
        unsafe { *libc::__errno_location() = libc::ENOSYS };
        -1
    }

    /// Whether the stand-in is in force for callers of the C library's function, sled among them.
    pub(super) fn in_force() -> bool {
        // SAFETY: the stand-in touches nothing; the real function refuses the file number -1.
        let answer = unsafe { libc::sync_file_range(-1, 0, 0, 0) };
        answer == -1 && std::io::Error::last_os_error().raw_os_error() == Some(libc::ENOSYS)
    }
}

/// Whether sled's flush reaches the disk in this program.
#[cfg(target_os = "linux")]
pub(super) fn syncs_are_true() -> bool {
    linux::in_force()
}

/// Whether sled's flush reaches the disk in this program: elsewhere than on Linux it always calls `File::sync_all`.
#[cfg(not(target_os = "linux"))]
pub(super) fn syncs_are_true() -> bool {
    true
}

#[cfg(test)]
mod tests {
    #[test]
    fn syncs_are_true() {
        assert!(super::syncs_are_true());
    }
}
