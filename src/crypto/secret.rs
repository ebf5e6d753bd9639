//! Bytes that nobody sees by accident.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// `N` secret bytes: zeroed when dropped, compared in constant time, printed as `***`.
///
/// It has no `Serialize`, so that no derive writes a secret into a record or an answer.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret<const N: usize>([u8; N]);

impl<const N: usize> Secret<N> {
    /// Takes the bytes; the caller's own copy is the caller's to zero.
    pub fn new(bytes: [u8; N]) -> Self {
        Self(bytes)
    }

    /// Fresh bytes from the system's generator.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut secret = Self([0; N]);
        getrandom::fill(&mut secret.0).map_err(|_| NoRandomness)?;
        Ok(secret)
    }

    /// What `fill` writes, without a copy outside of the secret.
    pub(super) fn filled(fill: impl FnOnce(&mut [u8; N])) -> Self {
        let mut secret = Self([0; N]);
        fill(&mut secret.0);
        secret
    }

    /// The bytes, for a computation; not for keeping.
    pub fn expose(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// In constant time: how long it takes says nothing about where they differ.
impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl<const N: usize> Eq for Secret<N> {}

/// Secret text, such as a password: zeroed when dropped, compared in constant time, printed and
/// serialised as `***`, so that what is shown or logged never holds it.
///
/// An empty one holds no secret, and is serialised as what it is.
#[derive(Clone, Default, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// Takes the text without copying it.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for handing it to whom it is meant for; not for keeping.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is no secret.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if self.is_empty() { "" } else { "***" })
    }
}

impl PartialEq for SecretText {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for SecretText {}

/// The system gave no random bytes; nothing that needs them can be done safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness;

/// `N` random bytes from the system's generator, for what is not secret: nonces, request ids, salts.
///
/// For secrets there is [`Secret::random`].
///
/// # Errors
/// [`NoRandomness`] if the system gives none.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_stars() {
        assert_eq!(format!("{:?}", Secret::new([7; 32])), "***");
        assert_eq!(
            format!("{:#?}", Some(Secret::new([7]))),
            "Some(\n    ***,\n)"
        );
    }

    #[test]
    fn secrets_are_equal_if_every_byte_is() {
        let secret = Secret::new([7; 32]);
        assert_eq!(secret, secret.clone());
        for position in 0..32 {
            let mut other = [7; 32];
            other[position] ^= 0x80;
            assert_ne!(secret, Secret::new(other));
        }
    }

    #[test]
    fn random_bytes_are_not_the_same_twice() {
        assert_ne!(Secret::<32>::random(), Secret::random());
        assert_ne!(random_bytes::<16>(), random_bytes());
    }

    #[test]
    fn secret_text_is_read_and_never_written() {
        let secret: SecretText = serde_json::from_str("\"p4ssword\"").unwrap();
        assert_eq!(secret.expose(), "p4ssword");
        assert_eq!(format!("{secret} {secret:?}"), "*** ***");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"***\"");
        assert_eq!(
            serde_json::to_string(&SecretText::default()).unwrap(),
            "\"\""
        );
        assert_ne!(secret, SecretText::new("p4ssworD".to_owned()));
    }
}
