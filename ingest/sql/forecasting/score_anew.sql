-- Drops the scores of launches whose outcome is no longer the one that was used. What was left out is looked at again.
update model_forecast_score as score
set
    next_at = coalesce(looked_at.due_at, score.made_at),
    ingest_run_id = null,
    left_out = null,
    flown_at = null,
    integrated_brier_days = null,
    announced_integrated_brier_days = null,
    horizon_integrated_brier_days = null,
    weibull_integrated_brier_days = null,
    p50_pinball_days = null,
    announced_p50_pinball_days = null,
    horizon_p50_pinball_days = null,
    weibull_p50_pinball_days = null,
    p80_pinball_days = null,
    announced_p80_pinball_days = null,
    horizon_p80_pinball_days = null,
    weibull_p80_pinball_days = null
from stg_ll2__change
inner join fact_launch using (launch_id)
inner join model_forecast_score using (launch_id)
cross join lateral (
    select model_forecast_score.made_at + model_forecast_score.look_ahead_days * interval '24 hours' as due_at
) as looked_at
where
    score.launch_id = model_forecast_score.launch_id
    and score.made_at = model_forecast_score.made_at
    and score.next_at is null
    and (
        score.left_out is not null
        or fact_launch.deleted_at is not null
        or score.flown_at is distinct from
        case when has_left_pad(fact_launch.status_id) and fact_launch.net_at <= looked_at.due_at then fact_launch.net_at end
    )
