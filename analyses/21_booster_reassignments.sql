-- How often is another booster assigned to a stage, and another landing planned? By rocket, after the first that LL2 gave.
select
    dim_rocket_config.full_name as rocket,
    count(distinct (period.launch_id, period.stage_id)) as stage_count,
    count(*) filter (where period.is_later and period.launcher_id is distinct from period.launcher_before_id) as reassigned_count,
    count(*) filter (where period.is_later and period.landing_location_id is distinct from period.place_before_id) as moved_landing_count
from (
    select *, lag(true) over stage as is_later, lag(launcher_id) over stage as launcher_before_id, lag(landing_location_id) over stage as place_before_id
    from launch_booster_revision window stage as (partition by launch_id, stage_id order by valid_from)
) as period
inner join fact_launch using (launch_id) inner join dim_rocket_config using (rocket_config_id)
group by dim_rocket_config.full_name order by stage_count desc, rocket
