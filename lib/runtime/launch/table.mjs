/** The last words of a start: where everything is, and how to get in. */

const LABEL_COLUMNS = 12;
const ADDRESS_COLUMNS = 40;

/** @param {import("../server").RunningServer} server */
export function describe(server, { seconds, dataDir }) {
  const row = (label, ...cells) => `  ${label.padEnd(LABEL_COLUMNS)}${cells.join("  ")}\n`;
  const head = `\nReady in ${seconds.toFixed(1)} s\n\n`;
  if (!server.demo) {
    return `${head}${row("Desk", `${server.publicUrl}/desk`)}${row("Insights", `${server.publicUrl}/insights`)}
No sign-in yet? Make the first admin with: npm run admin -- create you@example.com\n\n`;
  }
  const { demo } = server;
  const signIn = (label, url, { email, password }) =>
    row(label, url.padEnd(ADDRESS_COLUMNS), email.padEnd(22), password);
  return `${head}${row("Demo shop", demo.shopUrl.padEnd(ADDRESS_COLUMNS), "be the shopper here")}${signIn(
    "Desk",
    demo.deskUrl,
    demo.agent,
  )}${signIn("Insights", demo.insightsUrl, demo.manager)}${signIn("Settings", `${server.baseUrl}/settings`, demo.admin)}
  Open the demo shop and the desk side by side. Data is kept in ${dataDir}; Ctrl-C stops.\n\n`;
}
