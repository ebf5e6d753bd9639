//! Where a device keeps its wallet: a file beside the profiles, one for each.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::client::cli::failure::Failure;
use crate::client::cli::output;
use crate::client::{PinWallet, PinWalletError, Unlocked};

/// The place of a wallet's file.
#[derive(Debug)]
pub(in crate::client::cli) struct Place {
    folder: PathBuf,
    profile: String,
    json: bool,
}

/// A wallet that no other command changes meanwhile.
#[derive(Debug)]
pub(super) struct Device {
    place: Place,
    pub(super) wallet: PinWallet,
    /// Unlocked when it is closed.
    _lock: File,
}

impl Place {
    pub(in crate::client::cli) fn new(profiles: &Path, profile: &str, json: bool) -> Self {
        Self {
            folder: profiles.join("pins"),
            profile: profile.to_owned(),
            json,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.profile))
    }

    /// The wallet, if there is one; only to look at it.
    pub(super) fn find(&self) -> Result<Option<PinWallet>, Failure> {
        let path = self.path();
        match std::fs::read(&path) {
            Ok(bytes) => PinWallet::from_json(&bytes).map(Some).map_err(|error| {
                let PinWalletError::Form(why) = error else {
                    return error.into();
                };
                let name = path.display();
                Failure::usage(format!("{name} is damaged: {why}")).hint(format!(
                    "larimar pin restore brings the wallet back with the keyphrase; move {name} away first, for what is queued is in it and nowhere else"
                ))
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::other(format!("cannot read {}: {error}", path.display()))),
        }
    }

    /// The wallet; only to look at it.
    pub(super) fn read(&self) -> Result<PinWallet, Failure> {
        self.find()?.ok_or_else(|| {
            Failure::not_found(format!(
                "there is no pin wallet on this device (profile {})",
                self.profile
            ))
            .hint("larimar pin create makes one, larimar pin restore brings one here")
        })
    }

    /// The wallet, to change it.
    pub(super) fn open(self) -> Result<Device, Failure> {
        // nothing is made where there is no wallet
        self.read()?;
        let lock = self.lock()?;
        let wallet = self.read()?;
        Ok(Device {
            place: self,
            wallet,
            _lock: lock,
        })
    }

    /// Whether a wallet can be kept here at all: told before a server makes one.
    pub(super) fn try_out(&self) -> Result<(), Failure> {
        drop(self.lock()?);
        let tried = tempfile::tempfile_in(&self.folder);
        tried.map(drop).map_err(|error| {
            let folder = self.folder.display();
            Failure::other(format!(
                "cannot write in {folder}: {error}; nothing was created"
            ))
        })
    }

    /// A wallet is here from now on, which knows what an older copy of it here knew.
    pub(super) fn put(self, mut wallet: PinWallet) -> Result<Device, Failure> {
        let lock = self.lock()?;
        if let Some(old) = self.find()? {
            wallet.adopt(old).map_err(|_| self.occupied())?;
        }
        let device = Device {
            place: self,
            wallet,
            _lock: lock,
        };
        device.save()?;
        Ok(device)
    }

    /// There is a wallet here already.
    pub(super) fn occupied(&self) -> Failure {
        Failure::usage(format!(
            "there is another pin wallet on this device (profile {})",
            self.profile
        ))
        .hint("keep both: larimar profile set NAME --server URL, then --profile NAME")
    }

    fn lock(&self) -> Result<File, Failure> {
        let path = self.folder.join(format!(".{}.lock", self.profile));
        let fault = |error: std::io::Error| {
            Failure::other(format!("cannot use {}: {error}", path.display()))
        };
        output::folder(&self.folder).map_err(fault)?;
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                output::say(
                    self.json,
                    "another larimar is changing this wallet: waiting for it",
                );
                file.lock().map_err(fault)?;
            }
            Err(TryLockError::Error(error)) => return Err(fault(error)),
        }
        Ok(file)
    }
}

impl Device {
    /// What is known of the wallet is on the disk.
    pub(super) fn save(&self) -> Result<(), Failure> {
        output::file(&self.place.path(), &self.wallet.to_json(), true)
    }

    /// Nothing of the wallet is on the disk.
    pub(super) fn remove(self) -> Result<(), Failure> {
        let path = self.place.path();
        std::fs::remove_file(&path)
            .map_err(|error| Failure::other(format!("cannot remove {}: {error}", path.display())))
    }

    /// Sends and fetches, and keeps whatever came of it.
    pub(super) async fn sync(
        &mut self,
        unlocked: &Unlocked,
        client: &crate::client::Client,
    ) -> Result<crate::client::Synced, Failure> {
        let synced = self
            .wallet
            .sync(unlocked, client, crate::client::RESERVE)
            .await;
        self.save()?;
        Ok(synced?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Keyphrase;

    fn wallet(byte: u8) -> PinWallet {
        let keyphrase = Keyphrase::new([byte; 20]);
        let access_key = crate::crypto::MasterKey::from(&keyphrase).access_key();
        let text = format!(
            r#"{{"larimarPinWallet": 1, "accessKey": "{}", "walletAddresses": []}}"#,
            *access_key.hex()
        );
        PinWallet::from_json(text.as_bytes()).expect("a wallet")
    }

    #[test]
    fn a_wallet_is_kept_for_its_owner_only_and_not_replaced_by_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = || Place::new(folder.path(), "default", false);
        assert_eq!(place().find().expect("none"), None);
        assert!(place().open().is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 0);
        place().put(wallet(1)).expect("kept");
        assert_eq!(place().read().expect("kept"), wallet(1));
        let refused = place().put(wallet(2)).expect_err("another");
        assert!(format!("{refused:?}").contains("--profile NAME"));
        assert_eq!(place().read().expect("kept"), wallet(1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let metadata = std::fs::metadata(place().path()).expect("metadata");
            assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        }
        place().open().expect("kept").remove().expect("removed");
        assert_eq!(place().find().expect("none"), None);
    }

    #[test]
    fn two_commands_do_not_change_it_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = || Place::new(folder.path(), "default", false);
        let first = place().put(wallet(1)).expect("kept");
        let other = place();
        let (sent, opened) = std::sync::mpsc::channel();
        let waits = std::thread::spawn(move || {
            let device = other.open().expect("kept");
            sent.send(()).expect("awaited");
            device
        });
        let wait = std::time::Duration::from_millis(200);
        assert!(opened.recv_timeout(wait).is_err(), "it waits");
        drop(first);
        waits.join().expect("opened");
    }

    #[test]
    fn a_damaged_file_says_what_to_do_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::new(folder.path(), "default", false);
        let kept = place.put(wallet(1)).expect("kept");
        let path = kept.place.path();
        drop(kept);
        for text in ["", "{}", "[1]", r#"{"larimarPinWallet": 2}"#, "\u{0}"] {
            std::fs::write(&path, text).expect("written");
            let place = Place::new(folder.path(), "default", false);
            let failure = format!("{:?}", place.open().expect_err(text));
            assert!(failure.contains("larimar pin restore"), "{failure}");
            assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        }
    }
}
