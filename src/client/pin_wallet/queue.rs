//! What is done while the wallet is locked or its server out of reach.

use serde::{Deserialize, Serialize};

use super::key_info::{KeyInfo, Member, encrypted, padded, plain};
use super::{AddressKey, Description, PinAddress, PinWallet, PinWalletError, Unlocked};
use crate::clock::Time;
use crate::crypto::random_bytes;

pub(super) const MOST_CHARACTERS: usize = 256;

/// Something that was done and not sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Names it; never given twice on a device.
    pub number: u64,
    /// When it was done, by the clock of this device.
    pub at: Time,
    /// Whether it gives out an unused address, which another device may have done too.
    pub gives_out: bool,
    /// The very object that will be added.
    pub object: KeyInfo,
}

impl Action {
    /// What it does, in words: made of the object itself, so that they say what will be done, whoever wrote the file.
    pub fn words(&self) -> String {
        let bytes = self.object.bytes("pub", None).and_then(Member::read);
        let key = bytes.and_then(|bytes| AddressKey::from_slice(&bytes));
        let name = key.map_or_else(|| "[hidden]".to_owned(), |key| key.name());
        let verb = if self.gives_out {
            "gives out"
        } else {
            "describes"
        };
        let described = match self.object.text("desc", None).map(Description::from) {
            Some(Description::Shown(text)) if text.is_empty() => "without a description".to_owned(),
            Some(Description::Shown(text)) => format!("as \"{text}\""),
            Some(Description::Hidden) => "as [hidden]".to_owned(),
            Some(Description::Unreadable) => "as something unreadable".to_owned(),
            None => "and says nothing of it".to_owned(),
        };
        let others = self.object.names();
        let others: Vec<&str> = others.filter(|name| !USUAL.contains(name)).collect();
        let more = match &others[..] {
            [] => String::new(),
            others => format!("; sets {}", others.join(", ")),
        };
        format!("{verb} {name} {described}{more}")
    }
}

/// The members of an object that is queued here.
const USUAL: [&str; 3] = ["pub", "desc", "at"];

/// What is to be written of an address.
#[derive(Debug, Clone, Copy)]
pub enum NewDescription<'a> {
    /// Whoever has the device or the server can read it, and so can this device while the wallet is locked.
    Plain(&'a str),
    /// Encrypted under the masterKey.
    Secret(&'a str, &'a Unlocked),
}

impl NewDescription<'_> {
    /// The member `desc`.
    pub(super) fn member(self) -> Result<String, PinWalletError> {
        let (Self::Plain(text) | Self::Secret(text, _)) = self;
        if text.chars().count() > MOST_CHARACTERS || text.chars().any(char::is_control) {
            return Err(PinWalletError::Description);
        }
        match self {
            Self::Plain(text) => Ok(plain(text)),
            Self::Secret(text, unlocked) => {
                Ok(encrypted(&unlocked.master().encrypt(&padded(text))?))
            }
        }
    }

    fn unlocked(&self) -> Option<&Unlocked> {
        match self {
            Self::Plain(_) => None,
            Self::Secret(_, unlocked) => Some(unlocked),
        }
    }
}

impl PinWallet {
    /// An unused address is in use from now on, with this description, and queued: one that this device made, as long as there is one, and which one of them is left to
    /// chance, so that two devices hardly ever take the same.
    ///
    /// Write the wallet to the disk ([`to_json`](Self::to_json)) before anybody is shown the address: else it is given out again after a crash.
    ///
    /// # Errors
    /// [`PinWalletError::ReserveEmpty`], [`PinWalletError::Description`], [`PinWalletError::NoRandomness`].
    pub fn take(
        &mut self,
        description: NewDescription<'_>,
        now: Time,
    ) -> Result<PinAddress, PinWalletError> {
        let mut unused = self.addresses(description.unlocked());
        unused.retain(PinAddress::is_unused);
        if unused.iter().any(|address| address.made) {
            unused.retain(|address| address.made);
        }
        let random = u64::from_le_bytes(random_bytes()?);
        let count = u64::try_from(unused.len()).unwrap_or(u64::MAX);
        let index = random
            .checked_rem(count)
            .and_then(|index| usize::try_from(index).ok());
        let address = index
            .filter(|index| *index < unused.len())
            .map(|index| unused.swap_remove(index))
            .ok_or(PinWalletError::ReserveEmpty)?;
        self.act(address, description, now)
    }

    /// An address has this description from now on, and that is queued.
    ///
    /// # Errors
    /// [`PinWalletError::NoSuchAddress`], [`PinWalletError::Description`], [`PinWalletError::NoRandomness`].
    pub fn describe(
        &mut self,
        name: &str,
        description: NewDescription<'_>,
        now: Time,
    ) -> Result<PinAddress, PinWalletError> {
        let address = self.address(name, description.unlocked())?;
        self.act(address, description, now)
    }

    fn act(
        &mut self,
        mut address: PinAddress,
        description: NewDescription<'_>,
        now: Time,
    ) -> Result<PinAddress, PinWalletError> {
        let object = KeyInfo::from([
            ("pub", address.pub_text().to_owned()),
            ("desc", description.member()?),
            // the server adds no object that is there already, and a description may come back
            ("at", plain(&now.to_string())),
        ]);
        let gives_out = address.is_unused();
        if let Some(key) = address.key
            && gives_out
        {
            self.known.given.insert(key.point());
        }
        // of several descriptions that wait, the last one counts
        let same = |action: &Action| action.object.get("pub") == object.get("pub");
        self.queue.retain(|it| it.gives_out || !same(it));
        let number = self.next_number();
        self.queue.push(Action {
            number,
            at: now,
            gives_out,
            object: object.clone(),
        });
        address.given |= gives_out;
        address.members.change(&object);
        address.queued = true;
        let (NewDescription::Plain(text) | NewDescription::Secret(text, _)) = description;
        address.description = Some(Description::Shown(text.to_owned()));
        Ok(address)
    }

    pub(super) fn next_number(&mut self) -> u64 {
        self.actions = self.actions.saturating_add(1);
        self.actions
    }

    /// A queued action is not sent after all, and returned. An address that it gave out stays in use on this device: somebody may have been told it.
    ///
    /// # Errors
    /// [`PinWalletError::NoSuchAction`].
    pub fn drop_action(&mut self, number: u64) -> Result<Action, PinWalletError> {
        let found = self.queue.iter().position(|action| action.number == number);
        let index = found.ok_or(PinWalletError::NoSuchAction(number))?;
        Ok(self.queue.remove(index))
    }
}
