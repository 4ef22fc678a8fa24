#![doc = include_str!("../README.md")]

pub mod backtest;
pub mod cdf;
mod minimize;
pub mod movement;
pub mod score;
pub mod slip;
pub mod success;

#[cfg(test)]
mod tests;
