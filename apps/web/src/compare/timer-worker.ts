/** A wait that was asked for, or given up. */
export type TimerRequest =
  | { readonly type: 'start'; readonly id: number; readonly delayMs: number }
  | { readonly type: 'cancel'; readonly id: number }

// The worker's own global; the page's library of types knows only the window's.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<TimerRequest>) => void) | null
  postMessage: (id: number) => void
}

const timers = new Map<number, ReturnType<typeof setTimeout>>()

scope.onmessage = ({ data }) => {
  if (data.type === 'cancel') {
    clearTimeout(timers.get(data.id))
    timers.delete(data.id)
    return
  }
  const fire = (): void => {
    timers.delete(data.id)
    scope.postMessage(data.id)
  }
  timers.set(data.id, setTimeout(fire, data.delayMs))
}
