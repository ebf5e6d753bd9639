//! Settings as operators give them: files in a folder, an environment, flags.

use tempfile::TempDir;
use toml::Table;

use super::key::flat;
use super::*;

mod report;
mod secret;
mod source;
mod value;

/// Sources with a working folder of their own.
struct Given {
    folder: TempDir,
    sources: Sources,
}

fn given() -> Given {
    let folder = TempDir::new().unwrap();
    let sources = Sources {
        folder: folder.path().to_owned(),
        ..Sources::default()
    };
    Given { folder, sources }
}

impl Given {
    fn file(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn config(mut self, name: &str) -> Self {
        self.sources.config = Some(name.into());
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.sources.environment.push((name.into(), value.into()));
        self
    }

    fn set(mut self, pair: &str) -> Self {
        self.sources.set.push(pair.to_owned());
        self
    }

    fn listen(mut self, address: &str) -> Self {
        self.sources.listen = Some(address.to_owned());
        self
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn loaded(&self) -> Loaded {
        load(&self.sources).unwrap_or_else(|faults| panic!("{faults}"))
    }

    /// A line for each fault.
    fn faults(&self) -> Vec<String> {
        match load(&self.sources) {
            Ok(loaded) => panic!("accepted:\n{}", loaded.to_toml()),
            Err(faults) => faults.0.iter().map(ToString::to_string).collect(),
        }
    }

    #[track_caller]
    fn refused(&self, parts: &[&str]) {
        let faults = self.faults();
        assert_eq!(faults.len(), 1, "{faults:#?}");
        for part in parts {
            assert!(faults[0].contains(part), "{part:?} is not in {faults:#?}");
        }
    }
}

fn origin_of(loaded: &Loaded, key: &str) -> String {
    loaded.origins[key].to_string()
}

fn defaults() -> Table {
    flat(Table::try_from(Settings::default()).unwrap())
}
