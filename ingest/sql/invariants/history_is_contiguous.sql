-- The revisions of a launch are contiguous without gap or overlap, and only the last one is open.
select launch_id, revision_number, valid_from, valid_to, next_from
from (
    select
        launch_id,
        revision_number,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by launch_id order by revision_number) as next_from
    from fact_launch_revision
) as revision
where valid_to is distinct from next_from
