//! The two kinds of identity: computed keys and minted slugs.
//!
//! In: what a *source* said (addresses, sentences) or what an editor wrote. Out: ids that survive
//! every improvement of the rules. A key never hashes anything our own rules produced.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A computed identity: the first 16 bytes of a SHA-256 over length-prefixed parts.
pub struct Key<T> {
    digest: [u8; 16],
    kind: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// Hashes the parts in order; no two different lists of parts give the same input.
    pub fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let full = hasher.finalize();
        let mut digest = [0; 16];
        digest.copy_from_slice(full.first_chunk::<16>().unwrap_or(&[0; 16]));
        Self { digest, kind: PhantomData }
    }

    /// Reads back what `Display` printed: 32 hexadecimal digits.
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 32 || !hex.is_ascii() {
            return None;
        }
        let mut digest = [0; 16];
        for (byte, pair) in digest.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self { digest, kind: PhantomData })
    }

    /// The first eight hexadecimal digits, enough to tell the anchors of one page apart.
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

/// A minted identity: a kebab-case name written once in `data/`, never derived, never reused.
pub struct Slug<T> {
    text: Box<str>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Slug<T> {
    /// Accepts lower-case ASCII letters, digits and single hyphens between them.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = !text.is_empty()
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        sound.then(|| Self { text: text.into(), kind: PhantomData })
    }

    /// Makes the nearest legal slug of a name; names without an ASCII letter or digit give `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut text = String::new();
        for c in name.chars() {
            if c.is_ascii_alphanumeric() {
                text.push(c.to_ascii_lowercase());
            } else if !text.is_empty() && !text.ends_with('-') && c != '\'' && c != '’' {
                text.push('-');
            }
        }
        Self::parse(text.trim_end_matches('-'))
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Key<T> {}
impl<T> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}
impl<T> Eq for Key<T> {}
impl<T> PartialOrd for Key<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Key<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.digest.cmp(&other.digest)
    }
}
impl<T> std::hash::Hash for Key<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}
fn hexadecimal(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
}

impl<T> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.digest) {
            pair.copy_from_slice(&[hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
        f.write_str(str::from_utf8(&digits).unwrap_or_default())
    }
}
impl<T> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
impl<T> Serialize for Key<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.digest.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { digest: <[u8; 16]>::deserialize(deserializer)?, kind: PhantomData })
    }
}

impl<T> Clone for Slug<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), kind: PhantomData }
    }
}
impl<T> PartialEq for Slug<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl<T> Eq for Slug<T> {}
impl<T> PartialOrd for Slug<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Slug<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
impl<T> std::hash::Hash for Slug<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
impl<T> fmt::Display for Slug<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl<T> fmt::Debug for Slug<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl<T> Serialize for Slug<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl<'de, T> Deserialize<'de> for Slug<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a kebab-case id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_print_and_read_back() {
        let key = Key::<u8>::of(&["https://a.example/", "He said so."]);
        assert_eq!(Key::parse(&key.to_string()), Some(key));
        assert_ne!(key, Key::of(&["https://a.example/H", "e said so."]));
    }

    #[test]
    fn slugs_are_kebab_case() {
        assert!(Slug::<u8>::parse("claude-code-2").is_some());
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "é"] {
            assert!(Slug::<u8>::parse(bad).is_none(), "{bad}");
        }
        let made = Slug::<u8>::from_name("Garante (Italy) – order no. 9").map(|s| s.to_string());
        assert_eq!(made.as_deref(), Some("garante-italy-order-no-9"));
        assert!(Slug::<u8>::from_name("阿里巴巴").is_none());
    }
}
