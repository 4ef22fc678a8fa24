insert into model_forecast (
    made_at, ingest_run_id, launch_id, success_chance, rocket_flight_count, rocket_success_count, world_flight_count,
    world_success_count, announced_net_at, announced_precision_id, provider_id, p10_at, p50_at, p80_at, p90_at,
    as_announced_chance, horizon_p50_at, horizon_p80_at, content
)
select $1, $2, made.*
from unnest(
    $3::uuid[], $4::float8[], $5::integer[], $6::integer[], $7::integer[], $8::integer[], $9::timestamptz[], $10::integer[],
    $11::integer[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::float8[],
    $17::timestamptz[], $18::timestamptz[], $19::jsonb[]
) as made
-- An archive that is imported twice.
on conflict (launch_id, made_at) do nothing
