//! What each method does with its parameters: read them, ask the rule, say the result.

mod fault;
mod pins;

use std::fmt;
use std::sync::{Arc, OnceLock};

use base64_simd::STANDARD;
use serde::{Serialize, Serializer};

use super::error::{Fault, Name};
use super::fetched::Fetched;
use super::methods::{self as wire, Effect, Limit, is_of_pins};
use super::{discover, params};
use crate::crypto::{
    BlobHash, ClaimedKey, PublicKey, blob_digest, change_password_digest, delete_wallet_digest,
};
use crate::pins::Pins;
use crate::wallet::{
    Caller, ChangePassword, Create, Delete, Fingerprint, Named, PostBox, Refusal, Save, Saved,
    Signed, Wallets,
};

/// What the methods work on.
pub struct Service {
    /// The rules.
    pub wallets: Wallets,
    /// The rules of wallets that open with a pin, unless `pins.enabled` is false.
    pub pins: Option<Pins>,
    /// What codes go out by.
    pub post: PostBox,
    /// `limits.blob_bytes`.
    pub blob_bytes: u64,
    /// Every `limits.*` under its name.
    pub limits: serde_json::Value,
}

impl Service {
    /// The limit and the effect of the method with this name; `None` if this server has none.
    pub fn known(&self, name: &str) -> Option<(&'static str, Limit, Effect)> {
        wire::known(name).filter(|(name, ..)| self.has(name))
    }

    fn has(&self, method: &str) -> bool {
        self.pins.is_some() || !is_of_pins(method)
    }
}

/// A call: who makes it, and what is found out about it.
#[derive(Debug, Clone)]
pub struct Call {
    /// From where.
    pub ip: std::net::IpAddr,
    /// What the access log and an `Internal` error name it by.
    pub request: RequestNumber,
    /// What the access log says of it.
    pub note: Arc<Note>,
}

/// The number of a call; as text `5f3a9c01-0000002a`: another first half at each start of the server, and the number of the call since then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestNumber {
    /// The same for all calls of one run.
    pub epoch: u32,
    /// Counted up.
    pub number: u64,
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:08x}", self.epoch, self.number)
    }
}

impl Serialize for RequestNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What is found out about a call, for the access log.
#[derive(Debug, Default)]
pub struct Note {
    /// The fingerprint of the wallet's key.
    pub wallet: OnceLock<Fingerprint>,
    /// What the answer alone does not say: `not_modified`, the name of an error, or why a `ServerError` is none of the server.
    pub outcome: OnceLock<&'static str>,
}

/// A call of one method on the service.
pub(super) struct Task {
    pub(super) service: Arc<Service>,
    pub(super) call: Call,
    pub(super) method: &'static str,
}

impl Task {
    fn wallets(&self) -> &Wallets {
        &self.service.wallets
    }

    fn caller(&self) -> Caller {
        Caller {
            ip: self.call.ip,
            method: self.method,
        }
    }

    /// Reads a field that comes after the one that named the wallet: its owner hears of the failure.
    async fn named<T>(&self, key: &ClaimedKey, field: Result<T, Fault>) -> Result<T, Fault> {
        if let Err(fault) = &field {
            if key.check().is_err() {
                return Err(self.fault(Refusal::InvalidPublicKey));
            }
            self.log_wallet(key);
            self.wallets()
                .note_failure(self.caller(), key, fault.name.as_str())
                .await;
        }
        field
    }

    /// The value that was looked up, or the error that it becomes.
    fn looked_up<T>(&self, key: &ClaimedKey, found: Result<T, Refusal>) -> Result<T, Fault> {
        if !matches!(found, Err(Refusal::InvalidPublicKey)) {
            self.log_wallet(key);
        }
        found.map_err(|refusal| self.fault(refusal))
    }

    fn log_wallet(&self, key: &ClaimedKey) {
        self.call
            .note
            .wallet
            .get_or_init(|| self.wallets().fingerprint(key));
    }

    /// The value that a rule gave, or the error that it becomes.
    fn ruled<T>(&self, ruled: Result<Named<T>, Named<Refusal>>) -> Result<T, Fault> {
        let (key, result) = match ruled {
            Ok(named) => (named.key, Ok(named.value)),
            Err(named) => (named.key, Err(self.fault(named.value))),
        };
        if let Some(key) = key {
            self.log_wallet(&key.into());
        }
        result
    }

    pub(super) async fn request_code(
        self,
        params: wire::RequestCodeParams,
    ) -> Result<wire::CodeRequested, Fault> {
        let email = params::email("email", &params.email)?;
        let sent = self
            .wallets()
            .request_code(self.caller(), &self.service.post, &email)
            .await;
        let sent = sent.map_err(|refusal| self.fault(refusal))?;
        Ok(wire::CodeRequested {
            expires_in: sent.expires_in,
            retry_after: sent.retry_after,
        })
    }

    pub(super) async fn create_wallet(
        self,
        params: wire::CreateWalletParams,
    ) -> Result<wire::Created, Fault> {
        let request = self.creation(&params);
        // who names somebody's key is seen by them, whatever else is wrong with the call
        let named = params.publickey.as_deref();
        let request = match named.map(|text| params::public_key("publickey", text)) {
            Some(Ok(key)) => self.named(&key.into(), request).await?,
            _ => request?,
        };
        let key = request.signed.key;
        let created = self.ruled(self.wallets().create(self.caller(), request).await);
        self.log_wallet(&key.into());
        let created = created?;
        Ok(wire::Created {
            publickey: created.key.to_string(),
            local_hash: created.local_hash.to_string(),
            created: created.created.to_string(),
            updated: created.updated.to_string(),
        })
    }

    fn creation(&self, params: &wire::CreateWalletParams) -> Result<Create, Fault> {
        let blob = params::blob(&params.encrypted_data, self.service.blob_bytes)?;
        let signed = params::signed(blob, "signature", &params.signature)?;
        if let Some(expected) = &params.publickey
            && params::public_key("publickey", expected)? != signed.key
        {
            return Err(Fault::new(Name::InvalidSignature)
                .because("The signature does not belong to these bytes and this public key.")
                .at("signature"));
        }
        Ok(Create {
            code: params::code(&params.code),
            signed,
            replace: params.replace.unwrap_or(false),
        })
    }

    pub(super) async fn fetch_wallet(
        self,
        params: wire::FetchWalletParams,
    ) -> Result<Fetched, Fault> {
        let key = params::claimed_key("publickey", &params.publickey)?;
        let local_hash = params::optional_hash("local_hash", params.local_hash.as_ref());
        let local_hash = self.named(&key, local_hash).await?;
        let fetched = self.wallets().fetch(self.caller(), &key, local_hash).await;
        let fetched = self.looked_up(&key, fetched)?;
        if fetched.encrypted_data.is_none() {
            let _ = self.call.note.outcome.set("not_modified");
        }
        Ok(Fetched(fetched))
    }

    pub(super) async fn save_wallet(
        self,
        params: wire::SaveWalletParams,
    ) -> Result<wire::Saved, Fault> {
        let blob = params::blob(&params.encrypted_data, self.service.blob_bytes)?;
        let signed = params::signed(blob, "signature", &params.signature)?;
        let original =
            params::optional_hash("original_local_hash", params.original_local_hash.as_ref());
        let original = self.named(&signed.key.into(), original).await?;
        self.log_wallet(&signed.key.into());
        let saved = self
            .wallets()
            .save(self.caller(), Save { signed, original })
            .await;
        self.ruled(saved).map(|stored| saved_on_wire(&stored))
    }

    pub(super) async fn change_password(
        self,
        params: wire::ChangePasswordParams,
    ) -> Result<wire::Saved, Fault> {
        let blob = params::blob(&params.encrypted_data, self.service.blob_bytes)?;
        let old = params::signature("old_signature", &params.old_signature)?;
        let new = params::signed(blob, "new_signature", &params.new_signature)?;
        let bound = old
            .recover(&change_password_digest(&new.key, &new.blob.hash))
            .ok();
        let plain = params::recover(&old, &blob_digest(&new.blob.hash), "old_signature");
        if bound.is_none() && plain.is_err() {
            plain?;
            return Err(Fault::new(Name::InvalidSignature).at("old_signature"));
        }
        let plain = plain.ok();
        let original =
            params::optional_hash("original_local_hash", params.original_local_hash.as_ref());
        if let Err(fault) = &original {
            for old in bound.iter().chain(&plain) {
                let caller = self.caller();
                self.wallets()
                    .note_failure(caller, &ClaimedKey::from(*old), fault.name.as_str())
                    .await;
            }
        }
        let moved = match original {
            Ok(original) => self.move_wallet(new, bound, plain, original).await,
            Err(fault) => Err(fault),
        };
        // unless the rule found the wallet under the other one
        if let Some(old) = bound.or(plain) {
            self.log_wallet(&old.into());
        }
        moved
    }

    async fn move_wallet(
        &self,
        new: Signed,
        bound: Option<PublicKey>,
        plain: Option<PublicKey>,
        original: Option<BlobHash>,
    ) -> Result<wire::Saved, Fault> {
        let request = ChangePassword {
            new,
            bound,
            plain,
            original,
        };
        let moved = self.wallets().change_password(self.caller(), request).await;
        self.ruled(moved).map(|stored| saved_on_wire(&stored))
    }

    pub(super) async fn delete_wallet(
        self,
        params: wire::DeleteWalletParams,
    ) -> Result<wire::Deleted, Fault> {
        let local_hash = params::hash("local_hash", &params.local_hash)?;
        let signature = params::signature("signature", &params.signature)?;
        let mut keys = Vec::new();
        for name in &self.wallets().rules().names {
            let key = signature.recover(&delete_wallet_digest(name, &local_hash));
            keys.extend(key.ok());
        }
        let Some(&first) = keys.first() else {
            return Err(Fault::new(Name::InvalidSignature).at("signature"));
        };
        let request = Delete { keys, local_hash };
        let deleted = self.ruled(self.wallets().delete(self.caller(), request).await);
        // unless the rule found the wallet under another one
        self.log_wallet(&first.into());
        deleted.map(|()| wire::Deleted { deleted: true })
    }

    pub(super) async fn list_versions(
        self,
        params: wire::ListVersionsParams,
    ) -> Result<wire::Versions, Fault> {
        let key = params::claimed_key("publickey", &params.publickey)?;
        let versions = self.wallets().versions(self.caller(), &key).await;
        let versions = self.looked_up(&key, versions)?;
        let listed = versions
            .iter()
            .enumerate()
            .map(|(place, version)| wire::VersionListed {
                local_hash: version.hash.to_string(),
                saved: version.saved.to_string(),
                bytes: version.bytes.into(),
                current: place == 0,
            });
        Ok(wire::Versions {
            versions: listed.collect(),
        })
    }

    pub(super) async fn fetch_version(
        self,
        params: wire::FetchVersionParams,
    ) -> Result<wire::FetchedVersion, Fault> {
        let key = params::claimed_key("publickey", &params.publickey)?;
        let local_hash = params::hash("local_hash", &params.local_hash);
        let local_hash = self.named(&key, local_hash).await?;
        let fetched = self
            .wallets()
            .version(self.caller(), &key, local_hash)
            .await;
        let fetched = self.looked_up(&key, fetched)?;
        Ok(wire::FetchedVersion {
            encrypted_data: STANDARD.encode_to_string(fetched.encrypted_data),
            local_hash: fetched.version.hash.to_string(),
            saved: fetched.version.saved.to_string(),
        })
    }

    pub(super) async fn subscribe_wallet(
        &self,
        params: wire::SubscribeWalletParams,
    ) -> Result<tokio::sync::broadcast::Receiver<crate::wallet::Change>, Fault> {
        let key = params::public_key("publickey", &params.publickey)?;
        self.log_wallet(&key.into());
        let changes = self.wallets().subscribe(self.caller(), &key).await;
        changes.map_err(|refusal| self.fault(refusal))
    }

    pub(super) async fn discover(self, _: wire::NoParams) -> Result<serde_json::Value, Fault> {
        Ok(discover::document(self.service.pins.is_some()).clone())
    }

    fn methods(&self) -> Vec<String> {
        let names = wire::NAMES.iter().filter(|name| self.service.has(name));
        names.map(|&name| name.to_owned()).collect()
    }

    pub(super) async fn server_info(self, _: wire::NoParams) -> Result<wire::Info, Fault> {
        Ok(wire::Info {
            name: "larimard".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            protocol: 1,
            time: self.wallets().now().to_string(),
            names: self.wallets().rules().names.clone(),
            limits: self.service.limits.clone(),
            methods: self.methods(),
        })
    }
}

fn saved_on_wire(stored: &Saved) -> wire::Saved {
    wire::Saved {
        publickey: stored.key.to_string(),
        local_hash: stored.local_hash.to_string(),
        updated: stored.updated.to_string(),
    }
}
