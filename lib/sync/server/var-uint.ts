/**
 * Variable-length integers as lib0 writes them, seven bits a byte, the low ones first: for frames whose length is known
 * beforehand, so that each is one piece of memory, written once.
 */
export function varUintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** @returns where the next byte goes */
export function writeVarUint(into: Uint8Array, at: number, value: number): number {
  let next = at;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) into[next++] = 128 + (rest % 128);
  into[next++] = rest;
  return next;
}
