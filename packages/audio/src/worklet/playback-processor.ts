import { playbackProcessorName, type PlaybackCommand, type PlaybackReport } from './index.ts'
import { createPlaybackQueue } from './playback-queue.ts'
import {
  workletScope,
  type WorkletChannels,
  type WorkletPort,
  type WorkletProcessor,
} from './worklet-scope.ts'

class PlaybackProcessor extends workletScope.AudioWorkletProcessor implements WorkletProcessor {
  // The page that made the node sends and takes these messages only.
  readonly #port = this.port as WorkletPort<PlaybackCommand, PlaybackReport>
  readonly #queue = createPlaybackQueue({
    contextRate: workletScope.sampleRate,
    post: (report) => this.#port.postMessage(report),
  })

  constructor() {
    super()
    this.#port.onmessage = ({ data }) => this.#obey(data)
  }

  process(_inputs: WorkletChannels, outputs: WorkletChannels): boolean {
    const channels = outputs[0]
    const first = channels?.[0]
    if (channels === undefined || first === undefined) return true
    this.#queue.render(first)
    for (let i = 1; i < channels.length; i++) channels[i]?.set(first)
    return true
  }

  #obey(command: PlaybackCommand): void {
    switch (command.type) {
      case 'append':
        this.#queue.append(command.itemId, command.pcm)
        break
      case 'finish':
        this.#queue.finish(command.itemId)
        break
      case 'clear':
        this.#queue.clear()
        break
    }
  }
}

workletScope.registerProcessor(playbackProcessorName, PlaybackProcessor)
