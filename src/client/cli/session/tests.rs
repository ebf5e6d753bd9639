use clap::Parser;

use super::*;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    globals: Globals,
}

fn server(arguments: &[&str], variables: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let profiles = Profiles::at(Some(folder.path().to_owned()));
    for name in ["default", "work"] {
        let profile = Profile {
            server: Some(format!("https://{name}.example")),
            ..Profile::default()
        };
        profiles.write(name, &profile).expect("written");
    }
    let folder = folder.path().to_str().expect("a path");
    let line = ["larimar", "--profile-dir", folder];
    let line = Line::parse_from(line.iter().chain(arguments));
    let variable = |name: &str| {
        let found = variables.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let session = Session::resolve(line.globals, variable).expect("a session");
    session.any_server().map(str::to_owned)
}

#[test]
fn the_nearest_word_about_the_server_counts() {
    let variable = ("LARIMAR_SERVER", "https://variable.example");
    let is = |found: Option<String>, name: &str| {
        assert_eq!(found, Some(format!("https://{name}.example")));
    };
    is(server(&[], &[]), "default");
    is(server(&[], &[variable]), "variable");
    is(server(&["--profile", "work"], &[variable]), "work");
    is(server(&[], &[("LARIMAR_PROFILE", "work")]), "work");
    is(
        server(&[], &[("LARIMAR_PROFILE", "work"), variable]),
        "variable",
    );
    let flag = ["--server", "https://flag.example", "--profile", "work"];
    is(server(&flag, &[variable]), "flag");
}
