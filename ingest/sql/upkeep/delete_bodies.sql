-- Deletes up to $2 bodies that were received more than $1 days ago and that no replay reads: those of settled runs, and
-- those that only failed runs received. A body that a newer run received again stays.
with expired as (
    select ingest_now() - make_interval(days => $1) as before_at
),
old as materialized (
    select raw_ll2_page.sha256
    from raw_ll2_page
    cross join expired
    where raw_ll2_page.body_deleted_at is null
        and raw_ll2_page.observed_at < expired.before_at
        and not exists (
            select
            from ingest_request
            inner join ingest_run using (ingest_run_id)
            where ingest_request.page_sha256 = raw_ll2_page.sha256
                and ingest_run.settled_at is null
                and (ingest_run.state <> 'failed' or ingest_run.finished_at >= expired.before_at)
        )
    order by raw_ll2_page.observed_at
    limit $2
)
update raw_ll2_page
set body_zstd = null, raw_ll2_segment_id = null, segment_offset = null, body_deleted_at = ingest_now()
where raw_ll2_page.sha256 = any (array(select old.sha256 from old))
