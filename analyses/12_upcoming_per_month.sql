-- How many launches are to come in each month? Announced for the month, for a longer period with it, and spread evenly.
select month_start, launch_count, vague_launch_count, spread_launch_count
from mart_upcoming_per_month
order by month_start
