//! What is in force, for `larimard check-config`.

use serde_json::json;
use toml::Table;

use super::key::flat;
use super::load::Loaded;

impl Loaded {
    /// Every setting with where it came from, as TOML that can be a configuration file again, but for a
    /// secret, which is `***`.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let mut last_section = "";
        let keys = self.shown();
        let lines: Vec<(&str, String, &str)> = keys
            .iter()
            .filter_map(|(key, value)| {
                let (section, name) = key.split_once('.')?;
                Some((section, format!("{name} = {value}"), key.as_str()))
            })
            .collect();
        let lengths = lines.iter().map(|(_, line, _)| line.chars().count());
        // a long value has its origin behind it, and does not push the others away
        let width = lengths.filter(|length| *length <= 50).max().unwrap_or(0);
        for (section, line, key) in lines {
            if section != last_section {
                let before = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{before}[{section}]\n"));
                last_section = section;
            }
            match self.origins.get(key) {
                Some(origin) => text.push_str(&format!("{line:width$}  # {origin}\n")),
                None => text.push_str(&format!("{line}\n")),
            }
        }
        text
    }

    /// The same for programs: `file`, `settings` by section, `origins` by `section.key`, `warnings`; a
    /// secret is `***`.
    pub fn to_json(&self, warnings: &[String]) -> serde_json::Value {
        json!({
            "file": self.file.as_ref().map(|file| file.display().to_string()),
            "settings": self.settings,
            "origins": self.origins,
            "warnings": warnings,
        })
    }

    fn shown(&self) -> Table {
        // only a path that is not UTF-8 cannot be written, and `load` refuses it
        Table::try_from(&self.settings)
            .map(flat)
            .unwrap_or_default()
    }
}
