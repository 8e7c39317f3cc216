/** `npm run admin -- create <email> [name]`: an admin for the shop; its password is printed once and kept only as a hash. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { shopIdSchema } from "@/lib/protocol/ids";
import { createShop } from "@/lib/shops/create-shop";
import { createPerson } from "@/lib/shops/people";
import { openDatabaseForCli } from "./open-for-cli";
import { runCommand } from "./run-command";

const USAGE = "Usage: npm run admin -- create <email> [--name <name>] [--shop <key>]";

async function main(): Promise<void> {
  const { email, name, shopKey } = readArguments();
  const database = await openDatabaseForCli();
  try {
    const shop = await findOrCreateShop(shopKey);
    const { person, password } = await createPerson(shop.shopId, { email, name, role: "admin" });
    process.stdout.write(`
  ${person.name} may sign in at /desk as admin of ${shop.name}.

  E-mail    ${person.email}
  Password  ${password}

  The password is shown this once.
`);
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    const options = { name: { type: "string" }, shop: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [command, address] = positionals;
    const email = z.email().safeParse(address?.trim());
    if (command !== "create" || !email.success) throw new StartProblem(USAGE);
    return {
      email: email.data,
      name: values.name ?? email.data.split("@")[0] ?? email.data,
      shopKey: values.shop ?? null,
    };
  } catch (error) {
    throw error instanceof StartProblem ? error : new StartProblem(USAGE, { cause: error });
  }
}

/** The first admin makes the first shop. */
async function findOrCreateShop(key: string | null) {
  const row = await getDb().shop.findFirst({
    where: key === null ? {} : { key },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true },
  });
  if (row) return { shopId: shopIdSchema.parse(row.id), name: row.name };
  if (key !== null) throw new StartProblem(`There is no shop with the key ${key}.`);
  return createShop({ name: "My shop" });
}

runCommand(main);
