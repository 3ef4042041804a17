import { createResampler } from '../../resampler.ts'
import { createSampleQueue } from '../../streams/index.ts'
import { webAssemblyRuns } from '../../testing/web-assembly.ts'
import {
  workletScope,
  type WorkletChannels,
  type WorkletPort,
  type WorkletProcessor,
} from '../worklet-scope.ts'

/** Posts whether WebAssembly runs where processors do, then frames of 160 samples at 16 kHz of what it hears. */
class ProbeProcessor extends workletScope.AudioWorkletProcessor implements WorkletProcessor {
  readonly #port = this.port as WorkletPort<never, boolean | Float32Array>
  readonly #queue = createSampleQueue(createResampler({ from: workletScope.sampleRate, to: 16_000 }), 4096)

  constructor() {
    super()
    this.#port.postMessage(webAssemblyRuns)
  }

  process(inputs: WorkletChannels): boolean {
    const heard = inputs[0]?.[0]
    if (heard !== undefined) this.#queue.push(heard)
    const frame = new Float32Array(160)
    while (this.#queue.pull(frame)) this.#port.postMessage(frame.slice())
    return true
  }
}

workletScope.registerProcessor('parley-probe', ProbeProcessor)
