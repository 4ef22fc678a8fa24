use crate::{Db, Error};

impl Db {
    /// The addresses of every picture LL2 gave us. The media route serves these and nothing else.
    pub async fn image_urls(&self) -> Result<Vec<String>, Error> {
        sqlx::query_scalar("select distinct image_url from fact_launch where image_url is not null")
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("image_urls"))
    }
}
