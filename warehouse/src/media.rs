use crate::{Db, Error};

impl Db {
    /// The addresses of every picture in LL2's data. The media route serves these and nothing else.
    pub async fn image_urls(&self) -> Result<Vec<String>, Error> {
        sqlx::query_scalar(include_str!("../queries/image_url.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("image_urls"))
    }
}
