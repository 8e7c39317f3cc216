/** One attempt to hand over one message, and what follows from it. */
import { Webhook } from "standardwebhooks";
import * as z from "zod/mini";
import { unseal } from "@/lib/auth/sealed";
import { getDb, type Prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/database-now";
import { fetchOutside } from "@/lib/http/outside/outside";
import { AppError } from "@/lib/protocol/errors";
import { GIVE_UP_AFTER_MS, retryAt } from "./retry-times";

/** Milliseconds that a shop's server has to answer: it should take the message in and work on it afterwards. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Bytes of an answer that is looked at by nobody. */
const MAX_ANSWER_BYTES = 65_536;
/** Characters of what went wrong. */
const MAX_ERROR_CHARS = 200;
/** The endpoint says that it does not exist any more. */
const GONE = 410;

const payloadSchema = z.looseObject({ type: z.string() });

export interface Outcome {
  readonly delivered: boolean;
  /** HTTP status, when there was an answer. */
  readonly answered: number | null;
  readonly error: string | null;
}

export interface AttemptOptions {
  /** Somebody pressed a button: a failure neither uses up an attempt nor counts against the endpoint. */
  readonly byHand?: boolean;
  /** Ends the attempt, as if it had never begun. */
  readonly signal?: AbortSignal;
}

/** Sends one and writes down what became of it. @throws the signal's reason */
export async function attemptDelivery(
  deliveryId: string,
  { byHand = false, signal }: AttemptOptions = {},
): Promise<Outcome> {
  const delivery = await getDb().webhookDelivery.findUniqueOrThrow({
    where: { id: deliveryId },
    include: { endpoint: true },
  });
  const { endpoint } = delivery;
  const outcome = await send(endpoint, delivery.messageId, z.parse(payloadSchema, delivery.payload), signal);
  // Other nodes compare what follows with the database's clock.
  const now = await databaseNow();
  const { answered, error } = outcome;
  // Many at once: an admin may have removed it all meanwhile.
  const update = (data: Prisma.WebhookDeliveryUpdateManyMutationInput) =>
    getDb().webhookDelivery.updateMany({ where: { id: deliveryId }, data: { answered, error, ...data } });
  if (outcome.delivered) {
    await update({ status: "delivered", deliveredAt: now, attempts: { increment: 1 } });
    await getDb().webhookEndpoint.updateMany({
      where: { id: endpoint.id },
      data: { failures: 0, failingSince: null },
    });
  } else if (byHand) {
    await update({});
  } else {
    const next = retryAt(delivery.attempts + 1, now, Math.random());
    await update({
      attempts: { increment: 1 },
      ...(next === null ? { status: "failed" } : { nextAt: next }),
    });
    await noteFailure(endpoint, answered, now);
  }
  return outcome;
}

async function noteFailure(
  endpoint: { readonly id: string; readonly failingSince: Date | null },
  answered: number | null,
  now: Date,
): Promise<void> {
  const since = endpoint.failingSince ?? now;
  const giveUp = answered === GONE || now.getTime() - since.getTime() >= GIVE_UP_AFTER_MS;
  await getDb().webhookEndpoint.updateMany({
    where: { id: endpoint.id },
    data: {
      failures: { increment: 1 },
      failingSince: since,
      ...(giveUp ? { active: false, disabledAt: now } : {}),
    },
  });
}

async function send(
  endpoint: { readonly url: string; readonly sealedSecret: string },
  messageId: string,
  payload: z.infer<typeof payloadSchema>,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  try {
    const body = JSON.stringify(payload);
    const now = new Date();
    const signature = new Webhook(await unseal(endpoint.sealedSecret)).sign(messageId, now, body);
    const answer = await fetchOutside(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": messageId,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
        "webhook-signature": signature,
      },
      body,
      // A redirect is a no: the signed message is for the address that the admin named.
      maxRedirects: 0,
      maxBytes: MAX_ANSWER_BYTES,
      timeoutMs: ANSWER_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    await answer.cancel();
    const error = answer.ok ? null : `answered ${answer.status}`;
    return { delivered: answer.ok, answered: answer.status, error };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { delivered: false, answered: null, error: error.message.slice(0, MAX_ERROR_CHARS) };
  }
}
