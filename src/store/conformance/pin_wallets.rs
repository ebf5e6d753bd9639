//! Wallets that open with a pin.

use super::*;
use crate::store::{AccessDigest, Opening, PinWallet};

fn pin_wallet(transaction: &mut dyn Transaction, attempts: u32, addresses: &[u8]) -> PinWallet {
    PinWallet {
        created: Time(1),
        salt: [1; 16],
        pass: [2; 32],
        vault: vec![3; 66],
        attempts,
        locked: attempts > 4,
        opened: vec![
            Opening {
                from: [4; 8],
                at: Time(5)
            };
            32
        ],
        addresses: Some(Version {
            data: transaction.put_data(addresses),
            hash: BlobHash::of(addresses),
            bytes: addresses.len() as u32,
            saved: Time(6),
            revision: None,
            signature: Vec::new(),
        }),
    }
}

/// Put, changed and removed with its address objects, it is there after opening again as it was last answered.
pub async fn a_pin_wallet_comes_back_and_goes_for_good(place: &dyn Place) {
    let digest = AccessDigest([7; 32]);
    let objects = vec![b'x'; 3 * CHUNK + 1];
    let mut store = place.open();
    for attempts in 0..3 {
        let (put, bytes) = (objects.clone(), objects.clone());
        decide(&*store, move |transaction| {
            if let Some(before) = transaction
                .pin_wallet(&digest)?
                .and_then(|wallet| wallet.addresses)
            {
                transaction.remove_data(&before);
            }
            let wallet = pin_wallet(transaction, attempts, &put);
            transaction.put_pin_wallet(&digest, &wallet);
            Ok::<_, StoreError>(())
        })
        .await
        .expect("stored");
        store = again(place, store).await;
        decide(&*store, move |transaction| {
            let wallet = transaction.pin_wallet(&digest)?.expect("a wallet");
            assert_eq!((wallet.attempts, wallet.opened.len()), (attempts, 32));
            let addresses = wallet.addresses.expect("addresses");
            assert_eq!(transaction.data(&addresses)?, Some(bytes));
            assert_eq!(transaction.pin_wallet(&AccessDigest([8; 32]))?, None);
            Ok::<_, StoreError>(())
        })
        .await
        .expect("looked up");
        assert_eq!(store.scan(Table::Data, None, 100).expect("read").len(), 4);
    }
    assert_eq!(store.wallets(), 0);
    decide(&*store, move |transaction| {
        let wallet = transaction.pin_wallet(&digest)?.expect("a wallet");
        transaction.remove_pin_wallet(&digest, &wallet);
        Ok::<_, StoreError>(())
    })
    .await
    .expect("removed");
    store = again(place, store).await;
    for table in [Table::Pin, Table::Data] {
        assert_eq!(store.scan(table, None, 1), Ok(Vec::new()));
    }
}
