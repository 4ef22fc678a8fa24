-- severity: block
-- The board's view has exactly the launches of the fact table: no join loses or doubles one.
select fact.launch_count, board.row_count, board.launch_count as distinct_count
from (select count(*) as launch_count from fact_launch) as fact
cross join (select count(*) as row_count, count(distinct launch_id) as launch_count from mart_launch_board) as board
where fact.launch_count <> board.row_count or fact.launch_count <> board.launch_count
