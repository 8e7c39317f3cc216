import { randomInt } from "node:crypto";

/** Letters and digits that nobody mistakes for one another. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/** 20 of 55 signs are 115 bits; four groups of five can be typed from a screen. */
const GROUPS = 4;
const GROUP_CHARS = 5;

export function randomPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}
