/** Remembers, for each build step, a hash of everything it read: unchanged input, no work. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Never part of what a build reads: tests, and what other steps make. */
const skipped =
  /(^|\/)(node_modules|generated|\.[^/]+)$|\.(test|bench)\.(ts|tsx)$|\.md$|^public\/(vetrina\.js|frame-assets)/;

/** @param {string} root */
export function openStamps(root) {
  const file = join(root, ".build/stamps.json");
  const read = () => {
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      return {};
    }
  };
  const write = (stamps) => {
    mkdirSync(join(root, ".build"), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(stamps, null, 2)}\n`);
    renameSync(draft, file);
  };
  return {
    /**
     * @param {string} name of the step
     * @param {string[]} inputs files and folders below the root
     * @param {boolean} present whether the step's product is there
     * @param {() => Promise<unknown>} work
     */
    async unlessUnchanged(name, inputs, present, work) {
      const hash = hashOf(root, inputs);
      if (present && read()[name] === hash) return "unchanged";
      await work();
      write({ ...read(), [name]: hash });
      return "built";
    },
    /** @param {string} name of a step that has to be done anew next time */
    forget(name) {
      const { [name]: _, ...others } = read();
      write(others);
    },
  };
}

/** @returns {string} of names and contents, in a fixed order */
function hashOf(root, inputs) {
  const hash = createHash("sha256").update(process.versions.node);
  const visit = (path) => {
    if (skipped.test(path)) return;
    let info;
    try {
      info = statSync(join(root, path));
    } catch {
      hash.update(`${path}\0missing\0`);
      return;
    }
    if (info.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    } else {
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update("\0");
    }
  };
  for (const input of inputs) visit(input);
  return hash.digest("hex");
}
