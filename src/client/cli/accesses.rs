//! `larimar accesses`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::keys::KeyArgs;
use super::output;
use super::session::Session;

/// Shows who has been asking for the wallet: the last access before this one first
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    --json: before (the last access before this one, or null) and statistics (updated, fetches, addresses, recent).\n\n\
    Examples:\n  \
    larimar accesses\n  \
    larimar accesses --json"
)]
pub(super) struct Accesses {
    #[command(flatten)]
    keys: KeyArgs,
}

impl Accesses {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let statistics = self.keys.wallet(session)?.accesses().await?;
        // the newest is this request
        let before = statistics.recent.get(1);
        if session.json {
            return output::json(&json!({"before": before, "statistics": statistics}));
        }
        match before {
            Some(access) => output::line(&format!(
                "Last access before this one: {} from {}, {}: {}",
                access.time, access.ip, access.method, access.outcome
            ))?,
            None => output::line("No access before this one")?,
        }
        output::line("")?;
        let rows = statistics.addresses.iter().map(|seen| {
            [
                seen.ip.clone(),
                seen.requests.to_string(),
                seen.first.clone(),
                seen.last.clone(),
            ]
        });
        output::table(["ADDRESS", "REQUESTS", "FIRST", "LAST"], rows)?;
        output::line("")?;
        output::line("The newest accesses, at most 10 of each address:")?;
        let rows = statistics.recent.iter().map(|access| {
            [
                access.time.clone(),
                access.ip.clone(),
                access.method.clone(),
                access.outcome.clone(),
            ]
        });
        output::table(["TIME", "ADDRESS", "METHOD", "OUTCOME"], rows)
    }
}
