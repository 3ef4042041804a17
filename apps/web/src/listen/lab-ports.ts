import { decodeFile } from '../audio/decode-file.ts'
import { createLiveSound } from '../compare/live-sound.ts'
import type { LabReport, LabRequest } from './worker-protocol.ts'

/** The worker that hears. */
export interface LabWorker extends Disposable {
  ask(request: LabRequest, transfer?: Transferable[]): void
}

/** What the lab needs of the browser. */
export interface LabPorts {
  openWorker(report: (report: LabReport) => void): LabWorker
  readonly createLiveSound: typeof createLiveSound
  readonly decodeFile: typeof decodeFile
}

/** The browser of this page. */
export const browserPorts: LabPorts = {
  openWorker(report) {
    const worker = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<LabReport>) => report(data)
    return {
      ask: (request, transfer = []) => worker.postMessage(request, transfer),
      [Symbol.dispose]: () => worker.terminate(),
    }
  },
  createLiveSound,
  decodeFile,
}
