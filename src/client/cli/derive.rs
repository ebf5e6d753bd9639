//! `larimar derive`.

use clap::Args;

use super::failure::Failure;
use super::keys::{KeyArgs, Purpose};
use super::output;
use super::session::Session;

/// Prints the public key that an e-mail address, a password and answers make
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: --email or a profile; the password, asked for once, without echo. No server.\n\n\
    Examples:\n  \
    larimar derive --email alice@example.com --ask-answers 2\n  \
    echo 'correct horse battery staple' | larimar derive --email alice@example.com --password-stdin --json"
)]
pub(super) struct Derive {
    /// Prints the private key and the encryption key too: who has them has the wallet
    #[arg(long)]
    show_secret: bool,
    #[command(flatten)]
    keys: KeyArgs,
}

impl Derive {
    pub(super) fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let keys = self.keys.keys(session, Purpose::Open)?;
        let public = keys.public_key.to_string();
        let secrets = self.show_secret.then(|| {
            let hex = |bytes: &[u8; 32]| zeroize::Zeroizing::new(hex::encode(bytes));
            [
                ("private_key", hex(keys.private_key.expose())),
                ("encryption_key", hex(keys.encryption_key.expose())),
            ]
        });
        if session.json {
            let mut members = vec![("publickey", public.as_str())];
            for (name, key) in secrets.iter().flatten() {
                members.push((name, key));
            }
            return output::json(
                &members
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>(),
            );
        }
        let Some(secrets) = secrets else {
            return output::line(&public);
        };
        output::line(&format!("publickey {public}"))?;
        for (name, key) in &secrets {
            output::line(&format!("{name} {}", key.as_str()))?;
        }
        Ok(())
    }
}
