//! What people type, brought into one form on every device (PROTOCOL.md, section 4).
//!
//! Text is first checked, then NFKC, then lower case, then white space; it is hashed as UTF-8. A lone
//! surrogate, which the protocol refuses too, cannot be in a `str`.
//!
//! Three tables of Unicode work here, each of a version of its own: the one that says what is assigned, that
//! of NFKC, and the standard library's of lower case. The first decides, and must be the oldest: what it
//! admits, the others know, and what is newer is refused by all. It counts noncharacters (U+FFFE) as
//! unassigned, as does the general category `Cn` everywhere, and private use (`Co`) as assigned: no table maps
//! either. Unicode promises that NFKC of assigned code points never changes; it does not quite promise it of
//! lower case, so a test holds the mappings of all of them to a digest.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

const _: () = {
    let assigned = unicode_general_category::UNICODE_VERSION;
    let normal = unicode_normalization::UNICODE_VERSION;
    let lower = char::UNICODE_VERSION;
    let assigned = assigned.0 * 100 + assigned.1;
    assert!(assigned <= normal.0 as u64 * 100 + normal.1 as u64);
    assert!(assigned <= lower.0 as u64 * 100 + lower.1 as u64);
};

/// Text that cannot be used, by name of what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing is left of it.
    #[error("it is empty")]
    Empty,
    /// A code point that this program's Unicode tables do not know: another device might map it otherwise.
    #[error("it has a character that is not assigned in Unicode: U+{:04X}", u32::from(*.0))]
    Unassigned(char),
    /// Not `local@domain`.
    #[error("an e-mail address has exactly one @, text on both sides of it, and no white space")]
    Email,
}

/// The password as it goes into the derivation: NFKC, otherwise as typed.
///
/// White space stays, since a person may have meant it.
///
/// # Errors
/// [`TextError::Unassigned`], [`TextError::Empty`].
pub fn password(typed: &str) -> Result<Zeroizing<String>, TextError> {
    let normal = compose(typed)?;
    if normal.is_empty() {
        return Err(TextError::Empty);
    }
    Ok(normal)
}

/// An answer to a security question: NFKC, lower case, white space at both ends removed, inner runs of it turned
/// into one U+0020.
///
/// An answer is remembered by its sound, not by how it was typed years ago.
///
/// # Errors
/// [`TextError::Unassigned`], [`TextError::Empty`].
pub fn answer(typed: &str) -> Result<Zeroizing<String>, TextError> {
    let lower = lower_case(typed)?;
    let mut normal = Zeroizing::new(String::with_capacity(lower.len()));
    for word in lower.split(is_white_space).filter(|word| !word.is_empty()) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    if normal.is_empty() {
        return Err(TextError::Empty);
    }
    Ok(normal)
}

/// The e-mail address as salt: NFKC, lower case, white space at both ends removed.
///
/// This is not the check of section 2, which is about what a server writes to: a salt may have any letters.
///
/// # Errors
/// [`TextError::Unassigned`], [`TextError::Email`].
pub fn email(typed: &str) -> Result<String, TextError> {
    let lower = lower_case(typed)?;
    let trimmed = lower.trim_matches(is_white_space);
    match trimmed.split_once('@') {
        Some((local, domain))
            if !local.is_empty()
                && !domain.is_empty()
                && !domain.contains('@')
                && !trimmed.contains(is_white_space) =>
        {
            Ok(trimmed.to_owned())
        }
        _ => Err(TextError::Email),
    }
}

/// White space of PROTOCOL.md, section 4: a list of its own, since every language has another.
pub fn is_white_space(character: char) -> bool {
    matches!(
        character,
        '\u{9}'..='\u{D}'
            | '\u{20}'
            | '\u{85}'
            | '\u{A0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200A}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202F}'
            | '\u{205F}'
            | '\u{3000}'
    )
}

fn is_assigned(character: char) -> bool {
    get_general_category(character) != GeneralCategory::Unassigned
}

fn compose(typed: &str) -> Result<Zeroizing<String>, TextError> {
    if let Some(unassigned) = typed.chars().find(|&c| !is_assigned(c)) {
        return Err(TextError::Unassigned(unassigned));
    }
    // measured first: a string that grows leaves copies of a password behind
    let bytes = typed.nfkc().map(char::len_utf8).sum();
    let mut normal = Zeroizing::new(String::with_capacity(bytes));
    normal.extend(typed.nfkc());
    Ok(normal)
}

fn lower_case(typed: &str) -> Result<Zeroizing<String>, TextError> {
    Ok(Zeroizing::new(compose(typed)?.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::hash::sha256;
    use super::*;

    fn answered(typed: &str) -> Result<String, TextError> {
        answer(typed).map(|normal| normal.to_string())
    }

    #[test]
    fn a_password_is_composed_and_otherwise_as_typed() {
        for (typed, normal) in [
            (" Pa\u{308}ss  ① ", " P\u{e4}ss  1 "),
            ("ﬁ Ⅷ", "fi VIII"),
            ("\u{feff}\u{200b}\0", "\u{feff}\u{200b}\0"),
            (" ", " "),
        ] {
            assert_eq!(password(typed).unwrap().as_str(), normal, "{typed:?}");
        }
        assert_eq!(password(""), Err(TextError::Empty));
    }

    #[test]
    fn lower_case_is_the_full_mapping_of_the_whole_string() {
        for (typed, normal) in [
            ("ΟΔΟΣ", "οδος"),
            ("ΟΔΟΣ ΟΔΟΣ", "οδος οδος"),
            ("ΟΔΟΣ.", "οδος."),
            ("Σ", "σ"),
            ("ΑΣ\u{ad}Α", "ασ\u{ad}α"),
            ("ΑΣ\u{ad}.", "ας\u{ad}."),
            ("İ", "i\u{307}"),
            ("STRASSE ẞ", "strasse ß"),
            ("ⒶΩ", "aω"),
        ] {
            assert_eq!(answered(typed).as_deref(), Ok(normal), "{typed:?}");
        }
    }

    #[test]
    fn lower_case_comes_after_composition_and_nothing_after_it_composes() {
        // U+01F0 has no capital: J and a caron stay two, and two they stay when they are lower-cased
        assert_eq!(answered("J\u{30c}").as_deref(), Ok("j\u{30c}"));
        assert_eq!(answered("j\u{30c}").as_deref(), Ok("\u{1f0}"));
    }

    #[test]
    fn white_space_of_an_answer_is_exactly_the_protocols() {
        let listed = "\u{9}\u{a}\u{b}\u{c}\u{d}\u{20}\u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\
                      \u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";
        let known: String = ('\0'..=char::MAX).filter(|&c| is_white_space(c)).collect();
        assert_eq!(known, listed);
        assert_eq!(answered(listed), Err(TextError::Empty));
        assert_eq!(
            answered(&format!("{listed}a{listed}b{listed}")).as_deref(),
            Ok("a b")
        );
        for other in ["\u{1c}", "\u{180e}", "\u{200b}", "\u{2060}", "\u{feff}"] {
            let typed = format!("{other}a");
            assert_eq!(answered(&typed), Ok(typed), "{other:?}");
        }
        // an acute of its own is a space and a mark, and the space goes
        assert_eq!(answered("\u{b4}").as_deref(), Ok("\u{301}"));
    }

    #[test]
    fn an_email_has_one_at_and_text_around_it() {
        assert_eq!(email("\u{3000}A@B\r\n").as_deref(), Ok("a@b"));
        assert_eq!(email("Ａ＠Ｂ．org").as_deref(), Ok("a@b.org"));
        for typed in [
            "",
            "a",
            "@",
            "a@",
            "@b",
            " @b",
            "a@@b",
            "a@b@c",
            "a @b",
            "a@b\u{a0}c",
        ] {
            assert_eq!(email(typed), Err(TextError::Email), "{typed:?}");
        }
    }

    #[test]
    fn what_is_not_assigned_is_refused_by_name() {
        // never assigned, noncharacters, and letters of Unicode 17
        for character in [
            '\u{378}',
            '\u{fdd0}',
            '\u{fffe}',
            '\u{10ffff}',
            '\u{a7ce}',
            '\u{a7d2}',
        ] {
            let typed = format!("a{character}");
            let refused = TextError::Unassigned(character);
            assert_eq!(password(&typed), Err(refused));
            assert_eq!(answer(&typed), Err(refused));
            assert_eq!(email(&typed), Err(refused));
        }
        // private use, a control, and a letter of Unicode 16
        for character in ['\u{e000}', '\u{10fffd}', '\0', '\u{1c8a}'] {
            assert_eq!(answered(&character.to_string()), Ok(character.to_string()));
        }
        assert_eq!(
            TextError::Unassigned('\u{378}').to_string(),
            "it has a character that is not assigned in Unicode: U+0378"
        );
    }

    /// Other tables than those that people's keys were derived with would lock them out.
    #[test]
    fn the_unicode_tables_map_as_they_did() {
        let mut mapped = String::new();
        for character in ('\0'..=char::MAX).filter(|&c| is_assigned(c)) {
            // alone, and where it decides whether a sigma is final
            for typed in [
                character.to_string(),
                format!("a{character}Σ"),
                format!("aΣ{character}b"),
            ] {
                let lower = lower_case(&typed).unwrap();
                assert!(lower.chars().all(is_assigned), "{typed:?}");
                mapped.push_str(&lower);
                mapped.push('\n');
            }
        }
        // JavaScript's normalize and toLowerCase, with Unicode 17, give the same
        assert_eq!(
            hex::encode(sha256(&[mapped.as_bytes()])),
            "4ea9fa93d3d4f4dab6c2e72539887f057698bc1c4b4925df63875fe396937b97"
        );
    }
}
