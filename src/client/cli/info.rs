//! `larimar info`.

use clap::Args;

use super::failure::Failure;
use super::output;
use super::session::Session;
use crate::client::{Client, methods};

/// Shows which server this is, and what it allows
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server.\n\nExample:\n  larimar info --server https://wallet.example.org"
)]
pub(super) struct Info {}

impl Info {
    pub(super) async fn run(&self, session: &Session) -> Result<(), Failure> {
        let client = session.client()?;
        let info = client.server_info().await?;
        if session.json {
            return output::json(&info);
        }
        output::line(&format!("{} {}", info.name, info.version))?;
        output::line(&format!("protocol {}", info.protocol))?;
        output::line(&format!("time {}", info.time))?;
        output::line(&format!("names {}", info.names.join(" ")))?;
        for (name, value) in info.limits.as_object().into_iter().flatten() {
            output::line(&format!("limits.{name} {value}"))?;
        }
        output::line(&format!("methods {}", info.methods.join(" ")))?;
        warn_of_name(session, &client, &info);
        Ok(())
    }
}

/// Says so if a deletion could not be signed for this server.
pub(super) fn warn_of_name(session: &Session, client: &Client, info: &methods::Info) {
    let name = client.server_name();
    if !info.names.iter().any(|known| known == name) {
        session.say(&format!(
            "warning: {name} is not among the server's names, so no wallet can be deleted by that name"
        ));
    }
}
