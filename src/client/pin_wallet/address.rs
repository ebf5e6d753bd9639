//! An address of a pin wallet, as the objects about it together say.

use std::collections::BTreeSet;
use std::fmt;

use bitcoin::{Address, CompressedPublicKey, KnownHrp, NetworkKind};
use zeroize::Zeroizing;

use super::key_info::{KeyInfo, Member, is_known};
use crate::crypto::PrivateKey;

/// The public key of an address, and what Bitcoin calls it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AddressKey(bitcoin::PublicKey);

impl AddressKey {
    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bitcoin::PublicKey::from_slice(bytes).ok().map(Self)
    }

    /// Bytes of the point: 33, or 65 if it is not compressed.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// The point, whichever way the key is written.
    pub(super) fn point(&self) -> String {
        hex::encode(self.0.inner.serialize())
    }

    pub(super) fn is_compressed(&self) -> bool {
        self.0.compressed
    }

    /// The address that begins with 1.
    pub fn p2pkh(&self) -> String {
        Address::p2pkh(self.0, NetworkKind::Main).to_string()
    }

    /// The address that begins with bc1q; a key that is not compressed has none.
    pub fn p2wpkh(&self) -> Option<String> {
        let key = CompressedPublicKey::try_from(self.0).ok()?;
        Some(Address::p2wpkh(&key, KnownHrp::Mainnet).to_string())
    }

    /// What it is called: the address that begins with bc1q, or else the one that begins with 1.
    pub fn name(&self) -> String {
        self.p2wpkh().unwrap_or_else(|| self.p2pkh())
    }

    /// Whether one of its addresses, or the key in hex, is written so.
    pub fn is_called(&self, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        self.p2pkh() == text
            || self.p2wpkh().is_some_and(|it| it == lower)
            || self.to_string() == lower
    }

    pub(super) fn belongs_to(&self, key: &PrivateKey) -> bool {
        self.0.inner.serialize() == *key.public_key().as_bytes()
    }

    /// The private key in the form that other wallets import: base58, of 51 or 52 characters.
    pub fn wif(&self, key: &PrivateKey) -> Option<Zeroizing<String>> {
        let read = bitcoin::PrivateKey::from_slice(key.expose(), NetworkKind::Main);
        let mut key = read.ok()?;
        key.compressed = self.0.compressed;
        let wif = Zeroizing::new(key.to_wif());
        key.inner.non_secure_erase();
        Some(wif)
    }
}

/// In hex.
impl fmt::Display for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AddressKey({})", self.name())
    }
}

/// What a person wrote of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Description {
    /// This.
    Shown(String),
    /// It is encrypted, and the wallet is locked.
    Hidden,
    /// Something that this version cannot read.
    Unreadable,
}

/// What is known of the private key of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateState {
    /// It is there, encrypted, and this device saw it open and belong to the address.
    Kept,
    /// Something is there, encrypted, and this device has not looked at it.
    Unchecked,
    /// It is there, but not encrypted: the server knows it too, or whoever made it.
    Clear,
    /// There is none: an address of somebody else, for the address book.
    Absent,
    /// What is there is not its key: somebody else, such as the server, put it there.
    Foreign,
}

/// An address, as the objects about it together say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinAddress {
    /// `None` if it is encrypted and the wallet is locked.
    pub key: Option<AddressKey>,
    /// `None` as long as it is unused.
    pub description: Option<Description>,
    /// Of its private key.
    pub private_key: PrivateState,
    /// Whether something about it has not been sent yet.
    pub queued: bool,
    /// All members, `priv` as it was first.
    pub(super) members: KeyInfo,
    /// Each way in which its key is written.
    pub(super) encodings: Vec<AddressKey>,
    /// Each `pub` of it that is encrypted.
    pub(super) hidden: BTreeSet<String>,
    pub(super) privates: Privates,
    /// Whether this device gave it out.
    pub(super) given: bool,
    /// Whether this device made it.
    pub(super) made: bool,
}

/// Each `priv` that was ever written of an address: a later one that is not its own hides none that is.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Privates(Vec<String>);

impl Privates {
    pub(super) fn add(&mut self, object: &KeyInfo) {
        let value = object.get("priv").filter(|value| is_known(value));
        if let Some(value) = value
            && !self.0.iter().any(|it| it == value)
        {
            self.0.push(value.to_owned());
        }
    }

    /// Those in an encoding that this version knows.
    pub(super) fn known(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Those that the server can read.
    pub(super) fn clear(&self) -> impl Iterator<Item = &str> {
        self.known().filter(|value| !value.starts_with("enc!"))
    }

    pub(super) fn encrypted(&self) -> impl Iterator<Item = &str> {
        self.known().filter(|value| value.starts_with("enc!"))
    }
}

impl fmt::Debug for Privates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl PinAddress {
    /// Whether it can be given out.
    pub fn is_unused(&self) -> bool {
        self.key.is_some()
            && self.description.is_none()
            && self.private_key == PrivateState::Kept
            && !self.given
    }

    /// Whether there is something that may be its private key.
    pub fn has_private_key(&self) -> bool {
        match self.private_key {
            PrivateState::Kept | PrivateState::Unchecked | PrivateState::Clear => true,
            PrivateState::Absent | PrivateState::Foreign => false,
        }
    }

    /// Whether one of its addresses is written so, in any encoding of its key; and then it is shown in that one.
    pub(super) fn called(mut self, name: &str) -> Option<Self> {
        let encoding = self.encodings.iter().find(|key| key.is_called(name));
        self.key = Some(*encoding?);
        Some(self)
    }

    /// Whether something of it stays hidden until the wallet is unlocked.
    pub fn hides_something(&self) -> bool {
        self.key.is_none() || self.description == Some(Description::Hidden)
    }

    pub(super) fn pub_text(&self) -> &str {
        self.members.get("pub").unwrap_or_default()
    }
}

impl From<Member<String>> for Description {
    fn from(member: Member<String>) -> Self {
        match member {
            Member::Read(text) => Self::Shown(text),
            Member::Hidden => Self::Hidden,
            Member::Unreadable => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Secret;

    /// The key 1, whose addresses are in many a book (BIP 173 has the second).
    #[test]
    fn addresses_are_bitcoin_s() {
        let mut bytes = [0; 32];
        bytes[31] = 1;
        let private = PrivateKey::from_bytes(Secret::new(bytes)).unwrap();
        let key = AddressKey::from_slice(private.public_key().as_bytes()).unwrap();
        assert_eq!(key.p2pkh(), "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH");
        let p2wpkh = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        assert_eq!(key.p2wpkh().as_deref(), Some(p2wpkh));
        assert_eq!(
            key.wif(&private).unwrap().as_str(),
            "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn"
        );
        assert!(key.belongs_to(&private));
        for name in [
            p2wpkh,
            &p2wpkh.to_uppercase(),
            &key.p2pkh(),
            &key.to_string(),
        ] {
            assert!(key.is_called(name), "{name}");
        }
        assert!(!key.is_called(&key.p2pkh().to_lowercase()));

        let uncompressed = bitcoin::PublicKey::new_uncompressed(key.0.inner);
        let uncompressed = AddressKey::from_slice(&uncompressed.to_bytes()).unwrap();
        assert_eq!(uncompressed.p2pkh(), "1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm");
        assert_eq!(uncompressed.p2wpkh(), None);
        assert_eq!(
            uncompressed.wif(&private).unwrap().as_str(),
            "5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDf"
        );
    }
}
