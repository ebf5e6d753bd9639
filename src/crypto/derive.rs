//! From what a person remembers to the keys of a wallet (PROTOCOL.md, section 4).

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::hash::{length, sha256};
use super::key::{PrivateKey, PublicKey};
use super::secret::Secret;
use super::text::{self, TextError};

/// Binary logarithm of scrypt's N.
pub const SCRYPT_LOG_N: u8 = 17;
/// scrypt's block size; with N it makes 128 MiB.
pub const SCRYPT_R: u32 = 8;
/// scrypt's parallelisation.
pub const SCRYPT_P: u32 = 1;

const KDF: &[u8] = b"larimar/v1/kdf";

/// The input of scrypt, ready to be worked on: checked and normalised text, not yet any key.
///
/// The password is zeroed when it is dropped, and it prints as `***`.
#[derive(Clone)]
pub struct Derivation {
    password_input: Zeroizing<Vec<u8>>,
    salt: [u8; 32],
}

/// What a wallet is signed and sealed with.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Signs what is sent.
    pub private_key: PrivateKey,
    /// Names the wallet.
    pub public_key: PublicKey,
    /// Seals the blob (AES-256).
    pub encryption_key: Secret<32>,
}

impl Derivation {
    /// Brings e-mail address, password and answers into the one form of section 4. Costs nothing yet.
    ///
    /// # Errors
    /// [`TextError`] for the first of them, in this order, that cannot be used.
    pub fn new(
        email: &str,
        password: &str,
        answers: &[impl AsRef<str>],
    ) -> Result<Self, TextError> {
        let email = text::email(email)?;
        let password = text::password(password)?;
        let answers = answers
            .iter()
            .map(|typed| text::answer(typed.as_ref()))
            .collect::<Result<Vec<_>, _>>()?;
        // measured first: a vector that grows leaves copies of the password behind
        let bytes = 8 + password.len() + answers.iter().map(|a| 4 + a.len()).sum::<usize>();
        let mut password_input = Zeroizing::new(Vec::with_capacity(bytes));
        password_input.extend_from_slice(&length(password.len()));
        password_input.extend_from_slice(password.as_bytes());
        password_input.extend_from_slice(&length(answers.len()));
        for answer in &answers {
            password_input.extend_from_slice(&length(answer.len()));
            password_input.extend_from_slice(answer.as_bytes());
        }
        let salt = sha256(&[
            &length(KDF.len()),
            KDF,
            &length(email.len()),
            email.as_bytes(),
        ]);
        Ok(Self {
            password_input,
            salt,
        })
    }

    /// `password_input` of section 4: secret.
    pub fn password_input(&self) -> &[u8] {
        &self.password_input
    }

    /// scrypt's salt: the hash of the e-mail address, 32 bytes.
    pub fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    /// scrypt's output, 32 bytes, after half a second and with 128 MiB. Not for an async thread.
    pub fn seed(&self) -> Secret<32> {
        #[expect(
            clippy::expect_used,
            reason = "the parameters are constants that a test runs"
        )]
        let params =
            scrypt::Params::new(SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P).expect("valid parameters");
        Secret::filled(|seed| {
            #[expect(clippy::expect_used, reason = "32 bytes are a valid length of output")]
            scrypt::scrypt(&self.password_input, &self.salt, &params, seed)
                .expect("a valid length");
        })
    }

    /// The keys, after half a second and with 128 MiB: [`seed`](Self::seed), then [`Keys::from_seed`].
    /// Not for an async thread.
    pub fn run(&self) -> Keys {
        Keys::from_seed(&self.seed())
    }
}

impl fmt::Debug for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Keys {
    /// The keys that belong to scrypt's output (HKDF-SHA256 of section 4).
    pub fn from_seed(seed: &Secret<32>) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "of 2^128 outputs one is no key, and 256 in a row are none"
        )]
        let private_key = (0..=u8::MAX)
            .find_map(|i| PrivateKey::from_bytes(expand(seed, &[b"larimar/v1/sign", &[i]])))
            .expect("a valid key");
        Self {
            public_key: private_key.public_key(),
            private_key,
            encryption_key: expand(seed, &[b"larimar/v1/encrypt"]),
        }
    }
}

fn expand(seed: &Secret<32>, info: &[&[u8]]) -> Secret<32> {
    Secret::filled(|key| {
        #[expect(clippy::expect_used, reason = "32 bytes are a valid length of output")]
        Hkdf::<Sha256>::new(None, seed.expose())
            .expand_multi_info(info, key)
            .expect("a valid length");
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_ANSWERS: &[&str] = &[];

    #[test]
    fn the_input_has_every_part_after_its_length() {
        let derivation = Derivation::new(" A@b.org", "Pw", &[" X  y ", "é"]).unwrap();
        assert_eq!(
            derivation.password_input(),
            b"\0\0\0\x02Pw\0\0\0\x02\0\0\0\x03x y\0\0\0\x02\xc3\xa9"
        );
        assert_eq!(
            *derivation.salt(),
            sha256(&[b"\0\0\0\x0elarimar/v1/kdf\0\0\0\x07a@b.org"])
        );
    }

    #[test]
    fn parts_cannot_be_moved_from_one_to_another() {
        let inputs = [
            Derivation::new("a@b", "ab", NO_ANSWERS).unwrap(),
            Derivation::new("a@b", "a", &["b"]).unwrap(),
            Derivation::new("a@b", "a", &["b", "c"]).unwrap(),
            Derivation::new("a@b", "a", &["bc"]).unwrap(),
            Derivation::new("a@b", "a", &["c", "b"]).unwrap(),
        ];
        for (index, one) in inputs.iter().enumerate() {
            for other in &inputs[..index] {
                assert_ne!(one.password_input(), other.password_input());
            }
        }
    }

    #[test]
    fn the_first_text_that_cannot_be_used_is_the_error() {
        let error = |email, password, answers: &[&str]| {
            Derivation::new(email, password, answers).unwrap_err()
        };
        assert_eq!(error("a", "", &[""]), TextError::Email);
        assert_eq!(error("a@b", "", &["\u{378}"]), TextError::Empty);
        assert_eq!(
            error("a@b", "p", &["x", "\u{378}"]),
            TextError::Unassigned('\u{378}')
        );
    }

    #[test]
    fn nothing_secret_is_printed() {
        let derivation = Derivation::new("alice@example.org", "hunter2", &["fluffy"]).unwrap();
        assert_eq!(format!("{derivation:?}"), "***");
        let keys = Keys::from_seed(&Secret::new([7; 32]));
        let printed = format!("{keys:?}");
        assert!(printed.contains("private_key: ***"), "{printed}");
        assert!(printed.contains("encryption_key: ***"), "{printed}");
    }
}
