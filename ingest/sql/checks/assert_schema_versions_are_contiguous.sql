-- Schema versions of each API version and mode are numbered from one without gaps, each starting after the previous one.
-- covers: schema_version
-- warn_if: > 0
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
