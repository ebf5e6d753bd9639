//! What a device writes of a wallet, and what is exported of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{Action, Clash, KeyInfo, Known, PinWallet, PinWalletError, Unlocked};
use crate::crypto::Keyphrase;

const VERSION: u64 = 1;

/// Both documents; an export has no box, and of what this device knows only what it gave out.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    larimar_pin_wallet: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    access_key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cstore_box: Option<String>,
    wallet_addresses: Vec<KeyInfo>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    queue: Vec<Action>,
    #[serde(default, skip_serializing_if = "is_zero")]
    actions: u64,
    #[serde(default)]
    known: Known,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unconfirmed: Vec<KeyInfo>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    clashes: Vec<Clash>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "so serde wants it")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl PinWallet {
    /// Everything that a device keeps, to be written to its disk.
    pub fn to_json(&self) -> Vec<u8> {
        written(&Document {
            cstore_box: self.cstore_box.as_ref().map(|bytes| STANDARD.encode(bytes)),
            known: self.known.clone(),
            unconfirmed: self.unconfirmed.clone(),
            clashes: self.clashes.clone(),
            ..self.document()
        })
    }

    /// The addresses as on the server, for [`restore_offline`](Self::restore_offline): private keys stay encrypted. What is queued is in it.
    pub fn to_export(&self) -> Vec<u8> {
        written(&self.document())
    }

    fn document(&self) -> Document {
        Document {
            larimar_pin_wallet: VERSION,
            server: self.server.clone(),
            access_key: self.access_key.hex().to_string(),
            cstore_box: None,
            wallet_addresses: self.addresses.clone(),
            queue: self.queue.clone(),
            actions: self.actions,
            known: Known {
                given: self.known.given.clone(),
                ..Known::default()
            },
            unconfirmed: Vec::new(),
            clashes: Vec::new(),
        }
    }

    /// What [`to_json`](Self::to_json) or [`to_export`](Self::to_export) made.
    ///
    /// # Errors
    /// [`PinWalletError::Form`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, PinWalletError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Version {
            larimar_pin_wallet: u64,
        }
        let form = |error: serde_json::Error| PinWalletError::Form(error.to_string());
        let Version { larimar_pin_wallet } = serde_json::from_slice(bytes).map_err(form)?;
        if larimar_pin_wallet != VERSION {
            let message =
                format!("it is of version {larimar_pin_wallet}, and a newer program is needed");
            return Err(PinWalletError::Form(message));
        }
        let read: Document = serde_json::from_slice(bytes).map_err(form)?;
        let access_key = read.access_key.parse();
        let access_key = access_key.map_err(|error: crate::crypto::InvalidAccessKey| {
            PinWalletError::Form(error.to_string())
        })?;
        let cstore_box = read
            .cstore_box
            .map(|text| STANDARD.decode(text))
            .transpose();
        let last = read.queue.iter().map(|action| action.number).max();
        Ok(Self {
            server: read.server,
            cstore_box: cstore_box.map_err(|error| PinWalletError::Form(error.to_string()))?,
            addresses: read.wallet_addresses,
            queue: read.queue,
            actions: read.actions.max(last.unwrap_or(0)),
            known: read.known,
            unconfirmed: read.unconfirmed,
            clashes: read.clashes,
            ..Self::new(access_key)
        })
    }

    /// The wallet, without its server: from the keyphrase and an export (or another device's file, whose box is left out). What is queued there is queued here.
    ///
    /// No pin opens it on this device before it met its server again ([`Unlocked::access`]).
    ///
    /// # Errors
    /// [`PinWalletError::Form`], [`PinWalletError::OtherWallet`].
    pub fn restore_offline(
        keyphrase: &Keyphrase,
        export: &[u8],
    ) -> Result<(Self, Unlocked), PinWalletError> {
        let read = Self::from_json(export)?;
        let unlocked = Unlocked::from(keyphrase);
        unlocked.opens(&read)?;
        let mut wallet = Self {
            server: read.server,
            addresses: read.addresses,
            queue: read.queue,
            actions: read.actions,
            known: Known {
                given: read.known.given,
                ..Known::default()
            },
            ..Self::new(read.access_key)
        };
        wallet.check(&unlocked);
        Ok((wallet, unlocked))
    }
}

fn written(document: &Document) -> Vec<u8> {
    let text = serde_json::to_vec_pretty(document);
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and maps of strings are JSON"
    )]
    let mut text = text.expect("JSON");
    text.push(b'\n');
    text
}
