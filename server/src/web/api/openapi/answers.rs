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
            ("400", "A key of the query string is unknown or its value is invalid; `key` names it"),
            ("503", "The database does not respond, or too many requests are in progress; `Retry-After` states when to try again"),
            ("default", "Any other error"),
        ]
        .map(|(status, description)| problem(status, description))
        .into()
    }
}

/// The error of a route with the id of a launch.
pub(in crate::web::api) struct UnknownLaunch;

impl IntoResponses for UnknownLaunch {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([problem("404", "There is no launch with this id")])
    }
}

fn problem(status: &str, description: &str) -> (String, RefOr<Response>) {
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(description).content("application/problem+json", problem);
    (status.to_owned(), response.build().into())
}

/// The response to a client that sends the tag of the version that it has.
pub(in crate::web::api) struct Unchanged;

impl IntoResponses for Unchanged {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let response =
            ResponseBuilder::new().description("Not changed since the response with the `ETag` in `If-None-Match`");
        BTreeMap::from([("304".to_owned(), response.build().into())])
    }
}
