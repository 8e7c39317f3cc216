declare module "heic-decode" {
  /** RGBA, 8 bits, turned as the file says. */
  export default function decode(from: {
    readonly buffer: Uint8Array;
  }): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
}
