import {
  createEnergyVad,
  createResampler,
  decodeWav,
  float32ToPcm16,
  pcm16ToFloat32,
  type Resampler,
  type SpeechProbability,
} from '@parley/audio'
import { createDefaultScorer } from '@parley/audio/turns'
import { createVoiceDetector, loadSilero, voiceDetectorLagMs, type SileroModel } from '@parley/audio/silero'
import { createGrowingArray } from './growing-array.ts'
import { createHearing, type Hearing } from './hearing.ts'
import { defaultLabSettings, type LabSettings } from './lab-settings.ts'
import { createSoundPicture, type SoundPicture } from './sound-picture.ts'
import { heardRate, longestSeconds, type LabReport, type LabRequest } from './worker-protocol.ts'

/** What the ear needs of where it runs. */
export interface LabEarPorts {
  readonly report: (report: LabReport) => void
  /** The bytes of Silero's file. */
  readonly loadModel: () => Promise<Uint8Array>
  /** Resolves when requests that wait have been taken. */
  readonly breathe: () => Promise<void>
}

/** Sound that is resampled and heard in one go: 4 s. */
const sliceSeconds = 4
const sliceSamples = sliceSeconds * heardRate

/** Sound that a scorer is given at most. */
const scoredSeconds = 8

/** A source of probabilities, and how long it still hears speech after it ended. */
interface Detector {
  readonly source: SpeechProbability
  readonly lagMs: number
}

interface Waiting {
  readonly samples: Float32Array
  readonly sampleRate: number
}

/** What belongs to one sound. */
interface Sound {
  readonly number: number
  readonly picture: SoundPicture
  /** PCM16 at `heardRate`. */
  readonly pcm: ReturnType<typeof createGrowingArray<Uint8Array<ArrayBuffer>>>
  readonly probabilities: ReturnType<typeof createGrowingArray<Float32Array<ArrayBuffer>>>
  /** Scores of stretches of the sound, so that nothing is judged twice. */
  readonly scores: Map<string, number>
  readonly waiting: Waiting[]
  readonly resamplers: Map<number, Resampler>
  /** Seconds of a file, 0 while nobody knows. */
  seconds: number
  ended: boolean
  shared: number
}

/**
 * Hears a sound in slices: draws it, asks the detector about each frame, and keeps the probabilities, so that settings
 * of the gate count for all of the sound at once.
 */
export function createLabEar({ report, loadModel, breathe }: LabEarPorts): {
  readonly take: (request: LabRequest) => void
} {
  let settings: LabSettings = defaultLabSettings
  let sound = beginSound(0)
  let detector: Detector | undefined
  let hearing: Hearing | undefined
  const scorer = createDefaultScorer()
  let model: Promise<SileroModel> | undefined
  let working = false

  async function openDetector({
    detector: name,
    energyThresholdDb,
    energyFloorDbfs,
  }: LabSettings): Promise<Detector> {
    if (name === 'silero') {
      try {
        model ??= loadModel().then((bytes) => loadSilero(bytes))
        return { source: createVoiceDetector(await model), lagMs: voiceDetectorLagMs }
      } catch {
        model = undefined
        report({ type: 'problem', sound: sound.number, code: 'no_model' })
      }
    }
    const source = createEnergyVad({
      sampleRate: heardRate,
      thresholdDb: energyThresholdDb,
      minFloorDbfs: energyFloorDbfs,
    })
    return { source, lagMs: 0 }
  }

  function beginHearing({ source, lagMs }: Detector): Hearing {
    const { sampleRate, frameSamples } = source
    return createHearing({ settings, sampleRate, frameSamples, detectorLagMs: lagMs, score: scoreOf })
  }

  /** How finished the turn sounds; without words the scorer has the voice alone. */
  function scoreOf(fromSample: number, toSample: number): number {
    const from = Math.max(fromSample, toSample - scoredSeconds * heardRate)
    const key = `${from}-${toSample}`
    const known = sound.scores.get(key)
    if (known !== undefined) return known
    const score = scorer.score({ samples: readSamples(from, toSample) })
    // The scorer without a model answers at once.
    const found = typeof score === 'number' ? score : 0.5
    sound.scores.set(key, found)
    return found
  }

  function forgetHeard(): void {
    detector = undefined
    hearing = undefined
    sound.probabilities.cut(0)
  }

  function tell(fromFrame: number): void {
    if (!detector || !hearing) return
    const { marks, turns } = hearing
    const probabilities = sound.probabilities.view(fromFrame).slice()
    const { frameSamples } = detector.source
    report({ type: 'heard', sound: sound.number, frameSamples, fromFrame, probabilities, marks, turns })
  }

  /** Takes the next slice of what waits; false when nothing does. */
  function listen(): boolean {
    const [next] = sound.waiting
    if (!next) return false
    const length = Math.ceil(sliceSeconds * next.sampleRate)
    const rest = next.samples.subarray(length)
    if (rest.length > 0) sound.waiting[0] = { ...next, samples: rest }
    else sound.waiting.shift()
    let resampler = sound.resamplers.get(next.sampleRate)
    if (!resampler) {
      resampler = createResampler({ from: next.sampleRate, to: heardRate })
      sound.resamplers.set(next.sampleRate, resampler)
    }
    const parts = resampler.process(next.samples.subarray(0, length))
    const isEnd = sound.ended && sound.waiting.length === 0
    for (const part of isEnd ? [...parts, ...resampler.flush()] : parts) keep(part)
    return true
  }

  function keep(samples: Float32Array): void {
    const { peaks, columns } = sound.picture.process(samples)
    sound.pcm.push(float32ToPcm16(samples))
    report({ type: 'picture', sound: sound.number, samples: sound.pcm.length / 2, peaks, columns })
  }

  /** Asks the detector about frames that it has not heard; false when there are none. */
  function detect(source: SpeechProbability, ear: Hearing): boolean {
    const { frameSamples } = source
    const fromFrame = sound.probabilities.length
    const frames = Math.min(
      Math.floor(sound.pcm.length / 2 / frameSamples) - fromFrame,
      Math.floor(sliceSamples / frameSamples),
    )
    if (frames <= 0) return false
    const found = new Float32Array(frames)
    const samples = readSamples(fromFrame * frameSamples, (fromFrame + frames) * frameSamples)
    for (let place = 0; place < frames; place += 1) {
      const frame = samples.subarray(place * frameSamples, (place + 1) * frameSamples)
      found[place] = source.process(frame)
    }
    sound.probabilities.push(found)
    for (const probability of found) ear.process(probability)
    tell(fromFrame)
    return true
  }

  function readSamples(from: number, to: number): Float32Array<ArrayBuffer> {
    return new Float32Array(pcm16ToFloat32(sound.pcm.view(2 * from, 2 * to)))
  }

  async function work(): Promise<void> {
    if (working) return
    working = true
    let goesOn = true
    while (goesOn) {
      const listened = listen()
      const asked = settings
      const about = sound
      const opened = detector ?? (await openDetector(asked))
      // The settings or the sound may have changed while a model was loaded.
      if (asked === settings && about === sound) {
        detector = opened
        hearing ??= beginHearing(opened)
        goesOn = detect(opened.source, hearing) || listened
        tellProgress()
      }
      await breathe()
      goesOn ||= sound.waiting.length > 0 || detector === undefined
    }
    working = false
  }

  function tellProgress(): void {
    if (sound.seconds === 0 || sound.shared === 1 || !detector) return
    const heard = (sound.probabilities.length * detector.source.frameSamples) / heardRate
    const isDone = sound.waiting.length === 0 && sound.pcm.length / 2 / heardRate - heard < 0.1
    sound.shared = isDone ? 1 : Math.min(0.99, heard / sound.seconds)
    report({ type: 'progress', sound: sound.number, share: sound.shared })
  }

  function begin(number: number): void {
    sound = beginSound(number)
    forgetHeard()
  }

  function hearWhole(number: number, samples: Float32Array, sampleRate: number): void {
    const seconds = samples.length / sampleRate
    if (seconds === 0) return report({ type: 'problem', sound: number, code: 'unreadable' })
    if (seconds > longestSeconds) return report({ type: 'problem', sound: number, code: 'too_long' })
    begin(number)
    sound.seconds = seconds
    sound.ended = true
    hear(samples, sampleRate)
  }

  function hearLive(pcm: Uint8Array, sampleRate: number): void {
    if (sound.pcm.length / 2 / heardRate > longestSeconds)
      report({ type: 'problem', sound: sound.number, code: 'too_long' })
    else hear(pcm16ToFloat32(pcm), sampleRate)
  }

  function hear(samples: Float32Array, sampleRate: number): void {
    sound.waiting.push({ samples, sampleRate })
    void work()
  }

  function apply(next: LabSettings): void {
    const before = settings
    settings = next
    const isSameDetector = (['detector', 'energyThresholdDb', 'energyFloorDbfs'] as const).every(
      (key) => before[key] === next[key],
    )
    if (!isSameDetector) {
      forgetHeard()
      sound.shared = 0
      void work()
      return
    }
    if (!detector) return
    hearing = beginHearing(detector)
    for (const probability of sound.probabilities.view()) hearing.process(probability)
    tell(sound.probabilities.length)
  }

  function hearWav(number: number, bytes: Uint8Array): void {
    try {
      const { samples, sampleRate } = decodeWav(bytes)
      hearWhole(number, samples, sampleRate)
    } catch {
      report({ type: 'problem', sound: number, code: 'unreadable' })
    }
  }

  return {
    take(request) {
      switch (request.type) {
        case 'begin':
          begin(request.sound)
          break
        case 'sound':
          hearWhole(request.sound, request.samples, request.sampleRate)
          break
        case 'wav':
          hearWav(request.sound, request.bytes)
          break
        case 'live':
          hearLive(request.pcm, request.sampleRate)
          break
        case 'settings':
          apply(request.settings)
          break
        case 'read':
          report({
            type: 'samples',
            request: request.request,
            samples: readSamples(request.from, request.to),
          })
          break
      }
    },
  }
}

function beginSound(number: number): Sound {
  return {
    number,
    picture: createSoundPicture(),
    pcm: createGrowingArray((length) => new Uint8Array(length)),
    probabilities: createGrowingArray((length) => new Float32Array(length)),
    scores: new Map(),
    waiting: [],
    resamplers: new Map(),
    seconds: 0,
    ended: false,
    shared: 0,
  }
}
