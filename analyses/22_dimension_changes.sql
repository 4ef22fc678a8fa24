-- Which attributes does LL2 rewrite, how often, and when did it last?
select dimension, attribute, count(*) as change_count, count(distinct member_id) as member_count, max(observed_at) as newest_at
from dim_change
group by dimension, attribute order by change_count desc, dimension, attribute
