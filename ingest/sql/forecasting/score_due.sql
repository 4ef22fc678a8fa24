-- The forecasts to look at, oldest first. $1: the newest observation; $2: how many; $3: the run, which looks at none twice.
select
    score.launch_id,
    score.made_at,
    model_forecast.content,
    fact_launch.launch_id is null or fact_launch.deleted_at is not null as is_deleted
from model_forecast_score as score
inner join model_forecast using (launch_id, made_at)
left join fact_launch using (launch_id)
where score.next_at <= $1 and score.ingest_run_id is distinct from $3
order by score.next_at, score.launch_id
limit $2
