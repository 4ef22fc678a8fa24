-- How many days pass between two flights from a pad? Flights known to the day or better, so that no placeholder counts.
select dim_pad.name as pad, count(*) as gap_count, percentile_cont(0.5) within group (order by gap_days) as median_days
from (
    select pad_id, extract(epoch from net_at - lag(net_at) over (partition by pad_id order by net_at)) / 86400 as gap_days
    from fact_launch
    where flown_date is not null and deleted_at is null and net_precision_rank(net_precision_id) <= 4
) as flight
inner join dim_pad using (pad_id)
where gap_days is not null and pad_id >= 0
group by dim_pad.name order by gap_count desc, pad
