update model_forecast_score as score
set
    ingest_run_id = $1,
    next_at = looked.next_at,
    horizon = looked.horizon,
    look_ahead_days = looked.look_ahead_days,
    within_7_days_chance = looked.within_7_days_chance,
    within_30_days_chance = looked.within_30_days_chance,
    within_90_days_chance = looked.within_90_days_chance,
    left_out = looked.left_out,
    flown_at = looked.flown_at,
    integrated_brier_days = looked.integrated_brier_days,
    announced_integrated_brier_days = looked.announced_integrated_brier_days,
    horizon_integrated_brier_days = looked.horizon_integrated_brier_days,
    weibull_integrated_brier_days = looked.weibull_integrated_brier_days,
    p50_pinball_days = looked.p50_pinball_days,
    announced_p50_pinball_days = looked.announced_p50_pinball_days,
    horizon_p50_pinball_days = looked.horizon_p50_pinball_days,
    weibull_p50_pinball_days = looked.weibull_p50_pinball_days,
    p80_pinball_days = looked.p80_pinball_days,
    announced_p80_pinball_days = looked.announced_p80_pinball_days,
    horizon_p80_pinball_days = looked.horizon_p80_pinball_days,
    weibull_p80_pinball_days = looked.weibull_p80_pinball_days
from unnest(
    $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::smallint[], $7::float8[], $8::float8[], $9::float8[],
    $10::text[], $11::timestamptz[], $12::float8[], $13::float8[], $14::float8[], $15::float8[], $16::float8[], $17::float8[],
    $18::float8[], $19::float8[], $20::float8[], $21::float8[], $22::float8[], $23::float8[]
) as looked (
    launch_id, made_at, next_at, horizon, look_ahead_days, within_7_days_chance, within_30_days_chance, within_90_days_chance,
    left_out, flown_at, integrated_brier_days, announced_integrated_brier_days, horizon_integrated_brier_days,
    weibull_integrated_brier_days, p50_pinball_days, announced_p50_pinball_days, horizon_p50_pinball_days,
    weibull_p50_pinball_days, p80_pinball_days, announced_p80_pinball_days, horizon_p80_pinball_days, weibull_p80_pinball_days
)
where score.launch_id = looked.launch_id and score.made_at = looked.made_at
