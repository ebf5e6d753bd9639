//! `larimar pin`: wallets that open with a pin, after the Wallet API Specification 1.0 Draft.

mod change;
mod create;
mod credential;
mod device;
mod keyphrase;
mod list;
mod manage;
mod restore;
mod show;
mod unlock;

use clap::{Args, Subcommand};

pub(super) use device::Place;

use super::exit::Exit;
use super::failure::Failure;
use super::session::Session;
use crate::client::PinWalletError;

/// Keeps addresses with their private keys in a wallet that opens with a pin
#[derive(Debug, Args)]
#[command(
    long_about = "Keeps addresses with their private keys in a wallet that opens with a pin\n\n\
    Such a wallet has two credentials, and neither is ever written to this machine's disk:\n\n\
    The KEYPHRASE is 33 letters and digits, made once when the wallet is created. It is everything: whoever has it has the wallet, on any machine, and even without the \
    server. Write it down on paper, or print its QR code, and keep it where you would keep as much cash. Nobody can give it back to you.\n\n\
    The PIN is six characters that you type day by day. It is worth nothing without this machine, on which the wallet was created or restored, and without the server, \
    which locks the wallet after a few wrong ones. If you forget it, or the wallet is locked, the keyphrase shows the pin and unlocks the wallet: larimar pin access.\n\n\
    Much works while the wallet is locked and without a network: looking at addresses, and giving out and describing those that are kept in reserve. What is done so waits in a \
    queue, and is sent when the wallet is unlocked the next time.",
    after_help = "Examples:\n  \
    larimar pin create --server https://wallet.example.org\n  \
    larimar pin new --description Faucet\n  \
    larimar pin list\n  \
    larimar pin unlock\n\n\
    On another machine:\n  \
    larimar pin restore --server https://wallet.example.org"
)]
pub(super) struct PinCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Create(create::Create),
    List(list::List),
    New(change::New),
    Describe(change::Describe),
    Unlock(unlock::Unlock),
    Queue(list::Queue),
    Status(list::Status),
    Show(show::Show),
    Restore(restore::Restore),
    Export(restore::Export),
    Keyphrase(keyphrase::ReadKeyphrase),
    Qr(keyphrase::Qr),
    Access(manage::Access),
    ChangePin(manage::ChangePin),
    Lock(manage::Lock),
    Delete(manage::Delete),
}

impl PinCommand {
    pub(super) async fn run(self, session: &mut Session) -> Result<(), Failure> {
        match self.command {
            Command::Create(command) => command.run(session).await,
            Command::List(command) => command.run(session).await,
            Command::New(command) => command.run(session).await,
            Command::Describe(command) => command.run(session).await,
            Command::Unlock(command) => command.run(session).await,
            Command::Queue(command) => command.run(session),
            Command::Status(command) => command.run(session),
            Command::Show(command) => command.run(session).await,
            Command::Restore(command) => command.run(session).await,
            Command::Export(command) => command.run(session),
            Command::Keyphrase(command) => command.run(session),
            Command::Qr(command) => command.run(session),
            Command::Access(command) => command.run(session).await,
            Command::ChangePin(command) => command.run(session).await,
            Command::Lock(command) => command.run(session).await,
            Command::Delete(command) => command.run(session).await,
        }
    }
}

impl From<PinWalletError> for Failure {
    fn from(error: PinWalletError) -> Self {
        use PinWalletError as E;
        let (exit, name) = match &error {
            E::ActionRefused { .. } => (Exit::Refused, "ActionRefused"),
            E::CstoreBox => (Exit::NotAuthentic, "CstoreBox"),
            E::NoCstoreBox => (Exit::Usage, "NoCstoreBox"),
            E::OtherWallet => (Exit::Usage, "OtherWallet"),
            E::ReserveEmpty => (Exit::Failure, "ReserveEmpty"),
            E::NoSuchAddress(_) | E::NoSuchAction(_) | E::NoPrivateKey => {
                (Exit::NotFound, "NotFound")
            }
            E::ForeignKey => (Exit::NotAuthentic, "ForeignKey"),
            E::Description => (Exit::Usage, "Usage"),
            E::Form(_) => (Exit::Usage, "NotAWallet"),
            E::Client(_) | E::NoRandomness(_) => (Exit::Failure, "Failure"),
        };
        let hint = match &error {
            E::ActionRefused { number, .. } => format!("larimar pin queue --drop {number}"),
            E::CstoreBox => "larimar pin access, with the keyphrase".to_owned(),
            E::NoCstoreBox => {
                "--keyphrase; and larimar pin access, when the server is there again".to_owned()
            }
            E::OtherWallet => "larimar pin keyphrase says which wallet a keyphrase is of, larimar pin status which one is on this device".to_owned(),
            E::ReserveEmpty => "larimar pin unlock, if the server has room for more".to_owned(),
            E::NoSuchAddress(_) => {
                "larimar pin list shows them; --unlock also those that are hidden".to_owned()
            }
            E::NoSuchAction(_) => "larimar pin queue lists them".to_owned(),
            E::Client(_)
            | E::NoPrivateKey
            | E::ForeignKey
            | E::Description
            | E::Form(_)
            | E::NoRandomness(_) => String::new(),
        };
        let message = error.to_string();
        match error {
            E::Client(error) => error.into(),
            _ if hint.is_empty() => Self::new(exit, name, message),
            _ => Self::new(exit, name, message).hint(hint),
        }
    }
}
