/** What a client asks for in a text frame: judged by its role first, then by what the customer agreed to. */
import type { Refusal } from "@/lib/mirror/consent/consent-event";
import { assertNever } from "@/lib/protocol/errors";
import type { ActRefusal, MirrorPoint, MirrorRequest } from "@/lib/protocol/mirror";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { LiveMirror } from "./live-mirror";
import type { Member } from "./member";
import type { RequestRates } from "./request-rates";

const agents = ["agent"] as const;
const people = ["agent", "supervisor"] as const;
const customer = ["customer"] as const;
const involved = ["customer", "agent"] as const;

/** A supervisor watches, and is seen to watch; she neither proposes, points nor acts. */
const mayAsk: Readonly<Record<MirrorRequest["type"], readonly ParticipantRole[]>> = {
  propose: agents,
  withdraw: agents,
  watch: people,
  unwatch: people,
  "ask-write": agents,
  "release-write": agents,
  resync: people,
  applied: people,
  "want-asset": people,
  act: agents,
  share: customer,
  refuse: customer,
  pause: customer,
  unpause: customer,
  "grant-write": customer,
  "deny-write": customer,
  "revoke-write": customer,
  acted: customer,
  point: involved,
  stop: involved,
  renew: ["customer", "agent", "supervisor"],
};

type Answer = Refusal | "too-many" | null;
type Judged = Exclude<MirrorRequest, { type: "renew" }>;

/** @returns why not, or null */
export function receiveRequest(
  mirror: LiveMirror,
  member: Member,
  rates: RequestRates,
  request: Judged,
): Answer {
  const { role, participantId: by } = member.claims;
  if (!mayAsk[request.type].includes(role)) return "forbidden";
  const { tab } = member;
  const now = mirror.options.now();
  switch (request.type) {
    case "propose":
      return mirror.takeProposal(now) ? mirror.apply({ type: "propose", by }) : "too-many";
    case "withdraw":
    case "release-write":
      return mirror.apply({ type: request.type, by });
    case "watch":
      return mirror.watch(member);
    case "unwatch":
      mirror.unwatch(member);
      return null;
    case "ask-write": {
      const mayWrite = member.terms.mayAskWrite;
      return mirror.apply({ type: "ask-write", by, mayWrite });
    }
    case "resync":
      mirror.resync(member);
      return null;
    case "applied":
      mirror.applied(member, request.epoch, request.seq);
      return null;
    case "want-asset": {
      const source = mirror.source();
      if (member.feed === null || source === null) return "conflict";
      if (!rates.takeWant(now)) return "too-many";
      source.tell({ type: "want-asset", key: request.key });
      return null;
    }
    case "act":
      return act(mirror, member, rates, request);
    case "share":
      return mirror.share(member, request.resume);
    case "pause":
      return mirror.apply({ type: "pause", tab, reason: request.reason });
    case "unpause":
      return mirror.apply({ type: "unpause", tab });
    case "refuse":
    case "deny-write":
    case "revoke-write":
      return mirror.apply({ type: request.type });
    case "grant-write":
      return mirror.apply({ type: "grant-write", tab, to: request.participantId });
    case "acted": {
      if (!mirror.isShownIn(member)) return "forbidden";
      const { id, refusal } = request;
      mirror.pendingActs.take(request.participantId, id)?.tell({ type: "acted", id, refusal });
      return null;
    }
    case "point":
      return point(mirror, member, rates, request);
    case "stop":
      return mirror.apply({ type: "stop", by: role === "customer" ? "customer" : "agent" });
    default:
      return assertNever(request);
  }
}

/** Whoever acts is told in any case what came of it. */
function act(
  mirror: LiveMirror,
  member: Member,
  rates: RequestRates,
  { id, epoch, act }: Extract<Judged, { type: "act" }>,
): Answer {
  const refuse = (refusal: ActRefusal): null => {
    mirror.meters?.refused(refusal);
    member.tell({ type: "acted", id, refusal });
    return null;
  };
  if (!rates.takeAct(mirror.options.now())) return refuse("too-fast");
  const { participantId } = member.claims;
  const isCurrent = epoch === mirror.epoch;
  const refused = mirror.apply({ type: "act", by: participantId, isCurrent });
  if (refused !== null) return refuse(refused === "forbidden" ? "no-leave" : "gone");
  mirror.pendingActs.add(member, id);
  mirror.source()?.tell({ type: "act", participantId, id, epoch, act });
  return null;
}

/** To everybody else who sees the page; of a page that is gone to nobody. */
function point(
  mirror: LiveMirror,
  member: Member,
  rates: RequestRates,
  request: Extract<Judged, { type: "point" }>,
): Answer {
  const source = mirror.source();
  if (source === null) return "conflict";
  const isAgent = member.claims.role === "agent";
  if (isAgent ? member.feed === null : source !== member) return "forbidden";
  const { point } = request;
  const now = mirror.options.now();
  if (!rates.takePoint(now)) return "too-many";
  if (point.as === "mark" && !rates.takeMark(point.points.length, now)) return "too-many";
  if (point.epoch !== mirror.epoch) return null;
  const { participantId } = member.claims;
  for (const other of [source, ...mirror.watchers()]) {
    if (other === member) continue;
    if (hasToArrive(point)) other.tell({ type: "point", participantId, point });
    else other.show({ type: "point", participantId, point });
  }
  return null;
}

/** A step of a mark is followed by the next one, as a move is; nothing follows its last one. */
function hasToArrive(point: MirrorPoint): boolean {
  return point.as === "erase" || (point.as === "mark" && point.done);
}
