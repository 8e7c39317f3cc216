/** What the package for bundled shops declares; package-main.ts does it. Copied into the package beside vetrina-call. */
import type { VetrinaArguments } from "./vetrina-call";

export type * from "./vetrina-call";

export interface LoadOptions {
  /** Address of the installation, such as "https://vetrina.example". */
  readonly host: string;
  /** The shop's key, from its settings. */
  readonly shop: string;
  readonly position?: "right" | "left" | "none";
  /** What may be recorded until `vetrina("consent", ...)` says otherwise. */
  readonly consent?: "none" | "anonymous" | "full";
  /** As the page's Content-Security-Policy demands. */
  readonly nonce?: string;
}

/** Puts the script into the page, once. Without a document (on a server) it does nothing. */
export declare function loadVetrina(options: LoadOptions): void;

/** `window.vetrina`; calls made before the script has arrived are carried out then. */
export declare function vetrina(...call: VetrinaArguments): void;
