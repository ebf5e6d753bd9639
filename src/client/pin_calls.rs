//! The methods of PROTOCOL.md, section 6, one by one. Results are as the server gives them: [`Unlocked`](super::Unlocked) checks them.

use super::connection::Client;
use super::error::ClientError;
use super::pin_wallet::KeyInfo;
use crate::crypto::{AccessKey, CstoreKey, PassKey, Pin};
use crate::protocol::methods::{
    Hidden, Objects, PinGiven, WalletAccess, WalletAdd, WalletAddParams, WalletChangepin,
    WalletChangepinParams, WalletCreate, WalletCreateParams, WalletDelete, WalletDownload,
    WalletLock, WalletLockParams, WalletLogin, WalletLoginParams, WalletOwnerParams,
};

impl Client {
    /// `wallet/create`: there is an empty wallet that opens with the pin, which is returned. Again with the same keys, it is the same pin.
    ///
    /// # Errors
    /// `AccessKeyInUse`, `RateLimited`, `ServerError`.
    pub async fn pin_create(
        &self,
        access_key: &AccessKey,
        pass_key: &PassKey,
        cstore_key: &CstoreKey,
    ) -> Result<Pin, ClientError> {
        let params = WalletCreateParams {
            access_key: access_key.hex().into(),
            pass_key: pass_key.hex().into(),
            cstore_key: cstore_key.hex().into(),
        };
        let given = self.call::<WalletCreate>(&params).await?;
        self.pin(&given)
    }

    /// `wallet/login`: the cstoreKey, for the right pin. Never said twice: a wrong pin would count twice.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `InvalidPin`, `InvalidPinLocked`, `WalletLocked`, `RateLimited`, `ServerError`.
    pub async fn pin_login(
        &self,
        access_key: &AccessKey,
        pin: &Pin,
    ) -> Result<CstoreKey, ClientError> {
        let params = WalletLoginParams {
            access_key: access_key.hex().into(),
            pin: hidden(pin),
        };
        let given = self.call::<WalletLogin>(&params).await?;
        given
            .cstore_key
            .parse()
            .map_err(|_| ClientError::WrongAnswer {
                server: self.server_name().to_owned(),
                what: "it gave something that is no cstoreKey",
            })
    }

    /// `wallet/access`: the pin, and the wallet is not locked any more.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `RateLimited`, `ServerError`.
    pub async fn pin_access(
        &self,
        access_key: &AccessKey,
        pass_key: &PassKey,
    ) -> Result<Pin, ClientError> {
        let params = owner(access_key, pass_key);
        let given = self.call::<WalletAccess>(&params).await?;
        self.pin(&given)
    }

    /// `wallet/add`: the objects are the last of the wallet, all of them or none; one that is there already is not added again.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `RejectData`, `QuotaExceeded`, `RateLimited`, `ServerError`.
    pub async fn pin_add(
        &self,
        access_key: &AccessKey,
        pass_key: &PassKey,
        addresses: &[KeyInfo],
    ) -> Result<(), ClientError> {
        let params = WalletAddParams {
            access_key: access_key.hex().into(),
            pass_key: pass_key.hex().into(),
            wallet_addresses: Objects::new(addresses)
                .map_err(|error| ClientError::from_call(self.server_name(), error.into()))?,
        };
        self.call::<WalletAdd>(&params).await.map(drop)
    }

    /// `wallet/download`: the objects, in the order in which they were added.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `RateLimited`, `ServerError`.
    pub async fn pin_download(
        &self,
        access_key: &AccessKey,
        pass_key: &PassKey,
    ) -> Result<Vec<KeyInfo>, ClientError> {
        let params = owner(access_key, pass_key);
        let downloaded = self.call::<WalletDownload>(&params).await?;
        Ok(downloaded
            .wallet_addresses
            .into_iter()
            .map(KeyInfo::from)
            .collect())
    }

    /// `wallet/changepin`: the wallet opens with the new pin only.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `PinChangeNotAllowed`, `InvalidPinTooShort`, `InvalidPinTooLong`, `InvalidPinChars`,
    /// `InvalidPinNotSecure`, `RateLimited`, `ServerError`.
    pub async fn pin_change(
        &self,
        access_key: &AccessKey,
        pass_key: &PassKey,
        pin: &Pin,
    ) -> Result<(), ClientError> {
        let params = WalletChangepinParams {
            access_key: access_key.hex().into(),
            pass_key: pass_key.hex().into(),
            pin: hidden(pin),
        };
        self.call::<WalletChangepin>(&params).await.map(drop)
    }

    /// `wallet/lock`: no pin opens the wallet until [`pin_access`](Self::pin_access).
    ///
    /// # Errors
    /// `UnknownAccessKey`, `RateLimited`, `ServerError`.
    pub async fn pin_lock(&self, access_key: &AccessKey) -> Result<(), ClientError> {
        let params = WalletLockParams {
            access_key: access_key.hex().into(),
        };
        self.call::<WalletLock>(&params).await.map(drop)
    }

    /// `wallet/delete`: the server keeps nothing of the wallet.
    ///
    /// # Errors
    /// `UnknownAccessKey`, `IncorrectPassKey`, `RateLimited`, `ServerError`.
    pub async fn pin_delete(
        &self,
        access_key: &AccessKey,
        pass_key: &PassKey,
    ) -> Result<(), ClientError> {
        let params = owner(access_key, pass_key);
        self.call::<WalletDelete>(&params).await.map(drop)
    }

    /// It is printed as it is beside the keyphrase, so it must not be able to look like anything else.
    fn pin(&self, given: &PinGiven) -> Result<Pin, ClientError> {
        let pin: &str = &given.pin;
        if (1..=MOST).contains(&pin.len()) && pin.bytes().all(|it| matches!(it, b' '..=b'~')) {
            return Ok(Pin::typed(pin.to_owned()));
        }
        Err(ClientError::WrongAnswer {
            server: self.server_name().to_owned(),
            what: "it gave something that is no pin",
        })
    }
}

/// Characters of a pin that a server gives.
const MOST: usize = 128;

fn owner(access_key: &AccessKey, pass_key: &PassKey) -> WalletOwnerParams {
    WalletOwnerParams {
        access_key: access_key.hex().into(),
        pass_key: pass_key.hex().into(),
    }
}

fn hidden(pin: &Pin) -> Hidden {
    Hidden::new(pin.expose().to_owned())
}
