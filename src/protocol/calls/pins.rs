//! What the methods of section 6 do with their parameters.

use std::str::FromStr;

use super::Task;
use crate::crypto::{AccessKey, CstoreKey, PassKey, Pin};
use crate::pins::{KeyInfo, Pins, Refusal};
use crate::protocol::error::{Fault, Name};
use crate::protocol::methods as wire;
use crate::wallet::Fingerprint;

impl Task {
    fn pins(&self) -> Result<&Pins, Fault> {
        let pins = self.service.pins.as_ref();
        pins.ok_or_else(|| Fault::new(Name::Internal))
    }

    /// The accessKey, which the access log hears of.
    fn access_key(&self, text: &str) -> Result<AccessKey, Fault> {
        let access = key(Name::InvalidAccessKey, "accessKey", text)?;
        let fingerprint = Fingerprint(self.pins()?.fingerprint(&access));
        self.call.note.wallet.get_or_init(|| fingerprint);
        Ok(access)
    }

    fn owner(&self, access: &str, pass: &str) -> Result<(AccessKey, PassKey), Fault> {
        let access = self.access_key(access)?;
        Ok((access, key(Name::InvalidPassKey, "passKey", pass)?))
    }

    /// The value that a rule gave, or the error that it becomes; the cause of a fault of ours goes to the log and no further.
    fn opened<T>(&self, ruled: Result<T, Refusal>) -> Result<T, Fault> {
        ruled.map_err(|refusal| {
            let request = self.call.request;
            let fault = Fault::new(Name::from_text(refusal.name()).unwrap_or(Name::Internal));
            if let Some(outcome) = refusal.logged_as() {
                let _ = self.call.note.outcome.set(outcome);
            }
            match refusal {
                Refusal::NoList => no_list(),
                Refusal::RejectData { index, reason } => fault
                    .because(format!("Address object {index} (the first is 0) cannot be taken: {reason}."))
                    .with("reason", reason.to_string())
                    .with("index", index)
                    .at("walletAddresses"),
                Refusal::QuotaExceeded { limit, of } => fault
                    .because(format!("The wallet would have more than {limit} {of}. Use addresses that it has."))
                    .with("limit", limit),
                Refusal::RegistrationClosed => fault
                    .because("This server takes no new wallets that open with a pin. Those that it has go on working; for a new one, look for another server.")
                    .with("registration", "closed"),
                Refusal::UnderAttack { retry_after } => fault
                    .because("Pins are being guessed on a large scale: until that is over, they are taken only from addresses from which the wallet was opened lately. wallet/access works.")
                    .with("retry_after", retry_after),
                Refusal::Unfit(_) => {
                    let rules = self.service.pins.as_ref().map(|pins| *pins.rules());
                    let lengths = rules.map(|rules| (rules.min_length, rules.max_length));
                    let (least, most) = lengths.unwrap_or_default();
                    fault.with("least", least).with("most", most).at("pin")
                }
                Refusal::Store(error) => {
                    tracing::error!(%request, %error, "the store did not do what it was asked");
                    fault.with("request", request.to_string())
                }
                Refusal::Internal(error) => {
                    tracing::error!(%request, %error, "a call failed");
                    fault.with("request", request.to_string())
                }
                _ => fault,
            }
        })
    }

    pub(in crate::protocol) async fn wallet_create(
        self,
        params: wire::WalletCreateParams,
    ) -> Result<wire::PinGiven, Fault> {
        let (access, pass) = self.owner(&params.access_key, &params.pass_key)?;
        let cstore_key: CstoreKey = key(Name::InvalidCstoreKey, "cstoreKey", &params.cstore_key)?;
        let pins = self.pins()?;
        let pin = pins.create(&access, &pass, cstore_key).await;
        self.opened(pin).map(given)
    }

    pub(in crate::protocol) async fn wallet_login(
        self,
        params: wire::WalletLoginParams,
    ) -> Result<wire::LoggedIn, Fault> {
        let access = self.access_key(&params.access_key)?;
        let pin = Pin::typed((*params.pin).to_owned());
        let cstore_key = self.pins()?.login(self.call.ip, &access, &pin).await;
        let cstore_key = self.opened(cstore_key)?.hex().into();
        Ok(wire::LoggedIn { cstore_key })
    }

    pub(in crate::protocol) async fn wallet_access(
        self,
        params: wire::WalletOwnerParams,
    ) -> Result<wire::PinGiven, Fault> {
        let (access, pass) = self.owner(&params.access_key, &params.pass_key)?;
        let pin = self.pins()?.access(self.call.ip, &access, &pass).await;
        self.opened(pin).map(given)
    }

    pub(in crate::protocol) async fn wallet_add(
        self,
        params: wire::WalletAddParams,
    ) -> Result<wire::Done, Fault> {
        let (access, pass) = self.owner(&params.access_key, &params.pass_key)?;
        let objects = params.wallet_addresses.into_json();
        if !objects.starts_with('[') {
            return Err(no_list());
        }
        self.done(self.pins()?.add(&access, &pass, objects).await)
    }

    pub(in crate::protocol) async fn wallet_download(
        self,
        params: wire::WalletOwnerParams,
    ) -> Result<wire::Downloaded, Fault> {
        let (access, pass) = self.owner(&params.access_key, &params.pass_key)?;
        let objects = self.opened(self.pins()?.download(&access, &pass).await)?;
        Ok(wire::Downloaded {
            wallet_addresses: objects.into_iter().map(KeyInfo::into_members).collect(),
        })
    }

    pub(in crate::protocol) async fn wallet_changepin(
        self,
        params: wire::WalletChangepinParams,
    ) -> Result<wire::Done, Fault> {
        let (access, pass) = self.owner(&params.access_key, &params.pass_key)?;
        let pin = Pin::typed((*params.pin).to_owned());
        self.done(self.pins()?.change_pin(&access, &pass, pin).await)
    }

    pub(in crate::protocol) async fn wallet_lock(
        self,
        params: wire::WalletLockParams,
    ) -> Result<wire::Done, Fault> {
        let access = self.access_key(&params.access_key)?;
        self.done(self.pins()?.lock(&access).await)
    }

    pub(in crate::protocol) async fn wallet_delete(
        self,
        params: wire::WalletOwnerParams,
    ) -> Result<wire::Done, Fault> {
        let (access, pass) = self.owner(&params.access_key, &params.pass_key)?;
        self.done(self.pins()?.delete(&access, &pass).await)
    }

    fn done(&self, ruled: Result<(), Refusal>) -> Result<wire::Done, Fault> {
        self.opened(ruled).map(|()| wire::Done {})
    }
}

fn given(pin: Pin) -> wire::PinGiven {
    wire::PinGiven {
        pin: wire::Hidden::new(pin.expose().to_owned()),
    }
}

fn key<T: FromStr>(name: Name, param: &str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::new(name).at(param))
}

fn no_list() -> Fault {
    Fault::new(Name::InvalidParams)
        .because("walletAddresses has to be a list of objects.")
        .at("walletAddresses")
}
