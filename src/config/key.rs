//! The keys that there are: those of the defaults, and `..._file` for each secret.

use toml::{Table, Value};

use super::settings::Settings;

/// What may be given as a file, under the same key with [`FILE`] behind it.
pub(super) const SECRETS: [&str; 1] = ["mail.url"];

/// Ends the key that names a secret's file.
pub(super) const FILE: &str = "_file";

/// Every variable of the environment that begins so and contains `__` is meant for a setting.
pub(super) const PREFIX: &str = "LARIMAR_";

/// The keys that there are, each with its default, in the order of [`Settings`].
pub(super) struct Keys(Table);

impl Keys {
    /// Fails only if the defaults cannot be written as TOML, which a test rules out.
    pub(super) fn new() -> Result<Self, toml::ser::Error> {
        Ok(Self(flat(Table::try_from(Settings::default())?)))
    }

    /// What the key is if nobody sets it; none if there is no such key.
    pub(super) fn default_of(&self, key: &str) -> Option<Value> {
        match self.0.get(key) {
            Some(value) => Some(value.clone()),
            None => secret_of(key).map(|_| Value::String(String::new())),
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(super) fn is_section(&self, section: &str) -> bool {
        self.all().any(|(key, _)| section_of(key) == section)
    }

    /// Says that there is no such key, and which was meant or which there are, spelled by `spell`. A key
    /// without a dot is a section.
    pub(super) fn unknown(&self, key: &str, spell: impl Fn(&str) -> String) -> String {
        let mut sections: Vec<String> = self
            .all()
            .map(|(key, _)| section_of(key).to_owned())
            .collect();
        sections.dedup();
        if !key.contains('.') {
            return match nearest(key, &sections) {
                Some(section) => format!("there is no such section; did you mean {section}?"),
                None => no_section(&sections),
            };
        }
        let files = SECRETS.iter().map(|secret| format!("{secret}{FILE}"));
        let keys: Vec<String> = self
            .all()
            .map(|(key, _)| key.to_owned())
            .chain(files)
            .collect();
        if let Some(known) = nearest(key, &keys) {
            return format!("there is no such setting; did you mean {}?", spell(known));
        }
        let section = section_of(key);
        if !sections.iter().any(|known| known == section) {
            return no_section(&sections);
        }
        let allowed: Vec<String> = keys
            .iter()
            .filter(|known| section_of(known) == section)
            .map(|known| spell(known))
            .collect();
        format!("there is no such setting; there are {}", allowed.join(", "))
    }
}

fn no_section(sections: &[String]) -> String {
    format!(
        "there is no such section; there are {}",
        sections.join(", ")
    )
}

/// The name that was probably meant.
fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    known
        .iter()
        .map(|known| (strsim::jaro_winkler(known, name), known.as_str()))
        .filter(|(likeness, _)| *likeness > 0.9)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, known)| known)
}

/// The secret whose file this key names.
pub(super) fn secret_of(key: &str) -> Option<&'static str> {
    let secret = key.strip_suffix(FILE)?;
    SECRETS.into_iter().find(|known| *known == secret)
}

pub(super) fn section_of(key: &str) -> &str {
    key.split_once('.').map_or(key, |(section, _)| section)
}

/// `limits.batch` as the environment spells it: `LARIMAR_LIMITS__BATCH`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replacen('.', "__", 1).to_uppercase())
}

/// `section.key` for each key of each section.
pub(super) fn flat(sections: Table) -> Table {
    let mut keys = Table::new();
    for (section, value) in sections {
        match value {
            Value::Table(table) => keys.extend(
                table
                    .into_iter()
                    .map(|(key, value)| (format!("{section}.{key}"), value)),
            ),
            value => {
                keys.insert(section, value);
            }
        }
    }
    keys
}

/// The other way round.
pub(super) fn sections(keys: Table) -> Table {
    let mut sections = Table::new();
    for (key, value) in keys {
        let (section, name) = key.split_once('.').unwrap_or((&key, ""));
        if let Value::Table(table) = sections
            .entry(section)
            .or_insert_with(|| Value::Table(Table::new()))
        {
            table.insert(name.to_owned(), value);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_can_be_written_and_read() {
        let keys = Keys::new().unwrap();
        let settings: Settings = sections(keys.0).try_into().unwrap();
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn an_unknown_key_is_answered_with_the_nearest_or_with_all() {
        let keys = Keys::new().unwrap();
        let plain = |key: &str| keys.unknown(key, str::to_owned);
        assert!(plain("limits.bach").ends_with("did you mean limits.batch?"));
        assert!(plain("mail.url_fil").ends_with("did you mean mail.url_file?"));
        assert!(
            keys.unknown("limit.batch", variable)
                .ends_with("did you mean LARIMAR_LIMITS__BATCH?")
        );
        assert!(plain("codes.q").ends_with("there are codes.expire_seconds, codes.replace_days"));
        assert!(plain("mial").ends_with("no such section; did you mean mail?"));
        for key in ["zzz", "zzz.lion"] {
            assert!(plain(key).ends_with(
                "there are server, registration, store, console, mail, limits, codes, pins, statistics, access_log, observe, log"
            ));
        }
    }
}
