/** Runs on a thread and does nothing: that there is a thread is the point (thread-pool.ts). */
export default () => null;
