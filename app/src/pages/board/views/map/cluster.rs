//! Clusters pads that are too close to be told apart into one pin.

use super::site::Site;

/// The pads that one pin represents.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Indices of the pads, the one with the most launches first: the pin has its position.
    pub(super) sites: Vec<usize>,
    pub(super) launches: usize,
}

impl Cluster {
    /// Returns the radius of the pin in pixels: its area grows with the launches, but it stays visible and must not cover a continent.
    pub(super) fn radius(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far fewer launches than 2^52")]
        let launches = self.launches as f64;
        (launches.sqrt() * 1.8).clamp(10.0, 22.0)
    }
}

/// Groups the pads into pins; pads nearer than `distance`, in map units, share one.
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
