//! Whether a store holds what it should: every checksum, every blob, every signature, every index.

use std::collections::HashSet;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::record::{Table, Version, Wallet};
use super::{Lookup, Store, StoreError, Transaction, decide};
use crate::crypto::{BlobHash, Form, PublicKey, Signature, blob_digest};

/// How many records are looked at in one go: a server that is verified goes on serving in between.
const SLICE: usize = 8;
/// The faults that are told one by one.
const TOLD: usize = 1000;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Wallets looked at.
    pub wallets: u64,
    /// Wallets that open with a pin, looked at.
    pub pin_wallets: u64,
    /// Blobs looked at, older versions included.
    pub versions: u64,
    /// Records of every kind looked at.
    pub records: u64,
    /// How many faults there are.
    pub faults: u64,
    /// The first of them, in words.
    pub told: Vec<String>,
}

impl Report {
    /// One fault, because of which nothing else could be looked at.
    pub fn of_one(fault: String) -> Self {
        let mut report = Self::default();
        report.fault(fault);
        report
    }

    fn fault(&mut self, what: String) {
        self.faults += 1;
        if self.told.len() < TOLD {
            self.told.push(what);
        }
    }
}

/// Looks at everything, and tells `each` after every few records how many it was so far; ends if that says that nobody is interested any
/// more. Not for an async thread.
///
/// # Errors
/// If the store cannot be looked at any further; what is wrong with its records stands in the report.
pub fn verify(
    store: &dyn Store,
    each: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut named = HashSet::new();
    for table in Table::ALL
        .into_iter()
        .filter(|table| !matches!(table, Table::Journal | Table::Data))
    {
        for keys in Slices::of(store, table) {
            let (found, numbers) = futures_executor::block_on(look(store, table, keys?))?;
            report.wallets += found.wallets;
            report.pin_wallets += found.pin_wallets;
            report.versions += found.versions;
            report.records += found.records;
            report.faults += found.faults;
            report.told.extend(found.told);
            report.told.truncate(TOLD);
            named.extend(numbers);
            if each(report.records).is_break() {
                return Err(StoreError::Closed);
            }
        }
    }
    stray_data(store, &named, &mut report, each)?;
    Ok(report)
}

/// Blobs that no wallet names cost room and nothing else. New wallets may have come since the others were looked at, so those that are
/// newer than the newest of these are passed over.
fn stray_data(
    store: &dyn Store,
    named: &HashSet<u64>,
    report: &mut Report,
    each: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let newest = named.iter().max().copied().unwrap_or(0);
    let mut strays = HashSet::new();
    for keys in Slices::of(store, Table::Data) {
        for key in keys? {
            report.records += 1;
            let number = key
                .first_chunk::<8>()
                .map(|number| u64::from_be_bytes(*number));
            if let Some(number) =
                number.filter(|number| *number <= newest && !named.contains(number))
            {
                strays.insert(number);
            }
        }
        if each(report.records).is_break() {
            return Err(StoreError::Closed);
        }
    }
    if !strays.is_empty() {
        tracing::info!(
            blobs = strays.len(),
            "blobs that no wallet names, or that were removed meanwhile"
        );
    }
    Ok(())
}

struct Slices<'a> {
    store: &'a dyn Store,
    table: Table,
    after: Option<Vec<u8>>,
}

impl<'a> Slices<'a> {
    fn of(store: &'a dyn Store, table: Table) -> Self {
        Self {
            store,
            table,
            after: None,
        }
    }
}

impl Iterator for Slices<'_> {
    type Item = Result<Vec<Vec<u8>>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let keys = match self.store.keys(self.table, self.after.as_deref(), SLICE) {
            Ok(keys) => keys,
            Err(error) => return Some(Err(error)),
        };
        self.after = Some(keys.last()?.clone());
        Some(Ok(keys))
    }
}

/// Looks at records between two commits, where they have to fit each other.
async fn look(
    store: &dyn Store,
    table: Table,
    keys: Vec<Vec<u8>>,
) -> Result<(Report, Vec<u64>), StoreError> {
    decide(store, move |transaction| {
        let mut found = Report::default();
        let mut numbers = Vec::new();
        for key in &keys {
            found.records += 1;
            if let Err(what) = record(transaction, table, key, &mut found, &mut numbers) {
                found.fault(format!("{} {}: {what}", table.name(), shown(key)));
            }
        }
        Ok::<_, StoreError>((found, numbers))
    })
    .await
}

fn shown(key: &[u8]) -> String {
    hex::encode(&key[..key.len().min(8)])
}

fn record(
    lookup: &dyn Transaction,
    table: Table,
    key: &[u8],
    found: &mut Report,
    numbers: &mut Vec<u64>,
) -> Result<(), String> {
    let said = |error: StoreError| error.to_string();
    let Some(bytes) = lookup.bytes(table, key).map_err(said)? else {
        return Ok(()); // removed since it was listed
    };
    match table {
        Table::Wallet => {
            let wallet: Wallet = super::record::decode(table, &bytes).map_err(said)?;
            found.wallets += 1;
            is_past(lookup, wallet.commit)?;
            wallet_record(lookup, key, &wallet)?;
            for version in wallet.versions() {
                found.versions += 1;
                numbers.push(version.data);
                if let Err(what) = blob(lookup, &wallet.key, version) {
                    found.fault(format!(
                        "wallet {}, blob {}: {what}",
                        wallet.id, version.hash
                    ));
                }
            }
            Ok(())
        }
        Table::Key => {
            let key = key.try_into().map_err(|_| "not a key")?;
            let key = PublicKey::from_bytes(key).map_err(|error| error.to_string())?;
            found_there(lookup.wallet(key.as_bytes()).map_err(said)?.is_some())
        }
        Table::Email => {
            let digest = super::EmailDigest(key.try_into().map_err(|_| "not a digest")?);
            let address: super::Address = super::record::decode(table, &bytes).map_err(said)?;
            let wallet = lookup.wallet_by_id(address.wallet).map_err(said)?;
            found_there(wallet.is_some_and(|wallet| wallet.email == Some(digest)))
        }
        Table::Code => super::record::decode::<super::CodeRecord>(table, &bytes)
            .map(drop)
            .map_err(said),
        Table::Retired => {
            let retired: super::Retired = super::record::decode(table, &bytes).map_err(said)?;
            is_past(lookup, retired.commit)
        }
        Table::Statistics => super::record::decode::<super::Statistics>(table, &bytes)
            .map(drop)
            .map_err(said),
        Table::Pin => {
            let wallet: super::PinWallet = super::record::decode(table, &bytes).map_err(said)?;
            found.pin_wallets += 1;
            if key.len() != 32 {
                return Err("its key is no digest".into());
            }
            let Some(addresses) = &wallet.addresses else {
                return Ok(());
            };
            numbers.push(addresses.data);
            let data = lookup.data(addresses).map_err(said)?;
            let data = data.ok_or("its address objects are missing")?;
            match BlobHash::of(&data) == addresses.hash {
                true => Ok(()),
                false => Err("its address objects have another hash".into()),
            }
        }
        Table::Held | Table::Data | Table::Journal => Ok(()),
    }
}

fn found_there(is: bool) -> Result<(), String> {
    if is {
        Ok(())
    } else {
        Err("it leads to a wallet that does not say the same".into())
    }
}

/// A record of a later commit than the one in the making, which others may be part of, is never served.
fn is_past(transaction: &dyn Transaction, commit: u64) -> Result<(), String> {
    if commit <= transaction.commit() {
        Ok(())
    } else {
        Err("it names a commit that never was".into())
    }
}

fn wallet_record(lookup: &dyn Lookup, key: &[u8], wallet: &Wallet) -> Result<(), String> {
    let said = |error: StoreError| error.to_string();
    if key != wallet.id.to_be_bytes() {
        return Err("it stands under another number".into());
    }
    let reached = lookup.wallet(wallet.key.as_bytes()).map_err(said)?;
    if reached.is_none_or(|reached| reached.id != wallet.id) {
        return Err("its key does not lead to it".into());
    }
    if let Some(email) = &wallet.email {
        let address = lookup.address(email).map_err(said)?;
        if address.is_none_or(|address| address.wallet != wallet.id) {
            return Err("its e-mail address does not lead to it".into());
        }
    }
    if wallet
        .current
        .revision
        .is_some_and(|revision| revision > wallet.highest)
    {
        return Err("its revision is higher than the highest that it knows".into());
    }
    if wallet.lineages.is_empty() {
        return Err("it has no lineage".into());
    }
    Ok(())
}

fn blob(lookup: &dyn Lookup, key: &PublicKey, version: &Version) -> Result<(), String> {
    let data = lookup.data(version).map_err(|error| error.to_string())?;
    let data = data.ok_or("its bytes are missing")?;
    if BlobHash::of(&data) != version.hash {
        return Err("its bytes have another hash".into());
    }
    if Form::of(&data).map(Form::revision) != Ok(version.revision) {
        return Err("its revision is another".into());
    }
    let signature = version
        .signature
        .as_slice()
        .try_into()
        .map_err(|_| "its signature has another length")?;
    let signature = Signature::from_bytes(signature).map_err(|error| error.to_string())?;
    match signature.recover(&blob_digest(&version.hash)) {
        Ok(signer) if signer == *key => Ok(()),
        _ => Err("its signature is not that of the wallet's key".into()),
    }
}
