//! What everybody can see, compared.

use larimar::clock::Time;
use serde_json::{Value, json};

use super::super::hand::{base64, hash, with};
use super::super::model::{Answer, Bytes, Key};
use super::super::refusal::Refusal;
use super::step::KEYS;
use super::{Compared, same};

impl Compared {
    pub(super) async fn fetch(&mut self, key: Key, known: Option<Bytes>) -> Result<(), String> {
        let who = &self.people[usize::from(key)];
        let params = with(
            who.fetch(),
            "local_hash",
            known.as_ref().map_or(Value::Null, |data| hash(data).into()),
        );
        let given = self.server.call("fetchWallet", params).await;
        let modified = self
            .model
            .wallets
            .get(&key)
            .is_none_or(|wallet| known.as_ref() != Some(wallet.current()));
        let outcome = if modified { "ok" } else { "not_modified" };
        if let Some(refused) = self.model.look(key, "fetchWallet", outcome) {
            return self.not_found("fetchWallet", given, &refused);
        }
        let wallet = &self.model.wallets[&key];
        let time = |moment: i64| Time(moment).to_string();
        let recent: Vec<Value> = wallet.recent.iter().map(|(at, method, outcome)| {
            json!({"time": time(*at), "ip": "127.0.0.1", "method": method, "outcome": outcome})
        }).collect();
        let mut expected = json!({
            "modified": modified,
            "local_hash": hash(wallet.current()),
            "created": time(wallet.created),
            "updated": time(wallet.updated()),
            "statistics": {"updated": time(wallet.updated()), "fetches": wallet.fetches, "recent": recent},
        });
        if modified {
            expected["encrypted_data"] = base64(wallet.current()).into();
        }
        let mut given = given.map_err(|refusal| format!("fetchWallet: {refusal:?}"))?;
        let addresses = given["statistics"]
            .as_object_mut()
            .unwrap()
            .remove("addresses")
            .unwrap();
        same("fetchWallet", given, expected)?;
        same("addresses", addresses.as_array().unwrap().len(), 1)
    }

    fn not_found(
        &self,
        method: &str,
        given: Result<Value, Refusal>,
        expected: &Answer,
    ) -> Result<(), String> {
        let given = given.map_err(|mut refusal| {
            // nothing was recovered
            refusal.data["publickey"] = self.people[0].key().into();
            refusal
        });
        self.compare(method, 0, given, expected)
    }

    async fn versions(&mut self, key: Key) -> Result<(), String> {
        let given = self
            .server
            .call("listVersions", self.people[usize::from(key)].fetch())
            .await;
        if let Some(refused) = self.model.look(key, "listVersions", "ok") {
            return self.not_found("listVersions", given, &refused);
        }
        let listed = self.model.wallets[&key].listed(self.model.now);
        let listed: Vec<Value> = listed.iter().enumerate().map(|(place, (data, saved))| {
            json!({"local_hash": hash(data), "saved": Time(*saved).to_string(), "bytes": data.len(), "current": place == 0})
        }).collect();
        same(
            "listVersions",
            given.map_err(|refusal| refusal.data),
            Ok(json!({"versions": listed})),
        )
    }

    pub(super) async fn version(&mut self, key: Key, data: Bytes) -> Result<(), String> {
        let params = with(
            self.people[usize::from(key)].fetch(),
            "local_hash",
            hash(&data),
        );
        let given = self.server.call("fetchVersion", params).await;
        let now = self.model.now;
        let found = self.model.wallets.get(&key).and_then(|wallet| {
            wallet
                .listed(now)
                .into_iter()
                .find(|(bytes, _)| *bytes == data)
        });
        let outcome = if found.is_some() {
            "ok"
        } else {
            "VersionNotFound"
        };
        if let Some(refused) = self.model.look(key, "fetchVersion", outcome) {
            return self.not_found("fetchVersion", given, &refused);
        }
        let expected = match found {
            Some((data, saved)) => Ok(json!({
                "encrypted_data": base64(&data), "local_hash": hash(&data), "saved": Time(saved).to_string()
            })),
            None => Err(json!({"name": "VersionNotFound"})),
        };
        same(
            "fetchVersion",
            given.map_err(|refusal| refusal.data),
            expected,
        )
    }

    /// Everything that anybody can see.
    pub(super) async fn everything(&mut self) -> Result<(), String> {
        for key in 0..KEYS {
            self.fetch(key, None).await?;
            self.versions(key).await?;
        }
        Ok(())
    }
}
