use crate::{cli::ImportOptions, config::Config};
pub(crate) async fn import(_c: Config, _o: ImportOptions) -> anyhow::Result<()> { Ok(()) }
