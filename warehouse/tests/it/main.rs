mod board;
mod embedded;
mod freshness;
mod schema;
