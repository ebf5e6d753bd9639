//! A wallet that opens with a pin (Wallet API Specification 1.0 Draft): what a device keeps of it, and what can be done with it while it is locked.

mod address;
mod clash;
mod error;
mod kept;
mod key_info;
mod queue;
mod sync;
mod unlocked;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use serde::{Deserialize, Serialize};

pub use address::{AddressKey, Description, PinAddress, PrivateState};
pub use clash::Clash;
pub use error::PinWalletError;
pub use key_info::KeyInfo;
pub use queue::{Action, NewDescription};
pub use sync::Synced;
pub use unlocked::Unlocked;

use crate::crypto::{AccessKey, MasterKey, PrivateKey, Secret};

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
#[derive(Clone, PartialEq)]
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
    known: Known,
    /// What was sent of addresses that this device gave out, and was not downloaded since.
    unconfirmed: Vec<KeyInfo>,
    /// What nobody has been told yet.
    clashes: Vec<Clash>,
}

/// Neither what opens it nor what is in it.
impl fmt::Debug for PinWallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinWallet")
            .field("server", &self.server)
            .field("access_key", &self.access_key)
            .field("objects", &self.addresses.len())
            .field("queued", &self.queue.len())
            .finish_non_exhaustive()
    }
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
            known: Known::default(),
            unconfirmed: Vec::new(),
            clashes: Vec::new(),
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
    /// A later object about the same point changes members of an earlier one, but its `priv` hides no earlier one. Objects whose `pub` is no key are left out.
    pub fn addresses(&self, unlocked: Option<&Unlocked>) -> Vec<PinAddress> {
        let sent = self.addresses.iter().map(|object| (object, false));
        let queued = self.queue.iter().map(|action| (&action.object, true));
        let key = unlocked.map(Unlocked::master);
        merged(sent.chain(queued), key, &self.known)
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
        let addresses = self.addresses(unlocked).into_iter();
        let mut found = addresses.filter_map(|address| address.called(name));
        found
            .next()
            .ok_or_else(|| PinWalletError::NoSuchAddress(name.to_owned()))
    }

    /// How many unused addresses can be given out.
    pub fn reserve(&self) -> usize {
        let addresses = self.addresses(None);
        addresses.iter().filter(|it| it.is_unused()).count()
    }

    /// How many of them this device made: no other one gives them out as long as it has some of its own.
    fn own_reserve(&self) -> usize {
        let addresses = self.addresses(None);
        let own = addresses.iter().filter(|it| it.is_unused() && it.made);
        own.count()
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
        let from_elsewhere = std::mem::replace(&mut self.queue, other.queue);
        self.actions = other.actions.max(self.actions);
        for action in from_elsewhere {
            if !self.queue.iter().any(|it| it.object == action.object) {
                let number = self.next_number();
                self.queue.push(Action { number, ..action });
            }
        }
        // what it knows of private keys it saw with these very objects
        self.known.own.extend(other.known.own);
        self.known.foreign.extend(other.known.foreign);
        self.known.made.extend(other.known.made);
        self.known.given.extend(other.known.given);
        self.unconfirmed.extend(other.unconfirmed);
        self.clashes.extend(other.clashes);
        self.server = self.server.take().or(other.server);
        self.cstore_box = self.cstore_box.take().or(other.cstore_box);
        Ok(())
    }
}

/// What a device knows of keys that no object says, by the hex of the point, or by the `pub` if that is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Known {
    /// Their private keys are encrypted, and were seen to open and to be their own.
    own: BTreeSet<String>,
    /// Made by this device.
    made: BTreeSet<String>,
    /// Given out by this device.
    given: BTreeSet<String>,
    /// Their private keys are not their own.
    foreign: BTreeSet<String>,
}

impl Known {
    fn private_state(&self, address: &PinAddress) -> PrivateState {
        let point = address.key.map(|key| key.point());
        let is_in = |set: &BTreeSet<String>| {
            point.as_ref().is_some_and(|point| set.contains(point))
                || address.hidden.iter().any(|text| set.contains(text))
        };
        let is_clear = address.key.is_some_and(|key| {
            address
                .privates
                .clear()
                .any(|it| private_key(it, key, None).is_some())
        });
        if is_clear {
            PrivateState::Clear
        } else if address.privates.known().next().is_none() {
            PrivateState::Absent
        } else if is_in(&self.own) {
            PrivateState::Kept
        } else if is_in(&self.foreign)
            || (address.key.is_some() && address.privates.encrypted().next().is_none())
        {
            PrivateState::Foreign
        } else {
            PrivateState::Unchecked
        }
    }
}

/// The private key that stands in the member, if it is that of the address.
fn private_key(value: &str, address: AddressKey, key: Option<&MasterKey>) -> Option<PrivateKey> {
    let bytes = key_info::bytes_of(value, key).read()?;
    let bytes: &[u8; 32] = bytes.as_slice().try_into().ok()?;
    let private = PrivateKey::from_bytes(Secret::new(*bytes))?;
    address.belongs_to(&private).then_some(private)
}

fn merged<'a>(
    objects: impl Iterator<Item = (&'a KeyInfo, bool)>,
    key: Option<&MasterKey>,
    known: &Known,
) -> Vec<PinAddress> {
    let mut places: HashMap<String, usize> = HashMap::new();
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
        let text = object.get("pub").unwrap_or_default();
        // one point is one address, whichever way it is written
        let place = public.map_or_else(|| text.to_owned(), |key| key.point());
        let at = *places.entry(place).or_insert(found.len());
        if at == found.len() {
            found.push(PinAddress {
                key: public,
                description: None,
                private_key: PrivateState::Absent,
                queued: false,
                members: object.clone(),
                encodings: Vec::new(),
                hidden: BTreeSet::new(),
                privates: address::Privates::default(),
                given: false,
                made: false,
            });
        }
        let Some(address) = found.get_mut(at) else {
            continue;
        };
        address.members.change(object);
        address.queued |= queued;
        address.privates.add(object);
        if text.starts_with("enc!") {
            address.hidden.insert(text.to_owned());
        }
        if let Some(public) = public
            && !address.encodings.contains(&public)
        {
            address.encodings.push(public);
            // the one that has both kinds of address
            if public.is_compressed() && address.key.is_some_and(|key| !key.is_compressed()) {
                address.key = Some(public);
                address.members.set("pub", text.to_owned());
            }
        }
    }
    for address in &mut found {
        address.description = address.members.text("desc", key).map(Description::from);
        address.private_key = known.private_state(address);
        let point = address.key.map(|key| key.point()).unwrap_or_default();
        address.given = known.given.contains(&point);
        address.made = known.made.contains(&point);
    }
    found
}
