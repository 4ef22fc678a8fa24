-- Everything LL2 said, as it said it. The star schema can be rebuilt from here without asking the API again.

create table raw_ll2_page (
    sha256 bytea primary key check (length(sha256) = 32),
    ingest_run_id bigint not null references ingest_run,
    url text not null,
    api_version text not null,
    observed_at timestamptz not null,
    body_bytes bigint not null,
    body_zstd bytea not null
);
comment on table raw_ll2_page is 'A response body LL2 gave us, as received. One row per distinct body (SHA-256 of the bytes).';
comment on column raw_ll2_page.observed_at is 'When this body was first received. Later sightings of the same bytes are rows of ingest_request.';
comment on column raw_ll2_page.body_zstd is 'The bytes as received, compressed with zstd. Not jsonb: that would lose key order, duplicates and broken pages.';
-- Already compressed: a second attempt by Postgres costs time and wins nothing.
alter table raw_ll2_page alter column body_zstd set storage external;

create index raw_ll2_page_by_time on raw_ll2_page (observed_at);

create table ingest_request (
    ingest_request_id bigint generated always as identity primary key,
    ingest_run_id bigint references ingest_run on delete cascade,
    purpose text not null check (purpose in ('upcoming', 'follow_up', 'throttle', 'import')),
    url text not null,
    sent_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    attempt smallint not null default 1,
    http_status smallint,
    retry_after_seconds integer,
    outcome text not null default 'sent' check (outcome in ('sent', 'accepted', 'throttled', 'rejected', 'failed', 'gone')),
    error text,
    page_sha256 bytea references raw_ll2_page (sha256)
);
comment on table ingest_request is 'A request reserved against the hourly budget before it was sent. One row per request or imported file.';
comment on column ingest_request.outcome is 'sent: fate unknown, counts as spent; gone: 404, the launch was deleted or merged upstream; rejected: an answer that is not a page.';
comment on column ingest_request.retry_after_seconds is 'What a 429 asked for; nothing is sent before finished_at plus this.';

create index ingest_request_by_time on ingest_request (sent_at desc);

create table raw_quarantine (
    sha256 bytea primary key check (length(sha256) = 32),
    ingest_run_id bigint not null references ingest_run,
    page_sha256 bytea references raw_ll2_page (sha256),
    entity text not null,
    record_key text,
    reason text not null,
    json_path text,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    seen_count integer not null default 1,
    body bytea not null
);
comment on table raw_quarantine is 'A record that could not be used, set aside without stopping the others. One row per distinct record (SHA-256 of its bytes).';
comment on column raw_quarantine.seen_count is 'How often the same record came back; a poison row is one row with a counter, not a thousand rows.';
comment on column raw_quarantine.body is 'The record as received: bytes, because it may not even be text that Postgres accepts.';
