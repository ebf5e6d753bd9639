//! What is written comes back, and nothing else does.

use super::*;

fn archive(passphrase: Option<&age::secrecy::SecretString>) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), passphrase).expect("begun");
    for frame in frames() {
        writer.add(&frame).expect("added");
    }
    let end = End {
        commit: 7,
        next: 9,
        wallets: 1,
        ..End::default()
    };
    let (count, bytes) = writer.end(end).expect("ended");
    assert_eq!(count, 4);
    bytes
}

fn frames() -> Vec<Frame> {
    let head = Head {
        version: "1".into(),
        made: Time(5),
        secret: "ab".into(),
    };
    vec![
        Frame::Head(head),
        Frame::Put(Table::Wallet, b"k".to_vec(), vec![1; 5000]),
        Frame::Put(Table::Data, b"d".to_vec(), (0..=255).collect()),
        Frame::Remove(Table::Wallet, b"k".to_vec()),
    ]
}

fn read(
    bytes: &[u8],
    passphrase: Option<&age::secrecy::SecretString>,
) -> Result<Vec<Frame>, ArchiveError> {
    let mut reader = Reader::begin(bytes, passphrase)?;
    let mut frames = Vec::new();
    while let Some(frame) = reader.next()? {
        frames.push(frame);
    }
    Ok(frames)
}

#[test]
fn what_was_written_comes_back() {
    let read = read(&archive(None), None).expect("read");
    assert_eq!(read[..4], frames());
    assert!(matches!(
        &read[4],
        Frame::End(End {
            commit: 7,
            next: 9,
            wallets: 1,
            frames: 4,
            ..
        })
    ));
}

#[test]
fn what_is_cut_off_or_changed_is_refused() {
    let whole = archive(None);
    for length in 0..whole.len() {
        assert!(read(&whole[..length], None).is_err(), "{length} bytes");
    }
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 4;
        // zstd has bits that mean nothing, such as those of an unused flag: the content must be the same then
        if let Ok(frames) = read(&changed, None) {
            assert_eq!(frames, read(&whole, None).expect("read"), "byte {at}");
        }
    }
}

#[test]
fn a_passphrase_is_asked_for_and_must_be_right() {
    let passphrase = age::secrecy::SecretString::from("correct horse".to_owned());
    let encrypted = archive(Some(&passphrase));
    assert!(matches!(
        read(&encrypted, None),
        Err(ArchiveError::Encrypted)
    ));
    let wrong = age::secrecy::SecretString::from("battery staple".to_owned());
    assert!(matches!(
        read(&encrypted, Some(&wrong)),
        Err(ArchiveError::WrongPassphrase)
    ));
    assert_eq!(read(&encrypted, Some(&passphrase)).expect("read").len(), 5);
    assert!(matches!(
        read(&archive(None), Some(&passphrase)),
        Err(ArchiveError::NotEncrypted)
    ));
}

#[test]
fn other_files_are_named() {
    assert!(matches!(read(b"", None), Err(ArchiveError::NoArchive)));
    assert!(matches!(
        read(b"PK\x03\x04 and so on and on", None),
        Err(ArchiveError::NoArchive)
    ));
    assert!(matches!(
        read(b"larimar archive 2\n...", None),
        Err(ArchiveError::Newer)
    ));
}
