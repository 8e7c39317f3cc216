-- The version of what the data of an event holds. Everything recorded so far is of the first.
ALTER TABLE "Event" ADD COLUMN "version" SMALLINT NOT NULL DEFAULT 1;
