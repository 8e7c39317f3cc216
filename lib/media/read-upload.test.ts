import { describe, expect, it } from "vitest";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { readUpload } from "./read-upload";

const BOUNDARY = "----test";
const part = (disposition: string, body: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: image/png\r\n\r\n${body}\r\n`;
const end = `--${BOUNDARY}--\r\n`;

function upload(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("http://127.0.0.1/upload", {
    method: "POST",
    body,
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
    // Needed for streams; not in the DOM's types.
    ...({ duplex: "half" } as object),
  });
}

async function textOf(request: Request): Promise<string> {
  return Buffer.from(await readUpload(request)).toString();
}

describe("an upload", () => {
  it("[ME16] is the field named file, whatever it is called and claims to be", async () => {
    const names = ["a.png", "../../etc/passwd", "C:\\\\x.exe", "naïve\u202Egnp.exe", "a".repeat(5_000)];
    for (const name of names) {
      expect(await textOf(upload(part(`name="file"; filename="${name}"`, "content") + end))).toBe("content");
    }
  });

  it("[ME16] may stand between other fields, and only the first file counts", async () => {
    const body =
      part('name="note"', "hello") +
      part('name="other"; filename="b"', "no") +
      part('name="file"; filename="c"', "yes") +
      end;
    expect(await textOf(upload(body))).toBe("yes");
  });

  it("[ME16] arrives in pieces of any size", async () => {
    const bytes = new TextEncoder().encode(part('name="file"; filename="c"', "x".repeat(1_000)) + end);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.subarray(at, at + 7));
        controller.close();
      },
    });
    expect(await textOf(upload(stream))).toBe("x".repeat(1_000));
  });

  it.each([
    ["a form sent without choosing a file", part('name="file"; filename=""', "") + end],
    ["no file", part('name="note"', "hello") + end],
    ["a body that stops in the middle", part('name="file"; filename="c"', "half").slice(0, -2)],
    ["no multipart at all", "just text"],
    ["nothing", ""],
  ])("[ME16] %s is refused", async (_name, body) => {
    await expect(readUpload(upload(body))).rejects.toMatchObject({ code: "bad_request" });
  });

  it.each(["application/json", "multipart/form-data", "multipart/form-data; boundary=", "image/png"])(
    "[ME16] the type %j is refused",
    async (type) => {
      await expect(readUpload(upload("x", { "content-type": type }))).rejects.toMatchObject({
        code: "bad_request",
      });
    },
  );

  it("[ME4] [ME16] one that never ends is stopped soon after the limit, and its sender told to stop", async () => {
    const chunk = new Uint8Array(1_048_576);
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        const head = new TextEncoder().encode(part('name="file"; filename="c"', "").slice(0, -2));
        controller.enqueue(sent === 0 ? head : chunk);
        sent += chunk.byteLength;
      },
      cancel() {
        cancelled = true;
      },
    });
    await expect(readUpload(upload(endless))).rejects.toMatchObject({ code: "too_large" });
    await expect.poll(() => cancelled).toBe(true);
    expect(sent).toBeLessThan(MAX_UPLOAD_BYTES + 8 * chunk.byteLength);
  });

  it("[ME4] a small file with a huge head is stopped, too", async () => {
    const body =
      part('name="note"', "x".repeat(MAX_UPLOAD_BYTES + 200_000)) +
      part('name="file"; filename="c"', "y") +
      end;
    await expect(readUpload(upload(body))).rejects.toMatchObject({ code: "too_large" });
  });

  it("[ME4] a length above the limit is refused before anything is read", async () => {
    const request = upload(part('name="file"; filename="c"', "y") + end, {
      "content-length": String(2 ** 40),
    });
    await expect(readUpload(request)).rejects.toMatchObject({ code: "too_large" });
  });

  it("[ME21] only so many are held in memory at once, and each that ends makes room", async () => {
    const open: ReadableStreamDefaultController<Uint8Array>[] = [];
    const slow = () =>
      upload(new ReadableStream<Uint8Array>({ start: (controller) => void open.push(controller) }));
    const whole = () => upload(`${part('name="file"; filename="c"', "y")}${end}`);
    const waiting = Array.from({ length: 12 }, () => readUpload(slow()));
    await expect(readUpload(whole())).rejects.toMatchObject({ code: "unavailable" });
    for (const controller of open) {
      controller.enqueue(new TextEncoder().encode(`${part('name="file"; filename="c"', "z")}${end}`));
      controller.close();
    }
    for (const bytes of await Promise.all(waiting)) expect(Buffer.from(bytes).toString()).toBe("z");
    expect(await textOf(whole())).toBe("y");
  });
});
