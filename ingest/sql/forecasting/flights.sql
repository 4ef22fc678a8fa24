-- $1: the maximum number of flights, newest first. LL2 has 7,600; a warehouse that was enlarged for a measurement is
-- not read completely after each run.
select launch_id, flown_at, status_id, rocket, family, maker
from mart_flight
order by flown_at desc, launch_id desc
limit $1
