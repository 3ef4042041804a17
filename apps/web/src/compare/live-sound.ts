import { canHearAndPlay, createAudioEngine, type AudioEngine } from '../audio/audio-engine.ts'

/** Microphone and loudspeaker while lanes run: the one lane that is listened to is heard. */
export interface LiveSound extends AsyncDisposable {
  /** Rejects as `getUserMedia` does. */
  openMicrophone(deviceId: string, onFrame: (samples: Int16Array) => void): Promise<void>
  closeMicrophone(): void
  /** Sound of a lane; heard when it is the lane that is listened to. */
  append(label: string, samples: Int16Array): void
  /** A lane went silent. */
  cut(label: string): void
  /** Listens to this lane from now on; `undefined` to none. */
  listenTo(label: string | undefined): void
}

/** Starts the sound of this browser; `undefined` where it has none. Call it in a click. */
export async function createLiveSound(onLost: () => void): Promise<LiveSound | undefined> {
  if (!canHearAndPlay()) return undefined
  let onFrame: ((samples: Int16Array) => void) | undefined
  let heard: string | undefined
  const engine: AudioEngine = await createAudioEngine({
    frame: (pcm) => onFrame?.(new Int16Array(pcm)),
    playback: () => undefined,
    microphoneLost: onLost,
  })
  return {
    async openMicrophone(deviceId, listener) {
      await engine.openMicrophone(deviceId)
      onFrame = listener
    },
    closeMicrophone: () => engine.closeMicrophone(),
    append(label, samples) {
      if (label === heard) engine.append(label, new Int16Array(samples).buffer)
    },
    cut(label) {
      if (label === heard) engine.clear()
    },
    listenTo(label) {
      if (label === heard) return
      heard = label
      engine.clear()
    },
    [Symbol.asyncDispose]: () => engine.close(),
  }
}
