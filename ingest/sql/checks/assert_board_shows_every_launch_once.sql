-- The board view contains every changed launch exactly once: no join loses or duplicates one.
-- covers: mart_launch_board, fact_launch
-- error_if: > 0
select launch_id, count(mart_launch_board.launch_id) as row_count
from stg_ll2__change
inner join fact_launch using (launch_id)
left join mart_launch_board using (launch_id)
group by launch_id
having count(mart_launch_board.launch_id) <> 1
