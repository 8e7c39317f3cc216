/** Makes this process one of several: live rooms and desks reach the others through Redis. */
import { joinDesks, openDesks } from "@/lib/conversations/desk-feed";
import { StartProblem } from "@/lib/db/start-problem";
import { getConfig } from "@/lib/protocol/config-slot";
import { type Nodes, openNodes } from "@/lib/sync/nodes/nodes";
import type { Log } from "./log";

/** @throws StartProblem when Redis cannot be reached */
export async function connectNodes(url: string, log: Log): Promise<Nodes> {
  const nodes = await openNodes({
    url,
    secret: getConfig().secret,
    desks: openDesks,
    log: (level, message, detail) => log[level]({ ...detail }, message),
  }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : "no answer";
    throw new StartProblem(
      `Redis cannot be reached (${reason}): check REDIS_URL, or leave it out for one process.`,
      {
        cause,
      },
    );
  });
  const announced = joinDesks({
    announce: (shopId, conversationIds) => nodes.announce({ type: "desk", shopId, conversationIds }),
    openDesks: nodes.desksElsewhere.bind(nodes),
  });
  nodes.onNotice((notice) => {
    if (notice.type === "desk") announced(notice.shopId, notice.conversationIds);
  });
  return nodes;
}
