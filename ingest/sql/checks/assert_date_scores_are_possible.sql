-- Every score of the run lies between 0 and its look-ahead, its chances do not decrease with time, and it is shown with the outcome that it used.
-- covers: model_forecast_score, mart_forecast_date
-- warn_if: > 0
select score.launch_id, score.made_at
from model_forecast_score as score
-- The `limit` keeps the planner from reading the whole view.
left join lateral (
    select mart_forecast_date.integrated_brier_days, mart_forecast_date.flown_at
    from mart_forecast_date
    where mart_forecast_date.launch_id = score.launch_id and mart_forecast_date.made_at = score.made_at
    limit 1
) as shown on true
-- An array, so that the index is used before the planner knows that there is only one run.
where score.ingest_run_id = any (array(select stg_run.ingest_run_id from stg_run))
    and (
        not (score.within_7_days_chance between 0 and score.within_30_days_chance)
        or not (score.within_90_days_chance between score.within_30_days_chance and 1)
        or not (score.integrated_brier_days between 0 and score.look_ahead_days + 1e-6)
        or not (score.announced_integrated_brier_days between 0 and score.look_ahead_days + 1e-6)
        or not (score.horizon_integrated_brier_days between 0 and score.look_ahead_days + 1e-6)
        or not (score.weibull_integrated_brier_days between 0 and score.look_ahead_days + 1e-6)
        or not (score.p50_pinball_days between 0 and 0.5 * score.look_ahead_days + 1e-6)
        or not (score.p80_pinball_days between 0 and 0.8 * score.look_ahead_days + 1e-6)
        or score.flown_at not between score.made_at and score.made_at + score.look_ahead_days * interval '24 hours'
        or (score.integrated_brier_days is not null and shown.integrated_brier_days is distinct from score.integrated_brier_days)
        or (score.flown_at is not null and shown.flown_at is distinct from score.flown_at)
    )
