-- What becomes of landed bodies when they are old: they are compressed together, and deleted only by an explicit setting.
-- Before any is deleted, the star schema until then is stored, and replays start from it (ADR 0047).

-- Landed bodies that are compressed together. Pages of consecutive polls are nearly equal, so that each is a small
-- difference to those before it (ADR 0047).
create table raw_ll2_segment (
    raw_ll2_segment_id bigint generated always as identity primary key,
    page_count integer not null check (page_count > 0),
    body_bytes bigint not null check (body_bytes > 0),
    bodies_zstd bytea not null,
    compacted_at timestamptz not null default clock_timestamp()
);
comment on table raw_ll2_segment is 'One row per segment: landed bodies, one after another in the order of their observation, compressed together.';
comment on column raw_ll2_segment.raw_ll2_segment_id is 'Id of the segment, in order of compaction.';
comment on column raw_ll2_segment.page_count is 'Number of bodies.';
comment on column raw_ll2_segment.body_bytes is 'Length of all bodies together, as received.';
comment on column raw_ll2_segment.bodies_zstd is 'The bodies as received, in one zstd frame with a window of 16 MiB.';
comment on column raw_ll2_segment.compacted_at is 'When the segment was written.';
alter table raw_ll2_segment alter column bodies_zstd set storage external;

alter table raw_ll2_page
    add column raw_ll2_segment_id bigint references raw_ll2_segment,
    add column segment_offset bigint check (segment_offset >= 0),
    add column body_deleted_at timestamptz,
    alter column body_zstd drop not null,
    -- A body is in one place, or deleted. A release without segments fails on a page that has moved, and reads no wrong body.
    add constraint raw_ll2_page_body_check check (
        num_nonnulls(body_zstd, raw_ll2_segment_id, body_deleted_at) = 1 and num_nulls(raw_ll2_segment_id, segment_offset) in (0, 2)
    );
comment on column raw_ll2_page.raw_ll2_segment_id is 'The segment that contains the body. Null: it is in body_zstd, or deleted.';
comment on column raw_ll2_page.segment_offset is 'Position of its first byte in the unpacked segment; it has body_bytes bytes.';
comment on column raw_ll2_page.body_zstd is 'The bytes as received, compressed with zstd. Not jsonb: that would lose key order, duplicates and broken pages. Null: the body is in a segment, or deleted.';
comment on column raw_ll2_page.body_deleted_at is 'When the retention of raw pages deleted the body. Null: it is there. The row stays: requests and quarantined records refer to it.';

create index raw_ll2_page_by_segment on raw_ll2_page (raw_ll2_segment_id) where raw_ll2_segment_id is not null;
-- In order of observation, without those in segments: the upkeep reads only the first of them.
create index raw_ll2_page_to_compact on raw_ll2_page (observed_at, sha256) where body_zstd is not null;
-- The same for the retention.
create index raw_ll2_page_with_body on raw_ll2_page (observed_at) where body_deleted_at is null;
create index ingest_request_by_page on ingest_request (page_sha256) where page_sha256 is not null;

create table ingest_checkpoint (
    table_name text primary key,
    row_count bigint not null check (row_count >= 0),
    rows_sha256 bytea not null check (length(rows_sha256) = 32),
    rows_zstd bytea not null,
    made_at timestamptz not null default clock_timestamp()
);
comment on table ingest_checkpoint is 'One row per published table, with its content as a replay of all settled runs leaves it: a later replay starts from it. Empty while no run is settled.';
comment on column ingest_checkpoint.table_name is 'The published table.';
comment on column ingest_checkpoint.row_count is 'Its number of rows.';
comment on column ingest_checkpoint.rows_sha256 is 'SHA-256 of the uncompressed rows.';
comment on column ingest_checkpoint.rows_zstd is 'Its rows as JSON objects, in the text format of COPY, compressed with zstd. A column that was added later is missing, and takes its default.';
comment on column ingest_checkpoint.made_at is 'When the checkpoint was stored.';
alter table ingest_checkpoint alter column rows_zstd set storage external;

alter table ingest_run add column settled_at timestamptz;
create index ingest_run_settled on ingest_run (observed_at) where settled_at is not null;
comment on column ingest_run.settled_at is 'When the run became part of ingest_checkpoint. Its responses may be deleted, and replays do not read it. Null: replays read it.';
