-- $1: the newest so many. LL2 knows 7,600; a warehouse that is made larger for a measurement is not read whole after each run.
select launch_id, flown_at, status_id, rocket, family, maker
from mart_flight
order by flown_at desc, launch_id desc
limit $1
