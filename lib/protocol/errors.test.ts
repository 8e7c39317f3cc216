import { expect, it, vi } from "vitest";
import { AppError } from "./errors";

class Refusal extends AppError {}

it("an error of another copy of the module, as in the other bundle of this process, is one of ours", async () => {
  vi.resetModules();
  const other = await import("./errors");
  expect(other.AppError).not.toBe(AppError);
  expect(new other.AppError("conflict")).toBeInstanceOf(AppError);
  expect(new Refusal("conflict")).toBeInstanceOf(other.AppError);
});

it("a kind of its own is told from the others, and other errors from ours", () => {
  expect(new Refusal("conflict")).toBeInstanceOf(Refusal);
  expect(new AppError("conflict")).not.toBeInstanceOf(Refusal);
  expect(new Error("conflict")).not.toBeInstanceOf(AppError);
  expect({ code: "conflict", name: "AppError" }).not.toBeInstanceOf(AppError);
});
