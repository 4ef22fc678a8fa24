//! The common parts of all charts: tokens, axes, textures. Numbers of launches are integers, so the axes are too.

use std::f64::consts::FRAC_PI_4;

use charming::{
    component::{Axis, DecalItem, Grid},
    datatype::{CompositeValue, DataPoint, DataPointItem},
    element::{
        AxisLabel, AxisLine, AxisTick, AxisType, DimensionEncode, Formatter, ItemStyle, Label, LabelPosition,
        LineStyle, SplitLine, Symbol, Tooltip, Trigger,
    },
    series::Custom,
};
use domain::{Granularity, MoonTier, StatusKind, text::isolated};

/// Maximum length of a name on a category axis, in characters; a longer one is replaced by the abbreviation or cut at the end.
const LONGEST_NAME: usize = 18;

/// Opacity of what is not selected; it stays visible.
const DIMMED: f64 = 0.4;

/// Joins two names that the bridge splits again: the full one for the tooltip, the short one for the axis.
pub(super) fn two_names(full: &str, short: &str) -> String {
    format!("{full}|{short}")
}

/// Returns the name, shortened to fit next to a bar.
pub(super) fn short_name(name: &str, abbrev: Option<&str>) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    match abbrev.filter(|abbrev| (1..=LONGEST_NAME).contains(&abbrev.chars().count())) {
        Some(abbrev) => abbrev.to_owned(),
        None => {
            let start: String = name.chars().take(LONGEST_NAME - 1).collect();
            // The part that was cut off may have contained the end of an isolate.
            isolated(&format!("{}…", start.trim_end())).into_owned()
        }
    }
}

/// "1 launch", "18 launches".
pub(super) fn launches(count: usize) -> String {
    format!("{count} {}", if count == 1 { "launch" } else { "launches" })
}

/// The colour token of a status, the same as for its glyph.
pub(super) fn status_token(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Go => "var(--go)",
        StatusKind::ToBeConfirmed => "var(--tbc)",
        StatusKind::ToBeDetermined => "var(--tbd)",
        StatusKind::Hold => "var(--hold)",
        StatusKind::InFlight | StatusKind::Deployed => "var(--flight)",
        StatusKind::Success => "var(--success)",
        StatusKind::PartialFailure => "var(--partial)",
        StatusKind::Failure => "var(--failure)",
        StatusKind::Other(_) => "var(--c-other)",
    }
}

/// The colour token of a Moon tier.
pub(super) fn tier_token(tier: MoonTier) -> &'static str {
    match tier {
        MoonTier::Surface => "var(--tier-land)",
        MoonTier::LunarOrbit => "var(--tier-orbit)",
        MoonTier::LunarTransfer => "var(--tier-flyby)",
        MoonTier::SteppingStone => "var(--tier-step)",
        MoonTier::EarthOrbit => "var(--tier-earth)",
        MoonTier::Cannot | MoonTier::Unknown => "var(--c-other)",
    }
}

/// The texture that distinguishes a status from its neighbour in a stack without colour: solid when confirmed, hatched when likely,
/// dotted when a placeholder.
pub(super) fn status_texture(kind: StatusKind) -> DecalItem {
    let stripes = |gap: i32| {
        DecalItem::new()
            .symbol(Symbol::Rect)
            .color("var(--surface)")
            .dash_array_x(CompositeValue::from(vec![1, 0]))
            .dash_array_y(CompositeValue::from(vec![2, gap]))
            .rotation(-FRAC_PI_4)
    };
    match kind {
        StatusKind::ToBeConfirmed => stripes(6),
        StatusKind::ToBeDetermined | StatusKind::Other(_) => stripes(3),
        StatusKind::Hold => DecalItem::new()
            .symbol(Symbol::Rect)
            .color("var(--surface)")
            .dash_array_x(CompositeValue::from(vec![1, 0]))
            .dash_array_y(CompositeValue::from(vec![2, 4]))
            .rotation(0.0),
        _ => DecalItem::new().symbol(Symbol::None),
    }
}

/// A bar, dimmed when others are selected and this one is not.
pub(super) fn bar(count: usize, token: &str, dimmed: bool) -> DataPointItem {
    let style = ItemStyle::new().color(token).opacity(if dimmed { DIMMED } else { 1.0 });
    DataPointItem::new(whole(count)).item_style(style)
}

pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An axis of categories, named by [`two_names`].
pub(super) fn category_axis(names: Vec<String>) -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .data(names)
        .axis_label(AxisLabel::new().color("var(--text-2)").interval(0).formatter(named("short")))
        .axis_tick(AxisTick::new().show(false))
        .axis_line(AxisLine::new().show(false))
}

/// An axis of counts. It starts at zero: a truncated bar misleads.
pub(super) fn count_axis() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .min(0)
        .min_interval(1.0)
        .split_number(3.0)
        .axis_label(AxisLabel::new().color("var(--text-3)"))
        .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--grid)")))
}

/// The count at the end of a bar.
pub(super) fn count_label() -> Label {
    Label::new().show(true).position(LabelPosition::Right).color("var(--text)")
}

pub(super) fn grid(left: i32, top: i32, right: i32, bottom: i32) -> Grid {
    Grid::new().left(left).top(top).right(right).bottom(bottom)
}

/// The tooltip of a place on the axis. The bridge fills in the words of the [`super::Mark`].
pub(super) fn tooltip() -> Tooltip {
    Tooltip::new().trigger(Trigger::Axis)
}

/// The tooltip of a single mark.
pub(super) fn item_tooltip() -> Tooltip {
    Tooltip::new().trigger(Trigger::Item)
}

/// Marks of a shape that ECharts does not have, drawn by a function of the bridge. `x` and `y` are the indices of the values that
/// each axis must have room for.
pub(super) fn custom(shape: &str, x: &[i64], y: &[i64]) -> Custom {
    Custom::new().render_item(shape).encode(DimensionEncode::new().x(x.to_vec()).y(y.to_vec()))
}

/// The values that a shape receives for one mark.
pub(super) fn point(values: &[i64]) -> DataPoint {
    CompositeValue::from(values.to_vec()).into()
}

/// As [`point`], for values that are measured and not counted.
pub(super) fn measured(values: &[f64]) -> DataPoint {
    CompositeValue::from(values.to_vec()).into()
}

/// The texture of a precision, as numbered by the bridge: solid, day, month, quarter, year.
pub(super) fn texture(granularity: Granularity) -> i64 {
    match granularity.texture() {
        "precise" | "hour" => 0,
        "day" => 1,
        "month" => 2,
        "quarter" => 3,
        _ => 4,
    }
}

/// References a function of the bridge by name, because an option is plain JSON.
fn named(function: &str) -> Formatter {
    Formatter::String(format!("fn:{function}"))
}
