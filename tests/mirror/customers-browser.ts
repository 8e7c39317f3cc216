/** The browser of the customer, whichever it is: what a test does in her page. Playwright's page is one such. */
import type { Page } from "playwright-core";

interface Typing {
  pressSequentially(text: string): Promise<void>;
}

/** Addresses of elements are CSS selectors, places CSS pixels of the window. */
export interface CustomersPage extends Pick<Page, "evaluate"> {
  readonly mouse: {
    move(x: number, y: number, options?: { readonly steps?: number }): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
    wheel(x: number, y: number): Promise<void>;
  };
  readonly keyboard: {
    press(key: string): Promise<void>;
    type(text: string): Promise<void>;
  };
  click(selector: string): Promise<void>;
  focus(selector: string): Promise<void>;
  /** In place of what is there. */
  fill(selector: string, text: string): Promise<void>;
  uncheck(selector: string): Promise<void>;
  selectOption(selector: string, chosen: Chosen | Chosen[]): Promise<unknown>;
  locator(selector: string): Typing;
  frameLocator(selector: string): { locator(selector: string): Typing };
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>;
  goto(url: string): Promise<unknown>;
  goBack(): Promise<unknown>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Chosen {
  readonly index: number;
}

export interface CustomerOptions {
  readonly viewport: { readonly width: number; readonly height: number };
  /** Runs before the scripts of every page. */
  readonly script: string;
  /** Gets what pages give to `sendFrame`, in order. */
  readonly onFrame: (base64: string) => void;
  /** Gets what pages threw. */
  readonly onError: (error: string) => void;
}

export type OpenCustomer = (options: CustomerOptions) => Promise<CustomersPage>;
