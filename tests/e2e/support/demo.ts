/** What a running installation tells about itself in DATA_DIR/demo.json, plus what the tests added. */
export interface Demo {
  readonly baseUrl: string;
  readonly shopUrl: string;
  readonly deskUrl: string;
  readonly insightsUrl: string;
  readonly shopKey: string;
  readonly agent: SignIn;
  readonly manager: SignIn;
  readonly admin: SignIn;
  /** Folder with the real catalogue and photos, or empty where it is missing. */
  readonly realData: string;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

declare module "vitest" {
  interface ProvidedContext {
    demo: Demo;
  }
}
