/** The panel alone, twice in one page: an agent and a customer. Driven by tests through `window.harness`. */
import { createRoot } from "react-dom/client";
import { encodeStateAsUpdate, Map as YMap } from "yjs";
import { addMark, play as playItem, putItem, removeItem } from "@/lib/panel/commands";
import { type Item, itemsOf } from "@/lib/panel/schema";
import { assetIdSchema, conversationIdSchema, itemIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { type Locale, matchLocale } from "@/lib/protocol/locales";
import { panelMessages } from "@/lib/ui/messages/panel";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { PanelView } from "@/lib/ui/panel/panel-view";
import { type LocalRoom, openLocalRooms, serverTime } from "./local-room";
import { manyMarks } from "./marks";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import "@fontsource-variable/inter/standard.css";
import "./page.css";

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const conversationId = conversationIdSchema.parse(id(1));
const query = new URLSearchParams(location.search);
const locale: Locale = matchLocale(query.get("lang")) ?? "en";
const sides = query.get("sides") === "1" ? 1 : 2;

const rooms = openLocalRooms(conversationId, [
  { participantId: participantIdSchema.parse(id(2)), name: "Anna", role: "agent", color: 0 },
  {
    participantId: participantIdSchema.parse(id(3)),
    name: query.get("name") ?? "Guest 7",
    role: "customer",
    color: 1,
  },
]);

/** Pictures that the server of this page draws: 1 pattern, 2 white, 3 black, 4 three to one, 5 broken. */
const pictures = [
  { digit: 1, width: 2400, height: 1800, title: "Leather boots" },
  { digit: 2, width: 1600, height: 2000, title: "White shirt" },
  { digit: 3, width: 2000, height: 2000, title: "Black coat" },
  { digit: 4, width: 3000, height: 1000, title: "A very long belt with a very long name" },
  { digit: 5, width: 1200, height: 1200, title: "Gone" },
  { digit: 6, width: 11648, height: 8736, title: "Studio picture" },
  { digit: 7, width: 1500, height: 1000, title: "" },
  { digit: 8, width: 640, height: 360, title: "How it folds" },
  { digit: 9, width: 640, height: 360, title: "From an old phone" },
];

/** Milliseconds of the videos, 8 and 9. */
const VIDEO_MS = 64_000;

function itemOf(digit: number): Item {
  const picture = pictures.find((known) => known.digit === digit) ?? {
    digit,
    width: 2400,
    height: 1800,
    title: "",
  };
  return {
    id: itemIdSchema.parse(`item-000${digit}`),
    source: "asset",
    assetId: assetIdSchema.parse(id(digit)),
    productId: null,
    width: picture.width,
    height: picture.height,
    title: picture.title,
    duration: digit >= 8 ? VIDEO_MS : null,
    page: null,
    covered: digit === 7,
    addedBy: id(digit === 2 ? 3 : 2),
    order: digit,
  };
}

function room(side: number): LocalRoom {
  const found = rooms[side];
  if (!found) throw new Error(`no side ${side}`);
  return found;
}

const origin = { name: "harness" };
const harness = {
  show: (digit: number) => putItem(room(0).doc, origin, itemOf(digit)),
  remove: (digit: number) => removeItem(room(0).doc, origin, itemOf(digit).id),
  /** As the server does when somebody has asked for it. */
  uncover(digit: number) {
    const item = itemsOf(room(0).doc).get(itemOf(digit).id);
    if (item instanceof YMap) item.set("covered", false);
  },
  fill(count: number, digit = 1) {
    room(0).doc.transact(() => {
      for (const mark of manyMarks(count, itemOf(digit))) addMark(room(0).doc, origin, mark);
    }, origin);
  },
  addOne(seed: number, digit = 1) {
    for (const mark of manyMarks(1, itemOf(digit), seed)) addMark(room(0).doc, origin, mark);
  },
  marks: (side: number) => room(side).doc.getMap("marks").toJSON(),
  update: (side: number) => Array.from(encodeStateAsUpdate(room(side).doc)),
  requests: (side: number) => room(side).requests,
  setOnline: (side: number, online: boolean) => room(side).setOnline(online),
  setLocked: (side: number, locked: boolean) => room(side).setLocked(locked),
  replaceDocument: (side: number) => room(side).replaceDocument(),
  onArrival: (side: number, listener: () => void) => room(side).onArrival(listener),
  play(digit: number) {
    const { doc } = room(1);
    playItem(doc, origin, itemOf(digit).id, {
      playing: true,
      at: 0,
      since: Math.round(serverTime()),
      rate: 1,
    });
  },
  setThere(side: number, there: boolean) {
    if (there) gone.delete(side);
    else gone.add(side);
    render();
  },
  room,
};
export type Harness = typeof harness;
Object.assign(globalThis, { harness });

const host = document.getElementById("root");
const root = host ? createRoot(host) : null;
const gone = new Set<number>();

/** Who leaves the page, and comes back as a newcomer. */
function render(): void {
  root?.render(
    <MessagesProvider locale={locale} areas={{ panel: panelMessages[locale] }}>
      {rooms.slice(0, sides).map((each, index) => (
        <div className="side" id={`side-${index}`} key={each.getSnapshot().you}>
          {gone.has(index) ? null : (
            <PanelView
              room={each}
              conversationId={conversationId}
              baseUrl=""
              authorization={() => ({})}
              onClose={index === 1 ? () => undefined : undefined}
            />
          )}
        </div>
      ))}
    </MessagesProvider>,
  );
}
render();
