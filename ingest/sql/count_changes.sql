-- Counts the launches that the run changes, leaves unchanged and closes, and the late records. Changed, unchanged and
-- late are counted separately: their sum must be everything that was staged.
select
    (select count(*) from stg_ll2__change where has_record) as record_count,
    (
        select count(*)
        from stg_ll2__launch
        inner join fact_launch using (launch_id)
        where heard_at(
            fact_launch.last_seen_at, fact_launch.left_upcoming_at, fact_launch.missed_at, fact_launch.deleted_at
        ) <= stg_ll2__launch.observed_at
            and not exists (
                select
                from stg_ll2__change
                where stg_ll2__change.launch_id = stg_ll2__launch.launch_id and stg_ll2__change.has_record
            )
    ) as unchanged_count,
    (
        select count(*)
        from stg_ll2__change
        inner join fact_launch using (launch_id)
        where fact_launch.left_upcoming_at = stg_ll2__change.observed_at or stg_ll2__change.is_deleted
    ) as closed_count,
    (
        select count(*)
        from stg_ll2__launch
        inner join fact_launch using (launch_id)
        where heard_at(
            fact_launch.last_seen_at, fact_launch.left_upcoming_at, fact_launch.missed_at, fact_launch.deleted_at
        ) > stg_ll2__launch.observed_at
    ) as late_count
