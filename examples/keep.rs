//! Keeps a line of text in a wallet: the whole client library in one page.
//!
//! ```text
//! cargo run --example keep -- http://127.0.0.1:8330 alice@example.com                        # asks for a code
//! cargo run --example keep -- http://127.0.0.1:8330 alice@example.com 'a line' CODE          # creates the wallet
//! cargo run --example keep -- http://127.0.0.1:8330 alice@example.com 'another line'         # adds to it
//! ```
//!
//! The password is the first line of standard input.

use larimar::client::{Client, ClientError, Derivation, Name, Wallet};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [url, email] => {
            let requested = Client::connect(url)?.request_code(email).await?;
            println!(
                "a code is on its way, good for {} seconds",
                requested.expires_in
            );
        }
        [url, email, line] => keep(&wallet(url, email).await?, line).await?,
        [url, email, line, code] => {
            let wallet = wallet(url, email).await?;
            let stored = wallet
                .create(code, format!("{line}\n").as_bytes(), false)
                .await?;
            println!("created as revision {}", stored.head.revision);
        }
        _ => anyhow::bail!("give URL, e-mail address, line and code"),
    }
    Ok(())
}

async fn wallet(url: &str, email: &str) -> anyhow::Result<Wallet> {
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let no_answers: &[&str] = &[];
    let derivation = Derivation::new(email, password.trim_end_matches('\n'), no_answers)?;
    // half a second and 128 MiB: not on a thread that others wait for
    let keys = tokio::task::spawn_blocking(move || derivation.run()).await?;
    Ok(Wallet::new(Client::connect(url)?, keys))
}

/// Adds a line to what the wallet holds, however often another device is faster.
async fn keep(wallet: &Wallet, line: &str) -> Result<(), ClientError> {
    loop {
        let state = wallet.fetch().await?;
        let text = [&state.plaintext[..], line.as_bytes(), b"\n"].concat();
        match wallet.save(&text, &state.head).await {
            Err(error) if error.server_error() == Some(Name::Conflict) => continue,
            Err(error) => return Err(error),
            Ok(stored) => {
                println!("saved as revision {}", stored.head.revision);
                return Ok(());
            }
        }
    }
}
