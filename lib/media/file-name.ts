/** The name of one size of a picture, in whichever store. */
import { AppError } from "@/lib/protocol/errors";

/** @throws AppError bad_request for what is no size */
export function nameOf(longest: number): string {
  if (!Number.isInteger(longest) || longest < 1) throw new AppError("bad_request", "no size");
  return `${longest}.webp`;
}

/** The size that a file's name tells; null when it is none of ours. */
export function sizeOf(name: string): number | null {
  const size = /^(\d{1,5})\.webp$/.exec(name)?.[1];
  return size === undefined ? null : Number(size);
}
