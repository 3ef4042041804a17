import { createCaptureFrames } from './capture-frames.ts'
import { captureProcessorName, type CaptureCommand, type CaptureFrame } from './index.ts'
import {
  workletScope,
  type WorkletChannels,
  type WorkletPort,
  type WorkletProcessor,
} from './worklet-scope.ts'

class CaptureProcessor extends workletScope.AudioWorkletProcessor implements WorkletProcessor {
  // The page that made the node sends and takes these messages only.
  readonly #port = this.port as WorkletPort<CaptureCommand, CaptureFrame>
  readonly #frames = createCaptureFrames(workletScope.sampleRate, (frame) =>
    this.#port.postMessage(frame, [frame.pcm]),
  )

  constructor() {
    super()
    this.#port.onmessage = ({ data }) => this.#frames.mute(data.muted)
  }

  process(inputs: WorkletChannels): boolean {
    const channels = inputs[0]
    if (channels !== undefined && channels.length > 0) this.#frames.process(channels)
    return true
  }
}

workletScope.registerProcessor(captureProcessorName, CaptureProcessor)
