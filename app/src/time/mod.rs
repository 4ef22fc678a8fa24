//! Times for readers: the page's clock and the time zone in which times are shown.

mod clock;
mod label;
mod zone;

pub use clock::{provide_clock, provide_clock_correction, use_minute, use_now, use_present_minute};
pub use label::{
    about_text, countdown_text, instant_time, net_clock, net_time, short_date, time_left, window_text, zone_suffix,
};
pub use zone::{Zone, offset_at, provide_zone, use_zone};
