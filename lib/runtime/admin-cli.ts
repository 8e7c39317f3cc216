/**
 * `npm run admin -- create <email>`: an admin for the shop; its password is printed once and kept only as a hash.
 * `npm run admin -- erase <customer>`: takes a customer, by the shop's own number or a visitor's id, out of everything.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { shopIdSchema } from "@/lib/protocol/ids";
import { createShop } from "@/lib/shops/create-shop";
import { createPerson } from "@/lib/shops/people";
import { eraseCustomer } from "@/lib/visitors/erase";
import { openDatabaseForCli } from "./open-for-cli";
import { runCommand } from "./run-command";

const USAGE = `Usage: npm run admin -- create <email> [--name <name>] [--shop <key>]
       npm run admin -- erase <customer's number or visitor's id> [--shop <key>]`;

async function main(): Promise<void> {
  const { command, who, name, shopKey } = readArguments();
  const database = await openDatabaseForCli();
  try {
    await (command === "create" ? create(who, name, shopKey) : erase(who, shopKey));
  } finally {
    await database.close();
  }
}

async function create(address: string, name: string | undefined, shopKey: string | null): Promise<void> {
  const email = z.email().safeParse(address);
  if (!email.success) throw new StartProblem(USAGE);
  const shop = (await findShop(shopKey)) ?? (await createShop({ name: "My shop" }));
  const { person, password } = await createPerson(shop.shopId, {
    email: email.data,
    name: name ?? email.data.split("@")[0] ?? email.data,
    role: "admin",
  });
  process.stdout.write(`
  ${person.name} may sign in at /desk as admin of ${shop.name}.

  E-mail    ${person.email}
  Password  ${password}

  The password is shown this once.
`);
}

async function erase(who: string, shopKey: string | null): Promise<void> {
  const shop = await findShop(shopKey);
  if (shop === null) throw new StartProblem("There is no shop yet.");
  const { visitors, conversations } = await eraseCustomer(shop.shopId, who, "npm run admin");
  process.stdout.write(
    `Erased at ${shop.name}: ${visitors} browsers and ${conversations} conversations, with all that was written and sent.\n`,
  );
}

function readArguments() {
  try {
    const options = { name: { type: "string" }, shop: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [command, who = ""] = positionals;
    if ((command === "create" || command === "erase") && who.trim() !== "")
      return { command, who: who.trim(), name: values.name, shopKey: values.shop ?? null };
  } catch (cause) {
    throw new StartProblem(USAGE, { cause });
  }
  throw new StartProblem(USAGE);
}

/** Null where there is none yet. @throws StartProblem for a key that is no shop's */
async function findShop(key: string | null) {
  const row = await getDb().shop.findFirst({
    where: key === null ? {} : { key },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true },
  });
  if (row) return { shopId: shopIdSchema.parse(row.id), name: row.name };
  if (key !== null) throw new StartProblem(`There is no shop with the key ${key}.`);
  return null;
}

runCommand(main);
