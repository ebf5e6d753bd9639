//! One after the other, until one answers.

use super::{Failure, Member, Report, Servers};

/// What came of asking one after the other.
#[derive(Debug)]
pub struct Failover<T, E> {
    /// Which server it ended with: the one that answered or refused, else the last that failed.
    pub by: usize,
    /// What came of each; `()` stands for the answer.
    pub report: Report<(), E>,
    answer: Option<T>,
}

impl<T, E: Failure> Failover<T, E> {
    /// The answer.
    pub fn answer(&self) -> Option<&T> {
        self.answer.as_ref()
    }

    /// The answer, or the error of the server that it ended with.
    ///
    /// # Errors
    /// A refusal, or what the last server failed with.
    pub fn into_result(mut self) -> Result<T, E> {
        match self.answer {
            Some(answer) => Ok(answer),
            None => Err(self.report.take_error(self.by)),
        }
    }
}

impl<S: Member> Servers<S> {
    /// Asks one server after the other, in a random order and those that failed lately last, until one answers or refuses.
    ///
    /// For what every server can say, or what only one is to do: `serverInfo`, `requestCode`.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use larimar::client::{Client, Servers};
    ///
    /// let urls = ["https://one.example.org", "https://two.example.net", "https://three.example.com"];
    /// let clients = urls.iter().map(|url| Client::connect(url)).collect::<Result<Vec<_>, _>>()?;
    /// let servers = Servers::new(clients)?;
    /// let asked = servers.failover(async |server: Client| server.server_info().await).await;
    /// println!("{} answered", asked.report.answers()[asked.by].server);
    /// println!("version {}", asked.into_result()?.version);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn failover<T, E, F>(&self, call: F) -> Failover<T, E>
    where
        E: Failure,
        F: AsyncFn(S) -> Result<T, E>,
    {
        let mut order = self.shuffled();
        order.sort_by_key(|index| self.is_down(*index));
        let mut report = Report::of(self.members.iter().map(Member::name));
        let (mut by, mut answer) = (0, None);
        for index in order {
            by = index;
            let (took, answered) = self.ask(index, call(self.members[index].clone())).await;
            let goes_on = answered.as_ref().is_err_and(Failure::is_of_the_server);
            report.put(
                index,
                took,
                answered.map(|answered| answer = Some(answered)),
            );
            if !goes_on {
                break;
            }
        }
        Failover {
            by,
            answer,
            report: report.rest_not_asked(),
        }
    }
}
