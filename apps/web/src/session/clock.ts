/** Now in Unix ms, monotonic and finer than a millisecond. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
