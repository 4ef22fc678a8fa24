-- Two consecutive revisions differ in at least one tracked column.
select launch_id, revision_number
from (
    select
        launch_id,
        revision_number,
        tracked,
        lag(tracked) over (partition by launch_id order by revision_number) as tracked_before
    from fact_launch_revision
    cross join lateral (
        select to_jsonb(fact_launch_revision) - array['revision_number', 'valid_from', 'valid_to', 'ingest_run_id', 'last_updated_at'] as tracked
    ) as body
) as revision
where tracked = tracked_before
