import { Prisma } from "./generated/client";

/** Prisma's code for a row whose key another one has. */
const UNIQUE_VIOLATION = "P2002";

/** Prisma's code for a row that others still name. */
const FOREIGN_KEY_VIOLATION = "P2003";

/** Whether a write failed because another row has that key already. */
export const isTakenKey = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === UNIQUE_VIOLATION;

/** Whether a row could not go because another one names it. */
export const isStillNamed = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === FOREIGN_KEY_VIOLATION;
