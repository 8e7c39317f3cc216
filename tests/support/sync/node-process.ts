/**
 * A sync node as a process of its own, to be killed: `DATABASE PORT [REDIS]`, where DATABASE is an address, or the folder
 * of an embedded one that dies with it. SIGTERM ends it as it ends a real one.
 */
import { connect, provideDb } from "@/lib/db/client";
import { openJournalDatabase } from "./journal-database";
import { startNode } from "./node";

const [database = "", port = "0", redisUrl = ""] = process.argv.slice(2);
const { db } = database.includes("://") ? connect(database) : await openJournalDatabase(database);
provideDb(db);
const node = await startNode({ redisUrl: redisUrl === "" ? null : redisUrl, port: Number(port) });
process.on("SIGTERM", () => void node.close().then(() => process.exit(0)));
process.stdout.write("listening\n");
