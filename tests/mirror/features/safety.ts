/** What a page has that must never do anything in the desk. */
import type { Feature } from "../feature";

export const safety: readonly Feature[] = [
  {
    id: "safe-script",
    what: "scripts, on*, javascript: never run in the replica",
    html: `<script>document.documentElement.dataset.ran="yes"</script><p onclick="x()" class=p>p</p><img src=/none.png onerror="document.title='ran'"><a href="javascript:document.title='ran'">a</a><svg onload="document.title='ran'"><a href="javascript:1"><text>t</text></a></svg>`,
    look: ({ document }) => [
      document.querySelectorAll("script").length,
      document.querySelector("p")?.textContent,
    ],
    is: [0, "p"],
    onlyReplica: true,
    also: async (desk) => {
      const title = await desk.page.evaluate(
        () => document.title + document.querySelector("iframe")?.contentDocument?.title,
      );
      if (title !== "") throw new Error(`something ran: ${title}`);
    },
  },
  {
    id: "safe-handlers",
    what: "replica carries no on* attributes and no javascript:/srcdoc values",
    html: `<p onclick="x()" onmouseover="y()">p</p><a href="javascript:alert(1)">a</a><iframe srcdoc="<p onclick=1>in"></iframe><form action="javascript:1"><button formaction="javascript:2">b</button></form>`,
    look: ({ document }) => {
      const all = [document, document.querySelector("iframe")?.contentDocument ?? document];
      const attributes = all.flatMap((each) =>
        [...each.querySelectorAll("*")].flatMap((element) => [...element.attributes]),
      );
      return attributes
        .filter(({ name, value }) => /^on|srcdoc|action|^href/.test(name) || /javascript:/.test(value))
        .map(({ name }) => name);
    },
    is: [],
    onlyReplica: true,
  },
  {
    id: "safe-embed",
    what: "object/embed/iframe/meta refresh/link prefetch cause no request from the agent",
    html: `<script>const f=location.origin.replace("127.0.0.1","localhost");
      document.write('<iframe src="'+f+'/frame"></iframe><object data="'+f+'/object"></object><embed src="'+f+'/embed"><link rel=prefetch href="'+f+'/prefetch"><link rel=icon href="'+f+'/icon"><meta http-equiv=refresh content="99;url='+f+'/refresh">')</script><p>x</p>`,
    look: ({ document }) => [
      document.querySelectorAll("object,embed,link,meta,iframe").length,
      document.querySelector("p")?.textContent,
    ],
    is: [0, "x"],
    onlyReplica: true,
    also: async (desk) => {
      const asked = await desk.requestsOfDesk();
      if (asked.length > 0) throw new Error(`the desk asked for ${asked.join()}`);
    },
  },
];
