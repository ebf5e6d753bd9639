//! Time as a value, so that tests set it.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first and the last moment that four digits of a year can name.
const WRITABLE: (i64, i64) = (-62_167_219_200_000, 253_402_300_799_999);
const MILLISECONDS_OF_A_DAY: i64 = 86_400_000;

/// A moment, in milliseconds since 1970 (UTC).
///
/// On the wire it is RFC 3339, UTC, with milliseconds (PROTOCOL.md, section 2), and so it is with serde in a text
/// format such as JSON; in a binary one it is the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// This moment and so many seconds more; the last one that there is if that is too many.
    pub fn plus_seconds(self, seconds: u64) -> Self {
        let milliseconds = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(milliseconds))
    }

    /// This moment and so many days (of 24 hours) less; the first one that there is if that is too many.
    pub fn minus_days(self, days: u64) -> Self {
        let day = MILLISECONDS_OF_A_DAY.unsigned_abs();
        let milliseconds = i64::try_from(days.saturating_mul(day)).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(milliseconds))
    }

    /// Its text, as it is on the wire.
    ///
    /// An answer of `fetchWallet` holds up to three hundred times, which is why the digits are written here and not by a general
    /// formatter; [`Writer`] is for many.
    pub fn ascii(self) -> [u8; 24] {
        Writer::default().write(self)
    }

    /// The day (UTC) that it lies in, counted from 1970.
    pub fn day(self) -> i64 {
        self.0.div_euclid(MILLISECONDS_OF_A_DAY)
    }
}

/// `2026-11-22T01:50:16.123Z`; what is before the year 0 or after 9999 is shown as the first or last moment between.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.ascii()).unwrap_or_default())
    }
}

/// Writes times, faster if they are of one day.
#[derive(Debug)]
pub struct Writer {
    day: Option<i64>,
    text: [u8; 24],
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            day: None,
            text: *b"0000-00-00T00:00:00.000Z",
        }
    }
}

impl Writer {
    /// The text of a time, as it is on the wire.
    pub fn write(&mut self, time: Time) -> [u8; 24] {
        let time = Time(time.0.clamp(WRITABLE.0, WRITABLE.1));
        if self.day != Some(time.day()) {
            self.day = Some(time.day());
            let moment = DateTime::<Utc>::from_timestamp_millis(time.0).unwrap_or_default();
            self.digits::<4>(0, moment.year().unsigned_abs());
            self.digits::<2>(5, moment.month());
            self.digits::<2>(8, moment.day());
        }
        // below 86,400,000
        let rest = time.0.rem_euclid(MILLISECONDS_OF_A_DAY) as u32;
        self.digits::<2>(11, rest / 3_600_000);
        self.digits::<2>(14, rest / 60_000 % 60);
        self.digits::<2>(17, rest / 1000 % 60);
        self.digits::<3>(20, rest % 1000);
        self.text
    }

    fn digits<const DIGITS: usize>(&mut self, from: usize, mut number: u32) {
        for place in (from..from + DIGITS).rev() {
            self.text[place] = b'0' + (number % 10) as u8;
            number /= 10;
        }
    }
}

/// Not a time of RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time is RFC 3339, such as 2026-11-22T01:50:16.123Z")]
pub struct InvalidTime;

impl FromStr for Time {
    type Err = InvalidTime;

    /// Reads RFC 3339 with any offset; what is finer than a millisecond is dropped.
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        DateTime::parse_from_rfc3339(text)
            .map(|moment| Self(moment.timestamp_millis()))
            .map_err(|_| InvalidTime)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            text.parse().map_err(D::Error::custom)
        } else {
            i64::deserialize(deserializer).map(Self)
        }
    }
}

/// Says what time it is.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Time;
}

/// The computer's clock, which an operator may set back: nothing may rely on its never doing so.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        Time(Utc::now().timestamp_millis())
    }
}

/// A clock that stands still until it is set: for tests.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that stands at this moment.
    pub fn new(time: Time) -> Self {
        Self(AtomicI64::new(time.0))
    }

    /// Sets it.
    pub fn set(&self, time: Time) {
        self.0.store(time.0, Ordering::SeqCst);
    }

    /// Moves it on by so many seconds.
    pub fn advance(&self, seconds: u64) {
        self.set(self.now().plus_seconds(seconds));
    }
}

impl Clock for SetClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "2026-11-22T01:50:16.123Z";
    const TIME: Time = Time(1_795_312_216_123);

    #[test]
    fn a_time_is_rfc_3339_in_utc_with_milliseconds() {
        assert_eq!(TIME.to_string(), TEXT);
        assert_eq!(Time(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Time(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Time(i64::MIN).to_string(), "0000-01-01T00:00:00.000Z");
        for text in [TEXT, "2026-11-22T02:50:16.1239+01:00"] {
            assert_eq!(text.parse(), Ok(TIME), "{text}");
        }
        for text in ["", "2026-11-22", "2026-11-22T01:50:16.123", "1795312216123"] {
            assert_eq!(text.parse::<Time>(), Err(InvalidTime), "{text}");
        }
    }

    #[test]
    fn a_time_is_written_as_chrono_writes_it() {
        let mut milliseconds = WRITABLE.0;
        let mut writer = Writer::default();
        while milliseconds < WRITABLE.1 {
            let moment = DateTime::<Utc>::from_timestamp_millis(milliseconds).expect("a moment");
            let written = moment.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
            assert_eq!(Time(milliseconds).to_string(), written);
            assert_eq!(writer.write(Time(milliseconds)), *written.as_bytes());
            let later = milliseconds + 7_654_321;
            assert_eq!(writer.write(Time(later)), Time(later).ascii());
            milliseconds += 5_432_109_876_543 / 17;
        }
    }

    #[test]
    fn a_time_is_text_in_json_and_a_number_in_a_record() {
        let json = serde_json::to_string(&TIME).unwrap();
        assert_eq!(json, format!("\"{TEXT}\""));
        assert_eq!(serde_json::from_str::<Time>(&json).unwrap(), TIME);
        let record = postcard::to_stdvec(&TIME).unwrap();
        assert_eq!(record, postcard::to_stdvec(&TIME.0).unwrap());
        assert_eq!(postcard::from_bytes::<Time>(&record).unwrap(), TIME);
    }

    #[test]
    fn days_are_counted_in_utc_and_before_1970_too() {
        assert_eq!(Time(86_399_999).day(), 0);
        assert_eq!(Time(86_400_000).day(), 1);
        assert_eq!(Time(-1).day(), -1);
        assert_eq!(TIME.minus_days(1).day(), TIME.day() - 1);
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(TIME.plus_seconds(u64::MAX), Time(i64::MAX));
        assert_eq!(Time(-1).minus_days(u64::MAX), Time(i64::MIN));
    }

    #[test]
    fn a_set_clock_stands_still_until_it_is_moved() {
        let clock = SetClock::new(TIME);
        assert_eq!(clock.now(), TIME);
        clock.advance(2);
        assert_eq!(clock.now(), Time(TIME.0 + 2000));
        clock.set(Time(5));
        assert_eq!(clock.now(), Time(5));
    }
}
