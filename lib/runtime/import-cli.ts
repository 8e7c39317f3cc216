/**
 * `npm run import -- <feed> [--image-base <url-or-folder>] [--shop <key>] [--source <name>] [--currency EUR] [--may-shrink]`:
 * a feed of any kind that lib/catalogue/feed reads into a shop's catalogue.
 */
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bringPictures } from "@/lib/catalogue/feed/bring-pictures";
import { openFolderImages } from "@/lib/catalogue/feed/folder-images";
import type { ImageSource } from "@/lib/catalogue/feed/image-source";
import { type ImportProgress, importFeed } from "@/lib/catalogue/feed/import-feed";
import { reportLines } from "@/lib/catalogue/feed/report-lines";
import { openWebImages } from "@/lib/catalogue/feed/web-images";
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { shopIdSchema } from "@/lib/protocol/ids";
import { openDatabaseForCli } from "./open-for-cli";
import { createProgressLine } from "./progress-line";
import { runCommand } from "./run-command";

const USAGE =
  "Usage: npm run import -- <feed> [--image-base <url-or-folder>] [--shop <key>] [--source <name>] [--currency EUR] [--may-shrink]";

/** What is imported by hand is one source, unless it is given a name: what its next file does not name goes. */
const SOURCE_ID = "cli";

const show = createProgressLine();

async function main(): Promise<void> {
  const { file, imageBase, shopKey, sourceId, currency, mayShrink } = readArguments();
  const images = imageBase === undefined ? null : await openImages(imageBase);
  const database = await openDatabaseForCli();
  try {
    const shop = await findTarget(shopKey);
    say(`Reading ${file} into ${shop.name} (${shop.key})`);
    const shopId = shopIdSchema.parse(shop.id);
    const report = await importFeed({
      shopId,
      sourceId,
      source: createReadStream(file),
      defaults: { currency: currency ?? shop.currency, locale: "" },
      now: Date.now(),
      onProgress: showProgress,
      mayShrink,
    });
    const pictures =
      images && report.state === "done"
        ? await bringPictures({ shopId, sourceId }, images, (done, total) =>
            show(`${done} of ${total} pictures and videos`, done, total),
          )
        : null;
    for (const line of reportLines(report, pictures)) say(line);
    if (report.state === "would-shrink") process.exitCode = 1;
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        "image-base": { type: "string" },
        shop: { type: "string" },
        source: { type: "string", default: SOURCE_ID },
        currency: { type: "string" },
        "may-shrink": { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new StartProblem(USAGE);
    return {
      file: fromWhereTyped(file),
      imageBase: values["image-base"],
      shopKey: values.shop,
      sourceId: values.source,
      currency: values.currency?.toUpperCase(),
      mayShrink: values["may-shrink"],
    };
  } catch (error) {
    throw new StartProblem(USAGE, { cause: error });
  }
}

function openImages(base: string): ImageSource | Promise<ImageSource> {
  return /^https?:\/\//i.test(base) ? openWebImages(base) : openFolderImages(fromWhereTyped(base));
}

/** npm runs scripts in the project's folder, and tells where the command was typed. */
function fromWhereTyped(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** Without `--shop` the only shop is meant. */
async function findTarget(key: string | undefined) {
  const shops = await getDb().shop.findMany({
    where: key === undefined ? {} : { key },
    select: { id: true, key: true, name: true, currency: true },
    orderBy: { createdAt: "asc" },
    take: 20,
  });
  const [shop, ...others] = shops;
  if (!shop)
    throw new StartProblem(
      key === undefined ? "There is no shop yet." : `There is no shop with the key ${key}.`,
    );
  if (others.length > 0) {
    throw new StartProblem(
      `Say which shop, with --shop: ${shops.map((each) => `${each.key} (${each.name})`).join(", ")}`,
    );
  }
  return shop;
}

function showProgress({ phase, done, of }: ImportProgress): void {
  if (phase === "writing" && of !== null) show(`${done} of ${of} products`, done, of);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

runCommand(main);
