-- Every precision in use is one that the board can explain: 0 to 16, or none.
-- covers: fact_launch
-- warn_if: > 0
select net_precision_id, count(*) as launch_count
from fact_launch
where net_precision_id not between 0 and 16
group by net_precision_id
