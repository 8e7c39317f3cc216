/** Progress lines: one a step, with how long it took. On a terminal a line shows while its step runs. */

const NAME_COLUMNS = 18;

export function createProgress(out = process.stdout) {
  const begin = Date.now();
  const line = (name, state, since) =>
    `  ${name.padEnd(NAME_COLUMNS)}${state.padEnd(12)}${((Date.now() - since) / 1_000).toFixed(1)} s\n`;
  const open = (name) => {
    if (out.isTTY) out.write(`  ${name.padEnd(NAME_COLUMNS)}...`);
  };
  const close = (name, state, since) => {
    if (out.isTTY) out.write("\r\x1b[K");
    out.write(line(name, state, since));
  };
  out.write("\nVetrina\n\n");
  return {
    seconds: () => (Date.now() - begin) / 1_000,
    /**
     * @param {string} name
     * @param {() => Promise<string>} work resolves to the word shown beside it
     */
    async step(name, work) {
      const since = Date.now();
      open(name);
      close(name, await work(), since);
    },
    /** Steps that somebody else walks through: each ends when the next begins. */
    sequence() {
      let current = null;
      const end = () => {
        if (current) close(current.name, "ready", current.since);
        current = null;
      };
      return {
        begin(name) {
          end();
          current = { name, since: Date.now() };
          open(name);
        },
        end,
        /** Of the step that runs; shown on a terminal only. */
        count(done, total) {
          if (current && out.isTTY) out.write(`\r  ${current.name.padEnd(NAME_COLUMNS)}${done} of ${total}`);
        },
      };
    },
  };
}
