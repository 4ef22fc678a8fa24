-- No forecast of a date waits for its score for more than three days after its look-ahead, unless the run had no room for it.
-- covers: model_forecast_score
-- warn_if: > 0
select score.launch_id, score.made_at
from model_forecast_score as score
cross join stg_run
where score.next_at < stg_run.observed_at - interval '3 days'
    -- An upgraded database catches up over a few runs.
    and (
        select count(*)
        from (
            select
            from model_forecast_score as looked_at
            where looked_at.ingest_run_id = stg_run.ingest_run_id
            limit 5000
        ) as looked_at
    ) < 5000
