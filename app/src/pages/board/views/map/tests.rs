use std::iter::successors;

use chrono::{DateTime, Utc};
use domain::WORLD_WIDTH;

use super::{
    cluster::{Cluster, clusters},
    label::spots,
    site::Site,
};
use crate::components::world::{Window, night};

fn site(pad: i32, latitude: f64, longitude: f64, launches: usize) -> Site {
    let (x, y) = domain::place_on_map(latitude, longitude);
    Site {
        pad,
        name: format!("Pad {pad}"),
        location: pad,
        location_name: format!("Site {pad}"),
        latitude,
        longitude,
        x,
        y,
        positions: (0..launches).collect(),
        next: 0,
        is_ahead: true,
    }
}

/// Two pads on the Cape, a few kilometres apart, one in California and one in New Zealand; most launches first.
fn four() -> Vec<Site> {
    vec![
        site(80, 28.562, -80.577, 90),
        site(87, 28.608, -80.604, 40),
        site(16, 34.632, -120.611, 30),
        site(65, -39.262, 177.865, 20),
    ]
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a valid time")
}

#[test]
fn nearby_pads_share_a_pin_until_the_map_is_zoomed_in() {
    let sites = four();
    let far = clusters(&sites, 26.0);
    assert_eq!(far.len(), 3);
    assert_eq!((far[0].sites.as_slice(), far[0].launches), ([0, 1].as_slice(), 130));
    assert_eq!((far[0].x, far[0].y), (sites[0].x, sites[0].y), "the pin is at the pad with most launches");
    let near = clusters(&sites, 0.01);
    assert_eq!(near.len(), 4);
    for distance in [0.01, 1.0, 26.0, 2_000.0] {
        let clusters = clusters(&sites, distance);
        assert_eq!(clusters.iter().map(|cluster| cluster.launches).sum::<usize>(), 180, "none is lost at {distance}");
    }
}

#[test]
fn a_label_covers_neither_a_pin_nor_another_label() {
    let clusters = clusters(&four(), 26.0);
    let spots = spots(&clusters, &[20, 20, 20], 1.0, &Window::HOME);
    assert_eq!(spots[0].map(|spot| spot.anchor), Some("start"));
    assert_eq!(spots[2].map(|spot| spot.anchor), Some("end"), "New Zealand is at the edge of the map");
    let crowd: Vec<Cluster> = (0..40).map(|_| clusters[0].clone()).collect();
    let placed = super::label::spots(&crowd, &[20; 40], 1.0, &Window::HOME).into_iter().flatten().count();
    assert!(placed <= 4, "{placed} labels at one place");
}

#[test]
fn a_label_is_not_cut_by_the_edge_of_the_view() {
    let cape = clusters(&four(), 26.0)[0].clone();
    let edge = |y: f64| Window { x: cape.x - 200.0, y, width: 400.0 };
    let (above, below) = (edge(cape.y - 12.0), edge(cape.y - 168.0));
    for view in [&above, &below] {
        // There is no room for two lines next to the pin, and none on the side of the edge.
        let spot = spots(std::slice::from_ref(&cape), &[20], 1.0, view)[0];
        let spot = spot.expect("there is room on the other side");
        let top = cape.y + spot.y;
        assert!(top >= view.y && top + 29.0 <= view.y + view.height(), "{spot:?} in {view:?}");
    }
}

#[test]
fn the_view_never_leaves_the_world() {
    let mut window = Window::HOME;
    for _ in 0..40 {
        window = window.zoomed(0.5, (1.0, 1.0));
    }
    assert!(window.width >= 12.0);
    for _ in 0..500 {
        window = window.panned(0.9, 0.9);
    }
    assert!(window.x + window.width <= WORLD_WIDTH + 1e-9);
    assert!(window.y + window.height() <= domain::WORLD_HEIGHT + 1e-9);
    let out = successors(Some(window), |window| Some(window.zoomed(2.0, (0.5, 0.5)))).nth(20).expect("a view");
    assert!((out.width - WORLD_WIDTH).abs() < 1e-9);
}

#[test]
fn zooming_keeps_the_point_under_the_pointer_in_place() {
    let before = Window::around(500.0, 250.0, 200.0);
    let (right, down) = (0.25, 0.75);
    let under = (before.x + right * before.width, before.y + down * before.height());
    let after = before.zoomed(0.5, (right, down));
    assert!((after.x + right * after.width - under.0).abs() < 1e-9);
    assert!((after.y + down * after.height() - under.1).abs() < 1e-9);
}

#[test]
fn the_night_surrounds_the_dark_pole() {
    let lowest = |d: &str| {
        let numbers = d.split(['M', 'L', 'Z']).filter_map(|pair| pair.split_once(' ')?.1.parse::<f64>().ok());
        numbers.fold(0.0, f64::max)
    };
    // In June the south pole is dark, in December the night ends before it.
    assert!(lowest(&night(at("2026-06-21T12:00:00Z"))) > 515.0);
    assert!(lowest(&night(at("2026-12-21T12:00:00Z"))) < 500.0);
    assert!(night(at("2026-03-20T14:46:00Z")).ends_with('Z'), "an equinox has a night too");
}
