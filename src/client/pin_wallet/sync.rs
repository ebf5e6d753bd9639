//! A device and its server come to know the same.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::key_info::{KeyInfo, Member};
use super::{Action, NewDescription, PinWallet, PinWalletError, PrivateState, Unlocked};
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

/// This device and another one gave out the same address, neither knowing of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clash {
    /// Which.
    pub address: String,
    /// What it was described as there; `None` if that cannot be read.
    pub theirs: Option<String>,
}

/// How often the server is asked to take what it lost without the object that it refuses.
const REFUSALS: usize = 10;

/// Objects, and the points that they are about.
struct Objects<'a> {
    objects: &'a [KeyInfo],
    points: Vec<Option<String>>,
    places: HashMap<&'a KeyInfo, usize>,
}

impl<'a> Objects<'a> {
    fn new(objects: &'a [KeyInfo], unlocked: &Unlocked) -> Self {
        let points = objects.iter();
        let places = objects.iter().enumerate();
        Self {
            objects,
            points: points
                .map(|object| object.point(Some(unlocked.master())))
                .collect(),
            places: places.map(|(place, object)| (object, place)).collect(),
        }
    }

    fn place(&self, object: &KeyInfo) -> Option<usize> {
        self.places.get(object).copied()
    }

    /// The descriptions of the point, in order, with their places.
    fn descriptions(&self, point: &str) -> impl DoubleEndedIterator<Item = (usize, &'a KeyInfo)> {
        let objects = self.objects.iter().zip(&self.points).enumerate();
        objects.filter_map(move |(place, (object, its))| {
            (its.as_deref() == Some(point) && object.get("desc").is_some())
                .then_some((place, object))
        })
    }
}

impl PinWallet {
    /// The server has what is queued here, this device what others added, and there are so many unused addresses that this device made.
    ///
    /// It may be repeated at any time: the server adds nothing twice. What the server lost of what this device knows, it is given again. Keep the wallet
    /// afterwards, whatever the result: what was downloaded is kept also if the server then took nothing.
    ///
    /// # Errors
    /// [`PinWalletError::ActionRefused`]: then nothing of the queue was sent; `QuotaExceeded` if the server takes none of what is queued; `UnknownAccessKey`,
    /// `IncorrectPassKey`, `RateLimited`, `ServerError`; [`PinWalletError::OtherWallet`], [`PinWalletError::NoRandomness`].
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

    /// An address that two devices gave out says so in its description.
    ///
    /// Of two devices, the one whose object came later sees it: here before it is sent, or, if the other was quicker or the answer was lost, when it is downloaded.
    fn settle_clashes(
        &mut self,
        downloaded: &[KeyInfo],
        unlocked: &Unlocked,
    ) -> Result<(), PinWalletError> {
        let there = Objects::new(downloaded, unlocked);
        let known: HashSet<&KeyInfo> = self.addresses.iter().collect();
        let theirs_of = |object: &KeyInfo| -> Option<&KeyInfo> {
            let point = object.point(Some(unlocked.master()))?;
            let mut descriptions = there.descriptions(&point);
            let found = match there.place(object) {
                None => descriptions.next_back(),
                Some(mine) => {
                    descriptions.rfind(|(place, it)| *place < mine && !known.contains(it))
                }
            };
            found.map(|(_, theirs)| theirs)
        };
        let mut joined = Vec::new();
        for action in &mut self.queue {
            if !action.gives_out {
                continue;
            }
            let Some(theirs) = theirs_of(&action.object) else {
                continue;
            };
            let (object, clash) = join(theirs, &action.object, unlocked)?;
            self.clashes.push(clash);
            // what is said again after a lost answer clashes with nothing
            action.gives_out = false;
            if there.place(&action.object).is_some() {
                joined.push((action.at, object));
            } else {
                action.object = object;
            }
        }
        for sent in &self.unconfirmed {
            let is_there = there.place(sent).is_some();
            if let Some(theirs) = theirs_of(sent).filter(|_| is_there) {
                let (object, clash) = join(theirs, sent, unlocked)?;
                self.clashes.push(clash);
                let at = sent.get("at").and_then(|at| at.strip_prefix('!'));
                let at = at.and_then(|at| serde_json::from_value(at.into()).ok());
                joined.push((at.unwrap_or(crate::clock::Time(0)), object));
            }
        }
        self.unconfirmed.clear();
        for (at, object) in joined {
            let number = self.next_number();
            self.queue.push(Action {
                number,
                at,
                gives_out: false,
                object,
            });
        }
        Ok(())
    }

    /// What the server once had, in the order in which it had it. A description that was followed by another one here is not brought back over what the server has.
    fn lost(
        &mut self,
        downloaded: &[KeyInfo],
        unlocked: &Unlocked,
    ) -> Result<Vec<KeyInfo>, PinWalletError> {
        let there = Objects::new(downloaded, unlocked);
        let here = Objects::new(&self.addresses, unlocked);
        let mut lost = Vec::new();
        for (place, (object, point)) in here.objects.iter().zip(&here.points).enumerate() {
            if there.place(object).is_some() {
                continue;
            }
            let described = object.get("desc").and(point.as_deref());
            let theirs = described.and_then(|point| there.descriptions(point).next_back());
            let (Some(point), Some((_, theirs))) = (described, theirs) else {
                lost.push(object.clone());
                continue;
            };
            if here.descriptions(point).any(|(later, _)| later > place) {
                let mut rest = object.clone();
                rest.remove("desc");
                if rest.names().any(|name| !["pub", "at"].contains(&name)) {
                    lost.push(rest);
                }
            } else if here.place(theirs).is_some() || theirs.get("desc") == object.get("desc") {
                lost.push(object.clone());
            } else {
                let (joined, clash) = join(theirs, object, unlocked)?;
                self.clashes.push(clash);
                lost.push(joined);
            }
        }
        Ok(lost)
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
        let actions = self.queue.iter();
        let to_send: Vec<&Action> = actions.filter(|it| !there.contains(&it.object)).collect();
        let objects: Vec<KeyInfo> = to_send.iter().map(|it| it.object.clone()).collect();
        if !objects.is_empty() {
            let added = unlocked.add(self, client, &objects).await;
            added.map_err(|error| match index_of(&error, to_send.len()) {
                Some(index) if error.server_error() == Some(Name::RejectData) => {
                    let number = to_send[index].number;
                    PinWalletError::ActionRefused { number, error }
                }
                _ => error.into(),
            })?;
        }
        let given = to_send.iter().filter(|action| action.gives_out);
        self.unconfirmed = given.map(|action| action.object.clone()).collect();
        synced.sent = self.queue.len();
        self.queue.clear();
        self.addresses.extend(objects);
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
        if missing == 0 {
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

/// Our object, with both descriptions.
fn join(
    theirs: &KeyInfo,
    ours: &KeyInfo,
    unlocked: &Unlocked,
) -> Result<(KeyInfo, Clash), PinWalletError> {
    let [their_text, our_text] = [theirs, ours].map(|object| {
        let text = object.text("desc", Some(unlocked.master()));
        text.and_then(Member::read)
    });
    let both = [&their_text, &our_text].map(|text| text.as_deref().unwrap_or_default());
    let both: Vec<&str> = both.into_iter().filter(|text| !text.is_empty()).collect();
    // what others wrote may be anything
    let both = both.join("; ").replace(char::is_control, " ");
    let both: String = both.chars().take(super::queue::MOST_CHARACTERS).collect();
    let is_secret = |object: &KeyInfo| object.get("desc").is_some_and(|it| it.starts_with("enc!"));
    let description = match is_secret(ours) || is_secret(theirs) {
        true => NewDescription::Secret(&both, unlocked),
        false => NewDescription::Plain(&both),
    };
    let mut joined = ours.clone();
    joined.set("desc", description.member()?);
    let key = ours.bytes("pub", Some(unlocked.master()));
    let key = key.and_then(Member::read);
    let key = key.and_then(|bytes| super::AddressKey::from_slice(&bytes));
    let clash = Clash {
        address: key.map_or_else(String::new, |key| key.name()),
        theirs: their_text,
    };
    Ok((joined, clash))
}

/// Which of so many objects the server does not want, if it says so.
fn index_of(error: &ClientError, count: usize) -> Option<usize> {
    let index = error.data()?.get("index")?.as_u64()?;
    usize::try_from(index).ok().filter(|index| *index < count)
}
