import type { Item } from '@parley/core'
import type { LanguageModelPart, LanguageModelRequest, Stages } from '@parley/core/providers/cascade'

const sampleRate = 16_000
const close = async (): Promise<void> => undefined

/**
 * Stages that follow the same script as the scripted upstreams, so that a cascade can be held against them: loud is
 * speech, all speech is "hello upstream", and the words of the user decide the answer.
 */
export const scriptedStages: Stages = {
  vad: {
    name: 'scripted-vad',
    frameSamples: 512,
    open: () => ({
      async push(samples) {
        const level = samples.reduce((sum, sample) => sum + Math.abs(sample), 0) / samples.length
        return level > 0.05 ? 0.95 : 0.02
      },
      reset() {},
      [Symbol.asyncDispose]: close,
    }),
    [Symbol.asyncDispose]: close,
  },
  stt: {
    name: 'scripted-stt',
    languages: ['en', 'de'],
    maxSeconds: 25,
    transcribe: async () => ({ text: 'hello upstream', confidence: -0.2, language: undefined }),
    [Symbol.asyncDispose]: close,
  },
  llm: { name: 'scripted-llm', tools: true, images: true, respond },
  tts: {
    name: 'scripted-tts',
    voices: [
      { name: 'ann', languages: ['en-US', 'de-DE'] },
      { name: 'bert', languages: ['en-US', 'de-DE'] },
    ],
    async *synthesize(text, { voice }) {
      const words = text.split(/\s+/).length
      spokenBy = voice
      for (let word = 0; word < words; word += 1) {
        yield { samples: new Float32Array((sampleRate * 200) / 1000).fill(0.2), sampleRate }
      }
    },
    [Symbol.asyncDispose]: close,
  },
}

/** The voice that spoke last; the language model is not told. */
export function scriptedVoice(): string {
  return spokenBy
}

let spokenBy = ''

async function* respond(request: LanguageModelRequest): AsyncIterable<LanguageModelPart> {
  const end = { type: 'end', reason: 'completed', usage: undefined } as const
  const outputs = trailingOutputs(request.items)
  if (outputs.length > 0) {
    yield { type: 'text', text: `The tool said: ${outputs.join(' | ')}.` }
    return yield end
  }
  const said = request.items.flatMap(userText)
  const last = said.at(-1) ?? ''
  const called = request.tools.filter(({ name }) => last.includes(`call ${name}`))
  for (const [index, { name }] of called.entries()) {
    const callId = `call_${request.items.length}_${index}`
    yield { type: 'tool_call', callId, name, arguments: JSON.stringify({ q: name }) }
  }
  if (called.length > 0) return yield end
  if (last.includes('drop the line')) throw new Error('The scripted model fails here.')
  const count = /count to (\d+)/.exec(last)
  if (count) {
    for (let number = 1; number <= Number(count[1]); number += 1) {
      yield { type: 'text', text: `${number}, ` }
      await new Promise((resolve) => setImmediate(resolve))
      request.signal.throwIfAborted()
    }
    return yield end
  }
  yield { type: 'text', text: answerTo(last, said, request) }
  yield end
}

function answerTo(last: string, said: readonly string[], { items }: LanguageModelRequest): string {
  if (hasImage(items)) return 'I see an image.'
  if (last === 'hello upstream') return 'I heard you.'
  if (last.includes('what did I say')) return `You said before: ${said.slice(0, -1).join(' | ')}.`
  if (last.includes('in German')) return 'Das ist Deutsch.'
  return `You said: ${last}.`
}

function userText(item: Item): readonly string[] {
  if (item.type !== 'message' || item.role !== 'user') return []
  const words = item.content.map((part) =>
    part.type === 'input_text' ? part.text : part.type === 'input_audio' ? part.transcript : '',
  )
  return [words.join('')]
}

function hasImage(items: readonly Item[]): boolean {
  const last = items.findLast((item) => item.type === 'message' && item.role === 'user')
  return last?.type === 'message' && last.content.some(({ type }) => type === 'input_image')
}

function trailingOutputs(items: readonly Item[]): readonly string[] {
  const since = items.findLastIndex((item) => item.type !== 'function_call_output')
  return items.slice(since + 1).flatMap((item) => (item.type === 'function_call_output' ? [item.output] : []))
}
