//! What two devices wrote of the same address, neither knowing of the other.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::key_info::{KeyInfo, Member};
use super::{Action, NewDescription, PinWallet, PinWalletError, Unlocked};

/// This device and another one gave out the same address, neither knowing of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clash {
    /// Which.
    pub address: String,
    /// What it was described as there; `None` if that cannot be read.
    pub theirs: Option<String>,
}

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
    /// An address that two devices gave out says so in its description.
    ///
    /// Of two devices, the one whose object came later sees it: here before it is sent, or, if the other was quicker or the answer was lost, when it is downloaded.
    pub(super) fn settle_clashes(
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
    pub(super) fn lost(
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
