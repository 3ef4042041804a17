import { RealtimeError } from '../../errors.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type { Item } from '../../events/items.ts'
import type { RealtimeSession } from '../../events/session-config.ts'
import { createAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { toHistory } from './conversation.ts'
import type { Conversation } from './conversation.ts'
import type { Emit } from './emit.ts'
import { startResponse } from './response-run.ts'
import type { PreparedAnswer, ResponseRun, ResponseRunOptions, TurnTimes } from './response-run.ts'
import { languageOf, responseSettings } from './session-settings.ts'
import type { ResponseSettings } from './session-settings.ts'
import type { Stages, Transcript } from './stages.ts'
import type { Transcripts } from './transcripts.ts'
import { chooseVoice } from '../speech/voice-choice.ts'

/** Makes the responses of one session: at most one in the conversation, any number out of band. */
export interface Responder {
  /** True while a response writes to the conversation. */
  readonly busy: boolean
  /** Answers `response.create`. Throws `conversation_already_has_active_response`. */
  create(params: ResponseCreateParams | undefined): void
  /** Answers a turn that was understood. Throws `conversation_already_has_active_response`. */
  answerTurn(turn: { readonly itemId: string; readonly times: TurnTimes }): void
  /** Starts the answer to what was probably said; nothing is emitted until `answerTurn`. */
  guess(guess: { readonly itemId: string; readonly transcript: Transcript }): void
  /** The guess is void. */
  withdraw(): void
  /** Cancels the response named, else the active one. Throws `response_cancel_not_active`. */
  cancel(responseId: string | undefined): void
  /** The user's voice ends the active response, if any. */
  interrupt(): void
  /** Stops everything without a word. */
  abandon(): void
}

/** What a responder needs. */
export interface ResponderOptions {
  readonly stages: Pick<Stages, 'llm' | 'tts'>
  readonly model: string | undefined
  readonly conversationId: string
  readonly conversation: Conversation
  readonly transcripts: Transcripts
  readonly session: () => RealtimeSession
  /** Voice the client asked for, `undefined` = one that fits the language. */
  readonly chosenVoice: () => string | undefined
  readonly emit: Emit
  readonly newId: (prefix: string) => string
  readonly now: () => number
  /** A response of the conversation ended. */
  readonly ended: ResponseRunOptions['ended']
}

interface Guess {
  readonly itemId: string
  readonly session: RealtimeSession
  readonly items: readonly Item[]
  readonly answer: Answer
}

/** Creates the responder of one session. */
export function createResponder(options: ResponderOptions): Responder {
  const { stages, conversation, transcripts, session, emit, newId, now } = options
  const outOfBand = new Set<ResponseRun>()
  let active: ResponseRun | undefined
  let guessed: Guess | undefined

  const language = () => languageOf(session()) ?? transcripts.language
  const settingsOf = (params?: ResponseCreateParams) =>
    responseSettings(session(), options.chosenVoice(), params)

  function voiceFor(settings: ResponseSettings): string | undefined {
    return chooseVoice(stages.tts.voices, { asked: settings.voice, language: language() })
  }

  function startAnswer(settings: ResponseSettings, items: readonly Item[]): Answer {
    const voice = voiceFor(settings)
    if (settings.modality === 'audio' && voice === undefined) {
      throw new RealtimeError('engine_failed', 'There is no voice to speak with.')
    }
    return createAnswer({
      stages,
      voice:
        settings.modality === 'audio' && voice !== undefined
          ? { name: voice, speed: settings.speed }
          : undefined,
      now,
      request: {
        instructions: settings.instructions,
        items,
        tools: settings.tools,
        toolChoice: settings.toolChoice,
        model: options.model,
        language: language(),
        maxOutputTokens: settings.maxOutputTokens,
        ...(stages.llm.temperature && { temperature: settings.temperature }),
      },
    })
  }

  function contextOf({ input }: ResponseSettings): readonly Item[] {
    if (!input) return toHistory(conversation.items)
    return toHistory(
      input.flatMap((entry): readonly Item[] => {
        if (entry.type !== 'item_reference') return [entry]
        const item = conversation.find(entry.id)
        return item ? [item] : []
      }),
    )
  }

  function start(settings: ResponseSettings, prepare: () => Promise<Omit<PreparedAnswer, 'voice'>>): void {
    if (!settings.outOfBand && active) {
      const message = `Conversation already has an active response in progress: ${active.id}.`
      throw new RealtimeError('conversation_already_has_active_response', message)
    }
    const voice = () => voiceFor(settings) ?? ''
    const run = startResponse({
      id: newId('resp'),
      settings,
      voice: voice(),
      conversationId: options.conversationId,
      conversation,
      emit,
      newId,
      now,
      prepare: async () => ({ ...(await prepare()), voice: voice() }),
      ended(result) {
        if (settings.outOfBand) return void outOfBand.delete(run)
        active = undefined
        options.ended(result)
      },
    })
    if (settings.outOfBand) outOfBand.add(run)
    else active = run
  }

  function withdraw(): void {
    guessed?.answer.cancel()
    guessed = undefined
  }

  /** The guessed answer, when it answers exactly what is in the conversation now. */
  function takeGuess(itemId: string, items: readonly Item[]): Answer | undefined {
    const guess = guessed
    guessed = undefined
    if (!guess) return undefined
    const same =
      guess.itemId === itemId &&
      guess.session === session() &&
      guess.items.length === items.length &&
      guess.items.every((item, index) => item === items[index] || item.id === itemId)
    if (same) return guess.answer
    guess.answer.cancel()
    return undefined
  }

  return {
    get busy() {
      return active !== undefined
    },
    create(params) {
      const origin = now()
      const settings = settingsOf(params)
      start(settings, async () => {
        const waits = transcripts.pending
        await transcripts.settled()
        const times = { origin, speechStopped: undefined, transcript: waits ? now() : undefined }
        const answer = startAnswer(settings, contextOf(settings))
        return { answer, times, heardMs: settings.outOfBand ? 0 : transcripts.takeHeardMs() }
      })
    },
    answerTurn({ itemId, times }) {
      const settings = settingsOf()
      if (active) withdraw()
      start(settings, async () => {
        await transcripts.settled()
        const items = contextOf(settings)
        const answer = takeGuess(itemId, items) ?? startAnswer(settings, items)
        return { answer, times, heardMs: transcripts.takeHeardMs() }
      })
    },
    guess({ itemId, transcript }) {
      withdraw()
      if (active || transcripts.pending || transcript.text === '') return
      const settings = settingsOf()
      if (voiceFor(settings) === undefined) return
      const items = toHistory([...conversation.items, spokenItem(itemId, transcript.text)])
      guessed = { itemId, session: session(), items, answer: startAnswer(settings, items) }
    },
    withdraw,
    cancel(responseId) {
      const named =
        active?.id === responseId ? active : outOfBand.values().find(({ id }) => id === responseId)
      const run = responseId === undefined ? active : named
      if (!run) throw new RealtimeError('response_cancel_not_active', 'There is no such active response.')
      run.cancel('client_cancelled')
    },
    interrupt: () => active?.cancel('turn_detected'),
    abandon() {
      withdraw()
      active?.abandon()
      for (const run of outOfBand) run.abandon()
    },
  }
}

/** The user item of a spoken turn; `null` until its words are known. */
export function spokenItem(id: string, transcript: string | null): Item & { readonly id: string } {
  return {
    id,
    object: 'realtime.item',
    type: 'message',
    status: 'completed',
    role: 'user',
    content: [{ type: 'input_audio', transcript }],
  }
}
