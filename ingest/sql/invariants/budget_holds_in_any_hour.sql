-- No period of 3,600 seconds contains more requests than the budget allows.
select last.ingest_request_id, last.sent_at, count(*) as request_count
from ingest_request as last
cross join parameter
inner join ingest_request as earlier
    on earlier.sent_at <= last.sent_at
    and earlier.sent_at > last.sent_at - interval '1 hour'
    and earlier.is_counted
where last.is_counted
group by last.ingest_request_id, last.sent_at, parameter.budget
having count(*) > parameter.budget
