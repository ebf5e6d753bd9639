//! What holds of the crypto room whatever comes in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use larimar::crypto::{
    BlobHash, Code, Form, Keys, MAX_REVISION, PublicKey, Secret, Signature, Tampered, answer,
    email, open, password, seal,
};
use proptest::prelude::*;

fn keys() -> impl Strategy<Value = Keys> {
    any::<[u8; 32]>().prop_map(|seed| Keys::from_seed(&Secret::new(seed)))
}

fn revision() -> impl Strategy<Value = u64> {
    prop_oneof![1..=MAX_REVISION, Just(1), Just(MAX_REVISION)]
}

fn plaintext() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..300)
}

/// Any text, and text of what Unicode maps in unusual ways.
fn typed() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(
        " \t\u{85}\u{a0}\u{3000}\u{feff}\u{200b}@aAΣςİJ\u{30c}\u{301}\u{323}\u{b4}ﬁ①Åϔẞ\u{378}\u{fffe}🔑"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(odd, 0..12).prop_map(String::from_iter),
    ]
}

proptest! {
    #[test]
    fn what_is_sealed_opens(keys in keys(), revision in revision(), plaintext in plaintext()) {
        let blob = seal(&keys, revision, &plaintext).unwrap();
        prop_assert_eq!(Form::of(&blob), Ok(Form::Sealed { revision }));
        let opened = open(&keys, &blob).unwrap();
        prop_assert_eq!(opened.revision, revision);
        prop_assert_eq!(&*opened.plaintext, &plaintext);
    }

    #[test]
    fn a_flipped_bit_is_tampered(
        keys in keys(), revision in revision(), plaintext in plaintext(), position: prop::sample::Index,
    ) {
        let mut blob = seal(&keys, revision, &plaintext).unwrap();
        let bit = position.index(blob.len() * 8);
        blob[bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(open(&keys, &blob).unwrap_err(), Tampered);
    }

    #[test]
    fn other_keys_and_another_revision_are_tampered(
        keys in keys(), others in keys(), revision in revision(), another in revision(),
    ) {
        prop_assume!(keys.public_key != others.public_key && revision != another);
        let mut blob = seal(&keys, revision, b"secret").unwrap();
        prop_assert_eq!(open(&others, &blob).unwrap_err(), Tampered);
        let mixed = Keys { public_key: others.public_key, ..keys.clone() };
        prop_assert_eq!(open(&mixed, &blob).unwrap_err(), Tampered);
        blob[4..12].copy_from_slice(&another.to_be_bytes());
        prop_assert_eq!(open(&keys, &blob).unwrap_err(), Tampered);
    }

    #[test]
    fn a_shorter_or_longer_blob_is_tampered(
        keys in keys(), plaintext in plaintext(), end: prop::sample::Index, more: u8,
    ) {
        let mut blob = seal(&keys, 1, &plaintext).unwrap();
        prop_assert_eq!(open(&keys, &blob[..end.index(blob.len())]).unwrap_err(), Tampered);
        blob.push(more);
        prop_assert_eq!(open(&keys, &blob).unwrap_err(), Tampered);
    }

    #[test]
    fn a_form_follows_from_the_first_bytes_and_the_length(
        magic in prop::sample::select(vec!["LRM1", "larimar/", "LRM", ""]),
        rest in proptest::collection::vec(prop_oneof![Just(0), any::<u8>()], 0..60),
    ) {
        let bytes = [magic.as_bytes(), &rest].concat();
        let form = Form::of(&bytes);
        if bytes.starts_with(b"larimar/") {
            prop_assert!(form.is_err());
        } else if bytes.starts_with(b"LRM1") {
            let revision = bytes.get(4..12).map_or(0, |b| u64::from_be_bytes(b.try_into().unwrap()));
            let sealed = bytes.len() >= 40 && revision > 0 && revision < 1 << 53;
            prop_assert_eq!(form.ok(), sealed.then_some(Form::Sealed { revision }));
        } else {
            prop_assert_eq!(form, Ok(Form::Opaque));
        }
    }

    #[test]
    fn a_signature_recovers_its_key_and_reads_back(keys in keys(), digest: [u8; 32]) {
        let signature = keys.private_key.sign(&digest);
        prop_assert_eq!(signature.recover(&digest), Ok(keys.public_key));
        prop_assert_eq!(Signature::from_bytes(signature.to_bytes()), Ok(signature));
        prop_assert_eq!(signature.to_string().to_uppercase().parse(), Ok(signature));
    }

    #[test]
    fn a_signature_of_any_bytes_is_refused_or_reads_back(
        header in prop_oneof![any::<u8>(), 31..35u8], rest: [[u8; 32]; 2], low: bool, digest: [u8; 32],
    ) {
        let mut bytes = [header; 65];
        bytes[1..].copy_from_slice(rest.as_flattened());
        if low {
            bytes[33] &= 0x3f;
        }
        if let Ok(signature) = Signature::from_bytes(bytes) {
            prop_assert!(bytes[33] < 0x80);
            prop_assert_eq!(&signature.to_bytes()[1..], &bytes[1..]);
            prop_assert_eq!(Signature::from_bytes(signature.to_bytes()), Ok(signature));
            if let Ok(key) = signature.recover(&digest) {
                prop_assert_eq!(PublicKey::from_bytes(*key.as_bytes()), Ok(key));
            }
        }
    }

    #[test]
    fn parsers_take_any_text(text in prop_oneof![any::<String>(), "[0-9a-fA-F]{64,66}", "[0-9a-f]{130}"]) {
        if let Ok(hash) = text.parse::<BlobHash>() {
            prop_assert_eq!(hash.to_string(), text.to_lowercase());
        }
        if let Ok(key) = text.parse::<PublicKey>() {
            prop_assert_eq!(key.to_string(), text.to_lowercase());
        }
        if let Ok(signature) = text.parse::<Signature>() {
            prop_assert_eq!(&signature.to_string()[2..], &text[2..]);
        }
        if let Ok(code) = text.parse::<Code>() {
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
    }

    #[test]
    fn a_code_is_read_from_any_way_of_writing_it(
        digits in "[0-9A-HJKMNP-TV-Z]{16}",
        between in proptest::collection::vec("[-\u{2010}-\u{2015}\u{2212}\u{a0}\t\n\r ]{0,3}", 16),
        lower: bool,
    ) {
        let written: String = between.iter().zip(digits.chars()).flat_map(|(gap, digit)| {
            gap.chars().chain([if lower { digit.to_ascii_lowercase() } else { digit }])
        }).collect();
        let code: Code = written.parse().unwrap();
        prop_assert_eq!(code.to_string().replace('-', ""), digits);
    }

    #[test]
    fn normal_text_is_normal_already(typed in typed()) {
        if let Ok(normal) = password(&typed) {
            prop_assert_eq!(password(&normal).unwrap(), normal);
        }
        // lower-casing can leave what would compose; whatever is composed stays as it is
        if let Ok(normal) = answer(&typed) && password(&normal).as_ref() == Ok(&normal) {
            prop_assert_eq!(answer(&normal).unwrap(), normal);
        }
        if let Ok(normal) = email(&typed) && *password(&normal).unwrap() == normal {
            prop_assert_eq!(email(&normal).unwrap(), normal);
        }
    }

    #[test]
    fn case_and_white_space_around_an_answer_do_not_matter(
        words in proptest::collection::vec("[a-zäöüßéñ0-9]{1,8}", 1..4), gap in "[ \t\u{a0}\u{3000}\u{85}]{1,3}",
    ) {
        let normal = answer(&words.join(" ")).unwrap();
        let spaced = format!("{gap}{}{gap}", words.join(&gap));
        prop_assert_eq!(&answer(&spaced).unwrap(), &normal);
        let upper = spaced.replace('ß', "ẞ").to_uppercase();
        prop_assert_eq!(&answer(&upper).unwrap(), &normal);
    }
}
