//! A device and its server come to know the same.

use std::collections::HashSet;

use super::clash::Clash;
use super::key_info::KeyInfo;
use super::{Action, PinWallet, PinWalletError, PrivateState, Unlocked};
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
    /// How many objects the server had lost, and does not take again; this device keeps them.
    pub unreturned: usize,
    /// How many addresses have a private key that is not their own.
    pub foreign: usize,
    /// How many addresses have a private key that is not encrypted.
    pub clear: usize,
    /// How many queued actions the server has no room for; they stay in the queue.
    pub unsent: usize,
    /// Whether the server takes no more addresses for this wallet.
    pub full: bool,
    /// Addresses that were given out twice; also those that a sync found that failed afterwards.
    pub clashes: Vec<Clash>,
}

impl Synced {
    /// What became of this one and a later one together.
    #[must_use]
    pub fn and_then(mut self, later: Self) -> Self {
        self.clashes.extend(later.clashes);
        Self {
            sent: self.sent + later.sent,
            received: self.received + later.received,
            made: self.made + later.made,
            returned: self.returned + later.returned,
            clashes: self.clashes,
            ..later
        }
    }
}

/// How often the server is asked to take what it lost without the object that it refuses.
const REFUSALS: usize = 10;

impl PinWallet {
    /// The server has what is queued here, this device what others added, and there are so many unused addresses that this device made.
    ///
    /// It may be repeated at any time: the server adds nothing twice. What the server lost of what this device knows, it is given again. Keep the wallet
    /// afterwards, whatever the result: what was downloaded is kept also if the server then took nothing.
    ///
    /// # Errors
    /// [`PinWalletError::ActionRefused`]: that one and those after it stay in the queue; `UnknownAccessKey`, `IncorrectPassKey`, `RateLimited`, `ServerError`; [`PinWalletError::OtherWallet`], [`PinWalletError::NoRandomness`].
    pub async fn sync(
        &mut self,
        unlocked: &Unlocked,
        client: &Client,
        reserve: usize,
    ) -> Result<Synced, PinWalletError> {
        unlocked.opens(self)?;
        let downloaded = unlocked.download(self, client).await?;
        let mut synced = Synced {
            received: self.news(&downloaded),
            ..Synced::default()
        };
        self.settle_clashes(&downloaded, unlocked)?;
        let lost = self.lost(&downloaded, unlocked)?;
        let there: HashSet<KeyInfo> = downloaded.iter().cloned().collect();
        self.addresses = downloaded;
        self.addresses.extend(lost.iter().cloned());
        self.check(unlocked);
        self.give_back(unlocked, client, lost, &mut synced).await?;
        self.send_queue(unlocked, client, &there, &mut synced)
            .await?;
        self.check(unlocked);
        let addresses = self.addresses(Some(unlocked));
        let count = |state| {
            let found = addresses.iter().filter(|it| it.private_key == state);
            found.count()
        };
        synced.foreign = count(PrivateState::Foreign);
        synced.clear = count(PrivateState::Clear);
        self.refill(unlocked, client, reserve, &mut synced).await?;
        // not before now: what failed tells nobody
        synced.clashes = std::mem::take(&mut self.clashes);
        Ok(synced)
    }

    /// How many objects are new to this device.
    fn news(&self, downloaded: &[KeyInfo]) -> usize {
        let here = self.addresses.iter();
        let here: HashSet<&KeyInfo> = here
            .chain(self.queue.iter().map(|action| &action.object))
            .collect();
        downloaded.iter().filter(|it| !here.contains(it)).count()
    }

    /// The server has again what it lost, but for what it refuses.
    async fn give_back(
        &self,
        unlocked: &Unlocked,
        client: &Client,
        lost: Vec<KeyInfo>,
        synced: &mut Synced,
    ) -> Result<(), PinWalletError> {
        let all = lost.len();
        let mut lost = lost;
        lost.retain(KeyInfo::is_well_formed);
        for _ in 0..REFUSALS {
            if lost.is_empty() {
                break;
            }
            let refused = match unlocked.add(self, client, &lost).await {
                Ok(()) => {
                    synced.returned = lost.len();
                    break;
                }
                Err(error) => error,
            };
            match refused.server_error() {
                Some(Name::RejectData) => match index_of(&refused, lost.len()) {
                    Some(index) => drop(lost.remove(index)),
                    None => break,
                },
                Some(Name::QuotaExceeded) => {
                    synced.full = true;
                    break;
                }
                _ => return Err(refused.into()),
            }
        }
        synced.unreturned = all - synced.returned;
        Ok(())
    }

    async fn send_queue(
        &mut self,
        unlocked: &Unlocked,
        client: &Client,
        there: &HashSet<KeyInfo>,
        synced: &mut Synced,
    ) -> Result<(), PinWalletError> {
        let mut most = self.queue.len();
        while !self.queue.is_empty() && most > 0 {
            let part = self.queue.iter().take(most);
            let new: Vec<&Action> = part.filter(|it| !there.contains(&it.object)).collect();
            let objects: Vec<KeyInfo> = new.iter().map(|it| it.object.clone()).collect();
            let added = match objects.is_empty() {
                true => Ok(()),
                false => unlocked.add(self, client, &objects).await,
            };
            match added {
                Ok(()) => {}
                // perhaps there is room for some of it
                Err(error) if error.server_error() == Some(Name::QuotaExceeded) => {
                    synced.full = true;
                    most /= 2;
                    continue;
                }
                Err(error) => {
                    return Err(match index_of(&error, new.len()) {
                        Some(index) if error.server_error() == Some(Name::RejectData) => {
                            let number = new[index].number;
                            PinWalletError::ActionRefused { number, error }
                        }
                        _ => error.into(),
                    });
                }
            }
            let given = new.iter().filter(|action| action.gives_out);
            let given: Vec<KeyInfo> = given.map(|action| action.object.clone()).collect();
            self.unconfirmed.extend(given);
            self.addresses.extend(objects);
            let sent = most.min(self.queue.len());
            self.queue.drain(..sent);
            synced.sent += sent;
        }
        synced.unsent = self.queue.len();
        Ok(())
    }

    async fn refill(
        &mut self,
        unlocked: &Unlocked,
        client: &Client,
        reserve: usize,
        synced: &mut Synced,
    ) -> Result<(), PinWalletError> {
        let missing = reserve.saturating_sub(self.own_reserve());
        if missing == 0 || synced.unsent > 0 {
            return Ok(());
        }
        let fresh = (0..missing).map(|_| unlocked.fresh_address());
        let fresh = fresh.collect::<Result<Vec<_>, _>>()?;
        let points: Vec<String> = fresh.iter().filter_map(|it| it.point(None)).collect();
        // before they are sent: if the answer is lost, they come with the next download, and are this device's all the same
        self.known.made.extend(points.iter().cloned());
        let added = unlocked.add(self, client, &fresh).await;
        match added {
            Ok(()) => {
                synced.made = fresh.len();
                self.addresses.extend(fresh);
                self.known.own.extend(points);
                Ok(())
            }
            Err(error) => {
                let certain = [Name::QuotaExceeded, Name::RejectData];
                if error
                    .server_error()
                    .is_some_and(|name| certain.contains(&name))
                {
                    points.iter().for_each(|point| {
                        self.known.made.remove(point);
                    });
                }
                if error.server_error() == Some(Name::QuotaExceeded) {
                    synced.full = true;
                    return Ok(());
                }
                Err(error.into())
            }
        }
    }
}

/// Which of so many objects the server does not want, if it says so.
fn index_of(error: &ClientError, count: usize) -> Option<usize> {
    let index = error.data()?.get("index")?.as_u64()?;
    usize::try_from(index).ok().filter(|index| *index < count)
}
