//! The worked examples of PROTOCOL.md, sections 3 and 4: every step, in both directions.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use larimar::crypto::{
    BlobHash, Derivation, Form, Keys, PrivateKey, PublicKey, SCRYPT_LOG_N, SCRYPT_P, SCRYPT_R,
    Secret, Signature, answer, blob_digest, change_password_digest, delete_wallet_digest, email,
    open, password, seal_with_nonce,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    email: String,
    password: String,
    answers: Vec<String>,
    scrypt: Scrypt,
    normalised_email: String,
    normalised_answers: Vec<String>,
    scrypt_password_input: Hex,
    scrypt_salt: Hex,
    scrypt_output: Hex,
    private_key: Hex,
    publickey: PublicKey,
    encryption_key: Hex,
    revision: u64,
    nonce: Hex,
    plaintext: String,
    encrypted_data_hex: Hex,
    local_hash: BlobHash,
    signature: String,
    delete: Delete,
    change_password: ChangePassword,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scrypt {
    log_n: u8,
    r: u32,
    p: u32,
    length: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delete {
    server: String,
    signature: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    new_password: String,
    new_publickey: PublicKey,
    encrypted_data_hex: Hex,
    old_signature: String,
    new_signature: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "String")]
struct Hex(Vec<u8>);

impl TryFrom<String> for Hex {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        hex::decode(text).map(Self)
    }
}

impl Hex {
    fn array<const N: usize>(&self) -> [u8; N] {
        self.0.as_slice().try_into().expect("so many bytes")
    }
}

impl Vector {
    fn derivation(&self) -> Derivation {
        Derivation::new(&self.email, &self.password, &self.answers).expect("text that can be used")
    }

    fn keys(&self) -> Keys {
        Keys::from_seed(&Secret::new(self.scrypt_output.array()))
    }

    fn blob(&self) -> &[u8] {
        &self.encrypted_data_hex.0
    }
}

fn vectors() -> Vec<Vector> {
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("vectors/larimar-v1.json")).expect("the worked examples");
    assert_eq!(vectors.len(), 4);
    vectors
}

/// The signature is what the key makes, reads back as the same bytes, and recovers the key.
fn check_signature(name: &str, text: &str, digest: [u8; 32], keys: &Keys) {
    let signature: Signature = text.parse().expect("a signature");
    assert_eq!(keys.private_key.sign(&digest).to_string(), text, "{name}");
    assert_eq!(hex::encode(signature.to_bytes()), text, "{name}");
    assert_eq!(signature.recover(&digest), Ok(keys.public_key), "{name}");
}

#[test]
fn text_is_normalised() {
    for vector in vectors() {
        let name = &vector.name;
        assert_eq!(
            email(&vector.email).unwrap(),
            vector.normalised_email,
            "{name}"
        );
        let answers: Vec<String> = vector
            .answers
            .iter()
            .map(|typed| answer(typed).unwrap().to_string())
            .collect();
        assert_eq!(answers, vector.normalised_answers, "{name}");
        let normal = password(&vector.password).unwrap();
        let input = &vector.scrypt_password_input.0;
        assert_eq!(&input[4..4 + normal.len()], normal.as_bytes(), "{name}");
    }
}

#[test]
fn the_input_of_scrypt_is_built() {
    for vector in vectors() {
        let derivation = vector.derivation();
        let name = &vector.name;
        assert_eq!(
            derivation.password_input(),
            vector.scrypt_password_input.0,
            "{name}"
        );
        assert_eq!(derivation.salt()[..], vector.scrypt_salt.0, "{name}");
        let Scrypt {
            log_n,
            r,
            p,
            length,
        } = vector.scrypt;
        assert_eq!((log_n, r, p), (SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P), "{name}");
        assert_eq!(length, vector.scrypt_output.0.len(), "{name}");
    }
}

#[test]
fn keys_are_made_of_scrypts_output() {
    for vector in vectors() {
        let keys = vector.keys();
        let name = &vector.name;
        assert_eq!(
            keys.private_key.expose()[..],
            vector.private_key.0,
            "{name}"
        );
        assert_eq!(keys.public_key, vector.publickey, "{name}");
        assert_eq!(
            keys.encryption_key.expose()[..],
            vector.encryption_key.0,
            "{name}"
        );
        let read = PrivateKey::from_bytes(Secret::new(vector.private_key.array())).unwrap();
        assert_eq!(read.public_key(), vector.publickey, "{name}");
    }
}

#[test]
fn the_blob_is_sealed_and_opened() {
    for vector in vectors() {
        let keys = vector.keys();
        let name = &vector.name;
        let plaintext = vector.plaintext.as_bytes();
        let sealed = seal_with_nonce(&keys, vector.revision, &vector.nonce.array(), plaintext);
        assert_eq!(sealed.as_deref(), Ok(vector.blob()), "{name}");
        let revision = vector.revision;
        assert_eq!(
            Form::of(vector.blob()),
            Ok(Form::Sealed { revision }),
            "{name}"
        );
        let opened = open(&keys, vector.blob()).unwrap();
        assert_eq!(opened.revision, revision, "{name}");
        assert_eq!(*opened.plaintext, plaintext, "{name}");
    }
}

#[test]
fn the_blob_is_hashed_and_signed() {
    for vector in vectors() {
        let hash = BlobHash::of(vector.blob());
        assert_eq!(hash, vector.local_hash, "{}", vector.name);
        check_signature(
            &vector.name,
            &vector.signature,
            blob_digest(&hash),
            &vector.keys(),
        );
    }
}

#[test]
fn the_deletion_is_signed_for_its_server() {
    for vector in vectors() {
        let Delete { server, signature } = &vector.delete;
        let keys = vector.keys();
        let digest = delete_wallet_digest(server, &vector.local_hash);
        check_signature(&vector.name, signature, digest, &keys);
        let elsewhere = delete_wallet_digest("elsewhere.example.org", &vector.local_hash);
        let signature: Signature = signature.parse().unwrap();
        assert_ne!(signature.recover(&elsewhere), Ok(keys.public_key));
    }
}

#[test]
fn the_old_key_signs_the_change_to_the_new_one() {
    for vector in vectors() {
        let change = &vector.change_password;
        let hash = BlobHash::of(&change.encrypted_data_hex.0);
        let digest = change_password_digest(&change.new_publickey, &hash);
        check_signature(&vector.name, &change.old_signature, digest, &vector.keys());
        let signature: Signature = change.new_signature.parse().unwrap();
        let recovered = signature.recover(&blob_digest(&hash));
        assert_eq!(recovered, Ok(change.new_publickey), "{}", vector.name);
    }
}

/// Two runs of scrypt for each of the examples.
#[test]
fn scrypt_leads_from_what_is_typed_to_the_keys() {
    for vector in vectors() {
        let name = &vector.name;
        assert_eq!(
            vector.derivation().seed().expose()[..],
            vector.scrypt_output.0,
            "{name}"
        );

        let change = &vector.change_password;
        let keys = Derivation::new(&vector.email, &change.new_password, &vector.answers)
            .unwrap()
            .run();
        assert_eq!(keys.public_key, change.new_publickey, "{name}");
        let blob = &change.encrypted_data_hex.0;
        let digest = blob_digest(&BlobHash::of(blob));
        check_signature(name, &change.new_signature, digest, &keys);

        let plaintext = vector.plaintext.as_bytes();
        let opened = open(&keys, blob).unwrap();
        assert_eq!(opened.revision, vector.revision + 1, "{name}");
        assert_eq!(*opened.plaintext, plaintext, "{name}");
        let sealed = seal_with_nonce(&keys, opened.revision, &vector.nonce.array(), plaintext);
        assert_eq!(sealed.as_ref(), Ok(blob), "{name}");
    }
}
