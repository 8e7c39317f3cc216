/** Why a thread refuses a file; crosses to the server as plain data. */
export class Refused extends Error {
  /** @param {string} code of lib/protocol/errors.ts */
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}
