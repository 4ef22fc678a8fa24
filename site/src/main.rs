#![doc = include_str!("../README.md")]

mod arguments;
mod assemble;
mod bare;
mod bundle;
mod compress;
mod glue;
mod land;
mod parts;
mod paths;

use std::process::ExitCode;

use crate::arguments::Arguments;

#[expect(clippy::print_stderr, reason = "this tool prints its errors")]
fn main() -> ExitCode {
    match Arguments::read(std::env::args().skip(1)).and_then(|arguments| assemble::site(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
