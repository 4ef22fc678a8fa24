-- The revisions of a changed launch are contiguous, and only the last one is open.
-- covers: fact_launch_revision
-- error_if: > 0
select launch_id, revision_number, valid_from, valid_to, next_from
from (
    select
        launch_id,
        revision_number,
        valid_from,
        valid_to,
        lead(valid_from) over (partition by launch_id order by revision_number) as next_from
    from fact_launch_revision
    inner join stg_ll2__change using (launch_id)
) as revision
where valid_to is distinct from next_from
