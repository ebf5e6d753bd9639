//! A device and its server come to know the same.

use std::collections::HashSet;

use super::key_info::KeyInfo;
use super::{
    Description, NewDescription, PinAddress, PinWallet, PinWalletError, PrivateState, Unlocked,
    merged,
};
use crate::client::connection::Client;
use crate::client::error::ClientError;
use crate::protocol::Name;

/// What became of a [`sync`](PinWallet::sync).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// How many queued actions were sent.
    pub sent: usize,
    /// How many objects came from other devices.
    pub received: usize,
    /// How many unused addresses were made.
    pub made: usize,
    /// How many objects the server had lost, and was given again.
    pub returned: usize,
    /// How many addresses have a private key that is not their own.
    pub foreign: usize,
    /// Whether the server takes no more addresses for this wallet.
    pub full: bool,
    /// Addresses that were given out twice.
    pub clashes: Vec<Clash>,
}

/// This device and another one gave out the same address, neither knowing of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Which.
    pub address: String,
    /// What it was described as there; `None` if that cannot be read.
    pub theirs: Option<String>,
}

/// What is to be added, and because of which action.
type ToSend = (Option<u64>, KeyInfo);

impl PinWallet {
    /// The server has what is queued here, this device what others added, and there are so many unused addresses again.
    ///
    /// It may be repeated at any time: the server adds nothing twice. What the server lost of what this device knows, it is given again. Keep the wallet
    /// afterwards, whatever the result.
    ///
    /// # Errors
    /// [`PinWalletError::ActionRefused`]: then nothing was sent; `QuotaExceeded` if the server takes none of what is queued; `UnknownAccessKey`, `IncorrectPassKey`,
    /// `RateLimited`, `ServerError`; [`PinWalletError::OtherWallet`], [`PinWalletError::NoRandomness`].
    pub async fn sync(
        &mut self,
        unlocked: &Unlocked,
        client: &Client,
        reserve: usize,
    ) -> Result<Synced, PinWalletError> {
        unlocked.opens(self)?;
        let mut downloaded = unlocked.download(self, client).await?;
        let mut synced = Synced::default();
        self.settle_clashes(&downloaded, unlocked, &mut synced)?;
        let to_send = self.to_send(&downloaded, &mut synced);
        if !to_send.is_empty() {
            let objects: Vec<KeyInfo> = to_send.iter().map(|(_, object)| object.clone()).collect();
            let added = unlocked.add(self, client, &objects).await;
            added.map_err(|error| refused(error, &to_send))?;
            downloaded.extend(objects);
        }
        synced.sent = self.queue.len();
        self.queue.clear();
        self.addresses = downloaded;
        self.check(unlocked);
        let is_foreign = |it: &&PinAddress| it.private_key == PrivateState::Foreign;
        let addresses = self.addresses(Some(unlocked));
        synced.foreign = addresses.iter().filter(is_foreign).count();
        self.refill(unlocked, client, reserve, &mut synced).await?;
        Ok(synced)
    }

    /// What the server lacks: what it lost, and what is queued.
    fn to_send(&self, downloaded: &[KeyInfo], synced: &mut Synced) -> Vec<ToSend> {
        let there: HashSet<&KeyInfo> = downloaded.iter().collect();
        let here: HashSet<&KeyInfo> = self.addresses.iter().collect();
        let queued: HashSet<&KeyInfo> = self.queue.iter().map(|action| &action.object).collect();
        synced.received = there
            .iter()
            .filter(|object| !here.contains(**object) && !queued.contains(**object))
            .count();
        let lost = self
            .addresses
            .iter()
            .filter(|object| !there.contains(object));
        let mut to_send: Vec<ToSend> = lost.map(|object| (None, object.clone())).collect();
        synced.returned = to_send.len();
        let actions = self
            .queue
            .iter()
            .filter(|action| !there.contains(&action.object));
        to_send.extend(actions.map(|action| (Some(action.number), action.object.clone())));
        to_send
    }

    /// An address that two devices gave out says so in its description.
    fn settle_clashes(
        &mut self,
        downloaded: &[KeyInfo],
        unlocked: &Unlocked,
        synced: &mut Synced,
    ) -> Result<(), PinWalletError> {
        let objects = downloaded.iter().map(|object| (object, false));
        let there = merged(objects, Some(unlocked.master()), &self.foreign);
        for action in &mut self.queue {
            if !action.gives_out || downloaded.contains(&action.object) {
                continue;
            }
            let pub_text = action.object.get("pub");
            let theirs = there.iter().find(|it| Some(it.pub_text()) == pub_text);
            let Some((
                PinAddress {
                    key: Some(key),
                    members,
                    ..
                },
                description,
            )) = theirs.and_then(|it| Some((it, it.description.as_ref()?)))
            else {
                continue;
            };
            let ours = action.object.text("desc", Some(unlocked.master()));
            let ours = ours.and_then(super::key_info::Member::read);
            let theirs = match description {
                Description::Shown(text) => Some(text.clone()),
                Description::Hidden | Description::Unreadable => None,
            };
            let both = [&theirs, &ours].map(|text| text.as_deref().unwrap_or_default());
            let both: Vec<&str> = both.into_iter().filter(|text| !text.is_empty()).collect();
            let both: String = both.join("; ").chars().take(256).collect();
            let is_secret =
                |object: &KeyInfo| object.get("desc").is_some_and(|it| it.starts_with("enc!"));
            let description = match is_secret(&action.object) || is_secret(members) {
                true => NewDescription::Secret(&both, unlocked),
                false => NewDescription::Plain(&both),
            };
            action.object.set("desc", description.member()?);
            // what is said again after a lost answer clashes with nothing
            action.gives_out = false;
            synced.clashes.push(Clash {
                address: key.name(),
                theirs,
            });
        }
        Ok(())
    }

    async fn refill(
        &mut self,
        unlocked: &Unlocked,
        client: &Client,
        reserve: usize,
        synced: &mut Synced,
    ) -> Result<(), PinWalletError> {
        let missing = reserve.saturating_sub(self.reserve());
        if missing == 0 {
            return Ok(());
        }
        let fresh = (0..missing).map(|_| unlocked.fresh_address());
        let fresh = fresh.collect::<Result<Vec<_>, _>>()?;
        match unlocked.add(self, client, &fresh).await {
            Ok(()) => {
                synced.made = fresh.len();
                self.addresses.extend(fresh);
                Ok(())
            }
            Err(error) if error.server_error() == Some(Name::QuotaExceeded) => {
                synced.full = true;
                Ok(())
            }
            // nobody has seen them: if the server took them after all, they come with the next download
            Err(error) => Err(error.into()),
        }
    }
}

/// The action that the server does not want, if it says which.
fn refused(error: ClientError, to_send: &[ToSend]) -> PinWalletError {
    let index = (error.server_error() == Some(Name::RejectData))
        .then(|| error.data()?.get("index")?.as_u64())
        .flatten();
    let action = index
        .and_then(|index| to_send.get(usize::try_from(index).ok()?))
        .and_then(|(number, _)| *number);
    match action {
        Some(number) => PinWalletError::ActionRefused { number, error },
        None => error.into(),
    }
}
