/** What operators watch, as Prometheus reads it; the composition root measures and decides who may read. */
import { processSlot } from "./process-slot";

export interface MetricsPort {
  /**
   * @param authorization the request's header
   * @param address the client's, as the server saw it
   */
  mayRead(authorization: string | null, address: string): boolean;
  /** Prometheus' text format. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export const metricsSlot = processSlot<MetricsPort>("metrics");
