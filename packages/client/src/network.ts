/** Pages hear of their network; Node does not. */
const page: typeof globalThis & Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> =
  globalThis

/** Calls the listener when the network comes or goes; the function that is returned ends that. */
export function onNetwork(type: 'online' | 'offline', listener: () => void): () => void {
  page.addEventListener?.(type, listener)
  return () => page.removeEventListener?.(type, listener)
}
