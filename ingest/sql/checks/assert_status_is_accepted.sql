-- Every status in use is one that the board can explain: 1 to 9.
-- covers: fact_launch
-- warn_if: > 0
select status_id, count(*) as launch_count
from fact_launch
where status_id not between 1 and 9
group by status_id
