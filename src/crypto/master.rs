//! What is derived from a keyphrase (Wallet API Specification 1.0 Draft, *Derived Credentials*; PROTOCOL.md, section 6).

use std::str::FromStr;

use sha2::Sha256;
use zeroize::Zeroizing;

use super::hash::{from_hex, sha256};
use super::keyphrase::Keyphrase;
use super::secret::{NoRandomness, Secret};
use super::secret_box::{DoesNotOpen, close_box, open_box};

const SHARED_INFO: [u8; 20] = [
    0x72, 0xf5, 0x7f, 0x2f, 0x9e, 0xd6, 0x8a, 0xa0, 0xd4, 0x6d, 0x46, 0x0d, 0x33, 0xbf, 0x66, 0xa2,
    0x67, 0xcc, 0x38, 0x2d,
];

/// Makes a type of 32 bytes that is 64 hex digits on the wire.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $error:ident, $what:literal) => {
        $(#[$doc])*
        ///
        /// 32 bytes; 64 hex digits on the wire. Zeroed, compared in constant time, printed as `***`.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(Secret<32>);

        impl $name {
            /// The key with these bytes.
            pub fn new(bytes: [u8; 32]) -> Self {
                Self(Secret::new(bytes))
            }

            /// The bytes, for a computation or a call; not for a log.
            pub fn expose(&self) -> &[u8; 32] {
                self.0.expose()
            }

            /// As it goes over the wire: 64 hex digits in lower case.
            pub fn hex(&self) -> Zeroizing<String> {
                Zeroizing::new(hex::encode(self.expose()))
            }
        }

        #[doc = concat!("Not ", $what, ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        #[error("{} is 64 hex digits", $what)]
        pub struct $error;

        impl FromStr for $name {
            type Err = $error;

            /// Reads 64 hex digits of either case.
            fn from_str(text: &str) -> Result<Self, $error> {
                from_hex(text).map(Self::new).ok_or($error)
            }
        }
    };
}

key!(
    /// By what a server knows a wallet. Who has it can try pins, and lock the wallet.
    AccessKey, InvalidAccessKey, "an accessKey"
);
key!(
    /// What proves the owner to the server: from the keyphrase, or from the masterKey of an unlocked wallet. Never stored by a client.
    PassKey, InvalidPassKey, "a passKey"
);
key!(
    /// What the server gives for the right pin, and what the client's cstoreBox opens with.
    CstoreKey, InvalidCstoreKey, "a cstoreKey"
);

impl CstoreKey {
    /// A fresh one.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes.
    pub fn random() -> Result<Self, NoRandomness> {
        Secret::random().map(Self)
    }
}

/// What everything of a wallet is encrypted with; in memory only, while the wallet is unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterKey(Secret<32>);

impl From<&Keyphrase> for MasterKey {
    /// ANSI X9.63-KDF with SHA-256 over the 20 bytes.
    fn from(keyphrase: &Keyphrase) -> Self {
        Self(Secret::filled(|key| {
            let derived =
                ansi_x963_kdf::derive_key_into::<Sha256>(keyphrase.expose(), &SHARED_INFO, key);
            debug_assert!(derived.is_ok(), "neither input nor output is empty or long");
        }))
    }
}

impl MasterKey {
    /// By what the server knows the wallet: sha256² of `walletid` and this.
    pub fn access_key(&self) -> AccessKey {
        AccessKey(self.derived(b"walletid"))
    }

    /// What proves the owner to the server: sha256² of `walletpass` and this.
    pub fn pass_key(&self) -> PassKey {
        PassKey(self.derived(b"walletpass"))
    }

    fn derived(&self, tag: &[u8]) -> Secret<32> {
        Secret::new(sha256(&[&*Zeroizing::new(sha256(&[tag, self.0.expose()]))]))
    }

    /// Encrypts this key for who has the cstoreKey: the cstoreBox, 60 bytes.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes.
    pub fn cstore_box(&self, key: &CstoreKey) -> Result<Vec<u8>, NoRandomness> {
        close_box(&key.0, b"", self.0.expose())
    }

    /// The key that a cstoreBox holds.
    ///
    /// # Errors
    /// [`DoesNotOpen`] if it was changed, or is another wallet's.
    pub fn from_cstore_box(cstore_box: &[u8], key: &CstoreKey) -> Result<Self, DoesNotOpen> {
        let bytes = open_box(&key.0, b"", cstore_box)?;
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| DoesNotOpen)?;
        Ok(Self(Secret::filled(|key| key.copy_from_slice(bytes))))
    }

    /// Encrypts a member of an address object: what stands behind `enc!`, before base64.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes.
    pub fn encrypt(&self, plaintext: &[u8]) -> Result<Vec<u8>, NoRandomness> {
        close_box(&self.0, b"", plaintext)
    }

    /// Decrypts what stands behind `enc!`.
    ///
    /// # Errors
    /// [`DoesNotOpen`] if it was changed, or is another wallet's.
    pub fn decrypt(&self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        open_box(&self.0, b"", bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master() -> MasterKey {
        MasterKey::from(&Keyphrase::new([7; 20]))
    }

    #[test]
    fn a_cstore_box_opens_with_its_key_only() {
        let key = CstoreKey::random().unwrap();
        let cstore_box = master().cstore_box(&key).unwrap();
        assert_eq!(cstore_box.len(), 60);
        assert_eq!(MasterKey::from_cstore_box(&cstore_box, &key), Ok(master()));
        let other = CstoreKey::random().unwrap();
        assert_eq!(
            MasterKey::from_cstore_box(&cstore_box, &other),
            Err(DoesNotOpen)
        );
        // a box of something else
        let short = close_box(&key.0, b"", b"short").unwrap();
        assert_eq!(MasterKey::from_cstore_box(&short, &key), Err(DoesNotOpen));
    }

    #[test]
    fn keys_are_read_from_hex_and_hide_themselves() {
        let access = master().access_key();
        assert_eq!(access.hex().parse(), Ok(access.clone()));
        assert_eq!(access.hex().to_uppercase().parse(), Ok(access.clone()));
        assert_eq!(
            format!("{:?} {:?}", access, master()),
            "AccessKey(***) MasterKey(***)"
        );
        for text in [
            "",
            &access.hex()[1..],
            &format!("{}00", &*access.hex()),
            &"g".repeat(64),
        ] {
            assert_eq!(text.parse::<AccessKey>(), Err(InvalidAccessKey));
            assert_eq!(text.parse::<PassKey>(), Err(InvalidPassKey));
            assert_eq!(text.parse::<CstoreKey>(), Err(InvalidCstoreKey));
        }
        assert_eq!(InvalidPassKey.to_string(), "a passKey is 64 hex digits");
    }
}
