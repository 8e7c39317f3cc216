import { Prisma } from "./generated/client";

/** Prisma's code for a row whose key another one has. */
const UNIQUE_VIOLATION = "P2002";

/** Whether a write failed because another row has that key already. */
export const isTakenKey = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === UNIQUE_VIOLATION;
