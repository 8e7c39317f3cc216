/** Control requests that wait for their answer. */
import { AppError, type ErrorCode } from "@/lib/protocol/errors";

export class Requests<Answer> {
  private readonly waiting = new Map<
    string,
    { resolve: (answer: Answer) => void; reject: (error: AppError) => void }
  >();

  add(id: string): Promise<Answer> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  resolve(id: string, answer: Answer): void {
    this.waiting.get(id)?.resolve(answer);
    this.waiting.delete(id);
  }

  /** False when nobody waits for this id. */
  reject(id: string, code: ErrorCode): boolean {
    const request = this.waiting.get(id);
    this.waiting.delete(id);
    request?.reject(new AppError(code));
    return request !== undefined;
  }

  rejectAll(code: ErrorCode): void {
    for (const id of [...this.waiting.keys()]) this.reject(id, code);
  }
}
