-- The panel keeps its history: rows stay when a snapshot holds them, and say so. Until now a row that the snapshot held
-- was deleted, so every row that exists is one that it does not hold.
ALTER TABLE "PanelUpdate" RENAME COLUMN "createdAt" TO "receivedAt";
ALTER TABLE "PanelUpdate" ADD COLUMN "inSnapshot" BOOLEAN NOT NULL DEFAULT false;

-- Whom each Yjs client id belongs to. Of what older snapshots hold nobody knows it any more.
ALTER TABLE "PanelSnapshot" ADD COLUMN "owners" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "PanelSnapshot" DROP COLUMN "upToId";

-- A room is loaded from its snapshot and the few rows beside it, however long its history is: an index that the schema
-- file cannot describe.
CREATE INDEX "PanelUpdate_loose" ON "PanelUpdate" ("conversationId", "id") WHERE NOT "inSnapshot";
