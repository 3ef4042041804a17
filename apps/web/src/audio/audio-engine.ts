import { rmsDbfs } from '@parley/audio'
import {
  captureProcessorName,
  playbackProcessorName,
  type CaptureFrame,
  type PlaybackCommand,
  type PlaybackReport,
} from '@parley/audio/worklet'

/** What the engine tells its owner. */
export interface AudioListener {
  /** 20 ms of PCM16 at 24 kHz from the microphone. */
  frame(pcm: ArrayBuffer): void
  playback(report: PlaybackReport): void
  /** The microphone was unplugged or taken away. */
  microphoneLost(): void
}

/** Levels in dBFS of what goes in and out at this moment; `silence` where nothing does. */
export interface Levels {
  readonly input: number
  readonly output: number
}

/** Level that stands for no sound, in dBFS. */
export const silence = -100

/**
 * One AudioContext with the microphone on one side and the player on the other:
 * microphone -> capture worklet -> listener, and playback worklet -> gain -> speaker.
 */
export interface AudioEngine {
  readonly hasMicrophone: boolean
  /** From the player to the ear in ms, as the browser states it. */
  readonly outputLatencyMs: number
  /** Opens the microphone, or moves to another one while the conversation goes on. Rejects as `getUserMedia` does. */
  openMicrophone(deviceId: string): Promise<void>
  closeMicrophone(): void
  /** Rejects when the speaker cannot be used; the one before goes on. An empty id is the system's choice. */
  setSpeaker(deviceId: string): Promise<void>
  /** Takes the buffer over. */
  append(itemId: string, pcm: ArrayBuffer): void
  finish(itemId: string): void
  clear(): void
  levels(): Levels
  close(): Promise<void>
}

/** True where the page may use worklets and microphones at all (a secure context in a current browser). */
export function canHearAndPlay(): boolean {
  return typeof AudioContext !== 'undefined' && 'audioWorklet' in AudioContext.prototype && isSecureContext
}

/** Starts the engine. Call it in a click or key press: browsers let no page sound without one. */
export async function createAudioEngine(listener: AudioListener): Promise<AudioEngine> {
  const context = new AudioContext({ latencyHint: 'interactive' })
  const resumed = context.resume()
  await Promise.all(
    ['capture', 'playback'].map((name) => context.audioWorklet.addModule(`/worklets/${name}-processor.js`)),
  )
  await resumed

  let inputLevel = silence
  let microphone: { readonly stream: MediaStream; readonly source: MediaStreamAudioSourceNode } | undefined
  let isLost = false

  const capture = new AudioWorkletNode(context, captureProcessorName, {
    numberOfInputs: 1,
    numberOfOutputs: 0,
  })
  capture.port.onmessage = ({ data }: MessageEvent<CaptureFrame>) => {
    if (!microphone) return
    inputLevel = data.level
    listener.frame(data.pcm)
  }

  const playback = new AudioWorkletNode(context, playbackProcessorName, {
    numberOfInputs: 0,
    numberOfOutputs: 1,
    outputChannelCount: [1],
  })
  playback.port.onmessage = ({ data }: MessageEvent<PlaybackReport>) => listener.playback(data)
  const send = (command: PlaybackCommand, transfer: Transferable[] = []): void =>
    playback.port.postMessage(command, transfer)
  const volume = new GainNode(context)
  const meter = new AnalyserNode(context, { fftSize: 1024 })
  playback.connect(volume).connect(context.destination)
  volume.connect(meter)
  const samples = new Float32Array(meter.fftSize)

  const release = (): void => {
    for (const track of microphone?.stream.getTracks() ?? []) track.stop()
    microphone?.source.disconnect()
    microphone = undefined
    inputLevel = silence
  }

  return {
    get hasMicrophone() {
      return microphone !== undefined
    },
    get outputLatencyMs() {
      // Firefox reports no output latency until sound has played.
      return (context.baseLatency + (context.outputLatency || 0)) * 1000
    },
    async openMicrophone(deviceId) {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: constraints(deviceId) })
      release()
      isLost = false
      const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream })
      source.connect(capture)
      microphone = { stream, source }
      for (const track of stream.getAudioTracks()) {
        track.addEventListener('ended', () => {
          if (isLost || microphone?.stream !== stream) return
          isLost = true
          release()
          listener.microphoneLost()
        })
      }
    },
    closeMicrophone: release,
    async setSpeaker(deviceId) {
      if ('setSinkId' in context && typeof context.setSinkId === 'function') await context.setSinkId(deviceId)
    },
    append: (itemId, pcm) => send({ type: 'append', itemId, pcm }, [pcm]),
    finish: (itemId) => send({ type: 'finish', itemId }),
    clear: () => send({ type: 'clear' }),
    levels: () => {
      meter.getFloatTimeDomainData(samples)
      return { input: inputLevel, output: Math.max(silence, rmsDbfs(samples)) }
    },
    async close() {
      release()
      await context.close()
    },
  }
}

function constraints(deviceId: string): MediaTrackConstraints {
  return {
    channelCount: 1,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    // `ideal`: a microphone that was unplugged since it was chosen gives way to the system's.
    ...(deviceId !== '' && { deviceId: { ideal: deviceId } }),
  }
}
