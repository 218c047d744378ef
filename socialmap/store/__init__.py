"""The only place with SQL: it returns domain records, already cut to what the reader may see."""
