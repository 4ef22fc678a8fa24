-- severity: warn
-- The versions of each API's schema are numbered from one without a gap, each since later than the last.
-- covers: schema_version
select api_version, mode, version_number, since_at
from (
    select
        api_version,
        mode,
        version_number,
        since_at,
        row_number() over history as expected_number,
        lag(since_at) over history as last_since_at
    from schema_version
    window history as (partition by api_version, mode order by version_number)
) as version
where version_number <> expected_number or since_at < last_since_at
