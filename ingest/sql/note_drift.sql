-- Stores the shape of a run's records. $1 API version, $2 run, $3 time of observation, $4 complete; then arrays, one
-- element per path and type: path, the object that it is a key of, entity, type, number of values, whether every such
-- object had it; $11 mode.
--
-- A path is new only if the object that it is a key of was known: paths below an object that is seen for the first time
-- (the first crew, the first landing) are not new themselves. The first run of an API version and mode is the baseline.
-- An import older than the published data may add paths but implies nothing about the current shape.
with met as (
    select json_path, parent_path, entity, json_type, value_count, is_everywhere
    from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::boolean[])
        as met (json_path, parent_path, entity, json_type, value_count, is_everywhere)
),
situation as (
    select
        exists (select from schema_version where api_version = $1 and mode = $11) as has_baseline,
        not exists (select from ingest_run where state = 'succeeded' and observed_at > $3) as is_newest
),
known as (
    select
        json_path,
        max(parent_path) as parent_path,
        bool_or(json_type = 'object') as is_object,
        bool_or(json_type <> 'null') as has_value,
        bool_and(is_steady) as is_steady
    from schema_drift
    where api_version = $1 and mode = $11
    group by json_path
),
noted as (
    insert into schema_drift as held (
        api_version, mode, json_path, json_type, parent_path, entity, state, is_steady, seen_count, first_seen_at, last_seen_at, first_run_id,
        last_run_id
    )
    select
        $1,
        $11,
        met.json_path,
        met.json_type,
        met.parent_path,
        met.entity,
        case
            when not situation.has_baseline or not situation.is_newest then 'known'
            when known.json_path is null and parent.is_object then 'new'
            when known.has_value and met.json_type <> 'null' then 'retyped'
            else 'known'
        end,
        met.is_everywhere and coalesce(known.is_steady, true),
        met.value_count,
        $3,
        $3,
        $2,
        $2
    from met
    cross join situation
    left join known on known.json_path = met.json_path
    left join known as parent on parent.json_path = met.parent_path
    on conflict (api_version, mode, json_path, json_type) do update set
        state = case when held.state = 'vanished' then 'known' else held.state end,
        vanished_at = null,
        is_steady = held.is_steady and excluded.is_steady,
        seen_count = held.seen_count + excluded.seen_count,
        first_seen_at = least(held.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at),
        last_run_id = excluded.last_run_id
    returning held.json_path, held.json_type, held.state, held.xmax = 0 as is_added
),
vanished as (
    update schema_drift
    set state = 'vanished', vanished_at = $3
    from known, situation
    where $4
        and situation.has_baseline
        and situation.is_newest
        and schema_drift.api_version = $1
        and schema_drift.mode = $11
        and schema_drift.json_path = known.json_path
        and schema_drift.state <> 'vanished'
        and known.is_steady
        and not exists (select from met where met.json_path = known.json_path)
        and exists (select from met where met.json_path = known.parent_path and met.json_type = 'object')
    returning schema_drift.json_path, schema_drift.json_type
),
tally as (
    select
        (select count(*) from noted where is_added and json_type <> 'null')
        + (
            select count(*)
            from schema_drift
            inner join met using (json_path, json_type)
            where schema_drift.api_version = $1 and schema_drift.mode = $11 and schema_drift.state = 'vanished' and json_type <> 'null'
        ) as added_count,
        (select count(*) from vanished where json_type <> 'null') as removed_count
),
version as (
    insert into schema_version (api_version, mode, version_number, since_at, ingest_run_id, added_count, removed_count)
    select
        $1,
        $11,
        coalesce((select max(version_number) from schema_version where api_version = $1 and mode = $11), 0) + 1,
        $3,
        $2,
        tally.added_count,
        tally.removed_count
    from tally
    where tally.added_count + tally.removed_count > 0
    returning version_number
)
select
    (select version_number from version) as version_number,
    array(
        select json_path || ' ' || state || ' (' || json_type || ')' from noted where is_added and state <> 'known'
        union all
        select json_path || ' vanished (' || json_type || ')' from vanished
        order by 1
        limit 20
    ) as drifted
