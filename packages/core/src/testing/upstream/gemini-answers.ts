import { soundTurn, usageOf, type GeminiServerContent, type SendGemini } from './gemini-messages.ts'
import type { GeminiContextText, GeminiPlan } from './gemini-script.ts'

/** How a session behaves; durations in real ms. */
export interface GeminiManner {
  readonly deltaIntervalMs: number
  readonly lateTranscripts: boolean
  readonly combinedKeys: boolean
  readonly unknownEvents: boolean
  /** From `generationComplete` to `turnComplete`. */
  readonly turnEndDelayMs: number
}

/** What answers need of their session. */
export interface GeminiAnswersOptions {
  readonly manner: GeminiManner
  readonly newId: (prefix: string) => string
  readonly send: SendGemini
  /** Texts so far; the answer is added word by word. */
  readonly context: () => GeminiContextText[]
  readonly called: (calls: readonly { readonly id: string; readonly name: string }[]) => void
  /** Late transcripts come now. */
  readonly wordsOfUser: () => void
  /** The turn is over. */
  readonly complete: () => void
  readonly expire: () => void
  readonly drop: () => void
  readonly violate: (rule: string) => void
}

/** The model of a session: one answer at a time. */
export interface GeminiAnswers {
  start(plan: GeminiPlan, wasSpoken: boolean): void
  /** True when there was an answer to stop. */
  stop(): boolean
}

/** A model that says nothing yet. */
export function createGeminiAnswers(options: GeminiAnswersOptions): GeminiAnswers {
  const { manner, newId, send, context, violate } = options
  let generation: AbortController | undefined

  function content(serverContent: GeminiServerContent): void {
    send({ serverContent })
  }

  async function perform(plan: GeminiPlan, wasSpoken: boolean, signal: AbortSignal): Promise<void> {
    switch (plan.kind) {
      case 'say':
        return say(plan, wasSpoken, signal)
      case 'call': {
        await pause(manner.deltaIntervalMs)
        if (signal.aborted) return
        const functionCalls = plan.names.map((name) => ({
          id: newId('function-call'),
          name,
          args: { q: name },
        }))
        options.called(functionCalls)
        send({ toolCall: { functionCalls }, usageMetadata: usageOf(context().length, 1) })
        return
      }
      case 'drop':
        content({ outputTranscription: { text: 'One' } })
        content({ modelTurn: soundTurn(100) })
        await pause(manner.deltaIntervalMs)
        return options.drop()
      case 'expire':
        return options.expire()
      case 'fail':
        content({ turnComplete: true, turnCompleteReason: 'RESPONSE_REJECTED' })
    }
  }

  async function say(
    { words, wordMs, odd }: Extract<GeminiPlan, { kind: 'say' }>,
    wasSpoken: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const said: string[] = []
    const texts = context()
    texts.push({ role: 'model', text: '' })
    const place = texts.length - 1
    content({ modelTurn: { role: 'model', parts: [{ text: 'The user wants an answer.', thought: true }] } })
    for (const [index, word] of words.entries()) {
      // One word after the other.
      // oxlint-disable-next-line no-await-in-loop
      await pause(manner.deltaIntervalMs)
      if (signal.aborted) return
      const text = index === 0 ? word : ` ${word}`
      if (manner.combinedKeys) {
        send({
          serverContent: { outputTranscription: { text }, modelTurn: soundTurn(wordMs) },
          usageMetadata: usageOf(context().length, index),
        })
      } else {
        content({ modelTurn: soundTurn(wordMs) })
        content({ outputTranscription: { text } })
      }
      said.push(word)
      texts[place] = { role: 'model', text: said.join(' ') }
      if (index === 0 && wasSpoken && manner.lateTranscripts) options.wordsOfUser()
      if (index === 1 && (odd || manner.unknownEvents))
        send({ weatherReport: { sky_colour: 'blue', clouds: [1, 2] } })
    }
    content({ generationComplete: true })
    await pause(manner.turnEndDelayMs)
    if (signal.aborted) return
    send({ serverContent: { turnComplete: true }, usageMetadata: usageOf(context().length, words.length) })
    options.complete()
  }

  return {
    start(plan, wasSpoken) {
      const mine = new AbortController()
      generation = mine
      perform(plan, wasSpoken, mine.signal)
        .catch((error: unknown) => {
          violate(`the stand-in itself failed: ${String(error)}`)
        })
        .finally(() => {
          if (generation === mine) generation = undefined
        })
    },
    stop() {
      if (!generation) return false
      generation.abort()
      generation = undefined
      return true
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
