-- Drops every score: after a replay, the history that they rest on may be another.
update model_forecast_score
set
    next_at = coalesce(made_at + look_ahead_days * interval '24 hours', made_at),
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
where next_at is null
