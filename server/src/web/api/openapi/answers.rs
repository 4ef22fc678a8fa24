use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};

/// The refusals of every route.
pub(in crate::web::api) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        [
            ("400", "A key of the query string is unknown or its value cannot be read; `key` names it"),
            ("404", "There is no such launch"),
            ("503", "The database does not answer, or too much is asked at the moment; `Retry-After` says when to come again"),
            ("default", "Any other refusal"),
        ]
        .into_iter()
        .map(|(status, description)| {
            let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            let response = ResponseBuilder::new().description(description).content("application/problem+json", problem);
            (status.to_owned(), response.build().into())
        })
        .collect()
    }
}

/// The response to a client that sends the tag of the version that it has.
pub(in crate::web::api) struct Unchanged;

impl IntoResponses for Unchanged {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let response = ResponseBuilder::new()
            .description("Nothing has changed since the answer whose `ETag` is named by `If-None-Match`");
        BTreeMap::from([("304".to_owned(), response.build().into())])
    }
}
