//! The rules of the house, held by reading the sources: what each room may use stands in the table of `src/lib.rs`, and nowhere else.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Rooms = BTreeMap<String, BTreeSet<String>>;

/// What each room may use, from the table in `src/lib.rs`.
fn rooms(table: &str) -> Rooms {
    let mut rooms = Rooms::new();
    for line in table.lines() {
        let Some(row) = line.strip_prefix("//! | [`") else {
            continue;
        };
        let cells: Vec<&str> = row.split('|').collect();
        let [name, _, uses, ..] = cells[..] else {
            panic!("a row has three cells: {line}");
        };
        let (name, _) = name.split_once('`').expect("a name");
        let mut may_use: BTreeSet<String> = backticked(uses).collect();
        if uses.contains("what that may use") {
            for room in may_use.clone() {
                may_use.extend(rooms[&room].iter().cloned());
            }
        }
        if uses.contains("everything above") {
            may_use.extend(rooms.keys().cloned());
        }
        for room in &may_use {
            assert!(
                rooms.contains_key(room),
                "{name} uses {room}, which stands above it"
            );
        }
        rooms.insert(name.to_owned(), may_use);
    }
    rooms
}

fn backticked(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// The rooms of this crate that a source names, with the line.
fn named(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let code = without_comments(source);
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].lines().count().max(1);
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(heads(group).into_iter().map(|name| (line, name)));
        } else {
            found.push((line, identifier(rest)));
        }
    }
    found
}

/// The first names of a group such as `{a::b, c::{d, e}}`, whose opening brace is taken already.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut begins) = (0, Vec::new(), true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            letter if letter.is_whitespace() => {}
            _ if begins => {
                heads.push(identifier(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}

/// The same lines, those that are comments empty.
fn without_comments(source: &str) -> String {
    let code = |line: &str| {
        if line.trim_start().starts_with("//") {
            String::new()
        } else {
            line.to_owned()
        }
    };
    source.lines().map(|line| code(line) + "\n").collect()
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let relative = path
                    .strip_prefix(env!("CARGO_MANIFEST_DIR"))
                    .unwrap()
                    .to_owned();
                found.push((relative, fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// The room of a file under `src`; none of `lib.rs` and the programs.
fn room(path: &Path) -> Option<String> {
    let first = path.components().nth(1)?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!["lib", "bin"].contains(&name)).then(|| name.to_owned())
}

#[test]
fn every_room_uses_only_what_the_table_says() {
    let rooms = rooms(include_str!("../src/lib.rs"));
    assert!(rooms.len() >= 10, "the table was found");
    let mut faults = Vec::new();
    for (path, source) in sources("src") {
        let Some(room) = room(&path) else { continue };
        let may_use = rooms
            .get(&room)
            .unwrap_or_else(|| panic!("{room} is not in the table"));
        for (line, used) in named(&source) {
            if used != room && rooms.contains_key(&used) && !may_use.contains(&used) {
                faults.push(format!(
                    "{}:{line}: {room} may not use {used}",
                    path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_room_is_in_the_table_and_is_there() {
    let source = include_str!("../src/lib.rs");
    let modules = without_comments(source);
    let modules: BTreeSet<_> = modules
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or(line.strip_prefix("mod ")))
        .map(identifier)
        .collect();
    assert_eq!(modules, rooms(source).into_keys().collect());
}

#[test]
fn files_are_short_and_programs_thin() {
    for (path, source) in sources("src") {
        let (lines, most) = (
            source.lines().count(),
            if path.starts_with("src/bin") { 40 } else { 400 },
        );
        assert!(
            lines <= most,
            "{} has {lines} lines, {most} is the most",
            path.display()
        );
    }
}

#[test]
fn unsafe_code_is_in_one_file() {
    for (path, source) in sources("src").into_iter().chain(sources("tests")) {
        if path == Path::new("src/store/sync.rs") || path == Path::new("tests/layers.rs") {
            continue;
        }
        let code = without_comments(&source);
        for word in [
            "unsafe {",
            "unsafe fn",
            "unsafe impl",
            "unsafe extern",
            "unsafe(",
            "allow(unsafe_code)",
        ] {
            assert!(!code.contains(word), "{} has `{word}`", path.display());
        }
    }
}

#[test]
fn nothing_is_left_undone_or_switched_off() {
    for (path, source) in sources("src").into_iter().chain(sources("tests")) {
        if path == Path::new("tests/layers.rs") {
            continue;
        }
        for word in [
            "todo!",
            "unimplemented!",
            "dbg!",
            "#[ignore",
            "FIXME",
            "XXX",
        ] {
            assert!(!source.contains(word), "{} has `{word}`", path.display());
        }
    }
}

#[test]
fn the_reader_sees_what_it_should() {
    let table = "\
        //! | [`low`] | text | |\n//! | [`mid`] | text | `low` |\n\
        //! | [`high`] | text | `mid`, and what that may use |\n//! | [`top`] | text | everything above |\n";
    let rooms = rooms(table);
    let uses = |room: &str| rooms[room].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(uses("low"), [""; 0]);
    assert_eq!(uses("high"), ["low", "mid"]);
    assert_eq!(uses("top"), ["high", "low", "mid"]);
    let source = "use crate::low::Thing;\n// crate::high\nuse crate::{mid::{a, b},\n top};\nlet x = crate::high::f();\n";
    let names: Vec<_> = named(source).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["low", "mid", "top", "high"]);
}
