//! From what a person remembers to the keys of a wallet (PROTOCOL.md, section 4).

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::hash::sha256;
use super::key::{PrivateKey, PublicKey};
use super::secret::Secret;
use super::text::{self, TextError};

/// Binary logarithm of scrypt's N.
pub const SCRYPT_LOG_N: u8 = 17;
/// scrypt's block size; with N it makes 128 MiB.
pub const SCRYPT_R: u32 = 8;
/// scrypt's parallelisation.
pub const SCRYPT_P: u32 = 1;

/// The input of scrypt, ready to be worked on: checked and normalised text, not yet any key.
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
    /// [`TextError`] for the first of them that cannot be used.
    pub fn new(
        email: &str,
        password: &str,
        answers: &[impl AsRef<str>],
    ) -> Result<Self, TextError> {
        let password = text::password(password)?;
        let mut password_input = Zeroizing::new(Vec::with_capacity(256));
        length_prefixed(&mut password_input, password.as_bytes());
        password_input.extend_from_slice(&length(answers.len()));
        for typed in answers {
            length_prefixed(
                &mut password_input,
                text::answer(typed.as_ref())?.as_bytes(),
            );
        }
        let mut salt = Vec::with_capacity(300);
        length_prefixed(&mut salt, b"larimar/v1/kdf");
        length_prefixed(&mut salt, text::email(email)?.as_bytes());
        Ok(Self {
            password_input,
            salt: sha256(&[&salt]),
        })
    }

    /// `password_input` of section 4: secret.
    pub fn password_input(&self) -> &[u8] {
        &self.password_input
    }

    /// scrypt's salt.
    pub fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    /// Runs scrypt: half a second and 128 MiB. Not for an async thread.
    pub fn seed(&self) -> Secret<32> {
        let mut seed = Zeroizing::new([0; 32]);
        #[expect(
            clippy::expect_used,
            reason = "the parameters are constants that a test runs"
        )]
        let params =
            scrypt::Params::new(SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P).expect("valid parameters");
        #[expect(clippy::expect_used, reason = "32 bytes are a valid length of output")]
        scrypt::scrypt(&self.password_input, &self.salt, &params, seed.as_mut())
            .expect("a valid length");
        Secret::new(*seed)
    }

    /// Runs scrypt and makes the keys of it: half a second and 128 MiB. Not for an async thread.
    pub fn run(&self) -> Keys {
        Keys::from_seed(&self.seed())
    }
}

impl Keys {
    /// The keys that belong to scrypt's output.
    pub fn from_seed(seed: &Secret<32>) -> Self {
        let mut counter = 0;
        let private_key = loop {
            if let Some(key) =
                PrivateKey::from_bytes(expand(seed, &[b"larimar/v1/sign", &[counter]]))
            {
                break key;
            }
            counter += 1;
        };
        Self {
            public_key: private_key.public_key(),
            private_key,
            encryption_key: expand(seed, &[b"larimar/v1/encrypt"]),
        }
    }
}

fn expand(seed: &Secret<32>, info: &[&[u8]]) -> Secret<32> {
    let mut key = Zeroizing::new([0; 32]);
    #[expect(clippy::expect_used, reason = "32 bytes are a valid length of output")]
    Hkdf::<Sha256>::new(None, seed.expose())
        .expand_multi_info(info, key.as_mut())
        .expect("a valid length");
    Secret::new(*key)
}

fn length_prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&length(bytes.len()));
    out.extend_from_slice(bytes);
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes()
}
