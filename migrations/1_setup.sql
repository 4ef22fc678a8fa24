-- `exclude using gist (launch_id with =, ...)` needs equality of scalars in a GiST index. The extension is trusted since
-- Postgres 13: the owner of the database may create it, no superuser is needed.
create extension if not exists btree_gist;
