import type { SemanticTurns } from '@parley/audio/turns'
import type { HeardSound } from './audio-input.ts'
import type { SpeechToText, Transcript } from './stages.ts'
import { createSemanticEnd, saysNothing } from './semantic-end.ts'
import { createUtterance, listeningRate } from './utterance.ts'
import type { Recognition, Utterance } from './utterance.ts'

/** A turn of the user that is over. Samples count from the start of the session's sound, at 16 kHz. */
export interface EndedTurn {
  readonly itemId: string
  readonly startSample: number
  /** End of the turn's sound. */
  readonly endSample: number
  /** End of the speech in it; `endSample` when nobody listened for it. */
  readonly speechEndSample: number
  /** True for a transcript of nothing but fillers, where the client takes that for nothing. */
  readonly isEmpty: (transcript: Transcript) => boolean
  /** Length of the sound that is recognised (ms). */
  readonly soundMs: number
  readonly transcript: Promise<Transcript>
  /** Hears the words before the transcript is complete, where the engine gives them. */
  readonly listen: Recognition['listen']
}

/** What happens to the user's turns. */
export interface TurnListener {
  started(turn: { readonly itemId: string; readonly startSample: number }): void
  /** The turn may be over and this is what was said; `withdrawn` or `ended` follows. */
  guessed(guess: { readonly itemId: string; readonly transcript: Transcript }): void
  /** Speech went on, so the guess is void. */
  withdrawn(): void
  ended(turn: EndedTurn): void
  /** More than five minutes are held; what comes now is left out until a commit or a clear. */
  overflowed(): void
}

/** The user's turns, made of sound and of what the speech gate noticed in it. */
export interface Turns {
  /** True between `started` and `ended`. */
  readonly speaking: boolean
  hear(sound: HeardSound): void
  /** Makes a turn of what is held, without `started`; the item id is the one announced, if any. */
  commit(): EndedTurn
  /** Drops what is held, speech under way included. */
  clear(): void
}

/** What the turns need. */
export interface TurnsOptions {
  readonly stt: SpeechToText
  readonly newId: (prefix: string) => string
  /** BCP 47 tag the user speaks, `undefined` for the recogniser's default. */
  readonly language: () => string | undefined
  /** Sound before speech that is kept while nobody speaks (ms), `undefined` = all sound is kept for a commit. */
  readonly paddingMs: () => number | undefined
  /** How a turn is ended by what was said, `undefined` = by the gate's silence alone. */
  readonly semantic: () => SemanticTurns | undefined
  /** How long the detector still hears speech after it ended (ms). */
  readonly detectorLagMs: number
  /** Makes the gate listen for a new beginning, after a turn was ended before the gate did. */
  readonly forgetSpeech: () => void
  readonly listener: TurnListener
}

/** Longest turn; what is said beyond it is the next one. */
const longestTurn = 300 * listeningRate

/** Sound kept besides the padding, for the time the gate needs to be sure of speech (samples): 250 ms. */
const onsetSamples = listeningRate / 4

interface Turn {
  readonly itemId: string
  readonly startSample: number
  readonly utterance: Utterance
  /** The gate announced it. */
  readonly spoken: boolean
  guess: Recognition | undefined
  /** Sound was left out, because the client never commits. */
  full: boolean
}

/** Creates the turns of one session. */
export function createTurns(options: TurnsOptions): Turns {
  const { stt, newId, language, paddingMs, semantic, detectorLagMs, forgetSpeech, listener } = options
  const semanticEnd = createSemanticEnd(detectorLagMs)
  let turn: Turn | undefined
  let before: HeardSound[] = []
  let nowSample = 0

  function open(startSample: number, spoken: boolean): Turn {
    const opened: Turn = {
      itemId: newId('item'),
      startSample,
      utterance: createUtterance(stt, language()),
      spoken,
      guess: undefined,
      full: false,
    }
    for (const { start, samples } of before) {
      if (start + samples.length > startSample)
        opened.utterance.append(samples.subarray(Math.max(0, startSample - start)))
    }
    before = []
    turn = opened
    return opened
  }

  function keep(sound: HeardSound, padding: number): void {
    const oldest = nowSample - (padding * listeningRate) / 1000 - onsetSamples
    before = [...before.filter(({ start, samples }) => start + samples.length > oldest), sound]
  }

  function grow(current: Turn, samples: Float32Array): void {
    if (current.utterance.length < longestTurn) return current.utterance.append(samples)
    if (!current.full) listener.overflowed()
    current.full = true
  }

  function guess(current: Turn): void {
    const recognition = current.utterance.recognize({ speculative: true })
    current.guess = recognition
    recognition.transcript.then(
      (transcript) => {
        if (turn !== current || current.guess !== recognition) return
        semanticEnd.understood(transcript)
        listener.guessed({ itemId: current.itemId, transcript })
      },
      () => undefined,
    )
  }

  function withdraw(current: Turn): void {
    current.guess?.cancel()
    current.guess = undefined
    listener.withdrawn()
  }

  /** The guess was made of all the speech there is, so it is the result; a failed one is made again. */
  function close(current: Turn, speechEndSample: number): EndedTurn {
    const { itemId, startSample, utterance } = current
    const { guess: made } = current
    const recognition = made ?? utterance.recognize({ speculative: false })
    const transcript = made
      ? made.transcript.catch(() => utterance.recognize({ speculative: false }).transcript)
      : recognition.transcript
    const { listen } = recognition
    const soundMs = (utterance.length * 1000) / listeningRate
    const settings = semantic()
    const isEmpty = (words: Transcript): boolean => saysNothing(words, settings)
    const endSample = nowSample
    turn = undefined
    semanticEnd.forget()
    return { itemId, startSample, endSample, speechEndSample, isEmpty, soundMs, transcript, listen }
  }

  return {
    get speaking() {
      return turn?.spoken ?? false
    },
    hear(sound) {
      const { samples, start, events } = sound
      nowSample = start + samples.length
      const padding = paddingMs()
      if (turn || padding === undefined) grow(turn ?? open(start, false), samples)
      else keep(sound, padding)
      for (const event of events) {
        switch (event.type) {
          case 'started': {
            const { itemId, startSample } = open(event.paddedSample, true)
            semanticEnd.started(nowSample)
            listener.started({ itemId, startSample })
            break
          }
          case 'pause':
            semanticEnd.paused(event.atSample, nowSample)
            if (turn && !turn.guess) guess(turn)
            break
          case 'resumed':
            semanticEnd.resumed(nowSample)
            if (turn) withdraw(turn)
            break
          case 'stopped':
            if (turn) listener.ended(close(turn, event.atSample))
            break
          case 'tentative':
          case 'misfire':
            break
        }
      }
      if (!turn?.spoken) return
      const full = turn.utterance.length >= longestTurn
      const speechEnd = full ? nowSample : semanticEnd.ended(semantic(), nowSample)
      if (speechEnd === undefined) return
      const ended = close(turn, speechEnd)
      forgetSpeech()
      listener.ended(ended)
    },
    commit() {
      const current = turn ?? open(before[0]?.start ?? nowSample, false)
      if (current.guess) withdraw(current)
      return close(current, nowSample)
    },
    clear() {
      if (turn?.guess) withdraw(turn)
      turn?.utterance.cancel()
      turn = undefined
      semanticEnd.forget()
      before = []
    },
  }
}
