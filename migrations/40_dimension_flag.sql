-- What statuses and precisions mean, as columns for analysts. They are generated from the functions that every statement of the program uses
-- (ADR 0034), so that they cannot disagree with them; a status or a precision that LL2 adds has them as soon as it has a row.

create function status_kind(status_id integer) returns text
language sql immutable parallel safe
return case status_id
    when 1 then 'go'
    when 2 then 'tbd'
    when 3 then 'success'
    when 4 then 'failure'
    when 5 then 'hold'
    when 6 then 'in_flight'
    when 7 then 'partial'
    when 8 then 'tbc'
    when 9 then 'deployed'
end;
comment on function status_kind is 'Short name of a status, as in the query string of the board. Null: not known here. domain::StatusKind::slug in SQL, held equal by a test of the warehouse crate.';

create function net_precision_unit(net_precision_id integer) returns text
language sql immutable parallel safe
return (array[
    'second', 'minute', 'hour', 'half_day', 'day', 'week', 'month', 'quarter', 'half_year', 'year', 'decade'
])[net_precision_rank(net_precision_id) + 1];
comment on function net_precision_unit is 'Length of the period that a precision stands for. Null: not known here.';

alter table dim_status
    add column kind text generated always as (status_kind(status_id)) stored,
    add column is_final boolean not null generated always as (is_final(status_id)) stored,
    add column has_left_pad boolean not null generated always as (has_left_pad(status_id)) stored,
    add column has_flown boolean not null generated always as (has_left_pad(status_id) and status_kind(status_id) is distinct from 'in_flight') stored;
comment on column dim_status.kind is 'go, tbc, tbd, hold, in_flight, deployed, success, partial, failure. Null: a status that LL2 added and this release does not know.';
comment on column dim_status.is_final is 'The outcome is known: success, failure or partial failure.';
comment on column dim_status.has_left_pad is 'The rocket has lifted off, whatever the outcome.';
comment on column dim_status.has_flown is 'It has left the pad and is no longer in flight: an outcome, or its payload is deployed.';

alter table dim_net_precision
    add column unit text generated always as (net_precision_unit(net_precision_id)) stored,
    add column rank smallint generated always as (net_precision_rank(net_precision_id)) stored,
    add column is_dated boolean generated always as (net_precision_rank(net_precision_id) <= 4) stored;
comment on column dim_net_precision.unit is 'Length of the period: second, minute, hour, half_day, day, week, month, quarter, half_year, year, decade. Null: a precision that is not known here.';
comment on column dim_net_precision.rank is 'Order by length of the period, 0 for the second to 10 for the decade (net_precision_rank). Null like unit.';
comment on column dim_net_precision.is_dated is 'It names a day or less. Null like unit.';
