//! `rpc.discover`: the OpenRPC document, made from the table of methods.

use std::sync::OnceLock;

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

use super::error::Name;
use super::methods::{
    EachMethod, Limit, Method, WALLET_CHANGED, WalletChanged, each_method, is_of_pins,
};
use super::params;

/// The errors that every method of section 5 has.
const COMMON: [Name; 3] = [Name::InvalidParams, Name::Internal, Name::StoreUnavailable];
/// The errors that every method of section 6 has: the draft has one name for faults of the server.
const COMMON_OF_PINS: [Name; 2] = [Name::InvalidParams, Name::Internal];

/// The document, made once; with the methods of section 6 or without.
pub(super) fn document(has_pins: bool) -> &'static Value {
    static WHOLE: OnceLock<Value> = OnceLock::new();
    static WITHOUT_PINS: OnceLock<Value> = OnceLock::new();
    match has_pins {
        true => WHOLE.get_or_init(|| make(|_| true)),
        false => WITHOUT_PINS.get_or_init(|| make(|name| !is_of_pins(name))),
    }
}

struct Document {
    generator: SchemaGenerator,
    methods: Vec<Value>,
}

impl EachMethod for Document {
    fn method<M: Method>(&mut self) {
        let schema = self.generator.root_schema_for::<M::Params>().to_value();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let parameters: Vec<Value> = params::names::<M::Params>()
            .iter()
            .map(|name| {
                let property = &schema["properties"][*name];
                json!({
                    "name": name,
                    "summary": property["description"],
                    "required": required.iter().any(|required| required == name),
                    "schema": property,
                })
            })
            .collect();
        let common: &[Name] = match is_of_pins(M::NAME) {
            true => &COMMON_OF_PINS,
            false => &COMMON,
        };
        let errors: Vec<Value> = M::ERRORS
            .iter()
            .chain(common)
            .map(|name| error(*name))
            .collect();
        let mut result = self.generator.root_schema_for::<M::Result>().to_value();
        if let Some(result) = result.as_object_mut() {
            result.remove("$schema");
        }
        self.methods.push(json!({
            "name": M::NAME,
            "summary": M::SUMMARY,
            "paramStructure": "either",
            "params": parameters,
            "result": {"name": "result", "schema": result},
            "errors": errors,
            "x-limited": M::LIMIT != Limit::Free,
        }));
    }
}

fn error(name: Name) -> Value {
    json!({"code": name.code(), "message": name.message(), "data": {"name": name.as_str()}})
}

fn make(has: impl Fn(&str) -> bool) -> Value {
    let generator = SchemaSettings::draft07()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator();
    let mut document = Document {
        generator,
        methods: Vec::new(),
    };
    each_method(&mut document);
    document
        .methods
        .retain(|method| method["name"].as_str().is_some_and(&has));
    let change = document
        .generator
        .root_schema_for::<WalletChanged>()
        .to_value();
    json!({
        "openrpc": "1.3.2",
        "info": {
            "title": "Larimar",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A wallet server that cannot read what it keeps.",
            "license": {"name": env!("CARGO_PKG_LICENSE")},
        },
        "methods": document.methods,
        "x-notifications": [{"name": WALLET_CHANGED, "result": change}],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::methods::NAMES;

    #[test]
    fn every_method_stands_in_the_document() {
        let document = document(true);
        let names: Vec<&str> = document["methods"]
            .as_array()
            .expect("methods")
            .iter()
            .map(|method| method["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(names, NAMES);
        let without = self::document(false)["methods"].as_array().map(Vec::len);
        assert_eq!(without, Some(NAMES.len() - 8));
        let fetch = &document["methods"][2];
        assert_eq!(fetch["params"][0]["name"], "publickey");
        assert_eq!(fetch["params"][0]["required"], true);
        assert_eq!(fetch["params"][1]["required"], false);
        assert!(
            fetch["params"][0]["summary"]
                .as_str()
                .is_some_and(|summary| summary.contains("66 hex"))
        );
    }
}
