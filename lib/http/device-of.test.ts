import { describe, expect, it } from "vitest";
import { deviceOf } from "./device-of";

const device = (agent: string) => deviceOf(new Headers({ "user-agent": agent }));
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("what a browser runs on", () => {
  it.each([
    [
      "phone",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    ],
    ["phone", `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/139.0.0.0 Mobile Safari/537.36`],
    ["phone", "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"],
    [
      "tablet",
      "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1",
    ],
    ["tablet", `Mozilla/5.0 (Linux; Android 14; SM-X710) ${webkit} Chrome/139.0.0.0 Safari/537.36`],
    [
      "desktop",
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
    ],
    [
      "desktop",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    ],
    ["desktop", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    ["desktop", "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    ["desktop", `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/139.0.0.0 Safari/537.36`],
  ] as const)("[IN100] %s: %s", (expected, agent) => {
    expect(device(agent)).toBe(expected);
  });

  it("[IN100] says nothing of what says nothing, or is none of the three", () => {
    expect(deviceOf(new Headers())).toBe("");
    expect(device("curl/8.5.0")).toBe("");
    expect(device(`Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) ${webkit} Version/7.0 TV Safari/537.36`)).toBe(
      "",
    );
    expect(device("<script>".repeat(900))).toBe("");
  });
});
