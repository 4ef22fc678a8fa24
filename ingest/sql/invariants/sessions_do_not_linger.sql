-- No session is idle in a transaction for more than ten seconds, and the notification queue is nearly empty.
select pid::bigint as pid, state, query
from pg_stat_activity
where datname = current_database()
    and state in ('idle in transaction', 'idle in transaction (aborted)')
    and state_change < clock_timestamp() - interval '10 seconds'
union all
select 0, 'notification queue', pg_notification_queue_usage()::text
where pg_notification_queue_usage() >= 0.01
