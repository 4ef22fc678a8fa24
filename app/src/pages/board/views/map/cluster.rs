//! Pads too near to each other to be told apart become one pin.

use super::site::Site;

/// What one pin stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Indices of the pads, that with the most launches first: the pin stands at its place.
    pub(super) sites: Vec<usize>,
    pub(super) launches: usize,
}

impl Cluster {
    /// Radius of the pin in pixels: its area grows with the launches, within what can be seen and what must not cover a continent.
    pub(super) fn radius(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far fewer launches than 2^52")]
        let launches = self.launches as f64;
        (launches.sqrt() * 1.8).clamp(10.0, 22.0)
    }
}

/// The pads by the pins that show them; pads nearer than `distance`, in units of the map, share one.
pub(super) fn clusters(sites: &[Site], distance: f64) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let near = clusters
            .iter_mut()
            .map(|cluster| ((cluster.x - site.x).hypot(cluster.y - site.y), cluster))
            .filter(|(away, _)| *away < distance)
            .min_by(|(left, _), (right, _)| left.total_cmp(right));
        match near {
            Some((_, cluster)) => {
                cluster.sites.push(index);
                cluster.launches += site.positions.len();
            }
            None => clusters.push(Cluster { x: site.x, y: site.y, sites: vec![index], launches: site.positions.len() }),
        }
    }
    clusters
}
