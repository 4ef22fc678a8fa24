-- Whether a staged record of a known launch has another hash than the launch.
select exists (
    select
    from stg_ll2__launch
    inner join fact_launch using (launch_id)
    where fact_launch.content_hash <> stg_ll2__launch.content_hash
)
