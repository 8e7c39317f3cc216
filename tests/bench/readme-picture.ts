/** npm run picture: the README's picture, a real agent's desk and a real phone looking at the same product, both drawing. */
import sharp from "sharp";
import { clickWith, drag, waitForItem, waitForMarks } from "../e2e/support/panel";
import { accept, launchBrowser, openFrame, openMember, openShopper, phone, say } from "../e2e/support/people";
import { readInstallation, startInstallation } from "../support/installation";

const target = "docs/images/panel.webp";
const deskSize = { width: 1440, height: 900 };
/** The phone stands in front of the desk's lower right corner, in picture pixels. */
const phoneWidth = 300;
const margin = 32;

const running = process.env.E2E_DATA_DIR;
const installation = running ? await readInstallation(running) : await startInstallation();
const { demo } = installation;
const browser = await launchBrowser();
const agent = await openMember(browser, { ...demo, realData: "" }, demo.agent, "/desk", {
  viewport: deskSize,
});
const shopper = await openShopper(browser, demo.shopUrl, { ...phone, deviceScaleFactor: 2 });
await openFrame(shopper);
await say(shopper.frame, "Is this stitched or only printed?");
await accept(agent, "Is this stitched or only printed?");
await agent.page.getByTestId("catalogue-search").fill("saddle bag");
await agent.page.getByText("Luna saddle bag").first().waitFor();
await agent.page.getByTestId("product-card").first().getByTestId("show-on-panel").click();
await waitForItem(shopper.frame);
await drag(shopper.page, shopper.frame, "ellipse", [0.4, 0.4], [0.62, 0.55]);
await waitForMarks(agent.page, 1);
await drag(agent.page, agent.page, "arrow", [0.75, 0.25], [0.58, 0.42]);
await clickWith(agent.page, agent.page, "pin", [0.36, 0.62]);
await waitForMarks(shopper.frame, 3);
await say(agent.page, "Stitched by hand, look at the thread here.");
await agent.page.getByTestId("tool-pan").click();
const desk = await agent.page.screenshot();
const small = await sharp(await shopper.page.screenshot())
  .resize({ width: phoneWidth })
  .extend({ top: 8, bottom: 8, left: 8, right: 8, background: "#000000" })
  .toBuffer({ resolveWithObject: true });
const height = Math.max(deskSize.height, small.info.height) + margin * 2;
await sharp({
  create: { width: deskSize.width + phoneWidth / 2 + margin * 2, height, channels: 3, background: "#e8e4de" },
})
  .composite([
    { input: desk, left: margin, top: Math.round((height - deskSize.height) / 2) },
    {
      input: small.data,
      left: deskSize.width + margin - Math.round(phoneWidth / 2),
      top: height - small.info.height - margin,
    },
  ])
  .webp({ quality: 82 })
  .toFile(target);
await browser.close();
await installation.stop();
console.log(`wrote ${target}`);
