-- Does a launch fly when the weather is said to be good? Attempts with a probability known before T-0.
select
    probability_percent / 20 * 20 as from_percent,
    count(*) as attempt_count,
    count(*) filter (where is_flown) as flown_count,
    round(100.0 * count(*) filter (where is_flown) / count(*), 1) as flown_percent
from fact_launch_attempt
where probability_percent is not null and result <> 'pending'
group by from_percent order by from_percent
