//! `larimard verify` finds what is wrong, whether or not the server runs.

use super::backups::{filled, json_of, refused, run, text};
use super::house::House;

/// Reaches into a store whose server has stopped.
fn reach_into(house: &House, reach: impl FnOnce(&sled::Db)) {
    let config = sled::Config::new()
        .path(house.path("data/sled"))
        .segment_size(8 << 20);
    let db = config.open().unwrap();
    reach(&db);
    db.flush().unwrap();
}

#[test]
fn a_chunk_that_is_gone_or_changed_is_told() {
    let (house, server) = filled();
    let file = house.path("backup");
    server.stop();
    assert_eq!(json_of(&house, &["verify"])["faults"], 0);
    reach_into(&house, |db| {
        let data = db.open_tree("data").unwrap();
        let keys: Vec<_> = data.iter().keys().map(Result::unwrap).collect();
        data.remove(&keys[1]).unwrap();
        let mut chunk = data.get(&keys[4]).unwrap().unwrap().to_vec();
        chunk[100] ^= 1;
        data.insert(&keys[4], chunk).unwrap();
    });
    assert_two_faults(&house);
    let server = house.start();
    assert_two_faults(&house);
    let said = refused(&house, &["backup", text(&file)], 1);
    assert!(said.contains("damaged"), "{said}");
    assert!(!file.exists());
    server.stop();
}

fn assert_two_faults(house: &House) {
    let said = refused(house, &["verify"], 3);
    assert!(said.contains("its bytes are missing"), "{said}");
    assert!(said.contains("is damaged"), "{said}");
    let ran = run(house, &["verify", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(found["faults"], 2, "{found}");
    assert_eq!(found["told"].as_array().unwrap().len(), 2, "{found}");
}

#[test]
fn a_record_that_is_gone_or_changed_is_told() {
    for changed in [true, false] {
        let (house, server) = filled();
        server.stop();
        reach_into(&house, |db| {
            let wallets = db.open_tree("wallet").unwrap();
            let (key, mut record) = wallets
                .first()
                .unwrap()
                .map(|(k, v)| (k, v.to_vec()))
                .unwrap();
            record[5] ^= 1;
            match changed {
                true => wallets.insert(key, record).unwrap(),
                false => wallets.remove(key).unwrap(),
            };
        });
        let said = refused(&house, &["verify"], 3);
        assert!(
            said.contains("damaged") && said.contains("larimard restore"),
            "{said}"
        );
        let said = house.try_start().err().expect("refused");
        assert!(said.contains("larimard restore"), "{said}");
    }
}
