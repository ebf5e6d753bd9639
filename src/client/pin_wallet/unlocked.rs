//! A wallet's keys, in memory, and what they allow.

use std::time::Duration;

use super::key_info::{KeyInfo, base64, encrypted};
use super::{AddressKey, PinAddress, PinWallet, PinWalletError, private_key};
use crate::client::connection::Client;
use crate::client::error::ClientError;
use crate::crypto::{
    CstoreKey, Keyphrase, MasterKey, NoRandomness, PassKey, Pin, PrivateKey, Secret,
};
use crate::protocol::Name;

/// Before a call is said again.
const PAUSE: Duration = Duration::from_millis(250);

/// What an unlocked wallet is: its masterKey and passKey, in memory for as long as this is, and zeroed after that.
#[derive(Debug, Clone)]
pub struct Unlocked {
    master: MasterKey,
    pass: PassKey,
}

/// Without asking anybody.
impl From<&Keyphrase> for Unlocked {
    fn from(keyphrase: &Keyphrase) -> Self {
        MasterKey::from(keyphrase).into()
    }
}

impl From<MasterKey> for Unlocked {
    fn from(master: MasterKey) -> Self {
        let pass = master.pass_key();
        Self { master, pass }
    }
}

impl PinWallet {
    /// The server has an empty wallet for this keyphrase, and the device what it keeps of it. Returned with the pin that opens it.
    ///
    /// The next [`sync`](Self::sync) makes its addresses.
    ///
    /// # Errors
    /// `AccessKeyInUse`, `RateLimited`, `ServerError`; [`PinWalletError::NoRandomness`].
    pub async fn create(
        client: &Client,
        keyphrase: &Keyphrase,
    ) -> Result<(Self, Unlocked, Pin), PinWalletError> {
        let unlocked = Unlocked::from(keyphrase);
        let mut wallet = Self::of(&unlocked, client);
        let pin = unlocked.create_again(&mut wallet, client).await?;
        Ok((wallet, unlocked, pin))
    }

    /// The wallet of this keyphrase, from its server. Returned with the pin that opens it; if it was locked, it is not any more.
    ///
    /// The draft does not say where its step 6 has the cstoreKey from: it is `wallet/login` with the pin. A server that lets nobody log in just now
    /// gives the wallet all the same, and [`opens_with_pin`](Self::opens_with_pin) is false until [`Unlocked::access`].
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `RateLimited`, `ServerError`; [`PinWalletError::NoRandomness`].
    pub async fn restore(
        client: &Client,
        keyphrase: &Keyphrase,
    ) -> Result<(Self, Unlocked, Pin), PinWalletError> {
        let unlocked = Unlocked::from(keyphrase);
        let mut wallet = Self::of(&unlocked, client);
        let pin = unlocked.access(&mut wallet, client).await?;
        wallet.addresses = unlocked.download(&wallet, client).await?;
        wallet.check(&unlocked);
        Ok((wallet, unlocked, pin))
    }

    fn of(unlocked: &Unlocked, client: &Client) -> Self {
        let mut wallet = Self::new(unlocked.master.access_key());
        wallet.set_server(client.address().url().as_str());
        wallet
    }

    /// No pin opens the wallet from now on, on any device, until [`Unlocked::access`].
    ///
    /// # Errors
    /// `UnknownAccessKey`, `RateLimited`, `ServerError`.
    pub async fn lock(&self, client: &Client) -> Result<(), PinWalletError> {
        Ok(again(|| client.pin_lock(&self.access_key)).await?)
    }

    /// Looks at every private key, and remembers which are encrypted and the address's own, for only those can be given out, and which are not the address's.
    pub fn check(&mut self, unlocked: &Unlocked) {
        let addresses = self.addresses(Some(unlocked));
        self.known.own.clear();
        self.known.foreign.clear();
        for address in addresses {
            let Some(key) = address.key else { continue };
            let mut encrypted = address.privates.encrypted();
            if encrypted.any(|it| private_key(it, key, Some(&unlocked.master)).is_some()) {
                // what is said of it under a hidden key is not seen while the wallet is locked, so then it must not be given out
                match address.hidden.is_empty() {
                    true => drop(self.known.own.insert(key.point())),
                    false => self.known.own.extend(address.hidden),
                }
            } else if let Err(PinWalletError::ForeignKey) = unlocked.private_key(&address) {
                self.known.foreign.insert(key.point());
                self.known.foreign.extend(address.hidden);
            }
        }
    }
}

impl Unlocked {
    /// The keys of the wallet, for the right pin.
    ///
    /// # Errors
    /// `InvalidPin`, `InvalidPinLocked`, `WalletLocked`, `UnknownAccessKey`, `RateLimited`, `ServerError`; [`PinWalletError::NoCstoreBox`],
    /// [`PinWalletError::CstoreBox`].
    pub async fn by_pin(
        wallet: &PinWallet,
        client: &Client,
        pin: &Pin,
    ) -> Result<Self, PinWalletError> {
        let cstore_box = wallet.cstore_box.as_ref();
        let cstore_box = cstore_box.ok_or(PinWalletError::NoCstoreBox)?;
        let cstore_key = client.pin_login(&wallet.access_key, pin).await?;
        let master = MasterKey::from_cstore_box(cstore_box, &cstore_key);
        let unlocked = Self::from(master.map_err(|_| PinWalletError::CstoreBox)?);
        unlocked.opens(wallet)?;
        Ok(unlocked)
    }

    /// Whether these are the keys of this wallet.
    ///
    /// # Errors
    /// [`PinWalletError::OtherWallet`].
    pub fn opens(&self, wallet: &PinWallet) -> Result<(), PinWalletError> {
        if self.master.access_key() == wallet.access_key {
            Ok(())
        } else {
            Err(PinWalletError::OtherWallet)
        }
    }

    /// The server has an empty wallet for these keys, which opens with the pin that is returned on this device: for a server that lost it, or another one.
    ///
    /// The next [`sync`](PinWallet::sync) gives it all that this device knows.
    ///
    /// # Errors
    /// `AccessKeyInUse` if the server has it; `RateLimited`, `ServerError`; [`PinWalletError::OtherWallet`], [`PinWalletError::NoRandomness`].
    pub async fn create_again(
        &self,
        wallet: &mut PinWallet,
        client: &Client,
    ) -> Result<Pin, PinWalletError> {
        self.opens(wallet)?;
        let cstore_key = CstoreKey::random()?;
        let cstore_box = self.master.cstore_box(&cstore_key)?;
        let create = || client.pin_create(&wallet.access_key, &self.pass, &cstore_key);
        let pin = again(create).await?;
        wallet.cstore_box = Some(cstore_box);
        wallet.set_server(client.address().url().as_str());
        Ok(pin)
    }

    /// The pin; the wallet is not locked any more, and opens with the pin on this device if the server lets anybody log in just now.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `RateLimited`, `ServerError`; [`PinWalletError::NoRandomness`].
    pub async fn access(
        &self,
        wallet: &mut PinWallet,
        client: &Client,
    ) -> Result<Pin, PinWalletError> {
        self.opens(wallet)?;
        let access = || client.pin_access(&wallet.access_key, &self.pass);
        let pin = again(access).await?;
        match client.pin_login(&wallet.access_key, &pin).await {
            Ok(cstore_key) => wallet.cstore_box = Some(self.master.cstore_box(&cstore_key)?),
            Err(error) if error.server_error() == Some(Name::ServerError) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(pin)
    }

    /// The wallet opens with the new pin only, on every device.
    ///
    /// # Errors
    /// `PinChangeNotAllowed`, `InvalidPinTooShort`, `InvalidPinTooLong`, `InvalidPinChars`, `InvalidPinNotSecure`, `UnknownAccessKey`,
    /// `IncorrectPassKey`, `RateLimited`, `ServerError`.
    pub async fn change_pin(
        &self,
        wallet: &PinWallet,
        client: &Client,
        pin: &Pin,
    ) -> Result<(), PinWalletError> {
        self.opens(wallet)?;
        let change = || client.pin_change(&wallet.access_key, &self.pass, pin);
        Ok(again(change).await?)
    }

    /// The server keeps nothing of the wallet.
    ///
    /// # Errors
    /// `UnknownAccessKey`, also if it was deleted before; `IncorrectPassKey`, `RateLimited`, `ServerError`.
    pub async fn delete(&self, wallet: &PinWallet, client: &Client) -> Result<(), PinWalletError> {
        self.opens(wallet)?;
        let delete = || client.pin_delete(&wallet.access_key, &self.pass);
        match delete().await {
            // the second answer would be that there is no such wallet, which is what was wanted
            Err(error) if error.outcome_unknown() => {
                tokio::time::sleep(PAUSE).await;
                match delete().await {
                    Err(error) if error.server_error() == Some(Name::UnknownAccessKey) => Ok(()),
                    answer => Ok(answer?),
                }
            }
            answer => Ok(answer?),
        }
    }

    /// The private key of an address, which is looked at: it is the address's own.
    ///
    /// # Errors
    /// [`PinWalletError::NoPrivateKey`], [`PinWalletError::ForeignKey`].
    pub fn private_key(&self, address: &PinAddress) -> Result<PrivateKey, PinWalletError> {
        let mut values = address.privates.known().peekable();
        // a later version's is not among them, and no reason to suspect anybody
        if values.peek().is_none() {
            return Err(PinWalletError::NoPrivateKey);
        }
        let key = address.key.ok_or(PinWalletError::ForeignKey)?;
        values
            .find_map(|value| private_key(value, key, Some(&self.master)))
            .ok_or(PinWalletError::ForeignKey)
    }

    pub(super) fn master(&self) -> &MasterKey {
        &self.master
    }

    pub(super) async fn download(
        &self,
        wallet: &PinWallet,
        client: &Client,
    ) -> Result<Vec<KeyInfo>, ClientError> {
        again(|| client.pin_download(&wallet.access_key, &self.pass)).await
    }

    pub(super) async fn add(
        &self,
        wallet: &PinWallet,
        client: &Client,
        objects: &[KeyInfo],
    ) -> Result<(), ClientError> {
        again(|| client.pin_add(&wallet.access_key, &self.pass, objects)).await
    }

    /// A fresh address: its private key is in it, encrypted, and nowhere else.
    pub(super) fn fresh_address(&self) -> Result<KeyInfo, NoRandomness> {
        let private = loop {
            // all but one of 2^127 are keys
            if let Some(key) = PrivateKey::from_bytes(Secret::random()?) {
                break key;
            }
        };
        let public = private.public_key();
        debug_assert!(AddressKey::from_slice(public.as_bytes()).is_some());
        Ok(KeyInfo::from([
            ("pub", base64(public.as_bytes())),
            ("priv", encrypted(&self.master.encrypt(private.expose())?)),
        ]))
    }
}

/// Says a call that may be said twice once more, if its answer got lost.
async fn again<T, F: Future<Output = Result<T, ClientError>>>(
    call: impl Fn() -> F,
) -> Result<T, ClientError> {
    match call().await {
        Err(error) if error.outcome_unknown() => {
            tokio::time::sleep(PAUSE).await;
            call().await
        }
        answer => answer,
    }
}
