//! What people type, brought into one form on every device (PROTOCOL.md, section 4).

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Text that cannot be used, by name of what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
/// # Errors
/// [`TextError::Empty`], [`TextError::Unassigned`].
pub fn password(typed: &str) -> Result<Zeroizing<String>, TextError> {
    let normal = compose(typed)?;
    if normal.is_empty() {
        return Err(TextError::Empty);
    }
    Ok(normal)
}

/// An answer to a security question: NFKC, lower case, white space at both ends removed, inner runs of it turned into one space.
///
/// # Errors
/// [`TextError::Empty`], [`TextError::Unassigned`].
pub fn answer(typed: &str) -> Result<Zeroizing<String>, TextError> {
    let lower = Zeroizing::new(compose(typed)?.to_lowercase());
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
/// # Errors
/// [`TextError::Unassigned`], [`TextError::Email`].
pub fn email(typed: &str) -> Result<String, TextError> {
    let lower = compose(typed)?.to_lowercase();
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

fn compose(typed: &str) -> Result<Zeroizing<String>, TextError> {
    match typed
        .chars()
        .find(|&c| get_general_category(c) == GeneralCategory::Unassigned)
    {
        Some(unassigned) => Err(TextError::Unassigned(unassigned)),
        None => Ok(Zeroizing::new(typed.nfkc().collect())),
    }
}
