//! `larimar sign` and `larimar verify`: files that others made, under the wallet's key.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::exit::Exit;
use super::failure::Failure;
use super::input::{self, Input};
use super::keys::{KeyArgs, Purpose};
use super::output;
use super::session::Session;
use crate::crypto::{PublicKey, Signature, file_digest};

/// Signs a file with the wallet's key, and prints the signature
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a file; --email or a profile; the password, asked for without echo. No server.\n\n\
    What is signed is SHA-256 of `larimar/v1/file` and the file's SHA-256, so that no server takes the signature for a change of the wallet. It is 65 bytes in hex, \
    as all signatures of the protocol.\n\
    --json: publickey, sha256 (of the file), signature.\n\n\
    Examples:\n  larimar sign release.tar.gz\n  larimar sign release.tar.gz --json > release.tar.gz.json"
)]
pub(super) struct Sign {
    /// What is signed; - for standard input, after the password's line if that comes from there too
    file: PathBuf,
    #[command(flatten)]
    keys: KeyArgs,
}

/// Checks the signature of a file
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: the file, the signature (larimar sign), and the public key of whoever signed it (larimar derive shows one's own). No server, no password. Exit code 8 \
    says that the signature is not of this file and this key.\n\
    --json: publickey, sha256 (of the file), valid: true.\n\n\
    Example:\n  larimar verify release.tar.gz --signature \"$SIGNATURE\" \\\n    \
    --publickey 020bfc7d59a1510b352f75b631095aba3b977316c2681c475d829f84d618b17c66"
)]
pub(super) struct Verify {
    /// What was signed; - for standard input
    file: PathBuf,
    /// The signature: 130 hex digits
    #[arg(long, value_name = "HEX")]
    signature: String,
    /// The public key of whoever signed it: 66 hex digits
    #[arg(long, value_name = "HEX")]
    publickey: String,
}

impl Sign {
    pub(super) fn run(&self, session: &mut Session) -> Result<(), Failure> {
        // before a password is typed in vain
        input::check(&self.file)?;
        let keys = self.keys.keys(session, Purpose::Open)?;
        let hash = sha256(&mut session.input, &self.file)?;
        let signature = keys.private_key.sign(&file_digest(&hash)).to_string();
        if session.json {
            return output::json(&json!({
                "publickey": keys.public_key.to_string(),
                "sha256": hex::encode(hash),
                "signature": signature,
            }));
        }
        output::line(&signature)
    }
}

impl Verify {
    pub(super) fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let key: PublicKey = self
            .publickey
            .parse()
            .map_err(|error| Failure::usage(format!("--publickey: {error}")))?;
        let signature: Signature = self
            .signature
            .parse()
            .map_err(|error| Failure::usage(format!("--signature: {error}")))?;
        input::check(&self.file)?;
        let hash = sha256(&mut session.input, &self.file)?;
        if signature.recover(&file_digest(&hash)).ok() != Some(key) {
            return Err(Failure::new(
                Exit::NotAuthentic,
                "NotAuthentic",
                "the signature is not of this file and this key",
            )
            .hint("ask whoever signed it for the file, the signature and the key; trust none of them until they fit"));
        }
        if session.json {
            return output::json(&json!({
                "publickey": key.to_string(),
                "sha256": hex::encode(hash),
                "valid": true,
            }));
        }
        session.say(&format!("signed by {key}"));
        Ok(())
    }
}

/// SHA-256 of a file of any size, or of what is left of standard input.
fn sha256(input: &mut Input, path: &Path) -> Result<[u8; 32], Failure> {
    let unreadable =
        |error: std::io::Error| Failure::other(format!("cannot read {}: {error}", path.display()));
    let mut file;
    let reader: &mut dyn BufRead = match path == Path::new("-") {
        true => input.reader(),
        false => {
            file = BufReader::with_capacity(64 << 10, File::open(path).map_err(unreadable)?);
            &mut file
        }
    };
    let mut hasher = Sha256::new();
    loop {
        let piece = reader.fill_buf().map_err(unreadable)?;
        if piece.is_empty() {
            return Ok(hasher.finalize().into());
        }
        hasher.update(piece);
        let read = piece.len();
        reader.consume(read);
    }
}
