//! What single steps cost, with nothing of a server around them.

use std::fs::File;
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secp256k1::Message;
use secp256k1::ecdsa::RecoverableSignature;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::table::median;

/// Microseconds each.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Costs {
    pub recover: f64,
    pub sha256: f64,
    pub base64_decode: f64,
    /// 64 blobs written and synced together, to a file beside the store.
    pub group_write: f64,
}

impl Costs {
    /// In between.
    pub fn mean(self, other: Self) -> Self {
        Self {
            recover: f64::midpoint(self.recover, other.recover),
            sha256: f64::midpoint(self.sha256, other.sha256),
            base64_decode: f64::midpoint(self.base64_decode, other.base64_decode),
            group_write: f64::midpoint(self.group_write, other.group_write),
        }
    }
}

pub fn measure(folder: &Path, bytes: usize) -> Costs {
    let secret = secp256k1::SecretKey::from_secret_bytes([3; 32]).expect("a key");
    let message = Message::from_digest([5; 32]);
    let signature = RecoverableSignature::sign_ecdsa_recoverable(message, &secret);
    let blob = vec![7; bytes];
    let text = STANDARD.encode(&blob);
    let group = vec![9; 64 * bytes];
    let file = File::create(folder.join("group")).expect("a file");
    let mut place = 0;
    Costs {
        recover: each(200, || {
            black_box(signature.recover_ecdsa(message).expect("a key").serialize());
        }),
        sha256: each(2000, || {
            black_box(Sha256::digest(black_box(&blob)));
        }),
        base64_decode: each(2000, || {
            black_box(STANDARD.decode(black_box(&text)).expect("base64"));
        }),
        group_write: each(5, || {
            file.write_all_at(&group, place).expect("written");
            file.sync_data().expect("synced");
            place += group.len() as u64;
        }),
    }
}

/// The median of nine rounds.
fn each(times: u32, mut work: impl FnMut()) -> f64 {
    let rounds = (0..9).map(|_| {
        let begun = Instant::now();
        (0..times).for_each(|_| work());
        begun.elapsed().as_secs_f64() * 1e6 / f64::from(times)
    });
    median(rounds)
}

/// `larimar derive` and scrypt alone, in milliseconds, in turns.
pub fn derive(rounds: usize) -> (f64, f64) {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let params = scrypt::Params::new(17, 8, 1).expect("parameters");
    for _ in 0..rounds {
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_larimar"))
            .args(["derive", "--email", "bench@example.com", "--password-stdin"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("larimar");
        let mut input = child.stdin.take().expect("its input");
        std::io::Write::write_all(&mut input, b"correct horse battery staple\n").expect("told");
        drop(input);
        assert!(child.wait().expect("its end").success());
        ours.push(begun.elapsed().as_secs_f64() * 1e3);
        let begun = Instant::now();
        scrypt::scrypt(b"password", &[1; 32], &params, &mut [0; 32]).expect("scrypt");
        bare.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    (median(ours), median(bare))
}
