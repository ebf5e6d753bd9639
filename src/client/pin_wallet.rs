//! A wallet that opens with a pin (Wallet API Specification 1.0 Draft): what a device keeps of it, and what can be done with it while it is locked.

mod address;
mod error;
mod kept;
mod key_info;
mod queue;
mod sync;
mod unlocked;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

pub use address::{AddressKey, Description, PinAddress, PrivateState};
pub use error::PinWalletError;
pub use key_info::KeyInfo;
pub use queue::{Action, NewDescription};
pub use sync::{Clash, Synced};
pub use unlocked::Unlocked;

use crate::crypto::{AccessKey, MasterKey};

/// How many unused addresses a wallet is to have when it was unlocked.
pub const RESERVE: usize = 5;

/// What a device keeps of a wallet: enough to list its addresses, and to give out unused ones, without unlocking it.
///
/// It holds neither keyphrase nor pin, nor any key that comes of them but the accessKey. [`Unlocked`] has the others, in memory. What is done while the wallet
/// is locked waits in a queue until [`sync`](Self::sync).
///
/// ```no_run
/// use larimar::client::{Client, Keyphrase, NewDescription, Pin, PinWallet, RESERVE, Unlocked};
/// use larimar::clock::{Clock, SystemClock};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::connect("https://wallet.example.org")?;
/// let keyphrase = Keyphrase::random()?;
/// let (mut wallet, unlocked, pin) = PinWallet::create(&client, &keyphrase).await?;
/// println!("on paper: {keyphrase}; in your head: {}", pin.expose());
/// wallet.sync(&unlocked, &client, RESERVE).await?;
/// let kept: Vec<u8> = wallet.to_json();
///
/// // later, and without unlocking it
/// let mut wallet = PinWallet::from_json(&kept)?;
/// let address = wallet.take(NewDescription::Plain("Faucet"), SystemClock.now())?;
/// assert_eq!(wallet.queue().len(), 1);
///
/// let unlocked = Unlocked::by_pin(&wallet, &client, &Pin::typed("tha8ec".to_owned())).await?;
/// wallet.sync(&unlocked, &client, RESERVE).await?;
/// assert!(wallet.queue().is_empty());
/// let private_key = unlocked.private_key(&address)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PinWallet {
    server: Option<String>,
    access_key: AccessKey,
    /// The masterKey under the cstoreKey; none after an offline restore.
    cstore_box: Option<Vec<u8>>,
    /// As on the server.
    addresses: Vec<KeyInfo>,
    queue: Vec<Action>,
    /// How many actions there have been.
    actions: u64,
    /// The `pub` of those whose private key is not their own.
    foreign: BTreeSet<String>,
}

impl PinWallet {
    fn new(access_key: AccessKey) -> Self {
        Self {
            server: None,
            access_key,
            cstore_box: None,
            addresses: Vec::new(),
            queue: Vec::new(),
            actions: 0,
            foreign: BTreeSet::new(),
        }
    }

    /// By what the server knows the wallet.
    pub fn access_key(&self) -> &AccessKey {
        &self.access_key
    }

    /// The URL of the server that it is on, if it is known.
    pub fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// It is on this server.
    pub fn set_server(&mut self, url: &str) {
        self.server = Some(url.to_owned());
    }

    /// Whether a pin can open it on this device.
    pub fn opens_with_pin(&self) -> bool {
        self.cstore_box.is_some()
    }

    /// The objects as the server has them, in their order.
    pub fn wallet_addresses(&self) -> &[KeyInfo] {
        &self.addresses
    }

    /// What was done and not sent yet, in order.
    pub fn queue(&self) -> &[Action] {
        &self.queue
    }

    /// Its addresses in the order in which they were made, with what is queued about them. Locked, some of it may be hidden.
    ///
    /// A later object with the same `pub` changes members of an earlier one. Objects whose `pub` is no key are left out.
    pub fn addresses(&self, unlocked: Option<&Unlocked>) -> Vec<PinAddress> {
        let sent = self.addresses.iter().map(|object| (object, false));
        let queued = self.queue.iter().map(|action| (&action.object, true));
        let key = unlocked.map(Unlocked::master);
        merged(sent.chain(queued), key, &self.foreign)
    }

    /// The address that is called so: one of its addresses, or its public key in hex.
    ///
    /// # Errors
    /// [`PinWalletError::NoSuchAddress`].
    pub fn address(
        &self,
        name: &str,
        unlocked: Option<&Unlocked>,
    ) -> Result<PinAddress, PinWalletError> {
        let name = name.trim();
        let is_it = |address: &PinAddress| address.key.is_some_and(|key| key.is_called(name));
        let found = self.addresses(unlocked).into_iter().find(is_it);
        found.ok_or_else(|| PinWalletError::NoSuchAddress(name.to_owned()))
    }

    /// How many unused addresses can be given out.
    pub fn reserve(&self) -> usize {
        let addresses = self.addresses(None);
        addresses.iter().filter(|it| it.is_unused()).count()
    }

    /// Keeps what another copy of the same wallet on this device knows and this one does not: its queue, and addresses that the server lost.
    ///
    /// # Errors
    /// [`PinWalletError::OtherWallet`].
    pub fn adopt(&mut self, other: Self) -> Result<(), PinWalletError> {
        if other.access_key != self.access_key {
            return Err(PinWalletError::OtherWallet);
        }
        for object in other.addresses {
            if !self.addresses.contains(&object) {
                self.addresses.push(object);
            }
        }
        self.queue = other.queue;
        self.actions = other.actions;
        self.foreign.extend(other.foreign);
        self.server = self.server.take().or(other.server);
        self.cstore_box = self.cstore_box.take().or(other.cstore_box);
        Ok(())
    }
}

fn merged<'a>(
    objects: impl Iterator<Item = (&'a KeyInfo, bool)>,
    key: Option<&MasterKey>,
    foreign: &BTreeSet<String>,
) -> Vec<PinAddress> {
    let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut found: Vec<PinAddress> = Vec::new();
    for (object, queued) in objects {
        let public = match object.bytes("pub", key) {
            Some(key_info::Member::Read(bytes)) => match AddressKey::from_slice(&bytes) {
                Some(key) => Some(key),
                None => continue,
            },
            Some(key_info::Member::Hidden) => None,
            Some(key_info::Member::Unreadable) | None => continue,
        };
        let text = || object.get("pub").unwrap_or_default().as_bytes().to_vec();
        let place = public.map_or_else(text, |key| key.to_bytes());
        let at = *places.entry(place).or_insert(found.len());
        match found.get_mut(at) {
            Some(address) => {
                address.members.change(object);
                address.queued |= queued;
            }
            None => found.push(PinAddress {
                key: public,
                description: None,
                private_key: PrivateState::Absent,
                queued,
                members: object.clone(),
            }),
        }
    }
    for address in &mut found {
        address.description = address.members.text("desc", key).map(Description::from);
        address.private_key = match address.members.get("priv") {
            _ if foreign.contains(address.pub_text()) => PrivateState::Foreign,
            Some(value) if key_info::is_known(value) => PrivateState::Kept,
            Some(_) | None => PrivateState::Absent,
        };
    }
    found
}
