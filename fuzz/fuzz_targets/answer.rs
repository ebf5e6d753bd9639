//! Bytes as what a server answers to its owner's client: a byte for the call, one for the form of the answer, the answer. A server that lies
//! may be believed or not, but it breaks nothing.
#![no_main]

use std::sync::{LazyLock, Mutex, PoisonError};

use larimar::client::{BlobHash, Client, ClientError, Head, Keys, MAX_REVISION, Wallet};
use larimar_fuzz::larimard::{blob, keys};
use larimar_fuzz::liar::{Answer, Liar};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

/// More notifications than these are not waited for.
const CHANGES: usize = 32;

struct Owner {
    runtime: Runtime,
    liar: Liar,
    client: Client,
    subscriber: Client,
    keys: Keys,
    head: Head,
}

static OWNER: LazyLock<Mutex<Owner>> = LazyLock::new(|| Mutex::new(Owner::new()));

fuzz_target!(|bytes: &[u8]| {
    let [call, form, answer @ ..] = bytes else {
        return;
    };
    let owner = OWNER.lock().unwrap_or_else(PoisonError::into_inner);
    let answer = answer.to_vec();
    let (call, form) = (call % 13, form % 4);
    owner.liar.say(match form {
        0 => Answer::Result(answer),
        1 => Answer::Error(answer),
        2 => Answer::Body(answer),
        // a write whose answer is lost is said again after a pause
        _ if call >= 8 => Answer::Nothing,
        _ => Answer::Bytes(answer),
    });
    if form == 3 && call >= 8 {
        return;
    }
    let wallet = Wallet::new(owner.client.clone(), owner.keys.clone());
    if let Err(error) = owner.runtime.block_on(owner.calls(call, &wallet)) {
        look_at(&error);
    }
    assert!(wallet.highest_revision() <= MAX_REVISION);
});

impl Owner {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let liar = runtime.block_on(Liar::listen()).expect("a port");
        let client = |address| Client::connect(&format!("http://{address}")).expect("a client");
        let keys = keys(1);
        Self {
            client: client(liar.http),
            subscriber: client(liar.websocket),
            head: Head {
                local_hash: BlobHash::of(&blob(&keys)),
                revision: 1,
            },
            runtime,
            liar,
            keys,
        }
    }

    async fn calls(&self, call: u8, wallet: &Wallet) -> Result<(), ClientError> {
        let hash = &self.head.local_hash;
        match call {
            0 => {
                let state = wallet.fetch().await?;
                assert_eq!(wallet.highest_revision(), state.head.revision);
            }
            1 => drop(wallet.fetch_newer(&self.head).await?),
            2 => drop(wallet.versions().await?),
            3 => assert_eq!(wallet.version(hash).await?.head.local_hash, *hash),
            4 => drop(wallet.accesses().await?),
            5 => drop(self.client.server_info().await?),
            6 => drop(self.client.discover().await?),
            7 => {
                let mut changes = self.subscriber.subscribe(wallet.public_key()).await?;
                for _ in 0..CHANGES {
                    match changes.next().await {
                        Some(change) => drop(change?),
                        None => break,
                    }
                }
            }
            8 => {
                self.client.request_code("a@b.c").await?;
            }
            9 => drop(
                wallet
                    .create("7K3M-Q2WX-9FHT-B4ZC", b"a secret", false)
                    .await?,
            ),
            10 => drop(wallet.save(b"a secret", &self.head).await?),
            11 => drop(
                wallet
                    .change_password(keys(2), b"a secret", &self.head)
                    .await?,
            ),
            _ => wallet.delete(hash).await?,
        }
        Ok(())
    }
}

/// Everything that an error is asked for.
fn look_at(error: &ClientError) {
    assert!(
        !error.to_string().is_empty() || error.server_error().is_some() || error.code().is_some()
    );
    assert!(!error.name().is_empty() || error.code().is_some());
    error.retry_after();
    error.local_hash();
    error.revision();
    error.outcome_unknown();
}
