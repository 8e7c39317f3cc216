/** `npm run mask-lint -- <url...>`, `npx vetrina-mask-lint <url...>`: what the page mirror would show of a shop's pages. */
import { maskLint } from "./mask-lint";

maskLint(process.argv.slice(2), process.env).then(
  ({ code, out, error }) => {
    process.stdout.write(out);
    process.stderr.write(error);
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 2;
  },
);
