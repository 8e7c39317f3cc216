/** Runs on a thread of the picture pool and does nothing: that there is a thread is the point (picture-pool.ts). */
export default () => null;
