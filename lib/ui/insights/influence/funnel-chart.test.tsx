import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { funnelSteps } from "@/lib/insights/funnel-steps";
import { shareOf } from "@/lib/insights/small-cells";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import { FunnelChart } from "./funnel-chart";

/** Every step reached by half of those before. */
function draw(count: number): string {
  const steps = funnelSteps.map((step, index) => ({
    step,
    count: count / 2 ** index,
    through: count / 2 ** index,
  }));
  return renderToStaticMarkup(
    <FunnelChart
      t={translator(insightsInfluenceMessages, "en")}
      locale="en"
      rule=""
      shareOf={shareOf}
      funnel={{ steps, returned: 0, ordered: [], kept: [] }}
      behindHref={(step) => `/${step}`}
    />,
  );
}

it("[IN179] the share that came through a step is told of five and more", () => {
  const MOST = 64;
  // 64, 32, 16, 8, 4 and 2 before the last six steps: the last two shares are of four and fewer.
  expect(draw(MOST).match(/\(50%\)/g)).toHaveLength(4);
  expect(draw(4)).not.toContain("%)");
});
