//! The configuration of the client.

use ingest::{
    Error,
    ll2::{Client, ClientOptions},
};

#[test]
fn a_base_url_that_cannot_be_ll2_is_rejected() {
    for bad in [
        "ll.thespacedevs.com/2.3.0",
        "ftp://ll.thespacedevs.com/2.3.0",
        "https://ll.thespacedevs.com/",
        "https://ll.thespacedevs.com/2.4.0",
        "https://user:word@ll.thespacedevs.com/2.3.0",
        "https://ll.thespacedevs.com/2.3.0?mode=list",
    ] {
        assert!(matches!(Client::new(ClientOptions::new(bad)), Err(Error::BaseUrl { .. })), "{bad}");
    }
    for good in
        ["https://ll.thespacedevs.com/2.3.0", "https://ll.thespacedevs.com/2.2.0/", "http://127.0.0.1:1/base/2.3.0"]
    {
        assert!(Client::new(ClientOptions::new(good)).is_ok(), "{good}");
    }
}

#[test]
fn a_token_does_not_appear_in_debug_output() {
    let token = Some(ingest::ll2::Secret::new("hunter2"));
    let client = Client::new(ClientOptions { token, ..ClientOptions::new("https://ll.example/2.3.0") }).unwrap();
    assert!(!format!("{client:?}").contains("hunter2"));
}
