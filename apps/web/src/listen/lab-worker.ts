import { createLabEar } from './lab-ear.ts'
import type { LabReport, LabRequest } from './worker-protocol.ts'

// The worker's own global; the page's library of types knows only the window's.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<LabRequest>) => void) | null
  postMessage: (report: LabReport) => void
}

/** Requests come between two tasks: a message to ourselves is one. */
const tick = new MessageChannel()
const waiting: (() => void)[] = []
tick.port1.onmessage = () => waiting.shift()?.()

const ear = createLabEar({
  report: (report) => scope.postMessage(report),
  async loadModel() {
    const response = await fetch('/models/silero_vad_v6.onnx')
    if (!response.ok) throw new Error('The model is not there.')
    return new Uint8Array(await response.arrayBuffer())
  },
  breathe: () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      tick.port2.postMessage(undefined)
    }),
})

scope.onmessage = ({ data }) => ear.take(data)
