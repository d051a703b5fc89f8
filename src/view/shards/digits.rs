//! Numbers as letters: digits of five bits, least first, a sixth bit where more follow.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number.
pub(super) fn number(mut value: u64, out: &mut String) {
    loop {
        let low = (value & 31) as usize;
        value >>= 5;
        let digit = DIGITS.get(low | if value > 0 { 32 } else { 0 });
        out.push(digit.copied().map_or('A', char::from));
        if value == 0 {
            return;
        }
    }
}

/// Writes a number that may be below zero.
pub(super) fn signed(value: i64, out: &mut String) {
    number(((value << 1) ^ (value >> 63)) as u64, out);
}

/// Documents in rising order.
pub(super) fn list(docs: &[u32]) -> String {
    let mut out = String::new();
    let mut before = 0;
    for doc in docs {
        number(u64::from(doc - before), &mut out);
        before = *doc;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |value| {
            let mut out = String::new();
            number(value, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 1024].map(written), ["A", "f", "gB", "ggB"]);
        let mut out = String::new();
        signed(-1, &mut out);
        signed(1, &mut out);
        assert_eq!(out, "BC");
    }
}
