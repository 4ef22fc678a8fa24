-- Landed bodies that are compressed together. Pages of consecutive polls are nearly equal, so that each is a small
-- difference to those before it (ADR 0047).
create table raw_ll2_segment (
    raw_ll2_segment_id bigint generated always as identity primary key,
    page_count integer not null check (page_count > 0),
    body_bytes bigint not null check (body_bytes > 0),
    bodies_zstd bytea not null,
    compacted_at timestamptz not null default clock_timestamp()
);
comment on table raw_ll2_segment is 'Landed bodies, one after another in the order of their observation, compressed together. One row per segment.';
comment on column raw_ll2_segment.raw_ll2_segment_id is 'Id of the segment, in order of compaction.';
comment on column raw_ll2_segment.page_count is 'Number of bodies.';
comment on column raw_ll2_segment.body_bytes is 'Length of all bodies together, as received.';
comment on column raw_ll2_segment.bodies_zstd is 'The bodies as received, in one zstd frame with a window of 16 MiB.';
comment on column raw_ll2_segment.compacted_at is 'When the segment was written.';
alter table raw_ll2_segment alter column bodies_zstd set storage external;

alter table raw_ll2_page
    add column raw_ll2_segment_id bigint references raw_ll2_segment,
    add column segment_offset bigint check (segment_offset >= 0),
    alter column body_zstd drop not null,
    -- A body is in one place. A release without segments fails on a page that has moved, and reads no wrong body.
    add constraint raw_ll2_page_body_check check (
        num_nonnulls(body_zstd, raw_ll2_segment_id) = 1 and num_nulls(raw_ll2_segment_id, segment_offset) in (0, 2)
    );
comment on column raw_ll2_page.raw_ll2_segment_id is 'The segment that contains the body. Null: it is in body_zstd.';
comment on column raw_ll2_page.segment_offset is 'Position of its first byte in the unpacked segment; it has body_bytes bytes.';
comment on column raw_ll2_page.body_zstd is 'The bytes as received, compressed with zstd. Not jsonb: that would lose key order, duplicates and broken pages. Null: the body is in a segment.';

create index raw_ll2_page_by_segment on raw_ll2_page (raw_ll2_segment_id) where raw_ll2_segment_id is not null;
-- In order of observation, without those in segments: the upkeep reads only the first of them.
create index raw_ll2_page_to_compact on raw_ll2_page (observed_at, sha256) where body_zstd is not null;
