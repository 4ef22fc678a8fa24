-- The content of a forecast becomes JSON, read by name. Before, it was a line of integers that meant something by position:
-- `made_at;success;announced NET;date`, times in microseconds since 1970, hours as steps.
--
-- Forecasts are kept as they were made: each line becomes the JSON that says the same, and one that the program cannot have written, since
-- something else put it there or damaged it, stays as it is in `unreadable_content`. The migration neither stops at it nor drops it, and the
-- data test `assert_forecasts_are_readable` reports it after every run.
--
-- The column is renamed rather than altered: views that read other columns of the table need not be made anew.

-- First, since readers lock the view before the table: in the other order a reader that has waited longer than deadlock_timeout would make
-- this migration the victim of a deadlock.
drop view mart_launch_forecast;

alter table forecast rename column content to unreadable_content;
alter table forecast alter column unreadable_content drop not null;
alter table forecast add column content jsonb;

create function forecast_time(micros bigint) returns text
language plpgsql
as $$
declare
    -- Whole seconds are exact as a float of 53 bits within these years; microseconds since 1970 are not.
    moment constant timestamptz := to_timestamp(micros / 1000000) + (micros % 1000000) * interval '1 microsecond';
begin
    if moment >= '0001-01-01 00:00:00Z' and moment < '10000-01-01 00:00:00Z' then
        return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    end if;
    raise exception 'not a time that was forecast: %', micros;
end
$$;

-- A line as JSON; null for one that the program cannot have written.
create function forecast_json(line text) returns jsonb
language plpgsql
as $$
declare
    bases constant text[] := array['configuration', 'family', 'provider', 'world'];
    part constant text[] := string_to_array(line, ';');
    number bigint[];
    hours integer[] := '{}';
    hour integer := 0;
    success jsonb;
    date jsonb;
begin
    -- Casts to bigint take more than was written: white space, a plus sign, leading zeros.
    if line ~ '[^-0-9 ;]' or line ~ '(^|[ ;])-?0[0-9]' or line ~ '-0' or cardinality(part) <> 4 or (part[1] || part[3]) ~ ' ' then
        return null;
    end if;
    if part[2] <> '' then
        number := string_to_array(part[2], ' ')::bigint[];
        if cardinality(number) <> 7 or number[1] not between 0 and 3 or number[2] not between number[3] and number[4]
            or number[3] < 0 or number[4] > 10000 or least(number[5], number[6], number[7]) < 0
            or greatest(number[5], number[6], number[7]) > 4294967295
        then
            return null;
        end if;
        success := jsonb_build_object(
            'rests_on', bases[number[1] + 1], 'mean_bp', number[2], 'low_bp', number[3], 'high_bp', number[4],
            'flight_count', number[5], 'success_count', number[6], 'partial_failure_count', number[7]
        );
    end if;
    if part[4] <> '' then
        number := string_to_array(part[4], ' ')::bigint[];
        if cardinality(number) <> 24 or number[1] not between 0 and 3 or number[2] not between -1 and 2147483647
            or number[3] not between 0 and 4294967295
        then
            return null;
        end if;
        for place in 4..24 loop
            -- A sum beyond an integer is an error, and hours go forward.
            hour := hour + number[place];
            if place > 4 and number[place] < 0 then
                return null;
            end if;
            hours := hours || hour;
        end loop;
        date := jsonb_build_object(
            'rests_on', bases[number[1] + 1], 'launch_count', number[3], 'announced_net_at', forecast_time(part[3]::bigint),
            'announced_precision_id', nullif(number[2], -1), 'hours_after_net', to_jsonb(hours)
        );
    elsif part[3] <> '' then
        return null;
    end if;
    return jsonb_build_object('made_at', forecast_time(part[1]::bigint), 'success', success, 'date', date);
-- Numbers that are none, and those out of range.
exception when data_exception or raise_exception then
    return null;
end
$$;

update forecast
set (content, unreadable_content) = (
    select line.content, case when line.content is null then forecast.unreadable_content end
    from (select forecast_json(forecast.unreadable_content) as content) as line
);

drop function forecast_json;
drop function forecast_time;

alter table forecast add constraint forecast_has_content check (num_nonnulls(content, unreadable_content) = 1);
-- The names that domain::LaunchForecast writes.
alter table forecast add constraint forecast_content_is_a_forecast check (content ?& array['made_at', 'success', 'date']);
create index forecast_unreadable on forecast (made_at) where unreadable_content is not null;

comment on column forecast.content is 'The whole forecast as pages read it: domain::LaunchForecast, chances in basis points. Null: it cannot be read, see unreadable_content.';
comment on column forecast.unreadable_content is 'What was stored as the content of a forecast made before contents were JSON, where it could not be read. Null for all others.';

create view mart_launch_forecast as
select fact_launch.launch_id, newest.made_at, newest.content
from fact_launch
cross join lateral (
    select forecast.made_at, forecast.content
    from forecast
    where forecast.launch_id = fact_launch.launch_id
    order by forecast.made_at desc
    limit 1
) as newest
where fact_launch.is_upcoming;
comment on view mart_launch_forecast is 'The newest forecast of a launch that is listed as upcoming. One row per such launch that has one.';

do $$
declare
    unreadable_count constant bigint := (select count(*) from forecast where unreadable_content is not null);
begin
    if unreadable_count > 0 then
        raise warning 'stored forecasts that cannot be read, kept in forecast.unreadable_content: %', unreadable_count;
    end if;
end
$$;
