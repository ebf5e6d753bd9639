//! `larimar change-password`.

use clap::Args;

use super::failure::Failure;
use super::holder::Holder;
use super::keys::{KeyArgs, Purpose, Typed, WeakArgs, holder_of, keep_copy};
use super::profile::most_answers;
use super::save::report;
use super::session::Session;
use super::{input, memories, servers};
use crate::client::Line;

/// Moves the wallet to a new password, and drops its older versions
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, and the new one, asked for twice, without echo.\n\n\
    The answers stay as they are unless --new-answer or --ask-new-answers says otherwise. The e-mail address stays.\n\n\
    Examples:\n  \
    larimar change-password\n  \
    larimar change-password --ask-answers 2 --ask-new-answers 0\n  \
    printf '%s\\n' \"$OLD\" \"$NEW\" | larimar change-password --password-stdin --new-password-stdin"
)]
pub(super) struct ChangePassword {
    #[command(flatten)]
    keys: KeyArgs,
    /// Reads the new password from standard input, a line after the password's if that comes from there too
    #[arg(long, help_heading = "New password")]
    new_password_stdin: bool,
    /// A new answer; repeatable. Other users of this machine may see it
    #[arg(long, value_name = "TEXT", help_heading = "New password")]
    new_answer: Vec<String>,
    /// Asks for so many new answers
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "new_answer",
        value_parser = most_answers(),
        allow_negative_numbers = true,
        help_heading = "New password"
    )]
    ask_new_answers: Option<u8>,
    #[command(flatten)]
    weak: WeakArgs,
}

impl ChangePassword {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let email = session.email()?.to_owned();
        if session.has_several() {
            return self.over_several(session, &email).await;
        }
        let client = session.client()?;
        // what can go wrong does so before anything is typed in vain
        client.server_info().await?;
        let purpose = match self.ask_new_answers {
            Some(_) => Purpose::Move,
            None => Purpose::Open,
        };
        let old = self.keys.typed(session, purpose)?;
        let mut holder = holder_of(session, old.keys(&email)?, false)?;
        let held = holder.fetch(session).await?;
        held.is_certain()?;
        let Holder::One(mut cached, _) = holder else {
            return Err(Failure::other("a wallet on one server is on several"));
        };
        let new = self.new_typed(session, &old)?;
        self.weak.accept(session, &new)?;
        let keys = new.keys(&email)?;
        let (wallet, stored) = cached
            .wallet()
            .change_password(keys.clone(), &held.plaintext, &held.head)
            .await?;
        // the old password opens no copy either
        if let Err(error) = cached.forget() {
            session.say(&format!("warning: {error}"));
        }
        drop(cached);
        report(session, "password changed", &wallet, &stored)?;
        session.keep_answers(new.answers.len());
        keep_copy(session, keys).await;
        Ok(())
    }

    /// The same on every server; interrupted, the same command finishes it.
    async fn over_several(&self, session: &mut Session, email: &str) -> Result<(), Failure> {
        let purpose = match self.ask_new_answers {
            Some(_) => Purpose::Move,
            None => Purpose::Open,
        };
        let old = self.keys.typed(session, purpose)?;
        let mut federation = memories::federation(session, old.keys(email)?)?;
        let new = self.new_typed(session, &old)?;
        self.weak.accept(session, &new)?;
        let lines = federation.change_password(new.keys(email)?).await?;
        let was_moved = |line: &Line| line.was.as_deref() == Some("moved");
        let done = match lines.iter().all(was_moved) {
            true => "the password was changed already",
            false => "password changed",
        };
        servers::report(session, done, &federation, &lines)?;
        session.keep_answers(new.answers.len());
        Ok(())
    }

    fn new_typed(&self, session: &mut Session, old: &Typed) -> Result<Typed, Failure> {
        let password = if self.new_password_stdin {
            session.input.line("the new password")?
        } else {
            input::secret("New password", true, "--new-password-stdin")?
        };
        let answers = match (&self.new_answer[..], self.ask_new_answers) {
            ([], None) => old.answers.clone(),
            (given, count) => {
                let count = count.map_or(0, usize::from);
                self.keys
                    .answers(session, "New answer", given, count, true)?
            }
        };
        Ok(Typed { password, answers })
    }
}
